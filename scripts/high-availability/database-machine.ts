// A machine with etcd, Patroni and PostgreSQL. The log that PostgreSQL writes ahead lies on a small disk of its own, so that it can be full.

import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { environmentIn, fileFor } from "./files.ts";
import { Machine } from "./machine.ts";
import { programAt } from "./programs.ts";

const DISK_MB = 1_024;
/** With a log of the usual size the disk would have to be larger. */
const LOG_SIZES = ["wal_keep_size: 96MB", "max_wal_size: 128MB", "min_wal_size: 32MB"];

export type Member = { name: string; role: string; state: string; timeline?: number };

/** PostgreSQL refuses to be root. */
export const ACCOUNT = accountCalled("postgres");

function accountCalled(name: string) {
  const idOf = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    return { uid: 65534, gid: 65534 };
  }
}

export class DatabaseMachine extends Machine {
  readonly #settings: string;
  readonly #etcd: Record<string, string>;
  readonly superuser = { user: "postgres", password: "choose-one" };

  constructor(name: string, address: string, folder: string) {
    super(name, address, folder);
    const [data, wal, run] = ["data", "wal", "run"].map((part) => join(folder, part)) as [
      string,
      string,
      string,
    ];
    for (const place of [folder, wal, run]) {
      mkdirSync(place, { recursive: true });
      chownSync(place, ACCOUNT.uid, ACCOUNT.gid);
    }
    execFileSync("mount", [
      "-t",
      "tmpfs",
      "-o",
      `size=${DISK_MB}m,uid=${ACCOUNT.uid},gid=${ACCOUNT.gid}`,
      "wal",
      wal,
    ]);
    const waldir = `- waldir: ${join(wal, "log")}`;
    const patroni = fileFor("patroni.yml", this, {
      "/var/lib/postgresql/15/main": data,
      "/var/run/postgresql": run,
      "    - data-checksums": `    - data-checksums\n    ${waldir}`,
      "    - checkpoint: fast": `    - checkpoint: fast\n    ${waldir}`,
      "wal_keep_size: 4GB": LOG_SIZES.join("\n        "),
    });
    this.#settings = join(folder, "patroni.yml");
    writeFileSync(this.#settings, patroni);
    const etcd = fileFor("etcd.env", this, { "/var/lib/etcd/default": join(folder, "etcd") });
    this.#etcd = environmentIn(etcd);
  }

  /** What does not run, as systemd would. */
  startPrograms() {
    if (this.hasEnded("etcd")) this.start("etcd", programAt("etcd"), [], this.#etcd, ACCOUNT);
    if (this.hasEnded("patroni")) this.start("patroni", programAt("patroni"), [this.#settings], {}, ACCOUNT);
  }

  /** As Patroni here tells; null where it does not answer. */
  async members(): Promise<Member[] | null> {
    try {
      const answer = await fetch(`http://${this.address}:8008/cluster`, {
        signal: AbortSignal.timeout(1_000),
      });
      return ((await answer.json()) as { members: Member[] }).members;
    } catch {
      return null;
    }
  }

  connection(database: string) {
    return { host: this.address, port: 5432, ...this.superuser, database };
  }

  async sql<Row extends object>(text: string, database = "postgres"): Promise<Row[]> {
    const limits = { connectionTimeoutMillis: 3_000, query_timeout: 20_000 };
    const client = new pg.Client({ ...this.connection(database), ...limits });
    client.on("error", () => {}); // a lost connection rejects the query that was running
    try {
      await client.connect();
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** Nothing more can be written to the disk of the log. */
  fillDisk() {
    const { bavail, bsize } = statfsSync(join(this.folder, "wal"));
    execFileSync("fallocate", ["--length", String(bavail * bsize), this.#filling]);
  }

  emptyDisk() {
    rmSync(this.#filling, { force: true });
  }

  get #filling() {
    return join(this.folder, "wal", "filling");
  }

  /** Ends, and leaves only what its programs said. */
  async clear() {
    await this.kill();
    for (const part of ["data", "etcd"]) rmSync(join(this.folder, part), { recursive: true, force: true });
  }
}
