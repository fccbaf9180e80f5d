// Instants as Apollo prints them: stored ones end in Z, typed and computed ones in +00:00.

// Lists print hundreds of them, and the platform's own printing takes four times as long: so the day is printed once
// and remembered, and the time of day is three divisions.
export function stored(instant: Temporal.Instant) {
  const ms = instant.epochMilliseconds;
  const day = Math.floor(ms / DAY_MS);
  const time = ms - day * DAY_MS;
  const seconds = Math.floor(time / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}`;
  return `${printDay(day)}T${clock}.${String(time % 1000).padStart(3, "0")}Z`;
}

const DAY_MS = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const days = new Map<number, string>();

function printDay(day: number) {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size > 10_000) days.clear();
  const printed = new Date(day * DAY_MS).toISOString().split("T")[0] as string;
  days.set(day, printed);
  return printed;
}

export function storedOrNull(instant: Temporal.Instant | null) {
  return instant === null ? null : stored(instant);
}

export function computed(instant: Temporal.Instant) {
  return stored(instant).replace("Z", "+00:00");
}

export function computedOrNull(instant: Temporal.Instant | null) {
  return instant === null ? null : computed(instant);
}

/** A moment the contract has checked: with an offset, without one (then UTC), or a bare date. */
export function readMoment(text: string): Temporal.Instant {
  const withTime = text.length === 10 ? `${text}T00:00` : text;
  return Temporal.Instant.from(/(?:z|[+-]\d{2}:?\d{2})$/i.test(withTime) ? withTime : `${withTime}Z`);
}

/** As the database writes a moment. */
export function isInstant(text: string) {
  if (text === "infinity" || text === "-infinity") return true;
  const isWritten = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?\+00$/.test(text);
  return isWritten && !Number.isNaN(Date.parse(text.replace(" ", "T").replace("+00", "Z")));
}
