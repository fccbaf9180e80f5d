// The task that a step of a sequence makes for the sender.

import { titleFor } from "../domain/work/task.ts";
import type { StepTask } from "../features/work/tasks/store.ts";
import { newId } from "../kernel/ids.ts";
import { DAY, HOUR, instant } from "./acting.ts";
import type { PlantedStep } from "./plant-sequences.ts";
import type { Telling } from "./story.ts";

export function taskFor(
  { chance, cast, enrollment }: Telling,
  step: PlantedStep,
  due: number,
  doneAt: number | null,
  messageId: string | null,
): StepTask {
  const isSkipped = doneAt !== null && !messageId && chance.happens(0.08);
  const type = step.type === "manual_email" ? "outreach_manual_email" : step.type;
  const surfaces = Math.floor(due / DAY) * DAY + 7 * HOUR;
  return {
    id: newId(),
    userId: cast.sender.userId,
    creatorId: cast.sender.userId,
    contactId: cast.contact.id,
    accountId: cast.contact.accountId,
    dealId: null,
    type: type as StepTask["type"],
    status: doneAt === null ? "scheduled" : isSkipped ? "skipped" : "completed",
    priority: chance.happens(0.2) ? "high" : "medium",
    title: titleFor(type as StepTask["type"], cast.contact.name),
    note: step.note,
    callScript: null,
    relevantFields: null,
    dueAt: instant(due),
    completedAt: isSkipped ? null : instant(doneAt),
    completedBy: doneAt === null || isSkipped ? null : cast.sender.userId,
    skippedAt: isSkipped ? instant(doneAt) : null,
    createdFrom: "sequence",
    sequenceId: cast.sequence.id,
    stepId: step.id,
    enrollmentId: enrollment.id,
    messageId,
    createdAt: instant(Math.max(enrollment.addedAt.epochMilliseconds, Math.min(surfaces, doneAt ?? due))),
  };
}
