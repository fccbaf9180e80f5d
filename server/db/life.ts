// Whether a process still lives, as the database sees it: each holds a lock under a name of its own for as long as it is
// connected, and whoever is killed lets go of it at once. Whoever only stands still holds it. So too with what only one may be at.

import pg from "pg";
import { newId } from "../ids.ts";
import type { ConnectionOptions } from "./connect.ts";

export type Release = () => Promise<void>;

export type Life = {
  /** The name that this process holds; taken when it is first asked for, and anew where the connection was lost. */
  name(): Promise<string>;
  /** Something that one alone may do at a time, until it is let go or this process is gone; null where somebody else does it. */
  hold(what: string): Promise<Release | null>;
  end(): Promise<void>;
};

/** As an expression of SQL over the name: true where nobody holds it. Free, it is kept from others for the transaction. */
export const hasEnded = (name: string) => `pg_try_advisory_xact_lock_shared(${keyOf(name)})`;

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

  async function tryHold(what: string): Promise<Release | null> {
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
