// The mail of a step that a user sends: written for them from the step's template. Only they may change it, and only
// they may send it. Until then it is a draft in the place where the step's mail would be.

import { replying } from "../../../domain/templates/composing.ts";
import { newId } from "../../../kernel/ids.ts";
import { type DraftOfStep, saveDrafts } from "../../enrollments/step-tasks/drafts-store.ts";
import type { By } from "../../events/events/store.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";
import { parentsOf } from "../../gate/outbox-rows/store.ts";
import type { Text } from "./opening.ts";

/** By enrollment, the mail that its task is about. */
export async function draftMails(
  { db, teamId, now }: By,
  placed: readonly EnrollmentWithContext[],
  texts: ReadonlyMap<string, Text>,
  doers: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const mails = placed.filter(({ row, around }) =>
    around.steps.some(({ id, type }) => id === row.currentStepId && type === "manual_email"),
  );
  if (mails.length === 0) return new Map();
  const ids = mails.map(({ row }) => row.id);
  const parents = new Map((await parentsOf(db, teamId, ids)).map((one) => [one.enrollmentId, one]));
  const drafts = mails.map(({ row, around }): DraftOfStep => {
    const text = texts.get(row.id);
    const touch = around.touches.find(({ id }) => id === text?.touchId);
    const parent = touch?.type === "reply_to_thread" ? (parents.get(row.id) ?? null) : null;
    const subject = text?.mail?.subject ?? "";
    return {
      id: newId(),
      enrollmentId: row.id,
      stepId: row.currentStepId ?? "",
      userId: doers.get(row.id) ?? null,
      touchId: touch?.id ?? null,
      subject: parent ? replying(subject, parent.subject ?? "") : subject,
      bodyHtml: text?.mail?.html ?? "",
      bodyText: text?.mail?.text ?? "",
      attachmentIds: [...(touch?.attachmentIds ?? [])],
      inResponseTo: parent?.id ?? null,
      dueAt: row.dueAt ?? now,
    };
  });
  const saved = await saveDrafts(db, teamId, drafts, now);
  return new Map(saved.map(({ id, enrollmentId }) => [enrollmentId, id]));
}
