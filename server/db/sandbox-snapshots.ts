// Snapshots of a sandbox: what all tables hold, kept in a schema of its own, and put back. Only tables that hold or held something
// are touched, so an almost empty one takes moments. The engine rests meanwhile; callers wait for the tables.

import pg from "pg";
import { newId } from "../kernel/ids.ts";
import type { ConnectionOptions } from "./connect.ts";
import { copyTables, putBack, quoted } from "./snapshot-tables.ts";

export type SandboxSnapshot = {
  id: string;
  name: string | null;
  at: Temporal.Instant;
  madeAt: Temporal.Instant;
};

const MOST_TRIES = 5;

/** In the order in which they are named by one another. */
const PEOPLE = ["sessions", "api_keys", "users", "teams"];
const BEGINNING = "cadenza: the first moment";

export type SandboxSnapshots = ReturnType<typeof openSnapshots>;

/** No schema is another program's: theirs do not begin so. */
const PREFIX = "sandbox_snapshot_";

export function openSnapshots(owner: ConnectionOptions) {
  const over = async <T>(work: (client: pg.Client) => Promise<T>) => {
    const client = new pg.Client(owner);
    await client.connect();
    try {
      await client.query("set statement_timeout = 0; set timezone = 'UTC'");
      return await work(client);
    } finally {
      await client.end();
    }
  };

  return {
    take: (name: string | null, at: Temporal.Instant) => over((client) => take(client, name, at)),

    list: () => over(async (client) => (await list(client)).filter(({ name }) => name !== BEGINNING)),

    /** Once, before anybody calls. */
    keepBeginning: (at: Temporal.Instant) =>
      over(async (client) => {
        if (!(await list(client)).some(({ name }) => name === BEGINNING)) await take(client, BEGINNING, at);
      }),

    /** To the first moment. Who may call and sign in stays, in the teams that there were. */
    reset: () =>
      over(async (client) => {
        const first = (await list(client)).find(({ name }) => name === BEGINNING);
        if (!first) throw new Error("the beginning of the sandbox was not kept");
        await inTurn(() => putBack(client, PREFIX + first.id, PEOPLE));
        return first;
      }),

    /** Null: no snapshot has this id. */
    restore: (id: string) =>
      over(async (client) => {
        const found = (await list(client)).find((one) => one.id === id);
        if (found) await inTurn(() => putBack(client, PREFIX + id));
        return found ?? null;
      }),

    /** False: no snapshot has this id. */
    delete: (id: string) =>
      over(async (client) => {
        if (!(await list(client)).some((one) => one.id === id && one.name !== BEGINNING)) return false;
        await client.query(`drop schema ${PREFIX}${id} cascade`);
        return true;
      }),
  };
}

/** A caller that holds a row and wants another may stand in the way: one of the two is told to try again. */
async function inTurn(work: () => Promise<void>) {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: string }).code !== "40P01" || tries === MOST_TRIES) throw error;
    }
  }
}

async function take(client: pg.Client, name: string | null, at: Temporal.Instant): Promise<SandboxSnapshot> {
  const id = newId();
  const schema = PREFIX + id;
  await client.query("begin isolation level repeatable read");
  await client.query(`create schema ${schema}`);
  await copyTables(client, schema);
  await client.query(
    `create table ${schema}."about" (id text, name text, at timestamptz, made_at timestamptz, schema_number int)`,
  );
  const { rows } = await client.query(
    `insert into ${schema}."about"
     values ($1, $2, $3, clock_timestamp(), (select max(number) from schema_migrations)) -- db clock: when it was made
     returning made_at`,
    [id, name, at.toString()],
  );
  await client.query("commit");
  return { id, name, at, madeAt: instantOf(rows[0].made_at) };
}

async function list(client: pg.Client): Promise<SandboxSnapshot[]> {
  const { rows } = await client.query(
    "select nspname as name from pg_namespace where starts_with(nspname, $1)",
    [PREFIX],
  );
  const found: SandboxSnapshot[] = [];
  for (const { name: schema } of rows) {
    // One of an earlier version has other columns.
    const about = (
      await client.query(
        `select id, name, at, made_at from ${quoted(schema)}."about"
          where schema_number = (select max(number) from schema_migrations)`,
      )
    ).rows[0];
    if (about)
      found.push({
        id: about.id,
        name: about.name,
        at: instantOf(about.at),
        madeAt: instantOf(about.made_at),
      });
  }
  return found.sort((a, b) => Temporal.Instant.compare(a.madeAt, b.madeAt));
}

function instantOf(value: Date | string | Temporal.Instant) {
  return value instanceof Temporal.Instant ? value : Temporal.Instant.from(new Date(value).toISOString());
}
