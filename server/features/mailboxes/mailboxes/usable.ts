// The mailboxes the caller may send from. Used when contacts are added to a sequence, or moved to another mailbox.

import type { Act } from "../../../app.ts";
import { chooseSenders, maySendFrom } from "../../../domain/contacts/senders.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findSenders, type MailboxForSending } from "./store.ts";

export type UsableMailbox = MailboxForSending & {
  /** The mailbox's own address, or the alias where it is one of this mailbox. */
  sendFrom: string;
};

/**
 * The mailboxes in the order they are named, each once. Refuses the whole wish where one of them is not connected, or
 * not this person's to use; where no mailbox has the alias; and where a sequence is not to be sent from that domain.
 */
export async function usableMailboxes(
  { db, caller }: Pick<Act, "db" | "caller">,
  ids: readonly string[],
  sendFromAddress: string | null,
  allowedDomains: readonly string[] = [],
): Promise<UsableMailbox[]> {
  const found = await findSenders(db, caller.teamId, ids);
  const actor = { userId: caller.userId, isAdmin: caller.role === "admin" };
  const wished = { ids, sendFrom: sendFromAddress, domains: allowedDomains };
  const { senders, fault } = chooseSenders(wished, found, actor);
  const isOthers = found.some((one) => !maySendFrom(one, actor));
  if (fault) throw new Refusal(fault.code, fault.facts, {}, isOthers ? "mailbox_of_another" : null);
  return senders;
}
