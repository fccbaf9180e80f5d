// Three PostgreSQL servers as one cluster: a primary whose commits are answered once one of two standbys has them on its disk.
// What a cluster manager does is done by hand here: the standby that has most takes over, and the other one follows it.

import { type OutsidePostgres, openOutsidePostgres } from "./outside-postgres.ts";

export type Cluster = {
  /** For DATABASE_URL: all servers, those that came later too. */
  url(): string;
  primary(): OutsidePostgres;
  /** The primary dies as by a power cut. */
  killPrimary(): Promise<void>;
  /** A standby takes over. */
  promote(): Promise<void>;
  /** A new standby in the place of the server that died. It uses the address of one that `url` names. */
  refill(): Promise<void>;
  /** What a commit waits for; `absent`: for a standby that never comes. */
  waitFor(whom: keyof typeof STANDBYS): Promise<void>;
  close(): Promise<void>;
};

const STANDBYS = { one: "ANY 1 (*)", none: "", absent: "absent" };

export async function openCluster(database: string): Promise<Cluster> {
  let primary = await openOutsidePostgres();
  await primary.sql(`create database ${database}`);
  let standbys = [await primary.standby(), await primary.standby()];
  const everyOne = [primary, ...standbys];
  const { user, password } = primary.superuser;
  for (const server of everyOne) await configure(server, STANDBYS.one);
  const hosts = () => everyOne.map(({ port }) => `127.0.0.1:${port}`).join(",");
  let dead: OutsidePostgres | null = null;
  return {
    url: () => `postgres://${user}:${password}@${hosts()}/${database}?target_session_attrs=read-write`,
    primary: () => primary,
    async killPrimary() {
      await primary.stop("SIGQUIT");
      dead = primary;
    },
    async promote() {
      const received = await Promise.all(standbys.map(receivedBy));
      const next = standbys[received.indexOf(received.toSorted().at(-1) ?? "")] as OutsidePostgres;
      standbys = standbys.filter((one) => one !== next);
      await next.sql("select pg_promote()");
      for (const standby of standbys) await standby.follow(next);
      primary = next;
    },
    async refill() {
      if (!dead) return;
      await dead.copyOf(primary);
      await configure(dead, STANDBYS.one);
      standbys.push(dead);
      dead = null;
    },
    waitFor: (whom) => configure(primary, STANDBYS[whom]),
    async close() {
      for (const server of everyOne) await server.remove();
    },
  };
}

async function configure(server: OutsidePostgres, names: string) {
  await server.sql(`alter system set synchronous_standby_names = '${names}'`);
  await server.sql("select pg_reload_conf()");
}

/** As text that sorts by its place. */
async function receivedBy(server: OutsidePostgres) {
  const [row] = await server.sql<{ lsn: string }>(
    "select lpad((pg_last_wal_receive_lsn() - '0/0'::pg_lsn)::text, 24, '0') as lsn",
  );
  return row?.lsn ?? "";
}
