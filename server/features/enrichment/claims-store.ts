// Who asks providers about whom just now. Time is the database's own: several processes compare it.

import type { Db } from "../../db/connect.ts";

/** Long enough for a pause of the process, short enough for whoever waits for one that died. */
const HELD_SECONDS = 15;

/** Those of the questions that are now this holder's. Always in one order, so that two who claim the same do not block each other. */
export async function claim(db: Db, teamId: string, holder: string, questions: readonly Buffer[]) {
  const rows = await db.rows<{ question: Buffer }>(
    `insert into lookup_claims (team_id, question, holder, held_until)
     select $1::text, question, $2::text, clock_timestamp() + make_interval(secs => $4::int)
       from unnest($3::bytea[]) as q (question)
     on conflict (team_id, question) do update set holder = excluded.holder, held_until = excluded.held_until
      where lookup_claims.held_until < clock_timestamp()
     returning question`,
    [teamId, holder, [...questions].sort(Buffer.compare), HELD_SECONDS],
  );
  return rows.map(({ question }) => question);
}

export function renew(db: Db, teamId: string, holder: string) {
  return db.run(
    `update lookup_claims set held_until = clock_timestamp() + make_interval(secs => $3::int)
      where team_id = $1 and holder = $2`,
    [teamId, holder, HELD_SECONDS],
  );
}

export function letGo(db: Db, teamId: string, holder: string) {
  return db.run("delete from lookup_claims where team_id = $1 and holder = $2", [teamId, holder]);
}

export async function areAllHeld(db: Db, teamId: string, questions: readonly Buffer[]) {
  const row = await db.row<{ held: boolean }>(
    `select count(*) >= $3::int as held from lookup_claims
      where team_id = $1 and question = any ($2::bytea[]) and held_until >= clock_timestamp()`,
    [teamId, questions, questions.length],
  );
  return row?.held ?? false;
}

/** What engines that died have left behind. */
export function deleteOldClaims(db: Db, teamId: string) {
  return db.run(
    "delete from lookup_claims where team_id = $1 and held_until < clock_timestamp() - interval '1 hour'",
    [teamId],
  );
}
