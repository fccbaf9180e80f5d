// Times for people: how long ago in words, and the exact moment in the viewer's zone beside it.

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const STEPS = [
  ["minute", 60],
  ["hour", 3600],
  ["day", 86_400],
] as const;

/** "just now", "12 minutes ago", "in 3 days"; older than a week as the day itself. */
export function relativeTo(at: string, now: Date): string {
  const seconds = (Date.parse(at) - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) return "just now";
  if (distance >= 7 * 86_400) return dayOf(at, now);
  const [unit, size] = STEPS.findLast(([, least]) => distance >= least) ?? STEPS[0];
  const count = Math.round(distance / size) || 1;
  return RELATIVE.format(Math.sign(seconds) * count, unit);
}

/** "4 Sep", with the year where it is not this one. */
export function dayOf(at: string, now: Date) {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...(!isThisYear && { year: "numeric" }),
  }).format(date);
}

/** "Thu 20 Nov 2026, 14:20:05 GMT+1" */
export function exactly(at: string) {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(new Date(at));
}

export function clockIn(timeZone: string, now: Date) {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(now);
}

export function greetingAt(hour: number) {
  if (hour < 5) return "Good night";
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}
