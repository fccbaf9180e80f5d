// What Apollo's plans allow a program, as Apollo documents it: how many calls, and which.

export type ApolloPlan = "free" | "basic" | "professional" | "organization";

/** null: as many as one likes. */
type PlanLimits = { minute: number | null; hour: number | null; day: number | null };

const FREE: PlanLimits = { minute: 50, hour: 200, day: 600 };
const PAID: PlanLimits = { minute: 200, hour: 400, day: 2_000 };
const ORGANIZATION: PlanLimits = { minute: 200, hour: 600, day: 6_000 };

const ENRICHMENT = new Set(["people/match", "organizations/enrich"]);
const BULK_ENRICHMENT = new Set(["people/bulk_match", "organizations/bulk_enrich"]);
const DATABASE_SEARCHES = new Set([
  "mixed_people/api_search",
  "mixed_companies/search",
  "news_articles/search",
]);
/** Their pages in Apollo's reference list the refusal of the free plan. */
const FOR_PAID = new Set(["users/search", "contacts/search", "emailer_campaigns/search"]);

/** `scope` as in `contacts/search`. */
export function planLimits(plan: ApolloPlan, scope: string): PlanLimits {
  const usual = plan === "free" ? FREE : plan === "organization" ? ORGANIZATION : PAID;
  if (scope === "reports/sync_report") return { ...usual, hour: 5 };
  if (plan === "free") return freeLimits(scope);
  if (ENRICHMENT.has(scope) || BULK_ENRICHMENT.has(scope)) return { minute: 1_000, hour: null, day: null };
  return DATABASE_SEARCHES.has(scope) ? { minute: 200, hour: 6_000, day: 50_000 } : usual;
}

function freeLimits(scope: string): PlanLimits {
  if (BULK_ENRICHMENT.has(scope)) return { ...FREE, minute: 20, hour: 100 };
  return scope === "conversations/export" ? { ...FREE, minute: 1, hour: 20 } : FREE;
}

export function isIncluded(plan: ApolloPlan, scope: string) {
  return plan !== "free" || !FOR_PAID.has(scope);
}

/** How many pages of a search a program can turn; null: up to the limit that all searches have. */
export function mostPages(plan: ApolloPlan) {
  return plan === "free" ? 5 : null;
}
