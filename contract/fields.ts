// The wire's small change. Schemas here say what a value is once it has been read; how the
// same value may be spelled ("true", "25", contact_ids[]) is read-input's business.

import { z } from "zod";
import { hasFewTags, TOO_MANY_TAGS } from "./tags.ts";

/** Messages by which the server tells one kind of refusal from another. */
export const NOT_AN_ID = "is not a valid ID";

/**
 * A length that is looked at before any pattern: a text that is too long meets none, or a megabyte would be matched before it
 * is refused.
 */
export const LENGTH_FIRST = { abort: true } as const;

/** Text of at most so many characters, for whatever looks at it next. */
export const sized = (max: number, why?: string) =>
  z.string().max(max, { ...LENGTH_FIRST, ...(why !== undefined && { error: why }) });

/** What a column of whole numbers holds. */
export const MOST_WHOLE = 2_147_483_647;

/** A whole number within what the database holds. */
export const whole = (min: number, max = MOST_WHOLE) => z.int().min(min).max(max);

/** A number with a fraction: of money, points or a score. */
export const amount = z.number().min(-1e15).max(1e15);

/** A day such as 2026-03-31. */
export const day = sized(10, "Invalid ISO date")
  .check(z.iso.date())
  // There is no year 0, in the calendar as in the database.
  .refine((text) => !text.startsWith("0000"), "Invalid ISO date");

export const id = sized(24, NOT_AN_ID)
  .regex(/^[0-9a-f]{24}$/i, NOT_AN_ID) // before lowering: the refusal quotes what was sent
  .toLowerCase()
  .describe("24 lowercase hex characters");

export const flag = z.boolean();

/** Text a person typed. Bounded, because an unbounded text lets any caller overload the server. */
export const text = (max = 1000) => z.string().max(max);

/** HTML that a person wrote. */
export const html = (max: number) => sized(max).refine(hasFewTags, TOO_MANY_TAGS);

/** Of a list of ids: as many as a form may name. */
export const MOST_IDS = 120_000;

/** What a record may hold whose names are not ours: filters that are kept, custom fields, hours, mappings. */
export const FREE_FORM = { values: 20_000, depth: 12, characters: 1_000_000 } as const;

/** A record of names that are not ours. What it holds is counted, however it is nested. */
export function freeForm<Value extends z.ZodType>(
  value: Value,
  key: z.ZodType<string, string> & z.core.$ZodRecordKey = z.string().max(200),
) {
  return z.record(key, value).refine(isWithinBudget, {
    error: `holds more than ${FREE_FORM.values} values, or is nested more than ${FREE_FORM.depth} deep`,
    params: { budget: FREE_FORM },
  });
}

/** Without calling itself: what is counted may be deep. */
function isWithinBudget(whole: unknown) {
  let [values, characters] = [0, 0];
  const left: { value: unknown; depth: number }[] = [{ value: whole, depth: 1 }];
  for (let one = left.pop(); one; one = left.pop()) {
    const { value, depth } = one;
    if (++values > FREE_FORM.values || depth > FREE_FORM.depth) return false;
    if (typeof value === "string") characters += value.length;
    else if (value && typeof value === "object")
      for (const [name, inner] of Object.entries(value)) {
        characters += name.length;
        left.push({ value: inner, depth: depth + 1 });
        if (left.length > FREE_FORM.values) return false;
      }
    if (characters > FREE_FORM.characters) return false;
  }
  return true;
}

/** A name that must say something. */
export const name = (max = 200) => z.string().trim().min(1, "must not be empty").max(max);

