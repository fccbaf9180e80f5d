import type { Db } from "../../../db/connect.ts";
import type { DomainFinding } from "../../../domain/contacts/domain-standings.ts";

export type KeptFinding = DomainFinding & {
  domain: string;
  firstSeenAt: Temporal.Instant;
  lastSeenAt: Temporal.Instant;
};

/** A record that changes every day for a year. */
const MOST_KEPT = 400;

const COLUMNS = "domain, check_name as check, first_seen_at, last_seen_at, state, code, evidence";

/** Of each check the last result. */
export function latestFindings(db: Db, teamId: string, domains: readonly string[]) {
  return db.rows<KeptFinding>(
    `select distinct on (domain, check_name) ${COLUMNS} from domain_findings
      where team_id = $1 and domain = any($2::text[]) order by domain, check_name, first_seen_at desc`,
    [teamId, domains],
  );
}

/** Newest first. */
export function findingsOf(
  db: Db,
  teamId: string,
  { domain, limit, offset }: { domain: string; limit: number; offset: number },
) {
  return db.rows<KeptFinding & { was: Pick<KeptFinding, "state" | "evidence"> | null; total: number }>(
    `select ${COLUMNS}, count(*) over ()::int as total,
            case when lag(state) over past is not null
                 then jsonb_build_object('state', lag(state) over past, 'evidence', lag(evidence) over past) end as was
       from domain_findings where team_id = $1 and domain = $2
     window past as (partition by check_name order by first_seen_at)
      order by first_seen_at desc, check_name limit $3 offset $4`,
    [teamId, domain, limit, offset],
  );
}

type Row = DomainFinding & { domain: string; askedAt: Temporal.Instant; firstSeenAt: Temporal.Instant };

export function writeFindings(db: Db, teamId: string, rows: readonly Row[]) {
  return db.run(
    `insert into domain_findings (team_id, domain, check_name, first_seen_at, last_seen_at, state, code, evidence)
     select $1::text, n."domain", n."check", n."firstSeenAt", n."askedAt", n."state", n."code", n."evidence"
       from jsonb_to_recordset($2::jsonb) as n ("domain" text, "check" text, "firstSeenAt" timestamptz,
            "askedAt" timestamptz, "state" text, "code" text, "evidence" text)
     on conflict (team_id, domain, check_name, first_seen_at) do update set last_seen_at = excluded.last_seen_at`,
    [teamId, JSON.stringify(rows)],
  );
}

export function forgetOldFindings(db: Db, teamId: string, domains: readonly string[]) {
  return db.run(
    `delete from domain_findings f
      using (select domain, check_name, first_seen_at,
                    row_number() over (partition by domain, check_name order by first_seen_at desc) as place
               from domain_findings where team_id = $1 and domain = any($2::text[])) o
      where f.team_id = $1 and f.domain = o.domain and f.check_name = o.check_name
        and f.first_seen_at = o.first_seen_at and o.place > ${MOST_KEPT}`,
    [teamId, domains],
  );
}
