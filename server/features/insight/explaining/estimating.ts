// When the mails of people in sequences leave, by running the engine forward over everybody who can be in their way: what the forecast
// and a promise reckon with, limits and hours included.

import type { GateCode } from "../../../domain/gate/gate.ts";
import type { Estimate } from "../../../domain/gate/standing.ts";
import { explainStanding } from "../../../domain/insight/explaining.ts";
import { type ForecastSend, forecast } from "../../../domain/insight/forecast.ts";
import type { ForecastFacts } from "../../../domain/insight/forecast-facts.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";
import { type ForecastSnapshot, gatherSnapshot } from "../forecasts/snapshot.ts";

const DAYS = 90;
/** Beyond so many people the answer would take seconds: there the estimate goes by the mailbox's queue and limits alone. */
const MOST_PEOPLE = 5_000;

/** With the estimate of each mail that goes out by itself. */
export async function withEstimates(
  asking: ReadContext,
  placed: readonly EnrollmentWithContext[],
): Promise<EnrollmentWithContext[]> {
  const wanted = placed.filter(goesByItself);
  if (wanted.length === 0) return [...placed];
  const gathered = await gatherNear(asking, wanted);
  if (!gathered) return [...placed];
  const estimates = estimatesIn(gathered);
  return placed.map((one) => {
    const estimate = estimates.get(one.row.id);
    return estimate ? { ...one, standing: { ...one.standing, estimate } } : one;
  });
}

function goesByItself({ row, around, standing }: EnrollmentWithContext) {
  const step = around.steps.find(({ id }) => id === row.currentStepId);
  if (row.state !== "active" || step?.type !== "auto_email") return false;
  const { next } = explainStanding(standing);
  return next !== null && next.what === "auto_email" && next.at !== null;
}

async function gatherNear({ db, caller, now }: ReadContext, wanted: readonly EnrollmentWithContext[]) {
  const by = {
    db,
    now,
    teamId: caller.teamId,
    userId: null,
    apiKeyId: null,
    origin: { requestId: null, address: null, cause: "explain" },
  };
  const nearMailboxIds = [...new Set(wanted.flatMap(({ row }) => row.mailboxId ?? []))];
  const wantedIds = wanted.map(({ row }) => row.id);
  const wish = {
    days: DAYS,
    seed: 1,
    alsoIds: [],
    replyRate: 0,
    nearMailboxIds,
    wantedIds,
    most: MOST_PEOPLE,
  };
  return gatherSnapshot(by, wish).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === "forecast_too_large") return null;
    throw error;
  });
}

/** Run until the last of them was sent their mail. Who is sent none in the days looked at has no time. */
function estimatesIn({ facts, placeOf }: ForecastSnapshot) {
  const sent = new Map<number, number>();
  const sends: ForecastSend[] = [];
  const waiting = new Set(placeOf.values());
  const people = facts.people.map((person, n) => (waiting.has(n) ? { ...person, isAdded: true } : person));
  const told = forecast({ ...facts, people }, (one) => {
    if (waiting.delete(one.person)) sent.set(one.person, sends.length);
    sends.push(one);
    return waiting.size === 0;
  });
  const limitOf = (n: number): GateCode | null => {
    const sequence = facts.sequences[facts.people[n]?.sequence ?? -1];
    const begun = told.bySequence.find(({ sequenceId }) => sequenceId === sequence?.id)?.added?.begin ?? [];
    return begun.length === 1 ? (begun[0]?.code ?? null) : null;
  };
  return new Map(
    [...placeOf].map(([id, n]): [string, Estimate] => [
      id,
      estimateOf(facts, { n, sends, place: sent.get(n) ?? null, limit: limitOf(n) }),
    ]),
  );
}

type Found = { n: number; sends: readonly ForecastSend[]; place: number | null; limit: GateCode | null };

/** Others are those who leave from the same mailbox after this mail is due and before it leaves. */
function estimateOf(facts: ForecastFacts, { n, sends, place, limit }: Found): Estimate {
  const own = place === null ? undefined : sends[place];
  if (!own || place === null) return { at: null, after: 0, limit };
  const dueAt = Math.max(facts.people[n]?.at ?? 0, facts.now);
  const others = sends.slice(0, place).filter(({ mailbox, at }) => mailbox === own.mailbox && at >= dueAt);
  return { at: Temporal.Instant.fromEpochMilliseconds(Math.round(own.at)), after: others.length, limit };
}