// One "@", a dotted host, no white space, quotes, brackets or control characters. Deliberately
// narrower than RFC 5322: what this refuses, mail servers disagree about.
const ADDRESS =
  /^[^\s@"'<>()[\],;:\\\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

export const email = z.string().trim().max(254, LENGTH_FIRST).regex(ADDRESS, "is not an email address");

export const password = z
  .string()
  .min(10, "must have at least 10 characters")
  .max(1024, "must have at most 1024 characters");

/** An instant: ISO 8601 with an offset; without one it is UTC, and a bare date is its midnight. */
export const moment = sized(64).refine(isMoment, "is not a time").meta({ format: "date-time" });

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/i;

// Date.parse takes 30 February for 2 March, and years that no database stores.
function isMoment(value: string) {
  const day = MOMENT.exec(value)?.[1];
  if (day === undefined || day < "1000-01-02" || day > "9999-12-30") return false;
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

export const timeZone = sized(64).refine(isTimeZone, "is not a time zone");

// Asked of the calendar that will reckon with it. Intl also takes names of its own, such as AST for Alaska's time; and
// the calendar takes whole timestamps ("T1200Z"), which do not come back as they went in.
function isTimeZone(value: string) {
  try {
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value);
    return /^[a-z]/i.test(value) && timeZoneId.toLowerCase() === value.toLowerCase();
  } catch {
    return false;
  }
}

export const BAD_PAGE = "must be 1 or more";
export const PER_PAGE_ZERO = "per page zero";
export const PER_PAGE_OVER = "per page over";

/** Page and size of a search, Apollo's way: 25 unless said, 100 at most. */
export const paging = {
  page: z.int().min(1, BAD_PAGE).max(MOST_WHOLE).default(1),
  per_page: z.int().min(1, PER_PAGE_ZERO).max(100, PER_PAGE_OVER).default(25),
};

/** What a search says about its pages. */
export const pagination = z.strictObject({
  page: z.int(),
  per_page: z.int(),
  total_entries: z.int(),
  total_pages: z.int(),
});

/** Pages reach 50,000; the cursor of the last one goes on from there. */
export const paginationOn = z.strictObject({ ...pagination.shape, next_cursor: z.string().nullable() });

/** How much of what a search found is shown; most of it is Apollo's and has one value here. */
export const partialResults = {
  has_join: z.boolean(),
  disable_eu_prospecting: z.boolean(),
  partial_results_limit: z.int(),
};

/** A list in groups: what its rows are ordered by first. */
export function groupBy<const Kinds extends readonly [string, ...string[]]>(kinds: Kinds) {
  return z
    .enum(kinds)
    .optional()
    .describe("Cadenza's own: sorts by group first; the first page answers `groups`. No cursors");
}

/** Ids of columns of the web app's table (table-columns.ts). */
export const csvColumns = z
  .array(sized(100))
  .max(100)
  .optional()
  .describe(
    "Cadenza's own, for files: only these columns of the app's table, sorted as asked; else all that an import understands",
  );

export const groups = z
  .array(z.strictObject({ id: z.string().nullable(), name: z.string().nullable(), count: z.int() }))
  .describe("In order, at most 1,000; without an id and a name: records without a value");

/** `users/search` and `phone_calls/search` give page and per_page back as the text they came as. */
export const paginationAsGiven = z.strictObject({
  page: z.union([z.string(), z.int()]).nullable(),
  per_page: z.union([z.string(), z.int()]).nullable(),
  total_entries: z.int(),
  total_pages: z.int(),
});

/** A search names each filter it has understood. */
export const breadcrumb = z.strictObject({
  label: z.string(),
  signal_field_name: z.string(),
  value: z.unknown(),
  display_name: z.string(),
});

/** In an answer: what was sent for a field and not taken, and why. */
export const fieldErrors = z
  .record(z.string(), z.string())
  .describe("Cadenza's own: by field name, why the value was not saved");

/** The same of many rows. */
export const rowErrors = z
  .record(z.string(), fieldErrors)
  .describe("Cadenza's own: field_errors by row position, counted from 0");

/** A time in an answer. */
export const stamp = z.string();

/** Of many that were named, those left as they were, each with what a call about it alone would have been told. */
export const left = z.array(z.strictObject({ id, code: z.string(), says: z.string() }));

/** A record, by its name only. */
export const named = z.strictObject({ id, name: z.string().nullable() });
