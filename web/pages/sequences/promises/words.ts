// A promise in a sentence: how many begin within a week, when the last does, and what keeps the rest.

import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import type { AddPromise, PromiseResult } from "./queries.ts";

const DAY = dateFormat({ weekday: "long", day: "numeric", month: "long" });
const WEEK_MS = 7 * 86_400_000;

type Step = AddPromise["first_steps"][number];

/** "412 of 500 will get their first email by Thursday 26 November, the last on Tuesday 1 December." */
export function sayPromise(promise: AddPromise, now: Date, what = t("their first email")) {
  const { people, first_steps: steps, first_step_done_at: done } = promise;
  const begin = sum(steps);
  if (begin === 0 || !done) return t("No contact will get {what} with the current settings.", { what });
  const last = dayOf(done);
  const soon = soonAmong(steps, now);
  const by = soon.at(-1);
  const all = t("{people, plural, one {They will get} other {All # will get}}", { people });
  if (begin === people && by && dayOf(by.hour) === last) {
    const isOneDay = dayOf(steps[0]?.hour ?? "") === last;
    return `${all} ${what} ${isOneDay ? t("on") : t("by")} ${last}.`;
  }
  if (!by)
    return t("{begin, number} of {people, number} will get {what} by {last}.", { begin, people, what, last });
  const first = t("{soon, number} of {people, number} will get {what} by {hour}", {
    soon: sum(soon),
    people,
    what,
    hour: dayOf(by.hour),
  });
  return dayOf(by.hour) === last ? `${first}.` : t("{first}, the last on {last}.", { first, last });
}

export type Keeps = { code: string; sentence: string; count: number };

/** What keeps those who do not begin by that day. */
export function keptBy(promise: AddPromise, now: Date): Keeps[] {
  const sentences = new Map(promise.reasons.map(({ code, sentence }) => [code, sentence]));
  const soon = new Set(soonAmong(promise.first_steps, now));
  const counts = new Map<string, number>();
  for (const step of promise.first_steps)
    if (!soon.has(step)) {
      const code = step.code ?? "plan";
      counts.set(code, (counts.get(code) ?? 0) + step.count);
    }
  for (const { code, count: many } of promise.not_begun) counts.set(code, (counts.get(code) ?? 0) + many);
  return [...counts]
    .map(([code, many]) => ({
      code,
      count: many,
      sentence: sentences.get(code) ?? t("The step is scheduled for later."),
    }))
    .sort((one, other) => other.count - one.count);
}

/** Of each mailbox: how many, and when the last of them. */
export function byMailbox(steps: readonly Step[]) {
  const boxes = new Map<string, { count: number; last: string }>();
  for (const { email_account_id: id, count: many, hour } of steps) {
    if (!id) continue;
    const known = boxes.get(id) ?? { count: 0, last: hour };
    boxes.set(id, { count: known.count + many, last: hour > known.last ? hour : known.last });
  }
  return boxes;
}

/** Those of the coming week. */
function soonAmong(steps: readonly Step[], now: Date) {
  return steps.filter(({ hour }) => Date.parse(hour) < now.getTime() + WEEK_MS);
}

function sum(steps: readonly { count: number }[]) {
  return steps.reduce((all, { count: many }) => all + many, 0);
}

export function dayOf(at: string) {
  return DAY.format(new Date(at)).replace(",", "");
}

/** "46 of 60 contacts have started; 60 were promised by now, so 14 are late." */
export function sayPromised({ people, happened, promised_by_now: byNow, late }: PromiseResult) {
  const begun = t("{happened, number} of {people, plural, one {# contact} other {# contacts}} have started", {
    happened,
    people,
  });
  if (late > 0)
    return t("{begun}; {byNow, number} were promised by now, so {late, number} are late.", {
      begun,
      byNow,
      late,
    });
  return byNow > 0 ? t("{begun}; {byNow, number} were promised by now.", { begun, byNow }) : `${begun}.`;
}

export type PromisedDay = { at: number; promised: number; happened: number | null };

/** By the day on the reader's clock, quiet days too. What happened is known up to today. */
export function promisedDays({ hours }: PromiseResult, now: Date, most = 60): PromisedDay[] {
  const days = new Map<number, { promised: number; happened: number }>();
  for (const { hour, promised, happened } of hours) {
    const day = new Date(hour).setHours(0, 0, 0, 0);
    const known = days.get(day) ?? { promised: 0, happened: 0 };
    days.set(day, { promised: known.promised + promised, happened: known.happened + happened });
  }
  if (days.size === 0) return [];
  const last = Math.max(...days.keys());
  const told: PromisedDay[] = [];
  for (const at = new Date(Math.min(...days.keys())); at.getTime() <= last && told.length < most; ) {
    const { promised = 0, happened = 0 } = days.get(at.getTime()) ?? {};
    told.push({ at: at.getTime(), promised, happened: at <= now ? happened : null });
    at.setDate(at.getDate() + 1);
  }
  return told;
}
