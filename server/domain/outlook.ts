// What adding people comes to: when the first step of each of them happens, as far as that can be known, and when the
// last of them could be through. An estimate that errs on the early side: nobody knows who else is added meanwhile, how
// long people take for their tasks, or who replies.

import { dueAfter, type WaitingStep } from "./cadence.ts";
import { ForecastClock } from "./forecast-clock.ts";
import { type Schedule, zoneFor } from "./schedule.ts";

export type Starting = { mailboxId: string; zone: string; dueAt: Temporal.Instant };

/** What a mailbox may send, and how much of that is spoken for. */
export type Pace = {
  id: string;
  dailyLimit: number | null;
  hourlyLimit: number | null;
  gapSeconds: number | null;
  /** Within the last day; taken as sent just now, because it is not known when. */
  sent: number;
  /** First mails of others, which go before. */
  planned: number;
};

export type Turn = { at: Temporal.Instant; zone: string };

type Looking = { schedule: Schedule | null; now: Temporal.Instant };

/** When each of them is mailed first, one after another from the same mailbox; nobody whom a limit of none keeps back for good. */
export function firstTurns(
  starting: readonly Starting[],
  paces: readonly Pace[],
  { schedule, now }: Looking,
): Turn[] {
  const byMailbox = Map.groupBy(starting, ({ mailboxId }) => mailboxId);
  return paces.flatMap((pace) => {
    const people = [...(byMailbox.get(pace.id) ?? [])];
    people.sort((one, other) => Temporal.Instant.compare(one.dueAt, other.dueAt));
    return pace.dailyLimit === 0 || pace.hourlyLimit === 0 ? [] : turnsOf(people, pace, { schedule, now });
  });
}

function turnsOf(people: readonly Starting[], pace: Pace, { schedule, now }: Looking): Turn[] {
  const { dailyLimit, sent, planned } = pace;
  const spacing = Math.max(pace.gapSeconds ?? 0, pace.hourlyLimit ? Math.ceil(3600 / pace.hourlyLimit) : 0);
  const open = opener(schedule);
  const times: Temporal.Instant[] = Array.from({ length: sent }, () => now);
  const others = Array.from({ length: planned }, () => ({ zone: zoneFor(schedule, null), dueAt: now }));
  const turns: Turn[] = [];
  for (const [n, { zone, dueAt }] of [...others, ...people].entries()) {
    const freed = dailyLimit === null ? null : (times[sent + n - dailyLimit]?.add({ hours: 24 }) ?? null);
    const after = n === 0 ? null : (times.at(-1)?.add({ seconds: spacing }) ?? null);
    const at = open(zone, latest(dueAt, freed, after));
    if (!at) break;
    times.push(at);
    if (n >= planned) turns.push({ at, zone });
  }
  return turns;
}

/** When the schedule lets it out. Null: it never opens. */
function opener(schedule: Schedule | null) {
  const clock = new ForecastClock();
  return (zone: string, at: Temporal.Instant): Temporal.Instant | null => {
    const opens = clock.opening(schedule, zone, at.epochMilliseconds);
    if (opens === at.epochMilliseconds) return at;
    return opens === Number.POSITIVE_INFINITY ? null : Temporal.Instant.fromEpochMilliseconds(opens);
  };
}

/** When the last of them is through, if every step is done as soon as it falls due. Null: a schedule never opens. */
export function lastIsThrough(
  turns: readonly Turn[],
  later: readonly WaitingStep[],
  schedule: Schedule | null,
): Temporal.Instant | null {
  const last = turns.reduce<Turn | null>(
    (found, turn) => (found && Temporal.Instant.compare(found.at, turn.at) >= 0 ? found : turn),
    null,
  );
  let at = last?.at ?? null;
  for (const step of later) at = at && dueAfter({ step, schedule, zone: last?.zone ?? "UTC", from: at });
  return at;
}

export type Hour = { hour: Temporal.Instant; count: number };

export type Outlook = { hours: Hour[]; lastIsThroughAt: Temporal.Instant | null };

/** How many in which hour, in order. */
export function byHour(turns: readonly Turn[]): Hour[] {
  const counts = new Map<number, number>();
  for (const { at } of turns) {
    const hour = Math.floor(at.epochMilliseconds / 3_600_000);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([hour, count]) => ({ hour: Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000), count }));
}

function latest(first: Temporal.Instant, ...others: readonly (Temporal.Instant | null)[]) {
  return others.reduce<Temporal.Instant>(
    (found, one) => (one && Temporal.Instant.compare(one, found) > 0 ? one : found),
    first,
  );
}
