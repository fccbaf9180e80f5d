// What adding people comes to, before they are added: they are added and taken back within one transaction, and the engine is run forward
// over the team as it stood with them. So no rule of joining or of sending is told twice.

import type { Act, App, Caller, Origin } from "../../../app.ts";
import { isWorthAnotherTry, MOST_TRIES } from "../../../db/away.ts";
import { RolledBack } from "../../../db/connect.ts";
import { isDuplicate } from "../../../db/duplicates.ts";
import { explainStanding } from "../../../domain/insight/explaining.ts";
import type { AddedForecast } from "../../../domain/insight/forecast-added.ts";
import type { ForecastFacts } from "../../../domain/insight/forecast-facts.ts";
import { newId } from "../../../kernel/ids.ts";
import { say } from "../../../kernel/say.ts";
import * as store from "../../enrollments/promises/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { readStandings } from "../../gate/facts/facts-store.ts";
import { placeAll } from "../../gate/facts/standings.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { forecastApart } from "../forecasts/run-in-worker.ts";
import { gatherSnapshot } from "../forecasts/snapshot.ts";

/** So far is looked ahead. */
const DAYS = 90;

type Asking = { app: App; caller: Caller; origin: Origin };

type Thought = Omit<store.PromiseRow, "id">;

/** Who is supposed to join, and the way to have them join for good, as far as the act goes. */
export type Adding = {
  sequenceId: string;
  mailboxIds: readonly string[];
  add(act: Act): Promise<{ enrollmentIds: string[]; stepId: string | null; isWhole: boolean }>;
};

/** Gathers in one transaction, which is taken back, and thinks outside of any. */
export async function thinkOf(
  { app, caller, origin }: Asking,
  readAdding: (act: Pick<Act, "db" | "caller" | "now">) => Promise<Adding>,
): Promise<Thought> {
  const at = app.now();
  const { facts, ...about } = await takenBack(app, caller.teamId, async (db) => {
    const act: Act = { app, db, now: at, caller, origin, ...TAKEN_BACK };
    const adding = await readAdding(act);
    const { id: sequenceId } = await getVisible(act, adding.sequenceId);
    const by = { db, teamId: caller.teamId, now: at, origin, userId: caller.userId, apiKeyId: null };
    // All others first: the added contacts stay locked from here to the end, and that should be short.
    const { withAdded } = await gatherSnapshot(by, {
      days: DAYS,
      seed: 1,
      alsoIds: [sequenceId],
      replyRate: 0,
      nearMailboxIds: adding.mailboxIds,
    });
    const { enrollmentIds, stepId, isWhole } = await adding.add(act);
    const facts: ForecastFacts = { ...(await withAdded(enrollmentIds)), endsWithAdded: true };
    return { facts, sequenceId, stepId, people: enrollmentIds.length, atLeast: !isWhole };
  });
  const told = await forecastApart(facts);
  const own = told.bySequence.find(({ sequenceId }) => sequenceId === about.sequenceId);
  return { ...about, userId: caller.userId, createdAt: at, days: DAYS, told: own?.added ?? NOBODY };
}

const TAKEN_BACK = { isDryRun: false, holdsNobody: true, afterCommit: () => {} } as const;

const NOBODY: AddedForecast = {
  people: 0,
  begin: [],
  firstStepDoneAt: null,
  notBegun: [],
  lastFinishedAt: null,
  remaining: 0,
};

/**
 * Nobody is locked for a promise, so other callers or the engine may add or change the same contacts meanwhile: then it is tried
 * again, and finds them as they are now. All of it is taken back, so a row that was there first is no fault either.
 */
async function takenBack<T>(app: App, teamId: string, work: (db: Act["db"]) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await app.db.inTeam(teamId, async (db) => {
        throw new RolledBack(await work(db));
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.result as T;
      if (tries === MOST_TRIES || !(isWorthAnotherTry(error) || isDuplicate(error))) throw error;
    }
  }
}

export async function keepPromise(act: Act, thought: Thought): Promise<store.PromiseRow> {
  const row = { ...thought, id: newId() };
  await store.insertPromise(act.db, act.caller.teamId, row);
  const subject = { type: "sequence", id: row.sequenceId } as const;
  await record(byCaller(act), { type: "promise.made", subject, data: { people: row.people } });
  return row;
}

const MOST_REQUESTS = 200;
const MOST_EXPLAINED = 1_000;

export async function getPromised(
  act: Pick<Act, "db" | "caller" | "now">,
  { sequenceId, requestId }: { sequenceId: string; requestId: string | null },
): Promise<store.PromiseResult | null> {
  const { db, caller } = act;
  await getVisible(act, sequenceId);
  const kept = await store.listKept(db, caller.teamId, { sequenceId, requestId, limit: MOST_REQUESTS });
  if (kept.length === 0) return null;
  const added = await store.listAdded(db, caller.teamId, {
    requestIds: kept.map((one) => one.requestId),
    stepIds: kept.map(({ stepId }) => stepId),
    most: kept.map(({ atLeast, people }) => (atLeast ? people : null)),
  });
  const notBegun = added.filter(({ begunAt }) => begunAt === null);
  const onTheWay = notBegun.filter(({ state }) => state === "active" || state === "paused");
  return { kept, added, notBegun, waiting: await waitingOf(act, onTheWay) };
}

/** What holds those who have not begun: as the gate says it of them now. */
async function waitingOf(
  act: Pick<Act, "db" | "caller" | "now">,
  rows: readonly store.AddedRow[],
): Promise<store.WaitingCount[]> {
  const ids = rows.slice(0, MOST_EXPLAINED).map(({ enrollmentId }) => enrollmentId);
  const standings = await readStandings(act.db, act.caller.teamId, ids);
  const placed = await placeAll(act, standings, { countsQueue: false });
  const groups = new Map<string, store.WaitingCount>();
  for (const { standing, row } of placed) {
    const { heldBy } = explainStanding(standing);
    // A closed window is the reason only where there is no other.
    const hold = heldBy.find(({ code }) => code !== "outside_window") ?? heldBy[0];
    const code = hold?.code ?? "in_line";
    const known = groups.get(`${code} ${row.mailboxId}`);
    if (known) known.count++;
    else
      groups.set(`${code} ${row.mailboxId}`, {
        code,
        sentence: hold?.rule ?? say("Other contacts go first."),
        mailboxId: row.mailboxId,
        count: 1,
      });
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}
