// How fast mail goes out: through the queue, the gate and the proof, to a mail server on the same machine.

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@cadenza/sdk";
import { createTransport } from "nodemailer";
import type pg from "pg";
import type { Figure, Suite } from "./harness.ts";
import { sideBySide } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";
import { loopEach, oneLoop, ourTable, threeColumns } from "./sending-loop.ts";
import { type Planted, plantMailing } from "./sending-rows.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3915;
/** Enough that an engine which has just started, and a queue that is still new, weigh little. */
const MAILS = Number(process.env.CADENZA_BENCH_MAILS ?? 12_000);
/** Where each mail takes 20 ms. */
const SLOWLY = MAILS / 3;
const MAILBOXES = 10;
const FEW = 2;
const ROUNDS = Number(process.env.CADENZA_BENCH_ROUNDS ?? 3);

export const sending: Suite = {
  name: "Sending",
  about:
    `${MAILS} mails of one step from ${MAILBOXES} mailboxes without limits, to a mail server that writes each one down. Ours are planned, ` +
    "claimed, composed, let go at the gate and recorded, by one engine; bare is a pool of nodemailer with as many connections sending the " +
    "same prepared mails, and the plain loop claims one mail, sends it and updates it, a transaction each: the same prepared mails too, " +
    "claimed in the table that ours are in, with its indexes, or in one of three columns and no index, by one loop that goes round the " +
    "mailboxes or by a loop for each of them side by side.",
  run,
};

export type Sink = { port: number; file: string; count(): number; stop(): void };

export async function startSink(
  folder: string,
  name: string,
  options: readonly string[] = [],
): Promise<Sink> {
  const file = join(folder, `${name}.jsonl`);
  const child = spawn(
    process.execPath,
    ["server/testing/sink.ts", `--file=${file}`, "--port=0", ...options],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const first = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once("line", resolve),
  );
  const { port } = JSON.parse(first) as { port: number };
  return {
    port,
    file,
    count: linesOf(file),
    stop: () => void child.kill(),
  };
}

/** Counts on from where it stopped: the counting must not use the processor of the process that is measured. */
function linesOf(file: string) {
  const chunk = Buffer.alloc(1 << 20);
  let [lines, at] = [0, 0];
  return () => {
    if (!existsSync(file)) return lines;
    const handle = openSync(file, "r");
    for (let read = readSync(handle, chunk, 0, chunk.length, at); read > 0; ) {
      for (let end = chunk.indexOf(10); end >= 0 && end < read; end = chunk.indexOf(10, end + 1)) lines++;
      at += read;
      read = readSync(handle, chunk, 0, chunk.length, at);
    }
    closeSync(handle);
    return lines;
  };
}

