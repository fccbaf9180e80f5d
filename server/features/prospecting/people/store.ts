// The people database of a team: people are read, found by clues, and written in sets.

import type { Db } from "../../../db/connect.ts";
import type { Employment, PersonFacts, PersonWish } from "../../../domain/prospecting/person.ts";
import { factsFromRow, isEmpty, rowFromFacts, toldRow, writingOf } from "../../contacts/known-facts/store.ts";

/** What a person is written with: our word, column, type. */
const PERSON_COLUMNS: Record<keyof PersonFacts, readonly [column: string, type: string]> = {
  organizationId: ["organization_id", "text"],
  firstName: ["first_name", "text"],
  lastName: ["last_name", "text"],
  title: ["title", "text"],
  organizationName: ["organization_name", "text"],
  seniority: ["seniority", "text"],
  departments: ["departments", "text[]"],
  subdepartments: ["subdepartments", "text[]"],
  functions: ["functions", "text[]"],
  city: ["city", "text"],
  state: ["state", "text"],
  country: ["country", "text"],
  email: ["email", "text"],
  emailStatus: ["email_status", "text"],
  personalEmails: ["personal_emails", "text[]"],
  phones: ["phones", "jsonb"],
  headline: ["headline", "text"],
  linkedinUrl: ["linkedin_url", "text"],
  twitterUrl: ["twitter_url", "text"],
  facebookUrl: ["facebook_url", "text"],
  githubUrl: ["github_url", "text"],
  photoUrl: ["photo_url", "text"],
  timeZone: ["time_zone", "text"],
};

