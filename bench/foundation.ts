// How fast the server itself is: its start, its idle cost, and an answer with everything around the statement.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import { requestsPerSecond } from "./asking.ts";
import { type Figure, median, type Suite, sideBySide } from "./harness.ts";
import { residentMegabytes, type Server, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
/** As `npm start` does it. */
const START = ["scripts/run.mjs", "start"];
/** With the same nursery, or the two would differ in the runtime and not in what we put around the statement. */
const BARE = ["--max-semi-space-size=16", "bench/bare-server.ts"];
const PORT = 3911;
/** Short turns and many: a machine that is shared is another one a few seconds later. */
const TURNS = 15;
const SECONDS = 2;
const BARE_PORT = 3912;

export const foundation: Suite = {
  name: "The server",
  about:
    "Starts are timed from the process's birth to the first good answer of `/health/ready`. Requests per second are " +
    "compared with bare Fastify and `pg` doing the same statements in a process of its own, 32 connections, both on one " +
    "database. They are asked on plain sockets by a process that looks for the status, the length and the end of an answer: " +
    "one that takes every header apart spends more on an answer than either server, and is what is measured then.",
  async run() {
    const figures = await starts();
    const dataDir = newFolder();
    const env = { ...environment(dataDir), CADENZA_LOG_LEVEL: "info" };
    const server = await startServer(START, PORT, env);
    try {
      figures.push(await idleMemory(server));
      figures.push(...(await throughput(server, dataDir)));
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
    return figures;
  },
};

async function starts(): Promise<Figure[]> {
  const first: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < 5; round++) {
    const dataDir = newFolder();
    first.push(await timeStart(dataDir));
    later.push(await timeStart(dataDir));
    rmSync(dataDir, { recursive: true, force: true });
  }
  return [seconds("first start on an empty data folder", first, 6), seconds("later start", later, 2)];
}

async function timeStart(dataDir: string) {
  const began = performance.now();
  const server = await startServer(START, PORT, environment(dataDir));
  const took = performance.now() - began;
  await server.stop();
  return took / 1000;
}

function seconds(name: string, values: readonly number[], most: number): Figure {
  const value = median(values);
  const detail = `${values.length} starts, ${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)} s`;
  return {
    name,
    measured: `${value.toFixed(2)} s`,
    target: `${most} s or less`,
    isMet: value <= most,
    detail,
  };
}

async function idleMemory(server: Server): Promise<Figure> {
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const megabytes = residentMegabytes(server.pid);
  return {
    name: "resident memory, idle",
    measured: `${megabytes.toFixed(0)} MB`,
    target: "under 160 MB",
    isMet: megabytes < 160,
    detail: "our process, ten seconds after the start, without the database's",
  };
}

async function throughput(server: Server, dataDir: string): Promise<Figure[]> {
  const api = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
  const { team } = await api.teams.current();
  for (let i = 0; i < 24; i++)
    await api.users.invite({ email: `person${i}@example.no`, first_name: "Person", last_name: String(i) });
  const bare = await startServer(BARE, BARE_PORT, {
    BARE_DATABASE: JSON.stringify(appConnection(dataDir)),
    BARE_TEAM: team.id,
  });
  try {
    return [
      await compare("GET /auth/health", "/auth/health", server, bare),
      await compare("GET /users/search", "/users/search", server, bare),
    ];
  } finally {
    await bare.stop();
  }
}

async function compare(name: string, path: string, server: Server, bare: Server): Promise<Figure> {
  const ours = () => requestsPerSecond(`${server.url}/api/v1${path}`, { "x-api-key": KEY }, SECONDS);
  const theirs = () => requestsPerSecond(`${bare.url}${path}`, {}, SECONDS);
  for (let n = 0; n < 3; n++) {
    await ours();
    await theirs(); // warm both before anything counts
  }
  const result = await sideBySide(TURNS, ours, theirs);
  return {
    name,
    measured: `${(result.ratio * 100).toFixed(0)} % of bare`,
    target: "80 % or more",
    isMet: result.ratio >= 0.8,
    detail: `${Math.round(result.ours)} against ${Math.round(result.theirs)} requests a second`,
  };
}

function environment(dataDir: string) {
  return { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
}

function newFolder() {
  return mkdtempSync(join(tmpdir(), "cadenza-bench-"));
}

/** As the product connects: as cadenza_app, over the embedded server's socket. */
function appConnection(dataDir: string) {
  const credentials = JSON.parse(readFileSync(join(dataDir, "postgres", "credentials.json"), "utf8")) as {
    appPassword: string;
  };
  return {
    host: join(dataDir, "postgres", "socket"),
    port: 5432,
    user: "cadenza_app",
    password: credentials.appPassword,
    database: "cadenza",
  };
}