async function run(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
  const env = {
    CADENZA_DATA_DIR: dataDir,
    CADENZA_BOOTSTRAP_KEY: KEY,
    CADENZA_LOG_LEVEL: "warn",
    CADENZA_ENGINE_LOOPS: "0",
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
  };
  const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
  const sink = await startSink(dataDir, "sink");
  const slow = await startSink(dataDir, "slow", ["--before=20-20"]);
  try {
    const owner = await connectAs(dataDir, "owner");
    const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
    const made = await operator.teams.create({ name: "Sending", owner_email: "many@bench.example" });
    const api = createClient({ baseUrl: server.url, apiKey: made.api_key.key, retries: 0 });
    const planted = await plantMailing(owner, api, made.team.id, { mailboxes: MAILBOXES, port: sink.port });
    const figures = await measure(owner, planted, sink, dataDir);
    const other = await operator.teams.create({ name: "Waiting", owner_email: "few@bench.example" });
    const few = await plantMailing(
      owner,
      createClient({ baseUrl: server.url, apiKey: other.api_key.key, retries: 0 }),
      other.team.id,
      { mailboxes: FEW, port: slow.port },
    );
    figures.push(await measureEngines(owner, few, slow, dataDir));
    await owner.end();
    return figures;
  } finally {
    slow.stop();
    sink.stop();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(owner: pg.Client, planted: Planted, sink: Sink, dataDir: string): Promise<Figure[]> {
  const engine = () => perSecond(sink, () => withEngine(owner, planted, sink, dataDir));
  const bare = () => perSecond(sink, () => bareNodemailer(planted, sink.port));
  const looping = { owner, planted, port: sink.port, dataDir, mails: MAILS };
  const single = () => perSecond(sink, () => oneLoop(ourTable(looping), looping));
  const singleAlone = () => perSecond(sink, () => oneLoop(threeColumns(looping), looping));
  const each = () => perSecond(sink, () => loopEach(ourTable(looping), looping));
  await engine(); // warms both caches and the disk
  const againstBare = await sideBySide(ROUNDS, engine, bare);
  const againstSingle = await sideBySide(ROUNDS, engine, single);
  const againstAlone = await sideBySide(ROUNDS, engine, singleAlone);
  const againstEach = await sideBySide(ROUNDS, engine, each);
  return [
    {
      name: "against a bare nodemailer pool",
      measured: `${Math.round(againstBare.ratio * 100)} % of bare`,
      target: "50 %",
      isMet: againstBare.ratio >= 0.5,
      detail: `${Math.round(againstBare.ours)} against ${Math.round(againstBare.theirs)} mails a second`,
    },
    ofLoop("against claim, send, update in a loop over the same table", againstSingle),
    ofLoop("against claim, send, update in a loop over three columns", againstAlone),
    ofLoop("against such a loop for every mailbox, over the same table", againstEach),
  ];
}

function ofLoop(
  name: string,
  { ratio, ours, theirs }: { ratio: number; ours: number; theirs: number },
): Figure {
  return {
    name,
    measured: `${ratio.toFixed(2)} times`,
    target: "2 times",
    isMet: ratio >= 2,
    detail: `${Math.round(ours)} against ${Math.round(theirs)} mails a second`,
  };
}

/** From the first mail that was taken to the last. */
async function perSecond(sink: Sink, work: () => Promise<void>, mails = MAILS) {
  const before = sink.count();
  let [firstAt, lastAt] = [0, 0];
  const done = work();
  let isDone = false;
  void done.finally(() => {
    isDone = true;
  });
  while (sink.count() < before + mails) {
    if (isDone && sink.count() < before + mails) await sleep(200);
    if (firstAt === 0 && sink.count() > before) firstAt = performance.now();
    await sleep(5);
  }
  lastAt = performance.now();
  await done;
  return (mails / (lastAt - firstAt)) * 1000;
}

/** Two mailboxes and a server that takes 20 ms for each mail: what counts is how many are waited for at once. */
async function measureEngines(
  owner: pg.Client,
  planted: Planted,
  sink: Sink,
  dataDir: string,
): Promise<Figure> {
  const engines = (count: number) => () =>
    perSecond(sink, () => withEngine(owner, planted, sink, dataDir, { count, mails: SLOWLY }), SLOWLY);
  const [one, two] = [engines(1), engines(2)];
  await one();
  const { ratio, ours, theirs } = await sideBySide(ROUNDS, two, one);
  return {
    name: "two engines on one database against one",
    measured: `${ratio.toFixed(2)} times`,
    target: "1.6 times",
    isMet: ratio >= 1.6,
    detail: `${Math.round(ours)} against ${Math.round(theirs)} mails a second, ${FEW} mailboxes, a server that takes 20 ms a mail`,
  };
}

/** The database is asked what is left once all have come: each asking counts a whole table. */
export async function withEngine(
  owner: pg.Client,
  planted: Planted,
  sink: Sink,
  dataDir: string,
  {
    count = 1,
    mails = MAILS,
    beforeStart,
    beforeStop,
  }: {
    count?: number;
    mails?: number;
    beforeStart?: () => Promise<void>;
    beforeStop?: (engine: ChildProcess) => Promise<void>;
  } = {},
) {
  const all = sink.count() + mails;
  await planted.enrol(mails);
  await beforeStart?.();
  const engines = Array.from({ length: count }, () => startEngine(dataDir));
  while (sink.count() < all) await sleep(20);
  for (;;) {
    const { rows } = await owner.query(
      "select count(*)::int as left from messages where delivery <> 'sent' and team_id = $1",
      [planted.teamId],
    );
    const { rows: unplanned } = await owner.query(
      "select count(*)::int as left from enrollments where plan_at is not null and team_id = $1",
      [planted.teamId],
    );
    if (rows[0].left === 0 && unplanned[0].left === 0) break;
    await sleep(100);
  }
  for (const engine of engines) {
    await beforeStop?.(engine);
    engine.kill("SIGTERM");
    await new Promise((resolve) => engine.once("exit", resolve));
  }
}

export function startEngine(dataDir: string, env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ["server/main.ts", "--role=engine"], {
    env: {
      ...process.env,
      CADENZA_DATA_DIR: dataDir,
      CADENZA_LOG_LEVEL: "warn",
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
      DATABASE_URL: databaseUrlOf(dataDir),
      CADENZA_KEY_FILE: join(dataDir, "cadenza.key"),
      ...env,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function databaseUrlOf(dataDir: string) {
  const postgres = join(dataDir, "postgres");
  const { ownerPassword } = JSON.parse(readFileSync(join(postgres, "credentials.json"), "utf8")) as {
    ownerPassword: string;
  };
  return `postgres://cadenza_owner:${ownerPassword}@/cadenza?host=${encodeURIComponent(join(postgres, "socket"))}&port=5432`;
}

export async function bareNodemailer(planted: Planted, port: number, count = MAILS) {
  const mails = await planted.prepared(count);
  const pools = planted.mailboxes.map(() =>
    createTransport({
      pool: true,
      maxConnections: 3,
      maxMessages: 100,
      host: "127.0.0.1",
      port,
      secure: false,
      ignoreTLS: true,
      auth: { user: "u", pass: "p" },
    }),
  );
  await Promise.all(
    mails.map((mail, n) => (pools[n % pools.length] as (typeof pools)[number]).sendMail(mail)),
  );
  for (const pool of pools) pool.close();
}
