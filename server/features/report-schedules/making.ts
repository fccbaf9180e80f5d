// A scheduled report, made: what it says is kept, and whoever is to get it is written down, in one act. So it is made once.

import type { Act } from "../../app.ts";
import { Refusal } from "../../refusal.ts";
import { byCaller, record } from "../events/store.ts";
import { makeReport } from "../reports/commands.ts";
import { columnsFor, presentLines } from "../reports/present.ts";
import { namesIn, readDefinition, wishOf } from "../reports/report-input.ts";
import { findUser } from "../users/store.ts";
import { lockView } from "../views/store.ts";
import { insertDelivery } from "../webhooks/deliveries-store.ts";
import { findSubscription } from "../webhooks/store.ts";
import type { ClaimedRun, Content } from "./runs-store.ts";
import * as runs from "./runs-store.ts";

/** Why it cannot be made, in words; another try would say the same. */
export class CannotMake extends Error {}

/** Nothing, where somebody else has made it since. */
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
    if (to.length === 0) throw new CannotMake("Nobody it was to go to is in the team any more.");
    await runs.insertMails(db, teamId, run.id, to, now);
    await runs.noteMade(db, teamId, run.id, content, false, now);
    return;
  }
  const webhook = await findSubscription(db, teamId, schedule.webhookId);
  if (!webhook?.isActive) throw new CannotMake("The webhook it was to be told to is switched off.");
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
): Promise<{ content: Content; totals: Record<string, number | null> }> {
  const { db, caller } = act;
  const view = await lockView(db, caller.teamId, caller.userId, viewId);
  if (!view) throw new CannotMake("The report is no longer shared with whoever scheduled it.");
  const input = readDefinition(view.filter);
  if (!input) throw new CannotMake("The report asks for something that is not counted any more.");
  const report = await makeReport(act, wishOf(input)).catch((error: unknown) => {
    throw error instanceof Refusal ? new CannotMake(`The report cannot be counted: ${error.message}`) : error;
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
