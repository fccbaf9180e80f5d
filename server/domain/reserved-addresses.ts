// Who is never mailed by a real server: people of the sample, and addresses that belong to nobody.
//
// Somebody invented stays so, whatever address they are given later: a newcomer who tries things out with them must not
// reach a stranger by it. Reserved domains (RFC 2606, RFC 6761) count in a team that has the sample only: elsewhere they
// are as undeliverable as any other mistake, and whoever tests against a server of their own uses them on purpose.

export type Addressee = { email: string; isInvented: boolean };

export type Passage = { mailboxType: string; hasSample: boolean };

const RESERVED = /(?:^|[@.])(?:example|test|invalid|localhost|example\.(?:com|net|org|edu))\.?$/i;

/** Whether the address is under a domain that is set aside for examples and tests. */
export function isReservedAddress(email: string) {
  return RESERVED.test(email.slice(email.lastIndexOf("@")));
}

/** What the catcher takes stays in the house, so everybody may be written to through it. */
export function mayPass({ mailboxType, hasSample }: Passage, { email, isInvented }: Addressee) {
  if (mailboxType === "catcher") return true;
  return !isInvented && !(hasSample && isReservedAddress(email));
}
