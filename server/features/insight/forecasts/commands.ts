import { randomInt } from "node:crypto";
import type { Act, App, Caller, Origin } from "../../../app.ts";
import { mayView } from "../../../domain/identity/sharing.ts";
import type { ForecastFacts } from "../../../domain/insight/forecast-facts.ts";
import { suppose, type WhatIf } from "../../../domain/insight/what-if.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { sequenceViewerOf } from "../../sequences/sequences/finding.ts";
import { findSequences } from "../../sequences/sequences/store.ts";
import { forecastApart } from "./run-in-worker.ts";
import { snapshot } from "./snapshot.ts";
import * as store from "./store.ts";

export type ForecastWish = {
  days: number;
  seed: number | null;
  replyRate: number;
  sequenceIds: readonly string[];
  whatIf: WhatIf;
  /** As it was asked, to be kept. */
  asked: Record<string, unknown>;
};

type Foreseen = { at: Temporal.Instant; seed: number; sequenceIds: string[]; told: store.ForecastTold };

/** How far back it is counted how many contacts reply, bounce or unsubscribe. */
const SEEN_DAYS = 90;

type Asking = { app: App; caller: Caller; origin: Origin };

/** Gathers in one transaction and thinks outside of any. */
export async function foresee({ app, caller, origin }: Asking, wish: ForecastWish): Promise<Foreseen> {
  const { teamId } = caller;
  const seed = wish.seed ?? randomInt(2 ** 31);
  const at = app.now();
  const { facts, visible, seen } = await app.db.inTeam(teamId, async (db) => {
    const by = { db, teamId, now: at, origin, userId: caller.userId, apiKeyId: null };
    const supposed = [...wish.sequenceIds, ...wish.whatIf.addContacts.map(({ sequenceId }) => sequenceId)];
    const asking = { db, caller, now: at };
    await refuseHidden(asking, supposed);
    const gathered = await snapshot(by, {
      days: wish.days,
      seed,
      alsoIds: supposed,
      replyRate: wish.replyRate,
    });
    refuseUnknown(gathered, wish.whatIf);
    return {
      facts: gathered,
      seen: await store.endingsSince(db, teamId, at.subtract({ hours: 24 * SEEN_DAYS })),
      visible: await visibleAmong(
        asking,
        gathered.sequences.map(({ id }) => id),
      ),
    };
  });
  const wanted = wish.sequenceIds.length > 0 ? wish.sequenceIds : visible;
  const told = await forecastApart(
    suppose({ ...facts, counted: countedOf(facts, wish.sequenceIds) }, wish.whatIf),
    seen,
  );
  const shown = new Set(wanted);
  return {
    at,
    seed,
    sequenceIds: [...wish.sequenceIds],
    told: { ...told, bySequence: told.bySequence.filter(({ sequenceId }) => shown.has(sequenceId)) },
  };
}

/** Null: of everything that goes out. */
function countedOf({ sequences }: ForecastFacts, ids: readonly string[]) {
  return ids.length === 0 ? null : sequences.flatMap(({ id }, n) => (ids.includes(id) ? [n] : []));
}

async function visibleAmong(asking: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  const viewer = await sequenceViewerOf(asking);
  const rows = await findSequences(asking.db, asking.caller.teamId, ids);
  return rows.filter((row) => mayView(row, viewer)).map(({ id }) => id);
}

async function refuseHidden(asking: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  const visible = new Set(await visibleAmong(asking, ids));
  const hidden = ids.find((id) => !visible.has(id));
  if (hidden) throw new Refusal("forecast_sequence_not_found", { id: hidden });
}

function refuseUnknown({ mailboxes, sequences }: ForecastFacts, { changeLimits, switchOffSteps }: WhatIf) {
  const mailboxIds = new Set(mailboxes.map(({ id }) => id));
  for (const id of changeLimits.keys())
    if (!mailboxIds.has(id)) throw new Refusal("forecast_mailbox_not_found", { id });
  const stepIds = new Set(sequences.flatMap(({ steps }) => steps.map((step) => step.id)));
  for (const id of switchOffSteps) if (!stepIds.has(id)) throw new Refusal("forecast_step_not_found", { id });
}

export async function keepForecast(act: Act, wish: ForecastWish, { at, ...foreseen }: Foreseen) {
  const { db, caller } = act;
  const row: store.ForecastRow = {
    id: newId(),
    userId: caller.userId,
    createdAt: at,
    days: wish.days,
    replyRate: wish.replyRate,
    whatIf: wish.asked,
    ...foreseen,
    totals: totalsOf(foreseen.told),
  };
  await store.insertForecast(db, caller.teamId, row);
  const subject = { type: "forecast", id: row.id } as const;
  await record(byCaller(act), { type: "forecast.made", subject, data: { days: row.days } });
  return row;
}

function totalsOf({ bySequence, byMailboxHour }: store.ForecastTold): store.ForecastTotals {
  const totals = { people: 0, sends: 0, finished: 0, failed: 0, replied: 0, remaining: 0 };
  for (const { people, remaining, through } of bySequence) {
    totals.people += people;
    totals.remaining += remaining;
    totals.finished += through.finished;
    totals.failed += through.failed;
    totals.replied += through.replied;
  }
  return { ...totals, sends: byMailboxHour.reduce((sum, { sends }) => sum + sends, 0) };
}

export async function getForecast({ db, caller, now }: Pick<Act, "db" | "caller" | "now">, id: string) {
  const { teamId, userId, role } = caller;
  const row = await store.findForecast(db, teamId, { id, userId, isAdmin: role === "admin" });
  if (!row) throw new Refusal("record_not_found");
  const ends = row.createdAt.add({ hours: 24 * row.days });
  const until = Temporal.Instant.compare(now, ends) < 0 ? now : ends;
  const { sequenceIds, createdAt: from } = row;
  return { row, actual: await store.sentByHour(db, teamId, { from, until, sequenceIds }) };
}
