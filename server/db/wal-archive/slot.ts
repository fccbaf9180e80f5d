// The replication slot that makes PostgreSQL keep each WAL segment until it is in the archive. PostgreSQL's own archiver keeps them
// without a limit, and a full disk then stops the database. A slot has a limit (max_slot_wal_keep_size, embedded/spawn.ts): beyond it
// the database goes on, and the archive has a gap, which a new base backup ends.

import { createHash } from "node:crypto";
import type { ClientBase } from "pg";
import { type Lsn, lsnOf, lsnText } from "./names.ts";

export type Slot = {
  /** From here on the WAL is kept. */
  keptFrom: Lsn;
  /** It was made just now. */
  isNew: boolean;
  /** PostgreSQL gave up the one before: its WAL was beyond the limit. */
  wasLost: boolean;
};

const PREFIX = "cadenza_wal_";

/** It carries the place of the archive: a new folder begins with a new slot. */
export function slotName(folder: string) {
  return PREFIX + createHash("sha256").update(folder).digest("hex").slice(0, 8);
}

type Row = { name: string; kept_from: string | null; status: string | null };

export async function openSlot(client: ClientBase, name: string): Promise<Slot> {
  const there = await listSlots(client);
  for (const other of there) if (other.name !== name) await dropSlot(client, other.name);
  const own = there.find((one) => one.name === name);
  if (own?.kept_from && own.status !== "lost")
    return { keptFrom: lsnOf(own.kept_from), isNew: false, wasLost: false };
  if (own) await dropSlot(client, name);
  await client.query("select pg_create_physical_replication_slot($1, true)", [name]);
  const made = (await listSlots(client)).find((one) => one.name === name);
  if (!made?.kept_from) throw new Error("PostgreSQL did not create the replication slot of the WAL archive");
  return { keptFrom: lsnOf(made.kept_from), isNew: true, wasLost: own !== undefined };
}

export async function hasSlot(client: ClientBase, name: string) {
  return (await listSlots(client)).some((one) => one.name === name);
}

/** What is before it may be removed by PostgreSQL. */
export async function advanceSlot(client: ClientBase, name: string, to: Lsn) {
  await client.query("select pg_replication_slot_advance($1, $2::pg_lsn)", [name, lsnText(to)]);
}

/** Where nothing is archived any more, nothing is kept for it. */
export async function dropSlots(client: ClientBase) {
  for (const { name } of await listSlots(client)) await dropSlot(client, name);
}

async function listSlots(client: ClientBase): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `select slot_name as name, restart_lsn::text as kept_from, wal_status as status
       from pg_replication_slots where slot_type = 'physical' and slot_name ^@ $1`,
    [PREFIX],
  );
  return rows;
}

async function dropSlot(client: ClientBase, name: string) {
  await client.query("select pg_drop_replication_slot($1)", [name]);
}
