// Finds existing contacts that are the same person as one about to be created.

import type { Db } from "../../../db/connect.ts";

const EVERYBODY = "hashtextextended($1 || ' contacts', 0)";

/**
 * The same for so many contacts that a lock for each would be too much: every other search for duplicates waits until
 * this is over.
 */
export async function queueForEverybody(db: Db, teamId: string) {
  await db.run(`select pg_advisory_xact_lock(${EVERYBODY})`, [teamId]);
}

export type DuplicateCandidate = {
  id: string | null;
  crmIds: readonly string[]; // of any system
  personId: string | null;
  emails: readonly string[];
  name: string | null; // in full
  organizationId: string | null;
  organizationName: string | null;
  companyDomain: string | null;
};

type DuplicateMatch = { contactId: string; reason: MatchReason };
export type MatchReason = "id" | "crmId" | "personId" | "email" | "nameAndCompany";
const REASONS: readonly MatchReason[] = ["id", "crmId", "personId", "email", "nameAndCompany"];

// Each is looked for by itself, in the indexes, which `offset 0` holds the planner to: among a million, most of whom came
// lately, it took to sorting all of the team by address for every few hundred.

/** By candidate: the contact it already is, found by the first of the five ways that finds one, the oldest if several. */
export async function findDuplicates(
  db: Db,
  teamId: string,
  candidates: readonly DuplicateCandidate[],
): Promise<(DuplicateMatch | null)[]> {
  const given = candidates.map((candidate, n) => ({
    n,
    ...candidate,
    crmIds: candidate.crmIds.filter(Boolean),
    emails: candidate.emails.map((email) => email.toLowerCase()),
  }));
  const rows = await db.rows<{ n: number; way: number; contactId: string }>(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (n int, id text, "crmIds" text[], "personId" text, emails text[],
              name text, "organizationId" text, "organizationName" text, "companyDomain" text)
     ), hits as (
       select g.n, 0 as way, c.id, c.created_at
         from given g cross join lateral (
           select id, created_at from contacts where team_id = $1 and id = g.id offset 0
         ) c
       union all
       select g.n, 1, c.id, c.created_at
         from given g join lateral (
           select id, created_at from contacts where team_id = $1 and salesforce_lead_id = any(g."crmIds")
           union all
           select id, created_at from contacts where team_id = $1 and salesforce_contact_id = any(g."crmIds")
           union all
           select id, created_at from contacts where team_id = $1 and hubspot_vid = any(g."crmIds")
           union all
           select id, created_at from team_contacts where team_id = $1 and merged_crm_ids && g."crmIds"
         ) c on true
        where cardinality(g."crmIds") > 0
       union all
       select g.n, 2, c.id, c.created_at
         from given g cross join lateral (
           select id, created_at from contacts where team_id = $1 and person_id = g."personId" offset 0
         ) c
       union all
       select g.n, 3, c.id, c.created_at
         from given g cross join lateral (
           select id, created_at from team_contacts where team_id = $1 and lower(email) = any(g.emails) offset 0
         ) c
       union all
       select g.n, 3, c.id, c.created_at
         from given g cross join lateral (
           select c.id, c.created_at
             from team_contact_emails e join contacts c on c.team_id = $1 and c.id = e.contact_id
            where e.team_id = $1 and lower(e.email) = any(g.emails) offset 0
         ) c
       union all
       select g.n, 4, c.id, c.created_at
         from given g cross join lateral (
           select c.id, c.created_at
             from team_contacts c
             left join accounts a on a.team_id = c.team_id and a.id = c.account_id
            where c.team_id = $1 and c.name is not null and lower(coalesce(c.name, c.email, '')) = lower(g.name)
              and (g."organizationId" in (c.organization_id, a.organization_id)
                or lower(g."organizationName") in (lower(c.organization_name), lower(a.name))
                or g."companyDomain" in (a.domain, split_part(lower(c.email), '@', 2))) offset 0
         ) c
     )
     select distinct on (n) n, way, id as contact_id from hits order by n, way, created_at, id`,
    [teamId, JSON.stringify(given)],
  );
  const matches: (DuplicateMatch | null)[] = candidates.map(() => null);
  for (const { n, way, contactId } of rows) matches[n] = { contactId, reason: REASONS[way] as MatchReason };
  return matches;
}

/** Other transactions that look for the same person wait until this one ends. */
export async function queueFor(db: Db, teamId: string, marks: readonly string[]) {
  await db.run(`select pg_advisory_xact_lock_shared(${EVERYBODY})`, [teamId]);
  await db.run(
    `select pg_advisory_xact_lock(mark) from
       (select distinct hashtextextended($1 || ' contact ' || m, 0) as mark from unnest($2::text[]) as m order by 1) marks`,
    [teamId, marks],
  );
}
