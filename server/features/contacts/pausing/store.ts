// Who is not to be written to for a while, and what waits for them.

import type { Db } from "../../../db/connect.ts";

/** Pauses contacts whose pause would end before `sameAs`; answers those that changed. Their rows must be locked. */
export async function pause(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  { until, sameAs, now }: { until: Temporal.Instant; sameAs: Temporal.Instant; now: Temporal.Instant },
) {
  const rows = await db.rows<{ id: string }>(
    `update contacts set paused_until = $3, updated_at = $5
      where team_id = $1 and id = any($2::text[]) and (paused_until is null or paused_until < $4)
      returning id`,
    [teamId, contactIds, until, sameAs, now],
  );
  return rows.map(({ id }) => id).sort();
}

/** Those whose pause is still that one. Their rows must be locked. */
export async function lift(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  { until, now }: { until: Temporal.Instant; now: Temporal.Instant },
) {
  const rows = await db.rows<{ id: string }>(
    `update contacts set paused_until = null, updated_at = $4
      where team_id = $1 and id = any($2::text[]) and paused_until = $3
      returning id`,
    [teamId, contactIds, until, now],
  );
  return rows.map(({ id }) => id).sort();
}

/** When the pause of one of them ends last. */
export async function pausedUntil(db: Db, teamId: string, contactIds: readonly string[]) {
  const row = await db.row<{ until: Temporal.Instant | null }>(
    "select max(paused_until) as until from contacts where team_id = $1 and id = any($2::text[])",
    [teamId, contactIds],
  );
  return row?.until ?? null;
}

const NEWCOMERS = "hashtextextended($1 || ' pauses', 0)";

/**
 * The transactions that are creating a contact, or changing an address, at this moment. Listed rather than waited for:
 * an exclusive lock would block all other writers of contacts for as long as the longest transaction.
 */
export async function beingMade(db: Db, teamId: string) {
  const rows = await db.rows<{ id: string }>(
    `select virtualtransaction as id from pg_locks
      where locktype = 'advisory' and objsubid = 1 and mode = 'ShareLock' and granted
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32 | objid::bigint) = ${NEWCOMERS}`,
    [teamId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Pauses new contacts with a paused address, whichever of their addresses that is. Answers who and until when. Their
 * rows must be locked, or new. Starts from the few paused contacts, because row security prevents an index on
 * addresses.
 */
export async function inherit(db: Db, teamId: string, contactIds: readonly string[], now: Temporal.Instant) {
  const waiting = db.run(`select pg_advisory_xact_lock_shared(${NEWCOMERS})`, [teamId]);
  const inheriting = db.rows<{ id: string; until: Temporal.Instant }>(
    `with paused as (
       select id, paused_until, email from contacts where team_id = $1 and paused_until is not null and paused_until > $3
     ), theirs as (
       select id, paused_until, lower(email) as address from paused
       union all
       select p.id, p.paused_until, lower(e.email)
         from paused p join contact_emails e on e.team_id = $1 and e.contact_id = p.id
     ), mine as (
       select id, lower(email) as address from contacts where team_id = $1 and id = any($2::text[])
       union all
       select contact_id, lower(email) from contact_emails where team_id = $1 and contact_id = any($2::text[])
     )
     update contacts c set paused_until = o.until
       from (select m.id, max(t.paused_until) as until
               from mine m join theirs t on t.address = m.address and t.id <> m.id
              group by m.id) o
      where c.team_id = $1 and c.id = o.id and (c.paused_until is null or c.paused_until < o.until)
      returning c.id, o.until`,
    [teamId, contactIds, now],
  );
  const [rows] = await Promise.all([inheriting, waiting]); // sent together, done one after the other
  return rows;
}

/** Their pause has ended early: what waited for its end is looked at now. */
export async function wakePaused(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  now: Temporal.Instant,
) {
  await db.run(
    `update enrollments set plan_at = due_at
      where team_id = $1 and contact_id = any($2::text[]) and state = 'active' and plan_at > $3 and due_at <= $3`,
    [teamId, contactIds, now],
  );
  await db.run(
    `update messages set is_queued = true, next_check_at = $3
      where team_id = $1 and contact_id = any($2::text[]) and delivery = 'planned' and hold_code = 'contact_paused'`,
    [teamId, contactIds, now],
  );
}
