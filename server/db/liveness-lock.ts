// Whether a process still lives, as the database sees it: each holds a lock under a name of its own for as long as it
// is connected. A killed process loses it at once; a paused one keeps it. The same locks guard work that only one
// process may do.

import pg from "pg";
import { newId } from "../kernel/ids.ts";
import type { ConnectionOptions } from "./connect.ts";
import { beginSession } from "./sessions.ts";

type ReleaseLock = () => Promise<void>;

export type Life = {
  /** The name that this process holds; taken when it is first asked for, and anew where the connection was lost. */
  name(): Promise<string>;
  /**
   * A lock for work that only one process may do at a time, until it is released or this process is gone. Null where
   * another process holds it.
   */
  hold(what: string): Promise<ReleaseLock | null>;
  end(): Promise<void>;
};

/**
 * As an expression of SQL over the name: true where no process holds it. Free, it is kept from others for the
 * transaction.
 */
export const hasEndedSql = (name: string) => `pg_try_advisory_xact_lock_shared(${keyOf(name)})`;

const keyOf = (name: string) => `hashtextextended('life of ' || ${name}, 0)`;

/** Seen among the database's connections. */
export const LIFE = "cadenza life";

export function openLife(connection: ConnectionOptions): Life {
  let held: Promise<{ name: string; client: pg.Client }> | null = null;
  const holding = new Set<string>(); // to its own connection the database would grant it once more

  async function own() {
    held ??= hold();
    const mine = held;
    try {
      return await mine;
    } catch (error) {
      if (held === mine) held = null;
      throw error;
    }
  }

  async function tryHold(what: string): Promise<ReleaseLock | null> {
    const { client } = await own();
    const sql = "select pg_try_advisory_lock(hashtextextended($1, 0)) as is_ours";
    if (!(await client.query<{ is_ours: boolean }>(sql, [what])).rows[0]?.is_ours) return null;
    return async () => {
      holding.delete(what);
      await client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [what]).catch(() => {});
    };
  }

  async function hold() {
    const client = new pg.Client({
      ...connection,
      application_name: LIFE,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    const forget = () => {
      held = null;
    };
    client.on("error", forget);
    client.on("end", forget);
    await client.connect();
    await beginSession(client);
    const name = newId();
    await client.query(`select pg_advisory_lock(${keyOf("$1::text")})`, [name]);
    return { name, client };
  }

  return {
    name: async () => (await own()).name,
    async hold(what) {
      if (holding.has(what)) return null;
      holding.add(what);
      const release = await tryHold(what).catch((error) => {
        holding.delete(what);
        throw error;
      });
      if (release === null) holding.delete(what);
      return release;
    },
    async end() {
      const last = await held?.catch(() => null);
      await last?.client.end();
    },
  };
}
