import type { Db } from "../../db/connect.ts";
import type { LoopName } from "../../domain/engine-loops.ts";

export type Aside = { loop: LoopName; subjectId: string; errorCode: string | null; error: string };

export type AsideRow = Aside & {
  tries: number;
  since: Temporal.Instant;
  until: Temporal.Instant;
};

/** After the nth failure. */
const REST_SECONDS = [5, 30, 120, 600, 3_600, 21_600];

/** For longer each time it fails; a failure long after the last one begins anew. */
export async function putAside(db: Db, teamId: string, aside: Aside, now: Temporal.Instant) {
  const row = await db.row<{ tries: number; until: Temporal.Instant }>(
    `insert into set_aside as a (team_id, loop, subject_id, tries, since, until, error_code, error)
     values ($1, $2, $3, 1, $4, $4::timestamptz + make_interval(secs => ($7::int[])[1]), $5, $6)
     on conflict (team_id, loop, subject_id) do update set
       tries = a.tries + 1, error_code = excluded.error_code, error = excluded.error,
       until = $4::timestamptz + make_interval(secs => ($7::int[])[least(a.tries + 1, cardinality($7::int[]))])
     returning tries, until`,
    [teamId, aside.loop, aside.subjectId, now, aside.errorCode, aside.error, REST_SECONDS],
  );
  if (!row) throw new Error("nothing was put aside");
  return row;
}

/** A condition for queries that look for work: this row is not aside. `$1` is the team. */
export function notAside(loop: LoopName, id: string) {
  return `not exists (select from set_aside aside
    where aside.team_id = $1 and aside.loop = '${loop}' and aside.subject_id = ${id} and aside.until > cadenza_now())`;
}

/** What of these is aside now. */
export function listAside(db: Db, teamId: string, subjectIds: readonly string[], now: Temporal.Instant) {
  return db.rows<AsideRow>(
    `select loop, subject_id, tries, since, until, error_code, error from set_aside
      where team_id = $1 and subject_id = any($2::text[]) and until > $3 order by since`,
    [teamId, subjectIds, now],
  );
}

export function listAllAside(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<AsideRow>(
    `select loop, subject_id, tries, since, until, error_code, error from set_aside
      where team_id = $1 and until > $2 order by since limit 100`,
    [teamId, now],
  );
}

/** What has gone well since: nobody puts it aside again. */
export function forgetOldAside(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from set_aside where team_id = $1 and until < $2", [teamId, before]);
}

/** Of the whole installation, by loop. */
export function countAside(db: Db, now: Temporal.Instant) {
  return db.rows<{ loop: string; teams: number; subjects: number }>(
    "select loop, teams, subjects from set_aside_by_loop($1)",
    [now],
  );
}
