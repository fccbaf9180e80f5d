import type { Db } from "../../../db/connect.ts";

type JobPostingRow = {
  id: string;
  title: string;
  url: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  postedAt: Temporal.Instant;
  lastSeenAt: Temporal.Instant;
};

export function listJobPostings(
  db: Db,
  teamId: string,
  organizationId: string,
  { limit, offset }: { limit: number; offset: number },
) {
  return db.rows<JobPostingRow>(
    `select id, title, url, city, state, country, posted_at, last_seen_at
       from job_postings where team_id = $1 and organization_id = $2
      order by posted_at desc, id desc limit $3 offset $4`,
    [teamId, organizationId, limit, offset],
  );
}

export async function hasOrganization(db: Db, teamId: string, id: string) {
  return (
    (await db.row("select 1 as there from organizations where team_id = $1 and id = $2", [teamId, id])) !==
    null
  );
}

export type JobPostingWish = {
  organizationId: string;
  externalId: string | null;
  title: string;
  url?: string | null;
  city?: string | null;
  state?: string | null;
  country?: string | null;
  postedAt: Temporal.Instant;
};

/** Known by the source's own id; their companies are told how many they have. Answers those that were not there. */
export async function writeJobPostings(
  db: Db,
  teamId: string,
  rows: readonly (JobPostingWish & { id: string })[],
  source: string,
  now: Temporal.Instant,
) {
  const written = await db.rows<{ id: string }>(
    `insert into job_postings (team_id, id, organization_id, source, external_id, title, url, city, state, country, posted_at, last_seen_at)
     select $1, g.id, g."organizationId", $3, g."externalId", g.title, g.url, g.city, g.state, g.country, g."postedAt", $4
       from jsonb_to_recordset($2::jsonb) as g (id text, "organizationId" text, "externalId" text, title text, url text, city text,
              state text, country text, "postedAt" timestamptz)
       join organizations o on o.team_id = $1 and o.id = g."organizationId"
     on conflict (team_id, source, external_id) where external_id is not null
     do update set title = excluded.title, url = excluded.url, city = excluded.city, state = excluded.state, country = excluded.country,
                   posted_at = excluded.posted_at, last_seen_at = excluded.last_seen_at
     returning id`,
    [teamId, JSON.stringify(rows), source, now],
  );
  await countJobs(db, teamId, [...new Set(rows.map(({ organizationId }) => organizationId))]);
  const given = new Set(rows.map(({ id }) => id));
  return written.flatMap(({ id }) => (given.has(id) ? [id] : []));
}

/** Removes postings that no source has reported since. Answers which were removed, and which are still there. */
export async function removeJobPostings(
  db: Db,
  teamId: string,
  rows: readonly { recordId: string; touchedAt: Temporal.Instant }[],
) {
  const ids = rows.map(({ recordId }) => recordId);
  const gone = await db.rows<{ id: string; organizationId: string }>(
    `delete from job_postings j
      using unnest($2::text[], $3::timestamptz[]) as told (id, at)
      where j.team_id = $1 and j.id = told.id and j.last_seen_at <= told.at
     returning j.id, j.organization_id`,
    [teamId, ids, rows.map(({ touchedAt }) => touchedAt.toString())],
  );
  await countJobs(db, teamId, [...new Set(gone.map(({ organizationId }) => organizationId))]);
  const there = await db.rows<{ id: string }>(
    "select id from job_postings where team_id = $1 and id = any ($2::text[])",
    [teamId, ids],
  );
  return { gone: gone.map(({ id }) => id), there: there.map(({ id }) => id) };
}

function countJobs(db: Db, teamId: string, organizationIds: readonly string[]) {
  return db.run(
    `update organizations o set num_jobs = counted.jobs
       from (select id, (select count(*)::int from job_postings j where j.team_id = $1 and j.organization_id = asked.id) as jobs
               from unnest($2::text[]) as asked (id)) counted
      where o.team_id = $1 and o.id = counted.id`,
    [teamId, organizationIds],
  );
}
