// Kill -9 in the middle of traffic. What was acknowledged must be there afterwards, and what was asked
// twice under one idempotency key must have happened once. `CADENZA_KILLS=100` makes it a long run.

import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createClient } from "@cadenza/sdk";
import { freePort } from "./testing/doors.ts";
import { PATIENCE_MS } from "./testing/patience.ts";
import { databasePid, type ServerProcess, startProcess } from "./testing/process.ts";
import { rounds } from "./testing/rounds.ts";

const KILLS = rounds(4, 8, "CADENZA_KILLS");
const WRITERS = 6;
const KEY = "bootstrap-key-of-the-kill-test";

test("acknowledged writes survive kill -9 of the server and of its database, each once", {
  timeout: (1 + KILLS) * 300_000,
}, async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-kill-"));
  const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, PORT: String(await freePort()) };
  let server = await startProcess(env);
  const api = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
  const traffic = startTraffic(api);
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      for (const from = traffic.count(); traffic.count() < from + 6; ) await pause(20);
      await pause(randomInt(150, 900));
      server = await killAndRestart(server, dataDir, env, kill % 2 === 1);
    }
    await pause(500);
    const { acknowledged, retries } = await traffic.stop();
    const found = await everybody(api);
    const lost = acknowledged.filter((email) => !found.has(email));
    const twice = [...found].filter(([, times]) => times > 1);
    t.diagnostic(
      `${KILLS} kills, ${acknowledged.length} acknowledged writes, ${retries} retries, ${lost.length} lost, ${twice.length} done twice`,
    );
    assert.deepEqual(lost, []);
    assert.deepEqual(twice, []);
    assert.ok(acknowledged.length > KILLS * 5, "there was traffic to speak of");
    assert.ok(retries > 0, "the kills struck running requests");
    assert.equal(
      await invitationsWritten(api),
      acknowledged.length,
      "each write has one line in the history",
    );
  } finally {
    server.signal("SIGTERM");
    assert.equal(await server.ended(), 0);
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test("the database killed alone comes back without help", async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-kill-"));
  const server = await startProcess({ CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY });
  const api = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
  try {
    await api.users.invite({ email: "before@example.no" });
    const killed = databasePid(dataDir);
    process.kill(killed, "SIGKILL");
    const began = performance.now();
    // For a moment connections of the server that is gone may still answer: it is the new one that is waited for.
    while (pidOrNull(dataDir) === killed || !(await tryOnce(api, "after@example.no"))) {
      if (performance.now() - began > PATIENCE_MS) assert.fail("nothing can be written");
      await pause(20);
    }
    t.diagnostic(`writing again after ${Math.round(performance.now() - began)} ms`);
    const found = await everybody(api);
    assert.equal(found.get("before@example.no"), 1);
    assert.equal(found.get("after@example.no"), 1);
  } finally {
    server.signal("SIGTERM");
    await server.ended();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

function pidOrNull(dataDir: string) {
  try {
    return databasePid(dataDir);
  } catch {
    return null; // the file is being written anew
  }
}

/** Writers that never give up: they repeat the same write under the same key until it is answered as done. */
function startTraffic(api: ReturnType<typeof createClient>) {
  const acknowledged: string[] = [];
  let retries = 0;
  let isOver = false;
  const write = async (writer: number) => {
    for (let n = 0; !isOver; n++) {
      const email = `w${writer}n${n}@example.no`;
      while (!(await tryOnce(api, email))) {
        retries++;
        await pause(20);
      }
      acknowledged.push(email);
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
  return {
    count: () => acknowledged.length,
    async stop() {
      isOver = true;
      await Promise.all(writers);
      return { acknowledged, retries };
    },
  };
}

async function tryOnce(api: ReturnType<typeof createClient>, email: string) {
  try {
    await api.users.invite({ email }, { idempotencyKey: `invite ${email}` });
    return true;
  } catch {
    return false;
  }
}

/** Every other time the database dies first, and the server must find its way back or be restarted. */
async function killAndRestart(
  server: ServerProcess,
  dataDir: string,
  env: Record<string, string>,
  withDatabase: boolean,
) {
  if (withDatabase) process.kill(databasePid(dataDir), "SIGKILL");
  server.signal("SIGKILL");
  await server.ended();
  return startProcess(env);
}

async function everybody(api: ReturnType<typeof createClient>) {
  const found = new Map<string, number>();
  for (let page = 1; ; page++) {
    const { users } = await api.users.search({ page, per_page: 100 });
    for (const { email } of users) found.set(email, (found.get(email) ?? 0) + 1);
    if (users.length < 100) return found;
  }
}

async function invitationsWritten(api: ReturnType<typeof createClient>) {
  let written = 0;
  let before: string | null | undefined;
  do {
    const { audit_log, next_before } = await api.auditLog.list({ limit: 200, ...(before && { before }) });
    written += audit_log.filter((entry) => entry.type === "user.invited").length;
    before = next_before;
  } while (before);
  return written;
}

function pause(ms: number) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
