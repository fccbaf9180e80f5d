import type { Db } from "../../../db/connect.ts";
import type { RetentionKind } from "../../../domain/contacts/retention.ts";
import { notAside } from "../../events/set-aside/store.ts";
import { KINDS } from "./kinds-store.ts";

export type RetentionRule = {
  kind: RetentionKind;
  keepDays: number | null;
  dueAt: Temporal.Instant | null;
  afterId: string | null;
  runDeleted: number;
  lastRunAt: Temporal.Instant | null;
  lastDeleted: number;
  deleted: number;
};

const ROW = `kind, keep_days, due_at, after_id, run_deleted, last_run_at, last_deleted, deleted::float8 as deleted`;

export function listRules(db: Db, teamId: string) {
  return db.rows<RetentionRule>(`select ${ROW} from retention_rules where team_id = $1`, [teamId]);
}

export function lockRules(db: Db, teamId: string) {
  return db.rows<RetentionRule>(
    `select ${ROW} from retention_rules where team_id = $1 order by kind for no key update`,
    [teamId],
  );
}

/** What a run under way has come to is forgotten: with another limit it begins anew. */
export function writeRule(
  db: Db,
  teamId: string,
  { kind, keepDays, dueAt }: Pick<RetentionRule, "kind" | "keepDays" | "dueAt">,
) {
  return db.run(
    `insert into retention_rules (team_id, kind, keep_days, due_at) values ($1, $2, $3, $4)
     on conflict (team_id, kind) do update set keep_days = excluded.keep_days, due_at = excluded.due_at, after_id = null, run_deleted = 0`,
    [teamId, kind, keepDays, dueAt],
  );
}

/** One that another engine has in hands is left to it. */
export function takeDueRule(db: Db, teamId: string, now: Temporal.Instant) {
  return db.row<RetentionRule & { keepDays: number }>(
    `select ${ROW} from retention_rules where team_id = $1 and due_at <= $2 order by due_at, kind limit 1 for no key update skip locked`,
    [teamId, now],
  );
}

export function noteProgress(
  db: Db,
  teamId: string,
  { kind, afterId, count }: { kind: RetentionKind; afterId: string; count: number },
) {
  return db.run(
    `update retention_rules set after_id = $3, run_deleted = run_deleted + $4, deleted = deleted + $4 where team_id = $1 and kind = $2`,
    [teamId, kind, afterId, count],
  );
}

export function noteRunEnded(
  db: Db,
  teamId: string,
  {
    kind,
    count,
    now,
    dueAt,
  }: { kind: RetentionKind; count: number; now: Temporal.Instant; dueAt: Temporal.Instant },
) {
  return db.run(
    `update retention_rules set after_id = null, run_deleted = 0, last_run_at = $4, last_deleted = run_deleted + $3,
            deleted = deleted + $3, due_at = $5
      where team_id = $1 and kind = $2`,
    [teamId, kind, count, now, dueAt],
  );
}

/** So many records are looked at in one statement. */
const LOOKED_AT = 5_000;

export type Found = { ids: string[]; upTo: string | null; isEnd: boolean };

/** The next old records after this one. `upTo`: where the next look begins. */
export async function findOld(
  db: Db,
  teamId: string,
  kind: RetentionKind,
  { before, afterId }: { before: Temporal.Instant; afterId: string | null },
): Promise<Found> {
  const { table, isOld, batch } = KINDS[kind];
  const row = await db.row<{ ids: string[]; last: string | null; seen: number }>(
    `with seen as materialized (
       select id from ${table} where team_id = $1 and id > coalesce($3, '') order by id limit ${LOOKED_AT}
     ), old as (
       select o.id from seen s join ${table} o on o.team_id = $1 and o.id = s.id
        where ${isOld} and ${notAside("apply-retention", "o.id")} order by o.id limit ${batch}
     )
     select array(select id::text from old order by id) as ids, (select max(id)::text from seen) as last,
            (select count(*)::int from seen) as seen`,
    [teamId, before, afterId],
  );
  const { ids = [], last = null, seen = 0 } = row ?? {};
  if (ids.length === batch) return { ids, upTo: ids.at(-1) ?? null, isEnd: false };
  return { ids, upTo: last, isEnd: seen < LOOKED_AT };
}

/** Those that are old still, once they are locked. */
export async function oldAmong(
  db: Db,
  teamId: string,
  kind: RetentionKind,
  { before, ids }: { before: Temporal.Instant; ids: readonly string[] },
) {
  const { table, isOld } = KINDS[kind];
  const rows = await db.rows<{ id: string }>(
    `select o.id from ${table} o where o.team_id = $1 and o.id = any($3::text[]) and ${isOld} order by o.id for update of o`,
    [teamId, before, ids],
  );
  return rows.map(({ id }) => id);
}

/** More are counted as so many. */
export const MOST_COUNTED = 100_000;

export function countOld(db: Db, teamId: string, kind: RetentionKind, before: Temporal.Instant) {
  const { table, isOld, since } = KINDS[kind];
  return db.row<{ count: number; oldest: Temporal.Instant | null }>(
    `select count(*)::int as count, min(at) as oldest
       from (select ${since} as at from ${table} o where o.team_id = $1 and ${isOld} limit ${MOST_COUNTED}) old`,
    [teamId, before],
  );
}
