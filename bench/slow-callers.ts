// What it costs the server when a caller reads a large file, or sends one, and stops for half a minute in the middle.

import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient, waitForJob } from "@cadenza/sdk";
import type { Figure, Suite } from "./harness.ts";
import { connectAs, residentMegabytes, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3929;
const MANY = 100_000;
const CALLERS = 5;
const STANDS_STILL_MS = 30_000;
/** What may be on its way at any time: pages, pieces and what the collector has not looked at yet. */
const GROWTH_MB = 96;

export const slowCallers: Suite = {
  name: "Slow callers",
  about:
    `${CALLERS} callers at once have ${MANY} contacts as a file, read the first of it, stop for ${STANDS_STILL_MS / 1000} s and read the rest; ` +
    `then one sends a file of ${MANY} rows, stops in the middle for as long, and has it imported. Memory is the server's own process, ` +
    "looked at ten times a second, against what it held after the same was done once at full speed.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
    const server = await startServer(["--max-semi-space-size=16", "server/main.ts"], PORT, env);
    try {
      return await measure(server, dataDir);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

async function measure({ url, pid }: { url: string; pid: number }, dataDir: string): Promise<Figure[]> {
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const { api_key, team } = await operator.teams.create({ name: "Slow", owner_email: "slow@bench.example" });
  const { key } = api_key;
  await plant(dataDir, team.id);
  const quick = await readFile(key, 0);
  const before = residentMegabytes(pid);
  const reading = await watched(pid, () =>
    Promise.all(Array.from({ length: CALLERS }, () => readFile(key, STANDS_STILL_MS))),
  );
  const areWhole = reading.came.every((lines) => lines === quick && lines > MANY);

  const api = createClient({ baseUrl: url, apiKey: key, retries: 0, timeoutMs: 600_000 });
  await importOf(api, await sendFile(key, 0, 0));
  const rested = residentMegabytes(pid);
  const sending = await watched(pid, async () => {
    const started = await sendFile(key, STANDS_STILL_MS, MANY);
    return importOf(api, started);
  });
  return [
    {
      name: `memory while ${CALLERS} callers read a file of ${MANY} lines and stop in the midst of it`,
      measured: `${Math.round(reading.most - before)} MB more`,
      target: `every line, ${GROWTH_MB} MB more or less`,
      isMet: areWhole && reading.most - before <= GROWTH_MB,
      detail: `${Math.round(before)} MB before, ${Math.round(reading.most)} MB at the most, ${Math.round(residentMegabytes(pid))} MB at the end of all`,
    },
    {
      name: `memory while a file of ${MANY} rows is sent, with half a minute in the midst of it, and imported`,
      measured: `${Math.round(sending.most - rested)} MB more`,
      target: `every row, ${GROWTH_MB} MB more or less`,
      isMet: sending.came === MANY && sending.most - rested <= GROWTH_MB,
      detail: `${Math.round(rested)} MB before, ${Math.round(sending.most)} MB at the most`,
    },
  ];
}

async function watched<T>(pid: number, work: () => Promise<T>) {
  let most = residentMegabytes(pid);
  const timer = setInterval(() => {
    most = Math.max(most, residentMegabytes(pid));
  }, 100);
  try {
    return { came: await work(), most };
  } finally {
    clearInterval(timer);
  }
}

async function plant(dataDir: string, teamId: string) {
  const owner = await connectAs(dataDir, "owner");
  await owner.query(
    `insert into contacts (team_id, id, first_name, last_name, title, email, source, original_source, created_at, updated_at)
     select $1, new_ident(), 'Known', 'Number ' || n, 'Buyer of many things', 'known' || n || '@company' || n || '.example', 'api', 'api',
            now(), now()
       from generate_series(1, $2::int) n`,
    [teamId, MANY],
  );
  await owner.query("analyze contacts");
  await owner.end();
}

function asked(key: string, path: string, headers: Record<string, string>): ClientRequest {
  return request({
    host: "127.0.0.1",
    port: PORT,
    method: "POST",
    path: `/api/v1${path}`,
    agent: false,
    headers: { "x-api-key": key, ...headers },
  });
}

/** Answers how many lines came. */
async function readFile(key: string, stopsMs: number) {
  const call = asked(key, "/contacts/search", { accept: "text/csv", "content-type": "application/json" });
  call.end("{}");
  const [answer] = (await once(call, "response")) as [IncomingMessage];
  let [lines, bytes] = [0, 0];
  let isStopped = stopsMs === 0;
  for await (const piece of answer) {
    lines += (piece as Buffer).toString("latin1").split("\n").length - 1;
    bytes += (piece as Buffer).length;
    if (!isStopped && bytes > 200_000) {
      isStopped = true;
      await sleep(stopsMs);
    }
  }
  return lines;
}

async function sendFile(key: string, stopsMs: number, from: number) {
  const boundary = "----slow-callers";
  const call = asked(key, "/imports", { "content-type": `multipart/form-data; boundary=${boundary}` });
  call.write(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="slow.csv"\r\ncontent-type: text/csv\r\n\r\n` +
      "First Name,Last Name,Email,Title\n",
  );
  for (let n = 0; n < MANY; n += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, at) => {
      const who = from + n + at;
      return `New,Number ${who},new${who}@fresh${who}.example,Buyer of many things\n`;
    });
    if (!call.write(rows.join(""))) await once(call, "drain");
    if (n === MANY / 2) await sleep(stopsMs);
  }
  call.end(`\r\n--${boundary}--\r\n`);
  const [answer] = (await once(call, "response")) as [IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  if (answer.statusCode !== 200) throw new Error(text);
  return JSON.parse(text) as { import: { id: string }; entity_progress_job: { id: string } };
}

/** Answers how many were created. */
async function importOf(
  api: ReturnType<typeof createClient>,
  started: { import: { id: string }; entity_progress_job: { id: string } },
) {
  await waitForJob(api, started.entity_progress_job.id, { timeoutMs: 600_000 });
  return (await api.imports.get({ id: started.import.id })).import.created;
}
