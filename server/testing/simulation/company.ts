// A company in a sandbox: a server in a process of its own on a database of its own, which can be killed at any moment and goes on
// where it was. Everything is done through its API; only the checks look into its database.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient, Refused } from "@cadenza/sdk";
import { isAway } from "../../db/away.ts";
import type { Connection } from "../../db/embedded/server.ts";
import { openTestDatabase } from "../database.ts";
import { freePort } from "../doors.ts";
import { asOwner } from "../owner.ts";
import { type Spawned, spawnServer } from "../process.ts";
import { BOOTSTRAP_KEY, urlOf } from "../world.ts";

/** What its people know, and what they did that changes what may be sent. */
export type Known = {
  people: { id: string; email: string }[];
  sequences: string[];
  mailboxes: string[];
  schedules: string[];
  workflows: string[];
  imports: string[];
  suppressions: { id: string; email: string }[];
  /** Of each mailbox, each time they were changed. */
  limits: { mailboxId: string; at: Temporal.Instant; daily: number | null; hourly: number | null }[];
  /** Of the team, each time they were changed. */
  teamLimits: {
    at: Temporal.Instant;
    person_most: number | null;
    person_days: number | null;
    domain_most: number | null;
  }[];
  /** When a person last decided that an address may be written to again. */
  lifted: Map<string, Temporal.Instant>;
  /** Counts people and steps: no two have the same mark. */
  made: number;
};

export type Company = {
  api: Client;
  teamId: string;
  owner: Connection;
  known: Known;
  kills: number;
  cuts: number;
  now(): Promise<Temporal.Instant>;
  /** Answers once the time is there and nothing is left to do. */
  advanceTo(at: Temporal.Instant): Promise<void>;
  /** While the time is moved on to that, its server is killed after so many milliseconds, and started again. */
  killOnTheWay(at: Temporal.Instant, afterMs: number): Promise<void>;
  /** While the time is moved on to that, the database ends all connections after so many milliseconds. */
  cutOffOnTheWay(at: Temporal.Instant, afterMs: number): Promise<void>;
  /** What its server said that is no everyday thing. */
  complaints(): string[];
  close(): Promise<void>;
};

export async function foundCompany(begins: string): Promise<Company> {
  const database = await openTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-company-"));
  const port = String(await freePort());
  const env = {
    DATABASE_URL: urlOf(database.owner),
    CADENZA_DATA_DIR: dataDir,
    CADENZA_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
    CADENZA_SANDBOX: begins,
    CADENZA_LOG_LEVEL: "error",
    CADENZA_DATABASE_CONNECTIONS: "6",
    CADENZA_PUBLIC_URL: `http://localhost:${port}`,
    PORT: port,
    // A simulation that is stopped leaves no server behind.
    NODE_OPTIONS: `--import ${new URL("../../../scripts/end-with-parent.mjs", import.meta.url)}`,
    CADENZA_PARENT: String(process.pid),
  };
  const start = async () => (await spawnServer(env)).ready();
  let server = await start();
  const earlier: Spawned[] = [];
  const client = (apiKey: string) => createClient({ baseUrl: server.url, apiKey, retries: 0 });
  const { team, api_key } = await client(BOOTSTRAP_KEY).teams.create({
    name: "Simulated",
    owner_email: "owner@simulated.example",
  });
  const api = client(api_key.key);
  const now = async () => Temporal.Instant.from((await api.sandbox.clock()).clock.now);

  async function arrive(at: Temporal.Instant) {
    for (;;) {
      const { clock } = await api.sandbox.clock();
      const isOnTheWay = clock.state === "advancing";
      if (isOnTheWay) await sleep(30);
      // What is due at this very moment is done by an advance of no time, too.
      else if (Temporal.Instant.compare(clock.now, at) < 0)
        await api.sandbox.advance({ until: at.toString(), wait_seconds: 300 });
      else {
        await api.sandbox.advance({ wait_seconds: 300 });
        return;
      }
    }
  }

  const company: Company = {
    api,
    teamId: team.id,
    owner: database.owner,
    known: nothingYet(),
    kills: 0,
    cuts: 0,
    now,
    advanceTo: arrive,
    async killOnTheWay(at, afterMs) {
      await api.sandbox.advance({ until: at.toString(), wait_seconds: 0 });
      await sleep(afterMs);
      server.process.kill("SIGKILL");
      await server.ended;
      earlier.push(server);
      company.kills += 1;
      server = await start();
      await arrive(at);
    },
    async cutOffOnTheWay(at, afterMs) {
      await api.sandbox.advance({ until: at.toString(), wait_seconds: 0 });
      await sleep(afterMs);
      await asOwner({ ownerConnection: database.owner }, (client) =>
        client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
        ),
      );
      company.cuts += 1;
      await untilAnswered(() => arrive(at));
    },
    complaints: () =>
      [...earlier, server]
        .flatMap((one) => one.said().split("\n"))
        .filter((line) => isComplaint(line) && !(company.cuts > 0 && tellsOfCut(line))),
    async close() {
      server.process.kill("SIGKILL");
      await server.ended;
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return company;
}

/** A server whose connections were just ended may answer so for a moment. */
async function untilAnswered(work: () => Promise<void>) {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused) || error.status < 500 || tries === 50) throw error;
      await sleep(100);
    }
  }
}

function isComplaint(line: string) {
  return line.startsWith("{") && line.includes('"level"');
}

/** What ended with its connection is said as an error where nothing is lost by it, too: by the server's word, or by the socket's. */
function tellsOfCut(line: string) {
  const { err } = JSON.parse(line) as { err?: { code?: string; message?: string } };
  return isAway(err);
}

function nothingYet(): Known {
  return {
    people: [],
    sequences: [],
    mailboxes: [],
    schedules: [],
    workflows: [],
    imports: [],
    suppressions: [],
    limits: [],
    teamLimits: [],
    lifted: new Map(),
    made: 0,
  };
}
