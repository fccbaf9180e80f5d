import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { RunDetail, RunRow } from "./runs-store.ts";
import type { ScheduleRow } from "./store.ts";

export function presentReportSchedule(schedule: ScheduleRow) {
  return {
    id: schedule.id,
    view_id: schedule.viewId,
    view_name: schedule.viewName,
    user_id: schedule.userId,
    every: schedule.every,
    time: schedule.atTime,
    weekday: schedule.weekday,
    day: schedule.monthDay,
    time_zone: schedule.timeZone,
    email_account_id: schedule.mailboxId,
    user_ids: schedule.recipientIds,
    webhook_subscription_id: schedule.webhookId,
    active: schedule.isActive,
    next_run_at: schedule.isActive ? stored(schedule.nextRunAt) : null,
    created_at: stored(schedule.createdAt),
    updated_at: stored(schedule.updatedAt),
  };
}

export function presentReportRun(run: RunRow) {
  return {
    id: run.id,
    report_schedule_id: run.scheduleId,
    due_at: stored(run.dueAt),
    state: run.state,
    made_at: storedOrNull(run.madeAt),
    ended_at: storedOrNull(run.endedAt),
    failure: run.failure,
    mails: run.mails.map(({ userId, email, state, said }) => ({ user_id: userId, email, state, said })),
  };
}

export function presentDetail(run: RunDetail) {
  return {
    ...presentReportRun(run),
    columns: run.content?.columns ?? null,
    lines: run.content?.lines ?? null,
  };
}
