// The mailboxes a user may send from, and the sender address.
//
// Easy to get wrong: a mailbox the user may not use is reported like one that does not exist. And an alias belongs to
// one mailbox of several, the others keep their own address.

export type SendingMailbox = {
  id: string;
  userId: string;
  email: string;
  aliases: readonly string[];
  visibility: "restricted" | "everyone";
  isConnected: boolean;
};

export type Wished = {
  ids: readonly string[];
  /** An address of one of the mailboxes; null for their own. */
  sendFrom: string | null;
  /** Where a sequence says from which domains it is sent; empty for any. */
  domains: readonly string[];
};

type SenderFault =
  | { code: "mailboxes_inactive"; facts: { address: string } }
  | { code: "send_from_unknown"; facts: { address: string } }
  | { code: "send_from_domain_refused"; facts: { address: string; domains: string } };

/** Its owner may send from a mailbox, admins, and everybody where it is everybody's. */
export function maySendFrom(mailbox: SendingMailbox, actor: { userId: string; isAdmin: boolean }) {
  return actor.isAdmin || mailbox.userId === actor.userId || mailbox.visibility === "everyone";
}

/** The mailboxes in the order they were named, each with the address it sends from; or what is wrong with the wish. */
export function chooseSenders<M extends SendingMailbox>(
  wished: Wished,
  found: readonly M[],
  actor: { userId: string; isAdmin: boolean },
): { senders: (M & { sendFrom: string })[]; fault: null } | { senders: null; fault: SenderFault } {
  const usable = new Map(found.filter((one) => maySendFrom(one, actor)).map((one) => [one.id, one]));
  const chosen = [...new Set(wished.ids)].map((id) => usable.get(id) ?? id);
  const dead = chosen.flatMap((one) => {
    if (typeof one === "string") return [one];
    return one.isConnected ? [] : [one.email];
  });
  if (dead.length > 0) return faulty({ code: "mailboxes_inactive", facts: { address: dead.join(", ") } });

  const mailboxes = chosen.filter((one) => typeof one !== "string");
  const alias = wished.sendFrom?.trim().toLowerCase() || null;
  const senders = mailboxes.map((one) => ({ ...one, sendFrom: addressOf(one, alias) ?? one.email }));
  if (alias && !mailboxes.some((one) => addressOf(one, alias)))
    return faulty({ code: "send_from_unknown", facts: { address: wished.sendFrom?.trim() ?? "" } });

  const allowed = wished.domains.map((domain) => domain.trim().toLowerCase().replace(/^@/, ""));
  const stray = senders.find(({ sendFrom }) => allowed.length > 0 && !allowed.includes(domainOf(sendFrom)));
  return stray
    ? faulty({
        code: "send_from_domain_refused",
        facts: { address: stray.sendFrom, domains: allowed.join(", ") },
      })
    : { senders, fault: null };
}

function faulty(fault: SenderFault) {
  return { senders: null, fault };
}

/** The alias as the mailbox spells it. */
function addressOf({ email, aliases }: SendingMailbox, alias: string | null) {
  return alias === null ? undefined : [email, ...aliases].find((one) => one.toLowerCase() === alias);
}

function domainOf(address: string) {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
