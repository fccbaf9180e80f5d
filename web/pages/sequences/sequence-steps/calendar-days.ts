// The weeks that the dates of a sequence fall into, on the clock of the zone in which they were worked out.

import type { Rehearsal } from "./Storyboard.tsx";

type StepDate = Rehearsal["steps"][number];
type EntryKind = "due" | "earliest" | "latest";

/** `index`: of the step in the draft. */
export type Entry = { index: number; at: string; kind: EntryKind };
type Day = { date: string; entries: Entry[]; holiday: string | null };

/** A week, or how many weeks without a step are left out. */
export type Week = { days: Day[] } | { leftOut: number };

const FEW_WEEKS = 2;
const DAY_MS = 86_400_000;

/** "2026-11-27", as the clock of the zone says. */
export function dayIn(at: string, timeZone: string) {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(at));
}

export function weeksOf({ steps, time_zone: zone, starts_at: starts }: Rehearsal): Week[] {
  const entries = steps.flatMap((step, index) => entriesOf(step, index, zone));
  const byDay = Map.groupBy(entries, ({ at }) => dayIn(at, zone));
  const holidays = new Map(
    steps.flatMap(({ shifts = [] }) =>
      shifts.flatMap(({ name, dates }) => dates.flatMap((date) => (name ? [[date, name] as const] : []))),
    ),
  );
  const days = [...byDay.keys(), dayIn(starts, zone)].sort();
  const first = mondayOf(days[0] ?? "");
  const last = mondayOf(days.at(-1) ?? "");
  const weeks: Week[] = [];
  let empty: Week[] = [];
  for (let monday = first; monday <= last; monday = plus(monday, 7)) {
    const week = {
      days: Array.from({ length: 7 }, (_, n) => {
        const date = plus(monday, n);
        return { date, entries: byDay.get(date) ?? [], holiday: holidays.get(date) ?? null };
      }),
    };
    if (monday !== first && week.days.every((day) => day.entries.length === 0)) empty.push(week);
    else {
      weeks.push(...(empty.length > FEW_WEEKS ? [{ leftOut: empty.length }] : empty), week);
      empty = [];
    }
  }
  return weeks;
}

/** The date, and beside it the bounds that are on other days. */
function entriesOf(step: StepDate, index: number, zone: string): Entry[] {
  const { due_at: due, earliest_at: earliest, latest_at: latest } = step;
  if (due === null) return [];
  const day = dayIn(due, zone);
  return [
    { index, at: due, kind: "due" as const },
    ...(earliest && dayIn(earliest, zone) !== day
      ? [{ index, at: earliest, kind: "earliest" as const }]
      : []),
    ...(latest && dayIn(latest, zone) !== day ? [{ index, at: latest, kind: "latest" as const }] : []),
  ];
}

function mondayOf(date: string) {
  return plus(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
}

function plus(date: string, days: number) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
