// Times as people read them: "Mon 2 Feb 2026, 09:00 (Europe/Oslo)", in other languages than English "2026-02-02, 09:00 (Europe/Oslo)".
// The screen finds both in sentences, and shows them in the hours of its reader.

import { say, spokenLanguage } from "../../kernel/say.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function clockSays(at: Temporal.Instant, zone: string) {
  const local = at.toZonedDateTimeISO(zone);
  const { dayOfWeek, day, month, year, hour, minute } = local;
  const time = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  if (spokenLanguage() !== "en") return `${local.toPlainDate()}, ${time} (${zone})`;
  return `${WEEKDAYS[dayOfWeek - 1]} ${day} ${MONTHS[month - 1]} ${year}, ${time} (${zone})`;
}

/** "600 seconds" reads worse than "10 minutes". */
export function durationWords(seconds: number) {
  if (seconds % 3600 === 0) return say("{n, plural, one {# hour} other {# hours}}", { n: seconds / 3600 });
  return seconds % 60 === 0
    ? say("{n, plural, one {# minute} other {# minutes}}", { n: seconds / 60 })
    : say("{n, plural, one {# second} other {# seconds}}", { n: seconds });
}
