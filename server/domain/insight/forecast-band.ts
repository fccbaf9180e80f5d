// How many emails are likely, where a forecast shows the most there can be: contacts who reply, bounce or unsubscribe get
// no later emails. How many that will be is not known, so it is told between two figures.

import { forecast } from "./forecast.ts";
import type { ForecastFacts } from "./forecast-facts.ts";
import type { ForecastResult } from "./forecast-tally.ts";

/** Of the emails that were sent lately, after how many the contact replied, bounced or unsubscribed. */
export type EndingsSeen = { emails: number; ended: number };

type Between = { least: number; most: number };

export type ForecastBand = EndingsSeen & Between & { days: (Between & { day: string })[] };

/** Of fewer emails nothing is concluded. */
const FEWEST_EMAILS = 100;
const Z = 1.645; // nine times out of ten the share is between the two

/** Between which shares the true one lies, by Wilson's interval; null where too little was sent to say. */
export function endingRates({ emails, ended }: EndingsSeen): Between | null {
  if (emails < FEWEST_EMAILS) return null;
  const share = ended / emails;
  const spread = Z ** 2 / emails;
  const middle = share + spread / 2;
  const half = Z * Math.sqrt((share * (1 - share)) / emails + spread / (4 * emails));
  const least = (middle - half) / (1 + spread);
  return { least: Math.max(least, 0), most: Math.min((middle + half) / (1 + spread), 1) };
}

/** Chance weighs much among few contacts and nothing among many, where one run takes long. */
const MANY_PEOPLE = 5_000;
const DRAWS = 4;

/** The forecast drawn several times with either share: each day's fewest and most. */
export function forecastBand(facts: ForecastFacts, seen: EndingsSeen): ForecastBand | null {
  const rates = endingRates(seen);
  if (!rates) return null;
  const draws = facts.people.length > MANY_PEOPLE ? 1 : DRAWS;
  const runs: Map<string, number>[] = [];
  for (const replyRate of [rates.least, rates.most])
    for (let draw = 0; draw < draws; draw++)
      runs.push(byDay(forecast({ ...facts, replyRate, seed: facts.seed + draw }), facts.timeZone));
  const days = [...new Set(runs.flatMap((run) => [...run.keys()]))].sort();
  const sums = runs.map((run) => [...run.values()].reduce((sum, sends) => sum + sends, 0));
  return {
    ...seen,
    ...between(sums),
    days: days.map((day) => ({ day, ...between(runs.map((run) => run.get(day) ?? 0)) })),
  };
}

function between(counts: readonly number[]): Between {
  return { least: Math.min(...counts), most: Math.max(...counts) };
}

function byDay({ byMailboxHour }: ForecastResult, timeZone: string) {
  const dayOf = new Map<number, string>();
  const days = new Map<string, number>();
  for (const { hour, sends } of byMailboxHour) {
    const day = dayOf.get(hour) ?? dayIn(hour, timeZone);
    dayOf.set(hour, day);
    days.set(day, (days.get(day) ?? 0) + sends);
  }
  return days;
}

function dayIn(hour: number, timeZone: string) {
  return Temporal.Instant.fromEpochMilliseconds(hour).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
