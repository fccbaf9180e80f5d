// Locks that other sessions of the database have held for long, and that a step which is due waits for.

import type { Db } from "../../../db/connect.ts";
import type { LockKind } from "../../../domain/gate/standing.ts";
import type { NamedLock } from "./locks-of-gate.ts";

export type LockRow = {
  enrollmentId: string;
  kind: LockKind;
  pid: number;
  role: string;
  application: string;
  seconds: number;
  /** The team's own login that holds it. */
  loginId: string | null;
  loginName: string | null;
};

export type Waiting = { id: string; names: readonly NamedLock[] };

/** One look at the sessions: where none has gone on for so long, no row is read. */
export function locksInTheWay(db: Db, teamId: string, waiting: readonly Waiting[], longerThan: string) {
  return db.rows<LockRow>(
    `select l.enrollment_id, l.kind, l.pid, l.role, l.application, l.seconds, s.id as login_id, s.name as login_name
       from locks_of_gate($1, $2::jsonb, $3::interval) l
       left join sql_logins s on s.team_id = $1 and s.role_name = l.role`,
    [teamId, JSON.stringify(waiting), longerThan],
  );
}

/** Whether any other session that has locked something has gone on for so long. */
export async function isAnyLockOld(db: Db, longerThan: string) {
  const row = await db.row<{ is: boolean }>(
    `select exists (select from long_sessions($1::interval) s
       join pg_locks l on l.pid = s.pid and l.granted and l.locktype in ('transactionid', 'advisory', 'relation')) as is`,
    [longerThan],
  );
  return row?.is ?? false;
}

/** Those whose step is due, the longest due first. */
export async function dueIn(
  db: Db,
  teamId: string,
  { sequenceId, mailboxId }: { sequenceId: string | null; mailboxId: string | null },
  now: Temporal.Instant,
  limit: number,
) {
  const rows = await db.rows<{ id: string }>(
    `select id from enrollments
      where team_id = $1 and ($2::text is null or sequence_id = $2) and ($3::text is null or mailbox_id = $3)
        and state = 'active' and due_at <= $4
      order by due_at, id limit $5`,
    [teamId, sequenceId, mailboxId, now, limit],
  );
  return rows.map(({ id }) => id);
}

/** In the whole database: the longest time for which a transaction that has written or locked something has been open. */
export async function longestLocked(db: Db) {
  const row = await db.row<{ seconds: number }>(
    `select coalesce(max(s.seconds), 0) as seconds from long_sessions('0') s
      where exists (select from pg_locks l where l.pid = s.pid and l.locktype = 'transactionid' and l.granted)`,
  );
  return row?.seconds ?? 0;
}
