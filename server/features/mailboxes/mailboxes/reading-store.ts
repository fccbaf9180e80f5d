// Which mailbox is read by which engine, and how the reading went.

import type { Db } from "../../../db/connect.ts";

/** Mailboxes that are due for reading and that no engine has taken. Only this query reads across teams. */
export function mailboxesToRead(db: Db, now: Temporal.Instant) {
  return db.rows<{ teamId: string; mailboxId: string }>(
    "select team_id, mailbox_id from mailboxes_to_read($1)",
    [now],
  );
}

/**
 * Takes a mailbox for one engine; false where another was faster. `reading_at` says since when it is read. Null means
 * that it was changed meanwhile and has to be read again.
 */
export async function takeForReading(db: Db, teamId: string, id: string, engineId: string) {
  const taken = await db.run(
    `update mailboxes set reading_engine = $3, reading_at = cadenza_now()
      where team_id = $1 and id = $2 and is_active and revoked_at is null
        and (reading_engine is null or reading_engine = $3 or not engine_is_alive(reading_engine::text))`,
    [teamId, id, engineId],
  );
  return taken > 0;
}

/** False where it is lost: disconnected, switched off, taken by another, or reached by other servers by now. */
export async function isHeldForReading(db: Db, teamId: string, id: string, engineId: string) {
  const held = await db.row(
    `select 1 as one from mailboxes
      where team_id = $1 and id = $2 and reading_engine = $3 and reading_at is not null and is_active
        and revoked_at is null`,
    [teamId, id, engineId],
  );
  return held !== null;
}

/** When an engine stops, the mailbox is read before the next mail is sent from it. */
export function releaseFromReading(
  db: Db,
  teamId: string,
  id: string,
  engineId: string,
  nextAt: Temporal.Instant,
  { isStopping } = { isStopping: false },
) {
  return db.run(
    `update mailboxes set reading_engine = null, reading_at = case when reading_at is not null then $4::timestamptz end,
            inbox_fresh_until = case when $5 then least(inbox_fresh_until, cadenza_now()) else inbox_fresh_until end
      where team_id = $1 and id = $2 and reading_engine = $3`,
    [teamId, id, engineId, nextAt, isStopping],
  );
}

/** Of the whole installation. */
export async function inboxLag(db: Db) {
  const row = await db.row<{ behind: number; longestSeconds: number }>(
    "select behind, longest_seconds from inbox_lag()",
  );
  return row ?? { behind: 0, longestSeconds: 0 };
}

/** `inbox`: all that had come to it when this reading began was taken in; null for another folder. */
export function noteRead(
  db: Db,
  teamId: string,
  id: string,
  now: Temporal.Instant,
  inbox: { tookMs: number; ageMs: number } | null,
) {
  return db.run(
    `update mailboxes m
        set last_synced_at = $3, reading_failures = 0, reading_error = null, reading_error_since = null,
            inbox_read_at = coalesce(c.began_at, m.inbox_read_at),
            inbox_fresh_until = coalesce(c.began_at + $5::float8 * interval '1 millisecond', m.inbox_fresh_until)
       from (select cadenza_now() - $4::float8 * interval '1 millisecond' as began_at offset 0) c
      where m.team_id = $1 and m.id = $2`,
    [teamId, id, now, inbox?.tookMs ?? null, inbox?.ageMs ?? null],
  );
}

/** The catcher knows what came to each inbox: where nothing did, the mailbox need not be asked. */
export function noteNothingNew(
  db: Db,
  teamId: string,
  { but, ageMs }: { but: readonly string[]; ageMs: number },
) {
  return db.run(
    `update mailboxes m
        set last_synced_at = c.at, inbox_read_at = c.at, inbox_fresh_until = c.at + $3::float8 * interval '1 millisecond'
       from (select cadenza_now() as at offset 0) c
      where m.team_id = $1 and m.is_active and m.revoked_at is null and (m.imap_host is not null or m.type = 'catcher')
        and (m.inbox_fresh_until is null or m.inbox_fresh_until < c.at + $3::float8 / 2 * interval '1 millisecond')
        and m.id <> all($2::text[])`,
    [teamId, but, ageMs],
  );
}

/** How often in a row it has failed by now. */
export async function noteReadingFailed(
  db: Db,
  teamId: string,
  id: string,
  error: string,
  now: Temporal.Instant,
) {
  const row = await db.row<{ failures: number; email: string }>(
    `update mailboxes set reading_failures = reading_failures + 1, reading_error = $3,
            reading_error_since = coalesce(reading_error_since, $4)
      where team_id = $1 and id = $2 returning reading_failures as failures, email`,
    [teamId, id, error, now],
  );
  return row ?? { failures: 1, email: "" };
}

/** After its servers were changed, the mailbox is read soon. */
export function readSoon(db: Db, teamId: string, id: string) {
  return db.run("update mailboxes set reading_at = null where team_id = $1 and id = $2", [teamId, id]);
}
