// Saved reports that are sent at set times. They count what the user who scheduled them may see.

import type { Act } from "../../../app.ts";
import { nextReportRun, type Rhythm } from "../../../domain/insight/report-rhythm.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { holdNamed } from "../../access/uses/holding-store.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { findSubscription } from "../../events/webhooks/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { findUser } from "../../identity/users/store.ts";
import { getSender } from "../../mailboxes/mailboxes/sender.ts";
import { lockView } from "../views/store.ts";
import * as store from "./store.ts";

type Times = {
  every: store.Every;
  time: string;
  weekday: number | null;
  day: number | null;
  timeZone: string | null;
};

export type ReportScheduleInput = Times & {
  viewId: string;
  mailboxId: string | null;
  recipientIds: readonly string[];
  webhookId: string | null;
};

export async function createSchedule(act: Act, wish: ReportScheduleInput): Promise<store.ScheduleRow> {
  const { db, caller, now } = act;
  const { teamId, userId } = caller;
  const view = await lockView(db, teamId, userId, wish.viewId);
  if (view?.subject !== "reports") throw new Refusal("unknown_id", { value: wish.viewId });
  await holdNamed(db, teamId, view.filter);
  if ((wish.mailboxId === null) === (wish.webhookId === null)) throw new Refusal("report_goes_one_way");
  if (wish.mailboxId !== null) await getSender(act, wish.mailboxId, null);
  if (wish.webhookId !== null) await refuseForeignWebhook(act, wish.webhookId);
  const timeZone = wish.timeZone ?? (await findTeam(db, teamId))?.timeZone ?? "UTC";
  const schedule = {
    id: newId(),
    viewId: view.id,
    userId,
    every: wish.every,
    atTime: wish.time,
    weekday: wish.weekday,
    monthDay: wish.day,
    timeZone,
    mailboxId: wish.mailboxId,
    webhookId: wish.webhookId,
    isActive: true,
    recipientIds: wish.mailboxId === null ? [] : await recipientsFor(act, wish.recipientIds),
    createdAt: now,
  };
  const nextRunAt = nextReportRun(rhythmOf(schedule), now);
  await store.insertSchedule(db, teamId, { ...schedule, nextRunAt });
  await tell(act, "report_schedule.created", schedule.id, view.id);
  return { ...schedule, nextRunAt, viewName: view.name, updatedAt: now };
}

/** People of the team alone: a report says more of a team than strangers should know. */
async function recipientsFor({ db, caller }: Act, ids: readonly string[]) {
  const wanted = [...new Set(ids.length > 0 ? ids : [caller.userId])];
  for (const id of wanted) {
    const user = await findUser(db, caller.teamId, id);
    if (!user || user.deactivatedAt) throw new Refusal("unknown_id", { value: id });
  }
  return wanted;
}

async function refuseForeignWebhook({ db, caller }: Act, id: string) {
  if (caller.role !== "admin") throw new Refusal("admin_only"); // as webhooks are
  if (!(await findSubscription(db, caller.teamId, id))) throw new Refusal("unknown_id", { value: id });
}

type ScheduleChange = Partial<Omit<Times, "timeZone">> & {
  timeZone?: string;
  recipientIds?: readonly string[];
  isActive?: boolean;
};

/** Whatever was due while it was switched off is not made up for. */
export async function changeSchedule(act: Act, id: string, change: ScheduleChange) {
  const { db, caller, now } = act;
  const before = await getLocked(act, id);
  const after = {
    ...before,
    every: change.every ?? before.every,
    atTime: change.time ?? before.atTime,
    weekday: change.weekday === undefined ? before.weekday : change.weekday,
    monthDay: change.day === undefined ? before.monthDay : change.day,
    timeZone: change.timeZone ?? before.timeZone,
    recipientIds: change.recipientIds ? await recipientsFor(act, change.recipientIds) : before.recipientIds,
    isActive: change.isActive ?? before.isActive,
    updatedAt: now,
  };
  const next = { ...after, nextRunAt: nextReportRun(rhythmOf(after), now) };
  await store.updateSchedule(db, caller.teamId, next);
  await tell(act, "report_schedule.changed", id, before.viewId);
  return next;
}

export async function deleteSchedule(act: Act, id: string) {
  const { viewId } = await getLocked(act, id);
  await store.deleteSchedule(act.db, act.caller.teamId, id);
  await tell(act, "report_schedule.deleted", id, viewId);
}

async function getLocked(act: Pick<Act, "db" | "caller">, id: string) {
  const found = await store.lockSchedule(act.db, act.caller.teamId, reportScheduleViewerOf(act), id);
  if (!found) throw new Refusal("record_not_found");
  return found;
}

export function reportScheduleViewerOf({ caller }: Pick<Act, "caller">): store.ReportScheduleViewer {
  return { userId: caller.userId, isAdmin: caller.role === "admin" };
}

export function rhythmOf(
  one: Pick<store.ScheduleRow, "every" | "atTime" | "weekday" | "monthDay" | "timeZone">,
): Rhythm {
  return { every: one.every, time: one.atTime, weekday: one.weekday, day: one.monthDay, zone: one.timeZone };
}

function tell(act: Act, type: EventType, id: string, viewId: string) {
  return record(byCaller(act), { type, subject: { type: "report_schedule", id }, data: { view_id: viewId } });
}
