import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { changeSchedule, createSchedule, deleteSchedule, reportScheduleViewerOf } from "./commands.ts";
import { presentDetail, presentReportRun, presentReportSchedule } from "./present.ts";
import { findRun, listRuns } from "./runs-store.ts";
import { findSchedule, listSchedules } from "./store.ts";

export const routes = [
  route(contract.reportSchedules.create, async ({ input, ...act }) => ({
    report_schedule: presentReportSchedule(
      await createSchedule(act, {
        viewId: input.view_id,
        every: input.every,
        time: input.time,
        weekday: input.weekday ?? null,
        day: input.day ?? null,
        timeZone: input.time_zone ?? null,
        mailboxId: input.email_account_id ?? null,
        recipientIds: input.user_ids ?? [],
        webhookId: input.webhook_subscription_id ?? null,
      }),
    ),
  })),

  route(contract.reportSchedules.list, async ({ input, ...act }) => ({
    report_schedules: (
      await listSchedules(act.db, act.caller.teamId, reportScheduleViewerOf(act), input.view_id ?? null)
    ).map(presentReportSchedule),
  })),

  route(contract.reportSchedules.update, async ({ input, ...act }) => ({
    report_schedule: presentReportSchedule(
      await changeSchedule(act, input.id, {
        ...(input.every !== undefined && { every: input.every }),
        ...(input.time !== undefined && { time: input.time }),
        ...(input.weekday !== undefined && { weekday: input.weekday }),
        ...(input.day !== undefined && { day: input.day }),
        ...(input.time_zone !== undefined && { timeZone: input.time_zone }),
        ...(input.user_ids !== undefined && { recipientIds: input.user_ids }),
        ...(input.active !== undefined && { isActive: input.active }),
      }),
    ),
  })),

  route(contract.reportSchedules.delete, async ({ input, ...act }) => {
    await deleteSchedule(act, input.id);
    return { report_schedule: { id: input.id, deleted: true as const } };
  }),

  route(contract.reportSchedules.runs, async ({ input, ...act }) => {
    if (!(await findSchedule(act.db, act.caller.teamId, reportScheduleViewerOf(act), input.id)))
      throw new Refusal("record_not_found");
    return { report_runs: (await listRuns(act.db, act.caller.teamId, input.id)).map(presentReportRun) };
  }),

  route(contract.reportSchedules.run, async ({ db, caller, input }) => {
    const run = await findRun(db, caller.teamId, input.id);
    const maySee = run && (run.ownerId === caller.userId || caller.role === "admin");
    if (!maySee) throw new Refusal("record_not_found");
    return { report_run: presentDetail(run) };
  }),
];