export type PersonRow = { [key in keyof PersonFacts]: PersonFacts[key] | null } & {
  id: string;
  name: string | null;
  source: string;
  externalId: string | null;
  employments: Employment[];
  /** The contact they are saved as, if they are. */
  contactId: string | null;
  lastRefreshedAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

const WRITING = writingOf(PERSON_COLUMNS);
const { organizationId: _, ...OWN_COLUMNS } = PERSON_COLUMNS;
const RESTORING = writingOf(OWN_COLUMNS);
const COLUMNS = Object.values(PERSON_COLUMNS)
  .map(([column]) => `p.${column}`)
  .join(", ");

/** In the order asked; those that are not there are left out. */
export function readPeople(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<PersonRow>(
    `select p.id, p.name, p.source, p.external_id, p.last_refreshed_at, p.created_at, p.updated_at, ${COLUMNS},
            coalesce((select json_agg(json_build_object('organizationId', e.organization_id, 'organizationName', e.organization_name,
                        'title', e.title, 'isCurrent', e.is_current, 'startDate', e.start_date, 'endDate', e.end_date) order by e.position)
                        from employments e where e.team_id = p.team_id and e.person_id = p.id), '[]') as employments,
            (select c.id from contacts c where c.team_id = p.team_id and c.person_id = p.id
              order by c.created_at, c.id limit 1) as contact_id
       from unnest($2::text[]) with ordinality as asked (id, place)
       join people p on p.team_id = $1 and p.id = asked.id
      order by asked.place`,
    [teamId, ids],
  );
}

/** The clues a caller gives about a person. */
type PersonClue = {
  id?: string | null | undefined;
  source?: string | null | undefined;
  externalId?: string | null | undefined;
  linkedinUrl?: string | null | undefined;
  email?: string | null | undefined;
  /** MD5 or SHA-256 of the address in lower case, as hexadecimal. */
  hashedEmail?: string | null | undefined;
  /** In full. */
  name?: string | null | undefined;
  organizationId?: string | null | undefined;
  organizationName?: string | null | undefined;
};

/** By clue: the id of the person it means, found by the first of the five ways that finds one; the oldest if several. */
export async function findPeopleBy(
  db: Db,
  teamId: string,
  clues: readonly PersonClue[],
): Promise<(string | null)[]> {
  const rows = await db.rows<{ n: number; id: string }>(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (n int, id text, source text, "externalId" text, "linkedinUrl" text, email text,
              "hashedEmail" text, name text, "organizationId" text, "organizationName" text)
     ), hits as (
       select g.n, 0 as way, p.id, p.created_at from given g join people p on p.team_id = $1 and p.id = g.id
       union all
       select g.n, 1, p.id, p.created_at
         from given g join people p on p.team_id = $1 and p.source = g.source and p.external_id = g."externalId"
       union all
       select g.n, 2, p.id, p.created_at
         from given g join team_people p
           on p.team_id = $1 and p.linkedin_url is not null and linkedin_key(p.linkedin_url) = linkedin_key(g."linkedinUrl")
       union all
       select g.n, 3, p.id, p.created_at
         from given g join team_people p
           on p.team_id = $1 and p.email is not null and email_md5(p.email) in (email_md5(g.email), lower(g."hashedEmail"))
       union all
       select g.n, 3, p.id, p.created_at
         from given g join team_people p
           on p.team_id = $1 and p.email is not null and email_sha256(p.email) = lower(g."hashedEmail")
       union all
       select g.n, 4, p.id, p.created_at
         from given g join team_people p on p.team_id = $1 and p.organization_id = g."organizationId"
        where lower(p.name) = lower(btrim(g.name))
       union all
       select g.n, 5, p.id, p.created_at
         from given g
         join team_organizations o on o.team_id = $1 and lower(o.name) = lower(btrim(g."organizationName"))
         join team_people p on p.team_id = $1 and p.organization_id = o.id
        where g."organizationId" is null and lower(p.name) = lower(btrim(g.name))
     )
     select distinct on (n) n, id from hits order by n, way, created_at, id`,
    [teamId, JSON.stringify(clues.map((clue, n) => ({ n, ...clue })))],
  );
  const found: (string | null)[] = clues.map(() => null);
  for (const { n, id } of rows) found[n] = id;
  return found;
}

type PersonToWrite = Omit<PersonWish, "id" | "organization"> & { id: string };

/** What their company gives them to be found by comes along. */
export async function insertPeople(
  db: Db,
  teamId: string,
  rows: readonly PersonToWrite[],
  source: string,
  now: Temporal.Instant,
) {
  await db.run(
    `insert into people (team_id, id, external_id, source, ${WRITING.names}, organization_marks, organization_employees,
            organization_revenue, created_at, updated_at, last_refreshed_at)
     select $1, g.id, g.external_id, $4, ${WRITING.given}, coalesce(o.people_marks, '{}'), o.estimated_num_employees,
            o.annual_revenue, $3, $3, $3
       from jsonb_to_recordset($2::jsonb) as g (id text, external_id text, ${WRITING.types})
       left join organizations o on o.team_id = $1 and o.id = g.organization_id`,
    [teamId, JSON.stringify(rows.map(written)), now, source],
  );
  await writeEmployments(db, teamId, rows);
}

export async function updatePeople(
  db: Db,
  teamId: string,
  rows: readonly PersonToWrite[],
  source: string,
  now: Temporal.Instant,
) {
  await db.run(
    `update people t
        set ${WRITING.changed}, updated_at = $3, last_refreshed_at = $3,
            external_id = case when t.source = $4 then coalesce(t.external_id, g.external_id) else t.external_id end,
            organization_marks = coalesce(g.people_marks, t.organization_marks),
            organization_employees = case when g.people_marks is null then t.organization_employees else g.employees end,
            organization_revenue = case when g.people_marks is null then t.organization_revenue else g.revenue end
       from (select g.*, o.people_marks, o.estimated_num_employees as employees, o.annual_revenue as revenue
               from jsonb_to_recordset($2::jsonb) as g (id text, external_id text, ${WRITING.types})
               left join organizations o on o.team_id = $1 and o.id = g.organization_id) g
      where t.team_id = $1 and t.id = g.id`,
    [teamId, JSON.stringify(rows.map(written)), now, source],
  );
  await writeEmployments(db, teamId, rows);
}

function written(row: PersonToWrite) {
  return { id: row.id, external_id: row.externalId ?? null, ...rowFromFacts(PERSON_COLUMNS, row) };
}

/** Replaces the employments of people for whom a history is given. */
async function writeEmployments(db: Db, teamId: string, rows: readonly PersonToWrite[]) {
  const told = rows.filter(({ employments }) => employments);
  if (told.length === 0) return;
  await db.run("delete from employments where team_id = $1 and person_id = any ($2::text[])", [
    teamId,
    told.map(({ id }) => id),
  ]);
  const all = told.flatMap(({ id, employments }) =>
    (employments ?? []).map((employment, position) => ({ ...employment, personId: id, position })),
  );
  if (all.length === 0) return;
  await db.run(
    `insert into employments (team_id, person_id, position, organization_id, organization_name, title, is_current, start_date, end_date)
     select $1, "personId", position, "organizationId", "organizationName", title, coalesce("isCurrent", false), "startDate", "endDate"
       from jsonb_to_recordset($2::jsonb) as e ("personId" text, position int, "organizationId" text, "organizationName" text,
              title text, "isCurrent" boolean, "startDate" date, "endDate" date)`,
    [teamId, JSON.stringify(all)],
  );
}

/** By id: what is known, as facts that can be compared. */
export async function personFacts(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await readPeople(db, teamId, ids);
  return new Map(
    rows.map((row) => {
      const employments = isEmpty(row.employments) ? null : row.employments;
      return [row.id, { ...factsFromRow(PERSON_COLUMNS, row), employments }] as const;
    }),
  );
}

/** Restores people as they were before an import: only the named facts change. A deleted company stays deleted. */
export async function restorePeople(
  db: Db,
  teamId: string,
  rows: readonly { id: string; facts: Readonly<Record<string, unknown>> }[],
  now: Temporal.Instant,
) {
  await db.run(
    `update people t
        set ${RESTORING.restored}, updated_at = $3, organization_id = g.company_id,
            organization_marks = coalesce(g.people_marks, '{}'), organization_employees = g.employees, organization_revenue = g.revenue
       from (select g.*, o.id as company_id, o.people_marks, o.estimated_num_employees as employees, o.annual_revenue as revenue
               from jsonb_to_recordset($2::jsonb) as g (id text, told text[], ${WRITING.types})
               join people p on p.team_id = $1 and p.id = g.id
               left join organizations o on o.team_id = $1
                    and o.id = case when 'organization_id' = any (g.told) then g.organization_id else p.organization_id end) g
      where t.team_id = $1 and t.id = g.id`,
    [teamId, JSON.stringify(rows.map(({ id, facts }) => ({ id, ...toldRow(PERSON_COLUMNS, facts) }))), now],
  );
  const histories = rows.flatMap(({ id, facts }) =>
    "employments" in facts ? [{ id, employments: (facts.employments as Employment[] | null) ?? [] }] : [],
  );
  await writeEmployments(db, teamId, histories);
}

/** With all rows that belong to them. Answers which existed. */
export function deletePeople(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string }>(
    "delete from people where team_id = $1 and id = any ($2::text[]) returning id",
    [teamId, ids],
  );
}
