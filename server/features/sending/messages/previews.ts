// How mails that wait would read if they went out at their time: composed as they will be, a page of them in a few
// statements for each sequence. What has no value leaves a gap; of what cannot be composed there is the subject as written.

import { isBlank } from "../../../domain/sending/mail-words.ts";
import { replying } from "../../../domain/templates/composing.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import { parentsOf } from "../../gate/outbox-rows/store.ts";
import { previewPlannedMails } from "../../sequences/composing/commands.ts";
import type { MailPreview, MessageRow } from "./store.ts";

/** By mail. What a person has written, or was composed already, is not in it. */
export async function previewsOf(asking: ReadContext, rows: readonly MessageRow[]) {
  const previews = new Map<string, MailPreview>();
  const blank = rows.filter((row) => isBlank(row) && row.contactId && row.sequenceId && row.stepId);
  for (const [sequenceId, own] of Map.groupBy(blank, (row) => row.sequenceId ?? ""))
    for (const [id, mail] of await previewsIn(asking, sequenceId, own)) previews.set(id, mail);
  return previews;
}

async function previewsIn(
  asking: ReadContext,
  sequenceId: string,
  rows: readonly MessageRow[],
): Promise<[string, MailPreview][]> {
  const planned = rows.map(({ contactId, mailboxId, stepId, dueAt }) => ({
    contactId: contactId ?? "",
    mailboxId,
    stepId: stepId ?? "",
    at: dueAt && Temporal.Instant.compare(dueAt, asking.now) > 0 ? dueAt : asking.now,
  }));
  const previews = await previewPlannedMails(asking, sequenceId, planned);
  const answering = rows.flatMap(({ enrollmentId }, n) => (previews[n]?.isReply ? (enrollmentId ?? []) : []));
  const parents = await parentsOf(asking.db, asking.caller.teamId, answering);
  const parentOf = new Map(parents.map((parent) => [parent.enrollmentId, parent.subject]));
  return rows.flatMap(({ id, enrollmentId }, n): [string, MailPreview][] => {
    const preview = previews[n];
    if (!preview) return [];
    const { mail, isReply, subjectAsWritten } = preview;
    if (!mail) return [[id, { subject: subjectAsWritten, html: null, text: null }]];
    const answered = isReply ? (parentOf.get(enrollmentId) ?? null) : null;
    const subject = answered === null ? mail.subject : replying(mail.subject, answered);
    return [[id, { subject, html: mail.html, text: mail.text }]];
  });
}
