// Large files really sent, through the API and the command line, and a provider that sends more than anybody asked for:
// what is accepted, what is refused and how soon, and how much memory it takes.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, openAsBlob, readFileSync, rmSync, truncateSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, Refused, waitForJob } from "@cadenza/sdk";
import type { Figure, Suite } from "./harness.ts";
import { startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3923;
const MB = 1024 * 1024;
const MEMORY_MB = 512;
const LIMIT = 512 * MB;
const REFUSED_WITHIN_S = 5;

export const uploads: Suite = {
  name: "Uploads",
  about:
    "A CSV of just under 512 MB (wide rows, most of whose columns go nowhere) sent through the API and imported to its end, and again " +
    "through the command line; a file of 2 GB both ways; and a provider that answers a lookup with 100 MB, or never. Memory is the " +
    "most the server's process ever held (VmHWM).",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const server = await startServer(["server/main.ts"], PORT, {
      CADENZA_DATA_DIR: dataDir,
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "warn",
      CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8",
    });
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
  const made = await operator.teams.create({ name: "Large", owner_email: "large@bench.example" });
  const { key } = made.api_key;
  const api = createClient({ baseUrl: url, apiKey: key, retries: 0, timeoutMs: 1_800_000 });
  const large = join(dataDir, "large.csv");
  const rows = await writeLarge(large);
  const atRest = peakMegabytes(pid);

  const began = performance.now();
  const started = await api.imports.create({ file: await fileOf(large) });
  const sent = seconds(began);
  const afterUpload = peakMegabytes(pid);
  await waitForJob(api, started.entity_progress_job.id, { timeoutMs: 3_600_000 });
  const whole = seconds(began);
  const { import: found } = await api.imports.get({ id: started.import.id });
  const again = await cadenza(url, key, large);
  const huge = join(dataDir, "huge.csv");
  truncateSync(await emptyFile(huge), 2048 * MB);
  const refused = await timeRefusal(api, huge);
  const byCommand = await cadenza(url, key, huge);
  const flood = await timeFlood(api);
  const peak = peakMegabytes(pid);

  const isIn = found.created === rows && found.status === "done";
  return [
    {
      name: "a file of just under 512 MB through the API",
      measured: `${sent.toFixed(1)} s to be taken in, ${whole.toFixed(0)} s to be imported`,
      target: "every row imported",
      isMet: isIn,
      detail: `${rows} rows, ${found.created} created, ${found.status}; ${afterUpload.toFixed(0)} MB after the upload, ${atRest.toFixed(0)} MB before`,
    },
    {
      name: "the same file through the command line",
      measured: `exit ${again.code} after ${again.seconds.toFixed(1)} s`,
      target: "exit 0",
      isMet: again.code === 0,
      detail: again.said,
    },
    {
      name: "a file of 2 GB through the API",
      measured: `${refused.code} after ${refused.seconds.toFixed(2)} s`,
      target: `import_too_large within ${REFUSED_WITHIN_S} s`,
      isMet: refused.code === "import_too_large" && refused.seconds < REFUSED_WITHIN_S,
      detail: refused.said,
    },
    {
      name: "a file of 2 GB through the command line",
      measured: `exit ${byCommand.code} after ${byCommand.seconds.toFixed(1)} s`,
      target: "refused, and said why",
      isMet: byCommand.code !== 0 && /512 MB/.test(byCommand.said),
      detail: byCommand.said,
    },
    {
      name: "a provider that sends 100 MB",
      measured: `${flood.taken.toFixed(1)} MB of it taken, answered in ${flood.seconds.toFixed(2)} s`,
      target: "nobody found, at most 8 MB taken",
      isMet: flood.person === null && flood.taken <= 8,
      detail: `a provider that hangs: answered in ${flood.hung.toFixed(2)} s with a time-out of 1 s`,
    },
    {
      name: "memory of the server through all of it",
      measured: `${peak.toFixed(0)} MB`,
      target: `${MEMORY_MB} MB or less`,
      isMet: peak <= MEMORY_MB,
      detail: "VmHWM",
    },
  ];
}

const seconds = (began: number) => (performance.now() - began) / 1000;

/** The most it ever held. */
function peakMegabytes(pid: number) {
  const match = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+) kB/);
  return Number(match?.[1]) / 1024;
}

const fileOf = async (path: string) => new File([await openAsBlob(path)], "large.csv");

const NOTES = 20;

async function writeLarge(path: string) {
  const out = createWriteStream(path);
  out.write(`Email,Full name,${Array.from({ length: NOTES }, (_, n) => `Remark ${n}`).join(",")}\n`);
  const note = "lorem ipsum ".repeat(75);
  let size = 0;
  let rows = 0;
  for (;;) {
    const line = `p${rows}@company${rows % 1_000}.example,Person ${rows}${`,${note}`.repeat(NOTES)}\n`;
    if (size + line.length > LIMIT - MB) break;
    size += line.length;
    rows++;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return rows;
}

async function emptyFile(path: string) {
  const out = createWriteStream(path);
  out.end("Email\na@b.example\n");
  await once(out, "finish");
  return path;
}

async function timeRefusal(api: Client, path: string) {
  const began = performance.now();
  try {
    await api.imports.create({ file: await fileOf(path) });
    return { code: "taken", seconds: seconds(began), said: "" };
  } catch (error) {
    const code = error instanceof Refused ? error.code : "no answer";
    return { code, seconds: seconds(began), said: (error as Error).message.slice(0, 200) };
  }
}

async function cadenza(url: string, key: string, path: string) {
  const began = performance.now();
  const child = spawn(process.execPath, ["cli/main.ts", "imports", "run", path, "--no-wait"], {
    env: { ...process.env, CADENZA_URL: url, CADENZA_API_KEY: key },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (piece: Buffer) => {
      said += piece.toString();
    });
  const [code] = (await once(child, "close")) as [number];
  return { code, seconds: seconds(began), said: said.trim().replaceAll("\n", " ").slice(-200) };
}

/** Answers with 100 MB of one name, then not at all. */
async function timeFlood(api: Client) {
  let taken = 0;
  let floods = true;
  const piece = Buffer.alloc(MB, "x");
  const server = createServer((request, response) => {
    request.resume();
    if (!floods) return;
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"person":{"first_name":"');
    const before = request.socket.bytesWritten;
    const send = async () => {
      for (let n = 0; n < 100 && !response.destroyed; n++)
        if (!response.write(piece)) await Promise.race([once(response, "drain"), once(response, "close")]);
      taken = (request.socket.bytesWritten - before) / MB;
      response.end();
    };
    response.on("close", () => {
      taken = Math.max(taken, (request.socket.bytesWritten - before) / MB);
    });
    void send().catch(() => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const wish = { kind: "apollo", base_url, provider_key: "key", retries: 0 } as const;
  const { provider } = await api.enrichmentProviders.create({ name: "Flood", ...wish, timeout_ms: 20_000 });
  let began = performance.now();
  const { person } = await api.people.match({ name: "Per Lund", domain: "fjord-energi.example" });
  const took = seconds(began);
  floods = false;
  await api.enrichmentProviders.update({ id: provider.id, enabled: false });
  await api.enrichmentProviders.create({ name: "Silence", ...wish, timeout_ms: 1_000 });
  began = performance.now();
  await api.people.match({ name: "Eva Lund", domain: "fjord-energi.example" });
  const hung = seconds(began);
  server.closeAllConnections();
  server.close();
  return { person: person ?? null, taken, seconds: took, hung };
}
