// Three database machines as one cluster, and what Patroni says of it.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "../../server/testing/patience.ts";
import { holdsWithin } from "../../server/testing/torture/ground.ts";
import { DatabaseMachine, type Member } from "./database-machine.ts";

export const DATABASE = "cadenza";
const PLACES = [
  ["db1", "10.0.0.11"],
  ["db2", "10.0.0.12"],
  ["db3", "10.0.0.13"],
] as const;

const isPrimary = ({ role, state }: Member) => role === "leader" && state === "running";

export class Cluster {
  readonly machines: readonly DatabaseMachine[];

  constructor(folder: string) {
    this.machines = PLACES.map(([name, address]) => new DatabaseMachine(name, address, join(folder, name)));
  }

  /** With the role and the database that docs/operate/postgresql.md asks for. */
  async open(password: string) {
    for (const machine of this.machines) machine.startPrograms();
    await this.untilWhole();
    const primary = await this.primary();
    await primary.sql(`create role cadenza login createrole password '${password}'`);
    await primary.sql(`create database ${DATABASE} owner cadenza encoding 'UTF8' template template0`);
  }

  /** The machine that holds the lock of the primary. `but` is not asked: it may be wrong. Null while no machine holds it. */
  async findPrimary(but: DatabaseMachine | null = null): Promise<DatabaseMachine | null> {
    for (const machine of this.machines) {
      if (machine === but) continue;
      const leader = (await machine.members())?.find(isPrimary);
      if (leader && leader.name !== but?.name)
        return this.machines.find(({ name }) => name === leader.name) ?? null;
    }
    return null;
  }

  async primary(): Promise<DatabaseMachine> {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(200)) {
      const found = await this.findPrimary();
      if (found) return found;
    }
    throw new Error("there is no primary");
  }

  /** One primary, two servers that follow it, and one of them confirms what is written. */
  async isWhole() {
    const primary = await this.findPrimary();
    const members = (await primary?.members()) ?? [];
    if (members.length < 3 || new Set(members.map(({ timeline }) => timeline)).size > 1) return false;
    const [row] = await (primary as DatabaseMachine)
      .sql<{ follow: number; confirm: number }>(
        `select count(*) filter (where state = 'streaming')::int as follow, count(*) filter (where sync_state in ('sync', 'quorum'))::int as confirm
           from pg_stat_replication`,
      )
      .catch(() => []);
    const isConfirmed = members.some(({ role }) => role === "sync_standby");
    return row !== undefined && row.follow >= 2 && row.confirm >= 1 && isConfirmed;
  }

  async untilWhole() {
    if (!(await holdsWithin(() => this.isWhole(), PATIENCE_MS, 500)))
      throw new Error("the cluster did not become whole again");
  }
}
