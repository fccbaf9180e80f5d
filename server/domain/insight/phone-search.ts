// A phone number that is searched for, however it is written: "+47 22 12 34 56", "0047 22123456", "022-12 34 56".

/** Fewer digits than these are no phone number, and more are none either. */
const FEWEST = 5;
const MOST = 15;
/** An international number without its country's code has as many digits at least. */
const FEWEST_NATIONAL = 5;
const LONGEST_CODE = 3;

/** Patterns for the digits of a stored number. Null where what was typed is no phone number. */
export function phonePatterns(typed: string | undefined): string[] | null {
  const text = (typed ?? "").trim().replace(/\(0\)/g, "");
  if (!/^\+?[\d\s()./–-]+$/u.test(text)) return null;
  const isInternational = /^(?:\+|00)/.test(text);
  // A leading zero is dialed within a country, and is not part of the number from abroad.
  const digits = text.replace(/\D/g, "").replace(/^0+/, "");
  if (digits.length < FEWEST || digits.length > MOST) return null;
  return [`%${digits}%`, ...(isInternational ? withoutCode(digits) : [])];
}

/** The number may be stored as it is dialed within its country: whole numbers only, since little is left of them. */
function withoutCode(digits: string) {
  return [1, 2, LONGEST_CODE]
    .map((length) => digits.slice(length))
    .filter(({ length }) => length >= FEWEST_NATIONAL)
    .flatMap((national) => [national, `0${national}`]);
}
