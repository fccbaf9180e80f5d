// When the turn of a mail comes that has others before it in its mailbox. An estimate: who comes later may go first,
// and other mails of the queue may keep to other clocks.

import { type ContactSchedule, closesAt, nextOpening } from "./schedule.ts";

export type Queue = {
  /** How many are due before. */
  before: number;
  from: Temporal.Instant;
  schedule: ContactSchedule | null;
  zone: string;
  gapSeconds: number | null;
  hourlyLimit: number | null;
  dailyLimit: number | null;
  sentLastDay: number;
};

/** Counting stops after this many windows: the wait would be too long to matter. */
const MOST_WINDOWS = 500;

export function turnIn(queue: Queue): Temporal.Instant | null {
  const { schedule, zone, dailyLimit, hourlyLimit } = queue;
  if (dailyLimit === 0 || hourlyLimit === 0) return null;
  const spacing = Math.max(queue.gapSeconds ?? 0, hourlyLimit ? Math.ceil(3600 / hourlyLimit) : 0);
  let left = queue.before;
  let room = dailyLimit === null ? Infinity : Math.max(1, dailyLimit - queue.sentLastDay);
  let at = nextOpening(schedule, zone, queue.from);
  let began = at;
  for (let windows = 0; at && began && windows < MOST_WINDOWS; windows++) {
    const closes = closesAt(schedule, zone, at);
    const fits = Math.min(room, closes ? fitting(at, closes, spacing) : Infinity);
    if (left < fits) return at.add({ seconds: left * spacing });
    left -= fits;
    room -= fits;
    const isSpent = room <= 0;
    const goesOn = isSpent ? began.add({ hours: 24 }) : (closes ?? at);
    at = nextOpening(schedule, zone, goesOn);
    if (isSpent) [room, began] = [dailyLimit ?? Infinity, at];
  }
  return null;
}

/** How many leave from one instant on before another. */
function fitting(from: Temporal.Instant, until: Temporal.Instant, spacing: number) {
  return spacing === 0 ? Infinity : Math.ceil(from.until(until).total("seconds") / spacing);
}
