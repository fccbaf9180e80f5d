// How fast the database grows, and when its disk would be full at this pace: from what it weighed on earlier days.

export type DayTotal = { day: Temporal.PlainDate; bytes: number };

/** Fewer days say little: one import would count as growth for ever. */
const LEAST_DAYS = 3;
const LOOKED_AT_DAYS = 30;

export type Growth = { since: Temporal.PlainDate; bytesPerDay: number };

/** `days` in order, without today's; null where too little is known. */
export function growthOf(days: readonly DayTotal[], today: DayTotal): Growth | null {
  const from = today.day.subtract({ days: LOOKED_AT_DAYS });
  const first = days.find(({ day }) => Temporal.PlainDate.compare(day, from) >= 0);
  if (!first) return null;
  const passed = first.day.until(today.day, { largestUnit: "days" }).days;
  if (passed < LEAST_DAYS) return null;
  return { since: first.day, bytesPerDay: Math.round((today.bytes - first.bytes) / passed) };
}

const FARTHEST_DAYS = 3650;

/** Null where the database does not grow, or where the day is more than ten years away. */
export function fullOn(today: Temporal.PlainDate, growth: Growth | null, freeBytes: number) {
  if (!growth || growth.bytesPerDay <= 0) return null;
  const days = Math.floor(freeBytes / growth.bytesPerDay);
  return days > FARTHEST_DAYS ? null : today.add({ days });
}
