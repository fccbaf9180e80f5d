// What the doors cost: the SDK beside a bare fetch of the same request, and how long the command line takes to help.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createClient } from "@cadenza/sdk";
import { buildPackages } from "../scripts/build-packages.ts";
import { type Figure, median, type Suite, sideBySide } from "./harness.ts";
import { startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3917;
const CALLS = 10;
const ROUNDS = 81;
const HELPS = 15;

export const doors: Suite = {
  name: "Doors",
  about:
    `A call by the SDK and the same request by bare fetch, read as JSON, ${CALLS} a round one after the other on one machine, in turn; a ` +
    "read of the one who calls, because the less the server does, the more the SDK weighs. And the packed command line, from " +
    "being started to having ended, on the host's own Node beside that Node doing nothing.",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = {
      CADENZA_DATA_DIR: join(folder, "data"),
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "warn",
    };
    const server = await startServer(["server/main.ts"], PORT, env);
    try {
      const calls = await againstFetch(server.url);
      await server.stop();
      return [...calls, await help(folder)];
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function againstFetch(url: string): Promise<Figure[]> {
  const api = createClient({ baseUrl: url, apiKey: KEY });
  const headers = { accept: "application/json", "x-api-key": KEY };
  const sides = {
    "a read": [
      () => api.users.search({ per_page: 25 }),
      async () => (await fetch(`${url}/api/v1/users/search?per_page=25`, { headers })).json(),
    ],
    "a write": [
      () => api.contacts.create({ first_name: "Ines", email: "ines@example.no", run_dedupe: true }),
      async (count: number) => {
        const body = JSON.stringify({ first_name: "Ines", email: "ines@example.no", run_dedupe: true });
        const sent = {
          ...headers,
          "content-type": "application/json",
          "idempotency-key": `bare ${count} ${Math.random()}`,
        };
        return (await fetch(`${url}/api/v1/contacts`, { method: "POST", headers: sent, body })).json();
      },
    ],
  } as const;
  const figures: Figure[] = [];
  for (const [name, [ours, bare]] of Object.entries(sides)) {
    const time = (call: (count: number) => Promise<unknown>) => async () => {
      const startedAt = performance.now();
      for (let count = 0; count < CALLS; count++) await call(count);
      return (performance.now() - startedAt) / CALLS;
    };
    await time(ours)();
    await time(bare)();
    const measured = await sideBySide(ROUNDS, time(ours), time(bare));
    figures.push({
      name: `${name} by the SDK against bare fetch`,
      measured: `${measured.ratio.toFixed(3)} times`,
      target: "1.15 times or less",
      isMet: measured.ratio <= 1.15,
      detail: `${measured.ours.toFixed(3)} and ${measured.theirs.toFixed(3)} ms a call, median of ${ROUNDS} rounds`,
    });
  }
  return figures;
}

async function help(folder: string): Promise<Figure> {
  buildPackages((room) => join(folder, room));
  const path = (process.env.PATH ?? "").split(delimiter).filter((part) => !part.includes("node_modules"));
  const env = { PATH: path.join(delimiter), HOME: folder };
  const times: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < HELPS; round++) {
    times.push(await timeOf([join(folder, "cli", "main.js"), "--help"], env));
    bare.push(await timeOf(["-e", "0"], env));
  }
  const ms = median(times);
  return {
    name: "cadenza --help, from start to end",
    measured: `${Math.round(ms)} ms`,
    target: "300 ms or less",
    isMet: ms <= 300,
    detail: `median of ${HELPS}; Node doing nothing takes ${Math.round(median(bare))} ms`,
  };
}

function timeOf(args: readonly string[], env: Record<string, string>) {
  return new Promise<number>((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn("node", [...args], { env, stdio: "ignore" });
    child.once("error", reject);
    child.once("close", () => resolve(performance.now() - startedAt));
  });
}
