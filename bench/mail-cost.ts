// What one mail costs: processor time of the engine and of the database, what the database writes for it, and how many changes of
// rows leave the indexes alone. A clock says little on a machine that does other things as well; processor time stays the same.

import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import { type Figure, median, type Suite } from "./harness.ts";
import { familyMs, parentOf, processMs } from "./process-time.ts";
import { connectAs, startServer } from "./processes.ts";
import { bareNodemailer, startSink, withEngine } from "./sending.ts";
import { type Planted, plantMailing } from "./sending-rows.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3916;
const MAILS = Number(process.env.CADENZA_BENCH_MAILS ?? 6_000);
const MAILBOXES = 10;
const ROUNDS = Number(process.env.CADENZA_BENCH_ROUNDS ?? 3);
const TABLES = ["messages", "send_attempts", "enrollments", "contacts"];

export const mailCost: Suite = {
  name: "The cost of a mail",
  about:
    `${MAILS} mails of one step from ${MAILBOXES} mailboxes without limits, through one engine, as processor time and not by the clock: of the ` +
    "engine with its start, and of all processes of the database, from the engine's start until every contact has moved on. The contacts " +
    "are there before. Against it, in turn: the processor time of a pool of nodemailer that sends the same prepared mails.",
  run,
};

type Cost = {
  engineMs: number;
  databaseMs: number;
  bareMs: number;
  walKilobytes: number;
  tables: Record<string, { changes: number; hot: number }>;
};

async function run(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
  const server = await startServer(["scripts/run.mjs", "start"], PORT, {
    CADENZA_DATA_DIR: dataDir,
    CADENZA_BOOTSTRAP_KEY: KEY,
    CADENZA_LOG_LEVEL: "warn",
    CADENZA_ENGINE_LOOPS: "0",
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
  });
  const sink = await startSink(dataDir, "sink");
  try {
    const owner = await connectAs(dataDir, "owner");
    const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
    const made = await operator.teams.create({ name: "Cost", owner_email: "cost@bench.example" });
    const api = createClient({ baseUrl: server.url, apiKey: made.api_key.key, retries: 0 });
    const planted = await plantMailing(owner, api, made.team.id, { mailboxes: MAILBOXES, port: sink.port });
    const costs: Cost[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const spent = await oneRound(owner, MAILS, (hooks) =>
        withEngine(owner, planted, sink, dataDir, { mails: MAILS, ...hooks }),
      );
      costs.push({ ...spent, bareMs: await bareCost(planted, sink.port) });
    }
    await owner.end();
    return figuresOf(costs);
  } finally {
    sink.stop();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Hooks = { beforeStart(): Promise<void>; beforeStop(engine: ChildProcess): Promise<void> };

/** From when all is planted until the engine is told to stop. */
export async function oneRound(owner: pg.Client, mails: number, send: (hooks: Hooks) => Promise<void>) {
  const { rows } = await owner.query("select pg_backend_pid() as pid");
  const postgres = parentOf(rows[0].pid);
  const noted: { before?: Noted; after?: Noted; engineMs: number } = { engineMs: 0 };
  await send({
    async beforeStart() {
      await owner.query("checkpoint");
      noted.before = await note(owner, postgres);
    },
    async beforeStop(engine) {
      noted.engineMs = processMs(engine.pid as number);
      noted.after = await note(owner, postgres);
    },
  });
  const [before, after] = [noted.before as Noted, noted.after as Noted];
  return {
    engineMs: noted.engineMs / mails,
    databaseMs: (after.databaseMs - before.databaseMs) / mails,
    walKilobytes: (after.walBytes - before.walBytes) / mails / 1000,
    tables: Object.fromEntries(TABLES.map((table) => [table, changesOf(table, mails, before, after)])),
  };
}

type Noted = { databaseMs: number; walBytes: number; tables: Record<string, { all: number; hot: number }> };

async function note(owner: pg.Client, postgres: number): Promise<Noted> {
  const { rows: wal } = await owner.query(
    "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes",
  );
  const { rows } = await owner.query(
    `select relname as name, n_tup_upd::float8 as all, n_tup_hot_upd::float8 as hot from pg_stat_user_tables where relname = any($1)`,
    [TABLES],
  );
  return {
    databaseMs: familyMs(postgres),
    walBytes: wal[0].bytes,
    tables: Object.fromEntries(rows.map(({ name, all, hot }) => [name, { all, hot }])),
  };
}

function changesOf(table: string, mails: number, before: Noted, after: Noted) {
  const { all, hot } = after.tables[table] ?? { all: 0, hot: 0 };
  const { all: earlier, hot: earlierHot } = before.tables[table] ?? { all: 0, hot: 0 };
  const changes = all - earlier;
  return { changes: changes / mails, hot: changes === 0 ? 1 : (hot - earlierHot) / changes };
}

/** The pool is in this process, which does nothing else meanwhile. */
async function bareCost(planted: Planted, port: number) {
  const before = process.cpuUsage();
  await bareNodemailer(planted, port, MAILS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / MAILS;
}

function figuresOf(costs: readonly Cost[]): Figure[] {
  const middle = (of: (cost: Cost) => number) => median(costs.map(of));
  const times = middle(({ engineMs, databaseMs, bareMs }) => (engineMs + databaseMs) / bareMs);
  const [engine, database, bare] = [
    middle(({ engineMs }) => engineMs),
    middle(({ databaseMs }) => databaseMs),
    middle(({ bareMs }) => bareMs),
  ];
  const wal = middle(({ walKilobytes }) => walKilobytes);
  return [
    {
      name: "processor time of a mail against a bare pool of nodemailer",
      measured: `${times.toFixed(1)} times`,
      target: "5 times or less",
      isMet: times <= 5,
      detail: `engine ${engine.toFixed(2)} ms, database ${database.toFixed(2)} ms; the pool ${bare.toFixed(2)} ms`,
    },
    {
      name: "written ahead by the database",
      measured: `${wal.toFixed(1)} kB a mail`,
      target: "10 kB or less",
      isMet: wal <= 10,
      detail: "WAL, with the whole pages after a checkpoint",
    },
    ...TABLES.map((table): Figure => {
      const [changes, hot] = [
        middle(({ tables }) => tables[table]?.changes ?? 0),
        middle(({ tables }) => tables[table]?.hot ?? 1),
      ];
      return {
        name: `changes of ${table} that leave the indexes alone`,
        measured: `${Math.round(hot * 100)} %`,
        target: "none",
        isMet: true,
        detail: `${changes.toFixed(2)} changes a mail`,
      };
    }),
  ];
}
