// The Date of a mail: the instant, and how far the sender's clock is ahead of UTC.
//
// mailparser takes an unreadable date for today; a rule that reckons from it must know that there is no date.

const ZONES: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  bst: 60,
};
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const FORM =
  /(\d{1,2})[ -]+([A-Za-z]{3})[a-z]*[ -]+(\d{2,4})[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([+-]\d{4}|[A-Za-z]{1,4})?/;

type MailDate = { at: Temporal.Instant; utcOffset: number };

export function mailDate(field: string | undefined): MailDate | null {
  const found = FORM.exec((field ?? "").slice(0, 200));
  if (!found) return null;
  const [, day, monthName = "", year = "", hour, minute, second, zone = "utc"] = found;
  const month = MONTHS.indexOf(monthName.toLowerCase()) + 1;
  const utcOffset = offsetOf(zone);
  if (month === 0 || utcOffset === null) return null;
  const civil = {
    year: fullYear(Number(year)),
    month,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Math.min(Number(second ?? 0), 59),
  };
  try {
    const local = Temporal.PlainDateTime.from(civil, { overflow: "reject" }).toZonedDateTime("UTC");
    return { at: local.toInstant().subtract({ minutes: utcOffset }), utcOffset };
  } catch {
    return null;
  }
}

function fullYear(year: number) {
  if (year < 50) return 2000 + year;
  return year < 100 ? 1900 + year : year;
}

function offsetOf(zone: string) {
  const digits = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (!digits) return ZONES[zone.toLowerCase()] ?? null;
  const minutes = Number(digits[2]) * 60 + Number(digits[3]);
  return minutes > 14 * 60 ? null : digits[1] === "-" ? -minutes : minutes;
}
