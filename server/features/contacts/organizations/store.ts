// The companies of a team's people database: read, found by clues, and written in sets.

import type { Db } from "../../../db/connect.ts";
import type { OrganizationFacts, OrganizationWish } from "../../../domain/prospecting/organization.ts";
import { accountOf } from "../company-ties/store.ts";
import { factsFromRow, rowFromFacts, toldRow, writingOf } from "../known-facts/store.ts";

/** What a company is written with: our word, column, type. */
const ORGANIZATION_COLUMNS: Record<keyof OrganizationFacts, readonly [column: string, type: string]> = {
  name: ["name", "text"],
  domain: ["domain", "text"],
  industry: ["industry", "text"],
  estimatedNumEmployees: ["estimated_num_employees", "int"],
  annualRevenue: ["annual_revenue", "bigint"],
  totalFunding: ["total_funding", "bigint"],
  latestFundingAmount: ["latest_funding_amount", "bigint"],
  latestFundingRoundDate: ["latest_funding_round_date", "date"],
  latestFundingStage: ["latest_funding_stage", "text"],
  city: ["city", "text"],
  state: ["state", "text"],
  country: ["country", "text"],
  technologyUids: ["technology_uids", "text[]"],
  technologies: ["technologies", "jsonb"],
  keywords: ["keywords", "text[]"],
  secondaryIndustries: ["secondary_industries", "text[]"],
  websiteUrl: ["website_url", "text"],
  blogUrl: ["blog_url", "text"],
  angellistUrl: ["angellist_url", "text"],
  linkedinUrl: ["linkedin_url", "text"],
  linkedinUid: ["linkedin_uid", "text"],
  twitterUrl: ["twitter_url", "text"],
  facebookUrl: ["facebook_url", "text"],
  crunchbaseUrl: ["crunchbase_url", "text"],
  logoUrl: ["logo_url", "text"],
  phone: ["phone", "text"],
  sanitizedPhone: ["sanitized_phone", "text"],
  languages: ["languages", "text[]"],
  alexaRanking: ["alexa_ranking", "int"],
  foundedYear: ["founded_year", "int"],
  publiclyTradedSymbol: ["publicly_traded_symbol", "text"],
  publiclyTradedExchange: ["publicly_traded_exchange", "text"],
  retailLocationCount: ["retail_location_count", "int"],
  rawAddress: ["raw_address", "text"],
  streetAddress: ["street_address", "text"],
  postalCode: ["postal_code", "text"],
  ownedByOrganizationId: ["owned_by_organization_id", "text"],
  seoDescription: ["seo_description", "text"],
  shortDescription: ["short_description", "text"],
  fundingEvents: ["funding_events", "jsonb"],
  departmentalHeadCount: ["departmental_head_count", "jsonb"],
  headcountGrowth: ["headcount_growth", "jsonb"],
};

