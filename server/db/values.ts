// Postgres values into ours. Instants keep their microseconds; whole numbers are numbers;
// amounts of money stay text, because no binary fraction holds them.

import pg from "pg";

export type Parse = (text: string) => unknown;

const { builtins } = pg.types;

/** The id of `text[]`, which the driver's list of types does not name. */
const TEXT_ARRAY: number = 1009;

export function parserFor(own: ReadonlyMap<string, number>): Map<number, Parse> {
  const textArray = pg.types.getTypeParser(TEXT_ARRAY) as Parse;
  const parsers = new Map<number, Parse>([
    [builtins.TIMESTAMPTZ, instant],
    [builtins.DATE, (text) => Temporal.PlainDate.from(text)],
    [builtins.TIME, (text) => Temporal.PlainTime.from(text)],
    [builtins.INT8, wholeNumber],
    [1185, (text) => (textArray(text) as string[]).map(instant)],
    [1016, (text) => (textArray(text) as string[]).map(wholeNumber)],
  ]);
  const idArray = own.get("_ident");
  if (idArray) parsers.set(idArray, textArray);
  return parsers;
}

// Sessions run in UTC, so the text ends in +00 and needs no time zone lore.
function instant(text: string) {
  return Temporal.Instant.from(text);
}

function wholeNumber(text: string) {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error(`${text} is too large for a number`);
  return number;
}

/**
 * A value on its way in. The driver would turn an instant into quoted JSON and an undefined into
 * a silent NULL; the first is spelled out, the second is a mistake of ours and says so.
 */
export function bind(value: unknown): unknown {
  if (value === undefined) throw new TypeError("undefined was handed to a statement; use null");
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(bind);
  if (
    value instanceof Temporal.Instant ||
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.PlainTime
  ) {
    return value.toString();
  }
  return value;
}
