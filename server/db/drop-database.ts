// A database that exists for one purpose is dropped, also by an owner that is no superuser.
//
// What is easy to get wrong: `drop database … with (force)` is refused to such an owner while an autovacuum worker is inside. A plain
// `drop database` ends these workers itself, but waits in vain for sessions that a killed process left. So those are ended first.

import type pg from "pg";
import { quoted } from "./snapshot-guards.ts";

const OBJECT_IN_USE = "55006"; // after PostgreSQL has waited for five seconds
const TRIES = 6;

export async function dropDatabase(client: pg.Client, name: string) {
  for (let tries = 1; ; tries += 1) {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = current_user",
      [name],
    );
    try {
      await client.query(`drop database if exists ${quoted(name)}`);
      return;
    } catch (error) {
      if ((error as pg.DatabaseError).code !== OBJECT_IN_USE || tries === TRIES) throw error;
    }
  }
}