export type OrganizationRow = { [key in keyof OrganizationFacts]: OrganizationFacts[key] | null } & {
  id: string;
  source: string;
  externalId: string | null;
  industryTagId: string | null;
  numJobs: number;
  /** The account it is saved as, if it is. */
  accountId: string | null;
  lastRefreshedAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

const WRITING = writingOf(ORGANIZATION_COLUMNS);
const COLUMNS = Object.values(ORGANIZATION_COLUMNS)
  .map(([column]) => `o.${column}`)
  .join(", ");

/** In the order asked; those that are not there are left out. */
export function readOrganizations(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<OrganizationRow>(
    `select o.id, o.source, o.external_id, o.industry_tag_id, o.num_jobs, o.last_refreshed_at, o.created_at, o.updated_at, ${COLUMNS},
            ${accountOf("o")} as account_id
       from unnest($2::text[]) with ordinality as asked (id, place)
       join organizations o on o.team_id = $1 and o.id = asked.id
      order by asked.place`,
    [teamId, ids],
  );
}

/** The clues a caller gives about a company. */
type OrganizationClue = {
  id?: string | null | undefined;
  source?: string | null | undefined;
  externalId?: string | null | undefined;
  /** Bare and in lower case. */
  domain?: string | null | undefined;
  linkedinUrl?: string | null | undefined;
  name?: string | null | undefined;
};

/** By clue: the id of the company it means, found by the first of the five ways that finds one; the oldest if several. */
export async function findOrganizationsBy(
  db: Db,
  teamId: string,
  clues: readonly OrganizationClue[],
): Promise<(string | null)[]> {
  const rows = await db.rows<{ n: number; id: string }>(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (n int, id text, source text, "externalId" text, domain text, "linkedinUrl" text, name text)
     ), hits as (
       select g.n, 0 as way, o.id, o.created_at from given g join organizations o on o.team_id = $1 and o.id = g.id
       union all
       select g.n, 1, o.id, o.created_at
         from given g join organizations o on o.team_id = $1 and o.source = g.source and o.external_id = g."externalId"
       union all
       select g.n, 2, o.id, o.created_at from given g join organizations o on o.team_id = $1 and o.domain = g.domain
       union all
       select g.n, 3, o.id, o.created_at
         from given g join team_organizations o
           on o.team_id = $1 and o.linkedin_url is not null and linkedin_key(o.linkedin_url) = linkedin_key(g."linkedinUrl")
       union all
       select g.n, 4, o.id, o.created_at
         from given g join team_organizations o on o.team_id = $1 and lower(o.name) = lower(btrim(g.name))
        where o.domain is null or g.domain is null
     )
     select distinct on (n) n, id from hits order by n, way, created_at, id`,
    [teamId, JSON.stringify(clues.map((clue, n) => ({ n, ...clue })))],
  );
  const found: (string | null)[] = clues.map(() => null);
  for (const { n, id } of rows) found[n] = id;
  return found;
}

type OrganizationToWrite = Omit<OrganizationWish, "id"> & { id: string };

export async function insertOrganizations(
  db: Db,
  teamId: string,
  rows: readonly OrganizationToWrite[],
  source: string,
  now: Temporal.Instant,
) {
  await db.run(
    `insert into organizations (team_id, id, external_id, source, ${WRITING.names}, created_at, updated_at, last_refreshed_at)
     select $1, g.id, g.external_id, $4, ${WRITING.given}, $3, $3, $3
       from jsonb_to_recordset($2::jsonb) as g (id text, external_id text, ${WRITING.types})`,
    [teamId, JSON.stringify(rows.map(written)), now, source],
  );
}

export async function updateOrganizations(
  db: Db,
  teamId: string,
  rows: readonly OrganizationToWrite[],
  source: string,
  now: Temporal.Instant,
) {
  await db.run(
    `update organizations t
        set ${WRITING.changed}, updated_at = $3, last_refreshed_at = $3,
            external_id = case when t.source = $4 then coalesce(t.external_id, g.external_id) else t.external_id end
       from jsonb_to_recordset($2::jsonb) as g (id text, external_id text, ${WRITING.types})
      where t.team_id = $1 and t.id = g.id`,
    [teamId, JSON.stringify(rows.map(written)), now, source],
  );
}

function written(row: OrganizationToWrite) {
  return { id: row.id, external_id: row.externalId ?? null, ...rowFromFacts(ORGANIZATION_COLUMNS, row) };
}

/** By id: what is known, as facts that can be compared. */
export async function organizationFacts(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await readOrganizations(db, teamId, ids);
  return new Map(rows.map((row) => [row.id, factsFromRow(ORGANIZATION_COLUMNS, row)]));
}

/** Restores companies as they were before an import: only the named facts change. */
export function restoreOrganizations(
  db: Db,
  teamId: string,
  rows: readonly { id: string; facts: Readonly<Record<string, unknown>> }[],
  now: Temporal.Instant,
) {
  return db.run(
    `update organizations t set ${WRITING.restored}, updated_at = $3
       from jsonb_to_recordset($2::jsonb) as g (id text, told text[], ${WRITING.types})
      where t.team_id = $1 and t.id = g.id`,
    [
      teamId,
      JSON.stringify(rows.map(({ id, facts }) => ({ id, ...toldRow(ORGANIZATION_COLUMNS, facts) }))),
      now,
    ],
  );
}

export function deleteOrganizations(db: Db, teamId: string, ids: readonly string[]) {
  return db.run("delete from organizations where team_id = $1 and id = any ($2::text[])", [teamId, ids]);
}

/** Writers of a team's people and companies run one after the other, because each looks for existing rows. */
export function lockWorld(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended($1 || ' people', 0))", [teamId]);
}
