import type { Db } from "../../../db/connect.ts";
import type { Failover } from "../../../domain/gate/clone-guard.ts";

/** Given to an engine that found everything as it was left, and how far it has seen the count stand. */
export type Leave = { leave: string | null; seen: number };

export type FenceRow = {
  leave: string | null;
  place: string | null;
  placeHere: string;
  home: string | null;
  addresses: string[];
  count: number;
  heldSince: Temporal.Instant | null;
  heldBecause: string[];
  failover: Failover;
  isReplicated: boolean;
  switchedAt: Temporal.Instant | null;
  switches: number;
  /** Since when the server runs that was sent from, and the one that answers. */
  serverStarted: Temporal.Instant | null;
  serverStartedHere: Temporal.Instant;
};

const COLUMNS = `sending_leave as leave, sending_place as place, sending_place() as place_here, sending_home as home,
  sending_addresses as addresses, sending_count::int8 as count, sending_held_since as held_since, sending_held_because as held_because,
  sending_failover as failover, commits_reach_a_standby() as is_replicated, sending_switched_at as switched_at, sending_switches as switches,
  sending_server_started as server_started, pg_postmaster_start_time() as server_started_here`;

export async function readFence(db: Db): Promise<FenceRow> {
  return whole(await db.row<FenceRow>(`select ${COLUMNS} from installation`));
}

export async function lockFence(db: Db): Promise<FenceRow> {
  return whole(await db.row<FenceRow>(`select ${COLUMNS} from installation for update`));
}

function whole(row: FenceRow | null): FenceRow {
  if (!row) throw new Error("there is no installation");
  return { ...row, count: Number(row.count) };
}

export async function areOthersAtWork(db: Db, engineId: string) {
  const row = await db.row(
    "select 1 as x from engines where id <> $1 and engine_is_alive(id::text) limit 1",
    [engineId],
  );
  return row !== null;
}

/** `home`: the data folder, where the database lives in it. */
export type InstallationLocation = { home: string | null; address: string | null };

/** Sending is allowed from here. */
export function allowSendingHere(db: Db, leave: string, { home, address }: InstallationLocation) {
  return db.run(
    `update installation
        set sending_leave = coalesce(sending_leave, $1), sending_place = sending_place(),
            sending_server_started = pg_postmaster_start_time(),
            sending_home = coalesce($2, sending_home),
            sending_addresses = case when $3::text is null or $3 = any(sending_addresses) then sending_addresses
                                     else sending_addresses || $3::text end`,
    [leave, home, address],
  );
}

/** Nothing is sent until a person says so. Where it lives now is known from then on. */
export function holdSending(
  db: Db,
  because: readonly string[],
  seen: number,
  { home, address }: InstallationLocation,
  now: Temporal.Instant,
) {
  return db.run(
    `update installation
        set sending_held_since = coalesce(sending_held_since, $5), sending_count = greatest(sending_count, $2),
            sending_held_because = array (select distinct unnest(sending_held_because || $1::text[]) order by 1),
            sending_home = coalesce($3, sending_home),
            sending_addresses = case when $4::text is null or $4 = any(sending_addresses) then sending_addresses
                                     else sending_addresses || $4::text end`,
    [because, seen, home, address, now],
  );
}

/** The count leaps, so that a folder that remembers a slightly higher count raises no doubt again. */
export function writeSendingConfirmed(db: Db, leave: string) {
  return db.run(
    `update installation set sending_leave = $1, sending_place = sending_place(), sending_held_since = null,
            sending_held_because = '{}', sending_count = sending_count + 1000000`,
    [leave],
  );
}

export function writeFailover(db: Db, failover: Failover) {
  return db.run("update installation set sending_failover = $1", [failover]);
}

/** A standby has taken over and lacks nothing that is known of. */
export function acceptSwitch(db: Db, now: Temporal.Instant) {
  return db.run(
    `update installation
        set sending_place = sending_place(), sending_server_started = pg_postmaster_start_time(), sending_switched_at = $1, sending_switches = sending_switches + 1`,
    [now],
  );
}

/** Which of these attempts the database knows as released. */
export async function knownReleases(db: Db, teamId: string, attemptIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from send_attempts where team_id = $1 and id = any($2::text[]) and released_at is not null",
    [teamId, attemptIds],
  );
  return rows.map(({ id }) => id);
}

export function moveHome(db: Db, home: string) {
  return db.run("update installation set sending_home = $1", [home]);
}

export function moveOn(db: Db) {
  return db.run(
    "update installation set sending_count = sending_count + 1, sending_server_started = pg_postmaster_start_time()",
  );
}

/** As people write it: "18.1", also of a build with a name of its own. */
export async function readDatabaseVersion(db: Db) {
  const found = await db.row<{ version: string }>("select current_setting('server_version') as version");
  return found?.version.split(" ")[0] ?? "";
}
