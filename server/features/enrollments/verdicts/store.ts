// What became of everybody whom a request named: one row each, for 90 days.

import type { Db } from "../../../db/connect.ts";
import type { IneligibleReason } from "../../../domain/enrollments/eligibility.ts";

export type EnrollmentVerdict = {
  contactId: string;
  enrollmentId: string | null;
  /** Empty for contacts who were added. */
  reasons: readonly IneligibleReason[];
};

export type VerdictRow = EnrollmentVerdict & {
  requestId: string;
  sequenceId: string;
  code: string | null;
  userId: string | null;
  decidedAt: Temporal.Instant;
  /** The current name; null for deleted contacts. */
  contactName: string | null;
  contactEmail: string | null;
};

/** The verdicts of one request, about one sequence, for one user. */
type VerdictsRequest = { requestId: string; sequenceId: string; userId: string };

export function insertVerdicts(
  db: Db,
  teamId: string,
  { requestId, sequenceId, userId }: VerdictsRequest,
  verdicts: readonly EnrollmentVerdict[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into verdicts (team_id, request_id, contact_id, sequence_id, enrollment_id, code, reasons, user_id, decided_at)
     select $1::text, $2::text, v.contact_id, $3::text, v.enrollment_id, v.reasons -> 0 ->> 'code', v.reasons, $4::text,
            $5::timestamptz
       from unnest($6::text[], $7::text[], $8::jsonb[]) as v (contact_id, enrollment_id, reasons)`,
    [
      teamId,
      requestId,
      sequenceId,
      userId,
      now,
      verdicts.map(({ contactId }) => contactId),
      verdicts.map(({ enrollmentId }) => enrollmentId),
      verdicts.map(({ reasons }) => JSON.stringify(reasons)),
    ],
  );
}

/** Whom a request has added. */
export async function listEnrolled(db: Db, teamId: string, requestId: string) {
  const rows = await db.rows<{ enrollmentId: string }>(
    "select enrollment_id from verdicts where team_id = $1 and request_id = $2 and enrollment_id is not null",
    [teamId, requestId],
  );
  return rows.map(({ enrollmentId }) => enrollmentId);
}

export type VerdictFilter = {
  sequenceId: string;
  requestId: string | null;
  contactId: string | null;
  code: string | null;
  isAdded: boolean | null;
};

const COLUMNS = `request_id, contact_id, sequence_id, enrollment_id, code, reasons, user_id, decided_at,
            (select c.name from contacts c where c.team_id = $1 and c.id = verdicts.contact_id) as contact_name,
            (select c.email from contacts c where c.team_id = $1 and c.id = verdicts.contact_id) as contact_email`;

const WHERE = `team_id = $1 and sequence_id = $2 and ($3::text is null or request_id = $3)
  and ($4::text is null or contact_id = $4) and ($5::text is null or code = $5)
  and ($6::boolean is null or (code is null) = $6)`;

function paramsOf(teamId: string, { sequenceId, requestId, contactId, code, isAdded }: VerdictFilter) {
  return [teamId, sequenceId, requestId, contactId, code, isAdded];
}

export async function searchVerdicts(
  db: Db,
  teamId: string,
  filter: VerdictFilter,
  { limit, offset }: { limit: number; offset: number },
) {
  const asked = paramsOf(teamId, filter);
  const found = await db.row<{ total: number }>(
    `select count(*) as total from verdicts where ${WHERE}`,
    asked,
  );
  const rows = await db.rows<VerdictRow>(
    `select ${COLUMNS}
       from verdicts where ${WHERE}
      order by decided_at desc, request_id, contact_id
      limit $7 offset $8`,
    [...asked, limit, offset],
  );
  return { rows, total: found?.total ?? 0 };
}

/** The next verdicts after the last one read, in the same order. New ones come before all of them. */
export function verdictsAfter(
  db: Db,
  teamId: string,
  filter: VerdictFilter,
  last: Pick<VerdictRow, "decidedAt" | "requestId" | "contactId"> | null,
  limit: number,
) {
  return db.rows<VerdictRow>(
    `select ${COLUMNS}
       from verdicts where ${WHERE}
        and ($7::timestamptz is null or decided_at <= $7)
        and ($7::timestamptz is null or decided_at < $7 or (request_id, contact_id) > ($8, $9))
      order by decided_at desc, request_id, contact_id
      limit $10`,
    [
      ...paramsOf(teamId, filter),
      last?.decidedAt ?? null,
      last?.requestId ?? null,
      last?.contactId ?? null,
      limit,
    ],
  );
}

export function deleteOldVerdicts(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from verdicts where team_id = $1 and decided_at < $2", [teamId, before]);
}

export type Addition = {
  requestId: string;
  decidedAt: Temporal.Instant;
  userId: string | null;
  userName: string | null;
  added: number;
  skipped: number;
  codes: { code: string; count: number }[];
};

/** The requests that added people to a sequence, newest first, and what became of everybody they named. */
export async function searchAdditions(
  db: Db,
  teamId: string,
  sequenceId: string,
  { limit, offset }: { limit: number; offset: number },
) {
  const total = await db.row<{ count: number }>(
    "select count(distinct request_id) as count from verdicts where team_id = $1 and sequence_id = $2",
    [teamId, sequenceId],
  );
  const rows = await db.rows<Addition>(
    `select r.*, coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as user_name,
            coalesce((select jsonb_agg(jsonb_build_object('code', c.code, 'count', c.count) order by c.count desc, c.code)
                        from (select code, count(*) as count from verdicts
                               where team_id = $1 and sequence_id = $2 and request_id = r.request_id and code is not null
                               group by code) c), '[]') as codes
       from (select request_id, min(decided_at) as decided_at, min(user_id) as user_id,
                    count(*) filter (where code is null) as added, count(*) filter (where code is not null) as skipped
               from verdicts
              where team_id = $1 and sequence_id = $2
              group by request_id
              order by min(decided_at) desc, request_id
              limit $3 offset $4) r
       left join users u on u.team_id = $1 and u.id = r.user_id
      order by r.decided_at desc, r.request_id`,
    [teamId, sequenceId, limit, offset],
  );
  return { rows, total: total?.count ?? 0 };
}
