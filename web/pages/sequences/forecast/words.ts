import { t } from "../../../language/t.ts";
import { localDay } from "./loads.ts";
import type { Forecast, ForecastWithActual } from "./queries.ts";

/** What it comes to, in a line. */
export function sayForecast({ totals, by_sequence, until }: Forecast, say: (at: string) => string) {
  if (totals.people === 0) return t("No active contacts, so nothing will be sent.");
  const { sends, remaining } = totals;
  const ends = by_sequence.flatMap(({ last_finished_at }) => last_finished_at ?? []).sort();
  const last = ends.at(-1);
  const people = t("{people, plural, one {# contact} other {# contacts}}", { people: totals.people });
  if (remaining === 0 && last)
    return t(
      "{sends, plural, one {# planned email} other {# planned emails}} to {people}; the last contact finishes on {last}.",
      { sends, people, last: say(last) },
    );
  return t(
    "{sends, plural, one {# planned email} other {# planned emails}} to {people} until {until}; {remaining, plural, one {# contact} other {# contacts}} still active then.",
    { sends, people, until: say(until), remaining },
  );
}

type ForecastDay = {
  day: string;
  foreseen: Record<string, number>;
  sent: number | null;
  /** The fewest and the most that are likely; null where that is not known. */
  likely: readonly [least: number, most: number] | null;
};

/** By the day on the reader's own clock. What has gone out is known up to today. */
export function daysOf(
  { by_mailbox_hour, actual, created_at, likely }: ForecastWithActual,
  now: Date,
): ForecastDay[] {
  const days = new Map<string, ForecastDay>();
  const dayOf = (at: string) => {
    const key = localDay(new Date(at));
    const day = days.get(key) ?? emptyDay(key);
    days.set(key, day);
    return day;
  };
  if (actual) {
    for (const at = new Date(created_at); at <= now; at.setDate(at.getDate() + 1))
      dayOf(at.toISOString()).sent = 0;
    dayOf(now.toISOString()).sent ??= 0;
    for (const { hour, sends } of actual) {
      const day = dayOf(hour);
      day.sent = (day.sent ?? 0) + sends;
    }
  }
  for (const { email_account_id: id, hour, sends } of by_mailbox_hour) {
    const { foreseen } = dayOf(hour);
    foreseen[id] = (foreseen[id] ?? 0) + sends;
  }
  for (const { day } of likely?.by_day ?? []) if (!days.has(day)) days.set(day, emptyDay(day));
  for (const day of between([...days.keys()].sort())) if (!days.has(day)) days.set(day, emptyDay(day));
  // By the team's days, which begin at another hour where the reader is in another zone; it is an estimate in any case.
  const ranges = new Map(likely?.by_day.map(({ day, least, most }) => [day, [least, most] as const]));
  if (likely) for (const one of days.values()) one.likely = ranges.get(one.day) ?? [0, 0];
  return [...days.values()].sort((one, other) => one.day.localeCompare(other.day));
}

const emptyDay = (day: string): ForecastDay => ({ day, foreseen: {}, sent: null, likely: null });

/** What is likely, and from what that is concluded. */
export function sayLikely(likely: NonNullable<Forecast["likely"]>) {
  const { emails, ended, least, most } = likely;
  return t(
    "{least, number} to {most, number} emails are likely; the thin lines show the range of each day. In the last 90 days, {ended, number} of {emails, number} emails led to a reply, a bounce or an unsubscribe, and those contacts got no more emails.",
    { least, most, ended, emails },
  );
}

/** From the first to the last, weekends too, or the picture would leave them out. */
function between(days: readonly string[]): string[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const all: string[] = [];
  for (const at = new Date(`${first}T12:00:00`); localDay(at) <= last; at.setDate(at.getDate() + 1))
    all.push(localDay(at));
  return all;
}

const MOST_SERIES = 6;

/** The mailboxes that send most, each by itself, and the rest together. */
export function seriesOf({ by_mailbox_hour }: Forecast): { id: string; rest: string[] }[] {
  const sums = new Map<string, number>();
  for (const { email_account_id: id, sends } of by_mailbox_hour) sums.set(id, (sums.get(id) ?? 0) + sends);
  const ids = [...sums].sort(([, one], [, other]) => other - one).map(([id]) => id);
  const own = ids.slice(0, ids.length > MOST_SERIES ? MOST_SERIES - 1 : MOST_SERIES);
  const rest = ids.slice(own.length);
  return [...own.map((id) => ({ id, rest: [] })), ...(rest.length > 0 ? [{ id: "others", rest }] : [])];
}
