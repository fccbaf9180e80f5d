// What the feed is told of what came in.

import { type By, type Happening, record } from "../../events/events/store.ts";
import type { JudgedMail } from "./judged.ts";
import * as marking from "./marks-store.ts";

const TOLD_AGAIN_AFTER = { hours: 24 };

export async function tellAll(by: By, acting: readonly JudgedMail[]) {
  const happenings = [...acting.flatMap(toldOf), ...(await limitedOf(by, acting))];
  if (happenings.length > 0) await record(by, ...happenings);
}

function toldOf({ id, sent, contactId, outcome, verdict }: JudgedMail): Happening[] {
  if (!sent) return [];
  const data = {
    message_id: sent.id,
    incoming_mail_id: id,
    ...(contactId !== null && { contact_id: contactId }),
    ...(sent.sequenceId !== null && { sequence_id: sent.sequenceId }),
  };
  const subject = { type: "message" as const, id: sent.id };
  const code = verdict.bounce?.code ?? null;
  return [
    ...(outcome.counts
      ? [{ type: "message.replied" as const, subject, data: { ...data, reply_class: outcome.replyClass } }]
      : []),
    ...(outcome.bounced
      ? [{ type: "message.bounced" as const, subject, data: { ...data, bounce_type: outcome.bounced, code } }]
      : []),
    ...(outcome.isSpamBlocked
      ? [{ type: "message.spam_blocked" as const, subject, data: { ...data, code } }]
      : []),
  ];
}

/** The mailbox's owner is notified, once a day, that its mail is taken for spam. */
async function limitedOf(by: By, acting: readonly JudgedMail[]): Promise<Happening[]> {
  const blocked = acting.filter(({ outcome }) => outcome.isSpamBlocked);
  if (blocked.length === 0) return [];
  const ids = [...new Set(blocked.map(({ sent, mailboxId }) => sent?.mailboxId ?? mailboxId))];
  const mailboxes = await marking.notToldSince(by.db, by.teamId, ids, by.now.subtract(TOLD_AGAIN_AFTER));
  const code = blocked[0]?.verdict.bounce?.code ?? null;
  return mailboxes.map(({ id, email }) => ({
    type: "email_account.limited",
    subject: { type: "email_account", id },
    data: { email, reason: "spam_blocked", code },
  }));
}
