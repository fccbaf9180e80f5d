// A team's formula, and the facts of its signals that a contact's own row, or its account's, already says. A page of
// contacts has read both rows, so it asks the database for the other facts alone.
//
// Easy to get wrong: `expression.ts` says the same in SQL, and agreement.test.ts holds both to one result.

import type { Db } from "../../../db/connect.ts";
import type { ContactFacts } from "../../../domain/contacts/contact-facts.ts";
import { seniorityOf } from "../../../domain/contacts/people.ts";
import { DEFAULT_FORMULA, factKey, type ScoreSignal } from "../../../domain/contacts/prospect-score.ts";
import type { Fact, ScoreFieldName } from "../../../domain/contacts/score-fields.ts";
import { type FormulaRow, findFormula } from "./formulas-store.ts";

/** The team's own, or the one that all begin with. */
export async function readFormula(db: Db, teamId: string): Promise<FormulaRow> {
  const own = await findFormula(db, teamId);
  return own ?? { ...DEFAULT_FORMULA, version: null, changedAt: null, changedBy: null };
}

type KnownRow = Pick<
  ContactFacts,
  | "title"
  | "email"
  | "emailStatus"
  | "sanitizedPhone"
  | "linkedinUrl"
  | "timeZone"
  | "contactStageId"
  | "ownerId"
  | "city"
  | "state"
  | "country"
  | "source"
>;

type KnownAccount = {
  name: string | null;
  domain: string | null;
  industry: string | null;
  estimatedNumEmployees: number | null;
  accountStageId: string | null;
};

const OF_ROW: Partial<Record<ScoreFieldName, (row: KnownRow, account: KnownAccount | null) => Fact>> = {
  title: ({ title }) => title,
  seniority: ({ title }) => seniorityAsInSql(title),
  email_status: ({ email, emailStatus }) => (email === null ? null : (emailStatus ?? "unverified")),
  phone: ({ sanitizedPhone }) => sanitizedPhone,
  linkedin_url: ({ linkedinUrl }) => linkedinUrl,
  time_zone: ({ timeZone }) => timeZone,
  contact_stage: ({ contactStageId }) => contactStageId,
  owner: ({ ownerId }) => ownerId,
  city: ({ city }) => city,
  state: ({ state }) => state,
  country: ({ country }) => country,
  source: ({ source }) => source,
  account: (_, account) => account && (account.name ?? account.domain ?? ""),
  industry: (_, account) => account?.industry ?? null,
  head_count: (_, account) => account?.estimatedNumEmployees ?? null,
  account_stage: (_, account) => account?.accountStageId ?? null,
};

/**
 * The database takes blanks alone for no title, knows one small letter for a Turkish I, where JavaScript makes two, and goes on
 * past Unicode's separators of lines, where JavaScript's `.` ends.
 */
function seniorityAsInSql(title: string | null) {
  if (title === null || /^ *$/.test(title)) return null;
  return seniorityOf(title.replaceAll("İ", "i").replace(/[\u2028\u2029]/g, "·")) ?? "entry";
}

/** The signals whose facts no row says: ages, lists, replies and custom fields. */
export function signalsToAsk(signals: readonly ScoreSignal[]) {
  return signals.filter(({ field }) => OF_ROW[field] === undefined);
}

/** The facts of all signals: `asked` from the database, the others from the rows. */
export function factsOf(
  signals: readonly ScoreSignal[],
  row: KnownRow,
  account: KnownAccount | null,
  asked: Readonly<Record<string, Fact>>,
) {
  const facts: Record<string, Fact> = { ...asked };
  for (const one of signals) {
    const read = OF_ROW[one.field];
    if (read) facts[factKey(one)] ??= read(row, account);
  }
  return facts;
}
