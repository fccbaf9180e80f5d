// How soon an answer is read where there are many mailboxes, and what watching them costs.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cadenza/sdk";
import type pg from "pg";
import { type Figure, progress, type Suite } from "./harness.ts";
import { connectAs, residentMegabytes, type Server, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3935;
const SIZES = (process.env.CADENZA_BENCH_INBOXES ?? "500,2000").split(",").map(Number);
/** Seconds within which 99 of 100 answers are to be read. */
const within = (mailboxes: number) => (mailboxes <= 500 ? 10 : 60);
const ANSWERS = 300;
const APART_MS = 100;

export const inboxes: Suite = {
  name: "Many mailboxes",
  about:
    `${SIZES.join(" and ")} mailboxes on one IMAP server, each read once before the clock starts. Then ${ANSWERS} answers come, one every ` +
    `${APART_MS} ms, each to a mailbox of its own; what counts is the time from then until the answer is written down as read.`,
  async run() {
    const figures: Figure[] = [];
    for (const size of SIZES) figures.push(...(await withServer(size)));
    return figures;
  },
};

async function withServer(size: number): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
  const env = {
    CADENZA_DATA_DIR: dataDir,
    CADENZA_BOOTSTRAP_KEY: KEY,
    CADENZA_LOG_LEVEL: "warn",
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
  };
  const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
  const post = await startInboxes();
  try {
    return await measure(server, dataDir, post, size);
  } finally {
    post.stop();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Post = Awaited<ReturnType<typeof startInboxes>>;

async function measure(server: Server, dataDir: string, post: Post, size: number): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
  const { team, api_key } = await operator.teams.create({ name: "Many", owner_email: "many@bench.example" });
  const api = createClient({ baseUrl: server.url, apiKey: api_key.key, retries: 0 });
  for (let n = 0; n < size; n += 10)
    await Promise.all(
      Array.from({ length: Math.min(10, size - n) }, (_, k) => connect(api, post.port, n + k)),
    );
  progress(`${size} mailboxes are connected`);
  await untilAllRead(owner, team.id);
  progress("each was read once");
  const before = cpuSeconds(server.pid);
  await sleep(20_000);
  const resting = (cpuSeconds(server.pid) - before) / 20;

  const cameAt = new Map<string, number>();
  for (let n = 0; n < Math.min(ANSWERS, size); n++) {
    const place = (n * 7919) % size;
    cameAt.set(`<a1${n * 10}@theirs.example>`, Date.now());
    post.deliver(`box${place}`, "1", n * 10);
    await sleep(APART_MS);
  }
  const waits = await untilRead(owner, team.id, cameAt);
  await owner.end();
  return figuresOf(size, waits, { resting, megabytes: residentMegabytes(server.pid) });
}

function connect(api: Client, port: number, n: number) {
  return api.emailAccounts.create({
    email: `box${n}@bench.example`,
    type: "smtp",
    test: false,
    smtp: { host: "127.0.0.1", port: 2525, security: "none", username: "u", password: "p" },
    imap: { host: "127.0.0.1", port, security: "none", username: `box${n}`, password: "p" },
  });
}

async function untilAllRead(owner: pg.Client, teamId: string) {
  for (;;) {
    const { rows } = await owner.query<{ unread: number }>(
      "select count(*)::int as unread from mailboxes where team_id = $1 and inbox_read_at is null",
      [teamId],
    );
    if (rows[0]?.unread === 0) return;
    await sleep(500);
  }
}

/** Seconds from coming to being written down, the shortest first. */
async function untilRead(owner: pg.Client, teamId: string, cameAt: ReadonlyMap<string, number>) {
  for (const end = Date.now() + 10 * 60_000; Date.now() < end; await sleep(500)) {
    const { rows } = await owner.query<{ id: string; at: Date }>(
      "select internet_message_id as id, processed_at as at from incoming_mails where team_id = $1",
      [teamId],
    );
    if (rows.length < cameAt.size) continue;
    return rows.map(({ id, at }) => (at.getTime() - (cameAt.get(id) ?? 0)) / 1_000).sort((a, b) => a - b);
  }
  throw new Error("not all answers were read within ten minutes");
}

const TICKS_A_SECOND = 100;

function cpuSeconds(pid: number) {
  const [, , , , , , , , , , , user = "0", system = "0"] = (
    readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1] ?? ""
  ).split(" ");
  return (Number(user) + Number(system)) / TICKS_A_SECOND;
}

function figuresOf(
  size: number,
  waits: readonly number[],
  { resting, megabytes }: { resting: number; megabytes: number },
): Figure[] {
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.ceil(waits.length * share) - 1)] ?? 0;
  return [
    {
      name: `answers read, 99 of 100, with ${size} mailboxes`,
      measured: `${at(0.99).toFixed(1)} s`,
      target: `${within(size)} s or less`,
      isMet: at(0.99) <= within(size),
      detail:
        `median ${at(0.5).toFixed(1)} s, longest ${at(1).toFixed(1)} s, ${waits.length} answers; ` +
        `at rest before ${Math.round(resting * 100)} % of a core, ${Math.round(megabytes)} MB after`,
    },
  ];
}

async function startInboxes() {
  const child = spawn(process.execPath, ["bench/many-inboxes-server.ts"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, "line")) as [string];
  const { port } = JSON.parse(first) as { port: number };
  return {
    port,
    deliver: (name: string, round: string, n: number) => child.stdin.write(`${name} ${round} ${n}\n`),
    stop: () => child.kill(),
  };
}
