// Times as people read them: "Mon 2 Feb 2026, 09:00 (Europe/Oslo)".

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function clockSays(at: Temporal.Instant, zone: string) {
  const { dayOfWeek, day, month, year, hour, minute } = at.toZonedDateTimeISO(zone);
  const time = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return `${WEEKDAYS[dayOfWeek - 1]} ${day} ${MONTHS[month - 1]} ${year}, ${time} (${zone})`;
}

export function plural(count: number, noun: string, several = `${noun}s`) {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : several}`;
}

/** "600 seconds" reads worse than "10 minutes". */
export function durationWords(seconds: number) {
  if (seconds % 3600 === 0) return plural(seconds / 3600, "hour");
  return seconds % 60 === 0 ? plural(seconds / 60, "minute") : plural(seconds, "second");
}
