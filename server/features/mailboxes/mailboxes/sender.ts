// From which mailbox a person's own mail goes out, and under which of its addresses.

import type { Act } from "../../../app.ts";
import { maySendFrom } from "../../../domain/contacts/senders.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findSenders } from "./store.ts";

/** The same refusal for another user's mailbox and for one that does not exist. */
export async function getSender(
  { db, caller }: Pick<Act, "db" | "caller">,
  mailboxId: string,
  sendFrom: string | null,
) {
  const [mailbox] = await findSenders(db, caller.teamId, [mailboxId]);
  const actor = { userId: caller.userId, isAdmin: caller.role === "admin" };
  if (!mailbox || !maySendFrom(mailbox, actor)) throw new Refusal("mail_sender_not_permitted");
  if (!mailbox.isConnected) throw new Refusal("mailboxes_inactive", { address: mailbox.email });
  const wanted = sendFrom?.trim().toLowerCase() || null;
  if (wanted === null || wanted === mailbox.email.toLowerCase()) return { id: mailbox.id, alias: null };
  const alias = mailbox.aliases.find((one) => one.toLowerCase() === wanted);
  if (!alias) throw new Refusal("send_from_unknown", { address: sendFrom?.trim() ?? "" });
  return { id: mailbox.id, alias };
}
