import type { Db } from "../../../db/connect.ts";
import type { LoopName } from "../../../domain/basics/engine-loops.ts";

export type Aside = { loop: LoopName; subjectId: string; errorCode: string | null; error: string };

type AsideRow = Aside & {
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

/** What is to be tried again of a loop that finds its rows nowhere else: they are behind its place in the history. */
export async function asideDue(db: Db, teamId: string, loop: LoopName, limit: number) {
  const rows = await db.rows<{ subjectId: string }>(
    `select subject_id from set_aside
      where team_id = $1 and loop = $2 and subject_id <> $1 and until <= cadenza_now() order by until limit $3
        for update skip locked`,
    [teamId, loop, limit],
  );
  return rows.map(({ subjectId }) => subjectId);
}

export function forgetAside(db: Db, teamId: string, loop: LoopName, subjectIds: readonly string[]) {
  return db.run("delete from set_aside where team_id = $1 and loop = $2 and subject_id = any($3::text[])", [
    ...[teamId, loop, subjectIds],
  ]);
}

/** The given things that are set aside now. */
export function listAside(db: Db, teamId: string, subjectIds: readonly string[], now: Temporal.Instant) {
  return db.rows<AsideRow>(
    `select loop, subject_id, tries, since, until, error_code, error from set_aside
      where team_id = $1 and subject_id = any($2::text[]) and until > $3 order by since`,
    [teamId, subjectIds, now],
  );
}

/** Deletes entries that are over: their subjects have succeeded since. */
export function forgetOldAside(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from set_aside where team_id = $1 and until < $2", [teamId, before]);
}

/** Of the whole installation, by loop and team. */
export function countAside(db: Db, now: Temporal.Instant) {
  return db.rows<{ loop: string; teamId: string; subjects: number }>(
    "select loop, team_id, subjects from set_aside_by_team($1) order by loop, team_id",
    [now],
  );
}

export type LoopAside = {
  loop: string;
  subjects: number;
  isTeam: boolean;
  since: Temporal.Instant;
  until: Temporal.Instant;
};

/** Of one team, by loop. */
export function asideByLoop(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<LoopAside>(
    `select loop, count(*)::int as subjects, bool_or(subject_id = team_id) as is_team, min(since) as since, min(until) as until
       from set_aside where team_id = $1 and until > $2 group by loop order by loop`,
    [teamId, now],
  );
}
