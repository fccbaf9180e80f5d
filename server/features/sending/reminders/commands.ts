// A person asked to be reminded if an email got no reply in so many days. Whether there was one is asked when the days are over,
// so that a reply that was read wrong and corrected counts as what it is by then.

import { newId } from "../../../kernel/ids.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import type { By } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { makeTasks } from "../../work/tasks/making.ts";
import type { TaskValues } from "../../work/tasks/store.ts";
import * as store from "./store.ts";

const BATCH = 500;

/** One batch of a team. Answers how many were looked at. A reply that arrives meanwhile waits for this, or this for it. */
export async function remind(by: By, manner: BatchMode = "together"): Promise<number> {
  const seen = await store.findDueReminders(by.db, by.teamId, by.now, BATCH);
  await inParts(by, { loop: "remind", manner }, seen, (some) => remindOf(by, some));
  return seen.length;
}

async function remindOf(by: By, seen: readonly { id: string; contactId: string | null }[]) {
  const { db, teamId, now } = by;
  await lockIds(db, teamId, [...new Set(seen.flatMap(({ contactId }) => contactId ?? []))]);
  const ids = seen.map(({ id }) => id);
  const tasks = (await store.takeReminders(db, teamId, ids, now)).map((due) => taskFor(due, now));
  await makeTasks(by, tasks);
}

function taskFor(due: store.DueReminder, now: Temporal.Instant): TaskValues {
  const days = due.afterDays === 1 ? "1 day" : `${due.afterDays} days`;
  const which = due.subject ? `“${due.subject}”` : "Your email without a subject";
  return {
    id: newId(),
    userId: due.userId,
    creatorId: null,
    contactId: due.contactId,
    accountId: due.accountId,
    dealId: null,
    type: "action_item",
    status: "scheduled",
    priority: "medium",
    title: `No reply from ${due.contactName ?? "this contact"}`,
    note: `${which} was sent ${days} ago and has no reply. You asked to be reminded.`,
    callScript: null,
    relevantFields: null,
    dueAt: now,
    completedAt: null,
    completedBy: null,
    skippedAt: null,
    createdFrom: "reminder",
  };
}
