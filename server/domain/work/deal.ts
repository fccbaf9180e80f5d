// What a deal is worth, and what its stage says about it.

/** Digits only, as Apollo reads them: with a comma or a currency sign the amount stays blank. */
export function readAmount(text: string | null): string | null {
  const trimmed = text?.trim() ?? "";
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(trimmed) ? trimmed : null;
}

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

export function isCurrency(code: string) {
  return CURRENCIES.has(code.trim().toUpperCase());
}

/** What a deal is worth after a change: what cannot be read changes nothing; null and empty text clear. */
export function amountAfter(before: string | null, said: string | null | undefined): string | null {
  if (said === undefined) return before;
  return (said?.trim() ?? "") === "" ? null : (readAmount(said) ?? before);
}

type StageFacts = { probability: number; forecast: string; isWon: boolean; isClosed: boolean };

export type StageType = "Open" | "Closed/Won" | "Closed/Lost";

export function typeOfStage({ isWon, isClosed }: Pick<StageFacts, "isWon" | "isClosed">): StageType {
  if (!isClosed) return "Open";
  return isWon ? "Closed/Won" : "Closed/Lost";
}

/** What a stage says about its deals by its type alone. */
export function stageOfType(type: StageType): StageFacts {
  return {
    Open: { probability: 0, forecast: "Pipeline", isWon: false, isClosed: false },
    "Closed/Won": { probability: 100, forecast: "Closed", isWon: true, isClosed: true },
    "Closed/Lost": { probability: 0, forecast: "Omitted", isWon: false, isClosed: true },
  }[type];
}

/** The day a deal was closed: the day it entered a closed stage; none while it is open. */
export function closingDay(
  was: { isClosed: boolean; closedOn: Temporal.PlainDate | null },
  willBeClosed: boolean,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  if (!willBeClosed) return null;
  return was.isClosed ? was.closedOn : today;
}

/** Amount times probability, to the cent. */
export function forecastedRevenue(amount: number | null, probability: number | null): number | null {
  if (amount === null || probability === null) return null;
  return Math.round(amount * probability) / 100;
}

/** What a new team sells by. */
export const FIRST_STAGES: readonly (StageFacts & { name: string })[] = [
  { name: "Qualification", probability: 10, forecast: "Pipeline", isWon: false, isClosed: false },
  { name: "Discovery", probability: 20, forecast: "Pipeline", isWon: false, isClosed: false },
  { name: "Proposal", probability: 50, forecast: "BestCase", isWon: false, isClosed: false },
  { name: "Negotiation", probability: 75, forecast: "Commit", isWon: false, isClosed: false },
  { name: "Closed Won", probability: 100, forecast: "Closed", isWon: true, isClosed: true },
  { name: "Closed Lost", probability: 0, forecast: "Omitted", isWon: false, isClosed: true },
];

/** What contacts usually are to a deal, in the order in which they are offered. */
const USUAL_ROLES = [
  "Buyer",
  "Champion",
  "Decision Maker",
  "Evaluator",
  "Executive Sponsor",
  "Influencer",
  "Technical Buyer",
  "User",
  "Other",
] as const;

/** The usual roles, and those that the team uses beside them. */
export function rolesOffered(used: readonly string[]): string[] {
  const known = new Set(USUAL_ROLES.map((name) => name.toLowerCase()));
  const own = used.filter((name) => !known.has(name.toLowerCase()));
  return [...USUAL_ROLES, ...own.toSorted((a, b) => a.localeCompare(b, "en"))];
}

/** The main contact of a deal: the first that is named so, or who was it and is not said to be it no more. */
export function primaryAmong(
  roles: readonly { contactId: string; isPrimary: boolean | null }[],
  was: string | null,
): string | null {
  const said = roles.find(({ isPrimary }) => isPrimary === true);
  const kept = roles.find(({ contactId, isPrimary }) => contactId === was && isPrimary === null);
  return (said ?? kept)?.contactId ?? null;
}
