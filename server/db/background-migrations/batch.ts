// One batch: some blocks of the table, in a transaction that also says how far the migration is. A process that is killed leaves whole
// batches behind it. Two processes at once take turns at the row.
//
// What is easy to miss: a row that others change meanwhile moves to another block, and an earlier version may write rows of the old kind.
// So the table is passed again until a pass finds nothing to change.

import type pg from "pg";
import { isAway, lostARace } from "../away.ts";
import type { BackgroundMigration } from "./files.ts";

export type Outcome =
  | { is: "more"; tookMs: number }
  /** Others had what it needs; it tries again. */
  | { is: "waiting" }
  | { is: "too large"; error: string }
  /** A whole pass was made, and all that it found could not be changed. */
  | { is: "stuck"; error: string }
  | { is: "over" };

type State = {
  block: number;
  blocks: number;
  changedInPass: number;
  failedInPass: number;
  error: string | null;
  hasEnded: boolean;
};

/** Callers that come after it wait as well, so it does not wait for a lock for long. */
const LIMITS = "select set_config('lock_timeout', '2s', true), set_config('statement_timeout', '60s', true)";
const BLOCKS = "pg_relation_size($1::text::regclass) / current_setting('block_size')::int";

export async function changeBlocks(
  client: pg.Client,
  migration: BackgroundMigration,
  most: number,
): Promise<Outcome> {
  const begun = await begin(client, migration);
  if (begun.hasEnded) return rollBack(client, { is: "over" });
  if (begun.block >= begun.blocks) return endPass(client, migration, begun);
  const until = Math.min(begun.blocks, begun.block + most);
  try {
    const { rowCount } = await client.query(migration.sql, [`(${begun.block},0)`, `(${until},0)`]);
    return await commit(client, migration, { until, changed: rowCount ?? 0, error: null });
  } catch (failure) {
    await client.query("rollback");
    const { code = "", message } = failure as { code?: string; message: string };
    if (!code || isAway(failure)) throw failure; // the database is away or full, and no row is to blame
    if (lostARace(failure)) return { is: "waiting" };
    if (until - begun.block > 1) return { is: "too large", error: message };
    const again = await begin(client, migration);
    // Another process has been here while this one held no lock.
    if (again.hasEnded || again.block !== begun.block) return rollBack(client, { is: "more", tookMs: 0 });
    return commit(client, migration, { until, changed: 0, error: message });
  }
}

async function begin(client: pg.Client, { number, name, table }: BackgroundMigration): Promise<State> {
  await client.query("begin");
  await client.query(LIMITS);
  await client.query(
    `insert into background_migrations (number, name, blocks) values ($2, $3, ${BLOCKS}) on conflict do nothing`,
    [table, number, name],
  );
  const { rows } = await client.query<State>(
    `select block::float8 as block, blocks::float8 as blocks, changed_in_pass::float8 as "changedInPass",
            failed_in_pass::float8 as "failedInPass", error, ended_at is not null as "hasEnded"
       from background_migrations where number = $1 for update`,
    [number],
  );
  const [state] = rows;
  if (!state) throw new Error(`${name} was deleted while it began`);
  return state;
}

async function commit(
  client: pg.Client,
  { number }: BackgroundMigration,
  { until, changed, error }: { until: number; changed: number; error: string | null },
): Promise<Outcome> {
  const { rows } = await client.query<{ took: number }>(
    `update background_migrations
        set block = $2, changed = changed + $3, changed_in_pass = changed_in_pass + $3, moved_at = clock_timestamp(),
            failed_in_pass = failed_in_pass + case when $4::text is null then 0 else 1 end, error = coalesce($4, error)
      where number = $1
     returning extract(epoch from clock_timestamp() - now())::float8 * 1000 as took`,
    [number, until, changed, error],
  );
  await client.query("commit");
  return { is: "more", tookMs: rows[0]?.took ?? 0 };
}

async function endPass(
  client: pg.Client,
  { number, table }: BackgroundMigration,
  { changedInPass, failedInPass, error }: State,
): Promise<Outcome> {
  const isOver = changedInPass === 0 && failedInPass === 0;
  if (isOver) {
    await client.query(
      "update background_migrations set ended_at = clock_timestamp(), moved_at = clock_timestamp(), error = null where number = $1",
      [number],
    );
  } else {
    await client.query(
      `update background_migrations
          set pass = pass + 1, block = 0, blocks = ${BLOCKS}, changed_in_pass = 0, failed_in_pass = 0, moved_at = clock_timestamp(),
              error = case when failed_in_pass = 0 then null else error end
        where number = $2`,
      [table, number],
    );
  }
  await client.query("commit");
  if (isOver) return { is: "over" };
  return changedInPass === 0 ? { is: "stuck", error: error ?? "" } : { is: "more", tookMs: 0 };
}

async function rollBack(client: pg.Client, outcome: Outcome) {
  await client.query("rollback");
  return outcome;
}
