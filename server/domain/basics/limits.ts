// How much may be sent: so many mails in any 24 hours and in any hour from one mailbox, with a pause between two of
// them; so many a day of a sequence and of a step, a day being one of the calendar in the schedule's zone.
//
// Easy to get wrong: a mail sent exactly 24 hours ago no longer counts, and a full window is free again when the
// oldest of its last `limit` mails leaves it, not when the oldest of all does.

export type LimitWindow = {
  /** Null: no limit. */
  limit: number | null;
  /** Within the window that ends now. */
  sent: number;
  /** How many of them were sent with another program. */
  elsewhere?: number;
  /** When the last mail but `limit - 1` was sent: the one that has to leave the window. */
  oldestInTheWay: Temporal.Instant | null;
};

/** Whether nothing may be sent now, and from when on it may; null where it never may. */
export type Full = { freeAt: Temporal.Instant | null };

/** Of several limits those that are full at this moment, and of these the one that is free last: it binds. */
export function bindingAmong<Standing>(
  standings: readonly Standing[],
  fullOf: (standing: Standing) => Full | null,
  now: Temporal.Instant,
): { standing: Standing; full: Full } | null {
  let binding: { standing: Standing; full: Full } | null = null;
  for (const standing of standings) {
    const full = fullOf(standing);
    if (!full || (full.freeAt && Temporal.Instant.compare(full.freeAt, now) <= 0)) continue;
    if (!binding || isLater(full, binding.full)) binding = { standing, full };
  }
  return binding;
}

function isLater(one: Full, other: Full) {
  if (!one.freeAt || !other.freeAt) return one.freeAt === null;
  return Temporal.Instant.compare(one.freeAt, other.freeAt) > 0;
}

export const DAY = { hours: 24 };
export const HOUR = { hours: 1 };

export function fullWindow(
  { limit, sent, oldestInTheWay }: LimitWindow,
  length: Temporal.DurationLike,
): Full | null {
  if (limit === null || sent < limit) return null;
  return { freeAt: limit === 0 || !oldestInTheWay ? null : oldestInTheWay.add(length) };
}

const MINUTE_MS = 60_000;

/**
 * Of what many mailboxes share: free at the full minute after that, so that all who wait for it are in their queues when it is,
 * and whose turn it is decides, not by how many thousandths of a second the one before was late.
 */
export function fullMinutes(window: LimitWindow, length: Temporal.DurationLike): Full | null {
  const full = fullWindow(window, length);
  return full?.freeAt
    ? { freeAt: Temporal.Instant.fromEpochMilliseconds(minuteAfter(full.freeAt.epochMilliseconds)) }
    : full;
}

export function minuteAfter(ms: number) {
  return (Math.floor(ms / MINUTE_MS) + 1) * MINUTE_MS;
}

/**
 * The window after so many more are sent now. Which mail then blocks is unknown: it is within the window, and the
 * earlier one may have left it long ago. So a refused mail is checked again in a minute.
 */
export function withMore(
  window: LimitWindow,
  more: number,
  length: Temporal.DurationLike,
  now: Temporal.Instant,
): LimitWindow {
  if (more === 0) return window;
  const { oldestInTheWay: oldest, sent } = window;
  const isInTheWay = oldest !== null && Temporal.Instant.compare(oldest.add(length), now) > 0;
  return {
    ...window,
    sent: sent + more,
    oldestInTheWay: isInTheWay ? oldest : now.subtract(length).add({ minutes: 1 }),
  };
}

export function tooSoon(
  gapSeconds: number | null,
  lastSentAt: Temporal.Instant | null,
  now: Temporal.Instant,
) {
  if (!gapSeconds || !lastSentAt) return null;
  const freeAt = lastSentAt.add({ milliseconds: pauseAfter(gapSeconds, lastSentAt) });
  return Temporal.Instant.compare(freeAt, now) > 0 ? { freeAt } : null;
}

/** A person does not write by the second: up to a twentieth longer, half a minute at most, and never shorter. */
const LONGEST_JITTER_MS = 30_000;

/**
 * In milliseconds. The same pause after the same mail for every caller, and for all mails of one minute, so that a
 * forecast need not know the second.
 */
export function pauseAfter(gapSeconds: number, lastSentAt: Temporal.Instant) {
  const most = Math.min(gapSeconds * 50, LONGEST_JITTER_MS);
  const minute = Math.floor(lastSentAt.epochMilliseconds / 60_000);
  const lot = Math.imul(minute ^ (minute >>> 7), 0x9e3779b1) >>> 0;
  return gapSeconds * 1000 + Math.floor((lot / 2 ** 32) * most);
}

/** The calendar's day in this zone: when it began, and when the next one does. */
export function dayIn(zone: string, now: Temporal.Instant) {
  const today = now.toZonedDateTimeISO(zone).startOfDay();
  return { began: today.toInstant(), ends: today.add({ days: 1 }).startOfDay().toInstant() };
}

/** Of a calendar's day: free again when the next one begins. */
export function fullDay(
  limit: number | null,
  sent: number,
  zone: string,
  now: Temporal.Instant,
): Full | null {
  if (limit === null || sent < limit) return null;
  return { freeAt: limit === 0 ? null : dayIn(zone, now).ends };
}
