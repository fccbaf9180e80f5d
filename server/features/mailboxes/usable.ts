// From which mailboxes whoever asks may send. Whoever puts people into a sequence, or moves them to another mailbox,
// asks here.

import type { Act } from "../../app.ts";
import { chooseSenders, maySendFrom } from "../../domain/senders.ts";
import { Refusal } from "../../refusal.ts";
import { findSenders, type Sender } from "./store.ts";

export type UsableMailbox = Sender & {
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
