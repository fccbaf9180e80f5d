// Recipients that no real server may get mail for: people of the sample data, and reserved addresses.
//
// An invented contact stays invented, whatever address they are given later: a new user who tries things out with them
// must not reach a stranger. Reserved domains (RFC 2606, RFC 6761) count only in a team with sample data. Elsewhere
// mail to them just bounces, and a team that tests against its own server uses them on purpose.

type Addressee = { email: string; isInvented: boolean };

type Passage = { mailboxType: string; hasSample: boolean };

const RESERVED = /(?:^|[@.])(?:example|test|invalid|localhost|example\.(?:com|net|org|edu))\.?$/i;

/** Whether the address is under a domain that is set aside for examples and tests. */
export function isReservedAddress(email: string) {
  return RESERVED.test(email.slice(email.lastIndexOf("@")));
}

/** The catcher delivers nothing to the internet, so it accepts every recipient. */
export function mayPass({ mailboxType, hasSample }: Passage, { email, isInvented }: Addressee) {
  if (mailboxType === "catcher") return true;
  return !isInvented && !(hasSample && isReservedAddress(email));
}
