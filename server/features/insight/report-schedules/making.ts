// A scheduled report, made: its content and its recipients are saved in one transaction. So it is made once.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { insertDelivery } from "../../events/webhooks/deliveries-store.ts";
import { findSubscription } from "../../events/webhooks/store.ts";
import { findUser } from "../../identity/users/store.ts";
import { makeReport } from "../reports/commands.ts";
import { columnsFor, presentLines } from "../reports/present.ts";
import { namesIn, readDefinition, wishOf } from "../reports/report-input.ts";
import { lockView } from "../views/store.ts";
import type { ClaimedRun, ReportContent } from "./runs-store.ts";
import * as runs from "./runs-store.ts";

/** Why it cannot be made, in words; another try would say the same. */
export class CannotMake extends Error {}

/** Does nothing where another process has made it since. */
export async function makeRun(act: Act, run: ClaimedRun): Promise<void> {
  const { db, caller, now } = act;
  const { teamId } = caller;
  const schedule = await runs.lockRun(db, teamId, run);
  if (!schedule) return;
  const { content, totals } = await contentOf(act, schedule.viewId);
  if (schedule.webhookId === null) {
    const people = await Promise.all(schedule.recipientIds.map((id) => findUser(db, teamId, id)));
    const to = people
      .filter((one) => one !== null && one.deactivatedAt === null)
      .filter((one) => one !== null);
    if (to.length === 0) throw new CannotMake("None of the recipients is an active user of the team.");
    await runs.insertMails(db, teamId, run.id, to, now);
    await runs.noteMade(db, teamId, run.id, content, false, now);
    return;
  }
  const webhook = await findSubscription(db, teamId, schedule.webhookId);
  if (!webhook?.isActive) throw new CannotMake("The webhook for this report is turned off.");
  const [eventId] = await record(byCaller(act), {
    type: "report.made",
    subject: { type: "report_schedule", id: run.scheduleId },
    data: { view_id: schedule.viewId, run_id: run.id, due_at: run.dueAt.toString(), totals },
  });
  if (!eventId) throw new Error("an event was recorded without an id");
  await insertDelivery(db, teamId, { subscriptionId: webhook.id, eventId }, now);
  await runs.noteMade(db, teamId, run.id, content, true, now);
}

async function contentOf(
  act: Act,
  viewId: string,
): Promise<{ content: ReportContent; totals: Record<string, number | null> }> {
  const { db, caller } = act;
  const view = await lockView(db, caller.teamId, caller.userId, viewId);
  if (!view) throw new CannotMake("The report is no longer shared with the user who scheduled it.");
  const input = readDefinition(view.filter);
  if (!input) throw new CannotMake("The report uses a metric or filter that no longer exists.");
  const report = await makeReport(act, wishOf(input)).catch((error: unknown) => {
    throw error instanceof Refusal ? new CannotMake(`The report cannot be created: ${error.message}`) : error;
  });
  const names = namesIn(input);
  return {
    content: {
      name: view.name,
      columns: columnsFor(input.metrics, names),
      lines: presentLines(report, names),
    },
    totals: Object.fromEntries(report.whole),
  };
}
