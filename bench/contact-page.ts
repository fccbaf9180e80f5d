// A page of contacts, asked for by ten callers at once, beside the same rows read by one statement and printed as they come.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import { requestsPerSecond } from "./asking.ts";
import { seedContacts } from "./contact-rows.ts";
import { seedEnrollments } from "./enrollment-rows.ts";
import { type Figure, type Suite, sideBySide } from "./harness.ts";
import { connectAs, type Server, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3933;
const BARE_PORT = 3934;
const CONTACTS = 20_000;
const CONNECTIONS = 10;
const ROUNDS = Number(process.env.CADENZA_BENCH_ROUNDS ?? 7);

export const contactPage: Suite = {
  name: "A page of contacts",
  about:
    `One team with ${CONTACTS} contacts, each in two sequences and on lists. The first page of 25 by POST /contacts/search, on ` +
    `${CONNECTIONS} connections at once, with keys, limits, scores and every field of the wire; against Fastify, pg and JSON.stringify ` +
    "that read the ids and then all columns and parts of those contacts by one statement. In turn.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const server = await startServer(["scripts/run.mjs", "start"], PORT, {
      CADENZA_DATA_DIR: dataDir,
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "warn",
      CADENZA_ENGINE_LOOPS: "0",
    });
    try {
      return [await measure(server, dataDir)];
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

async function measure(server: Server, dataDir: string): Promise<Figure> {
  const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name: "Many", owner_email: "many@bench.example" });
  const owner = await connectAs(dataDir, "owner");
  const seeded = await seedContacts(owner, made.team.id, CONTACTS);
  await seedEnrollments(owner, made.team.id, CONTACTS, seeded);
  await owner.end();
  const bare = await startServer(["bench/bare-page.ts"], BARE_PORT, {
    BARE_DATABASE: JSON.stringify(appConnection(dataDir)),
    BARE_TEAM: made.team.id,
  });
  try {
    const how = { connections: CONNECTIONS, body: '{"per_page":25}' };
    const key = { "x-api-key": made.api_key.key };
    const ours = () => requestsPerSecond(`${server.url}/api/v1/contacts/search`, key, 3, how);
    const theirs = () => requestsPerSecond(`${bare.url}/contacts/search`, {}, 3, how);
    for (let n = 0; n < 2; n++) {
      await ours();
      await theirs(); // warm both before anything counts
    }
    const result = await sideBySide(ROUNDS, ours, theirs);
    return {
      name: "25 contacts by POST /contacts/search",
      measured: `${(result.ratio * 100).toFixed(0)} % of bare`,
      target: "80 % or more",
      isMet: result.ratio >= 0.8,
      detail: `${Math.round(result.ours)} against ${Math.round(result.theirs)} pages a second`,
    };
  } finally {
    await bare.stop();
  }
}

function appConnection(dataDir: string) {
  const postgres = join(dataDir, "postgres");
  const credentials = JSON.parse(readFileSync(join(postgres, "credentials.json"), "utf8")) as {
    appPassword: string;
  };
  return {
    host: join(postgres, "socket"),
    port: 5432,
    user: "cadenza_app",
    database: "cadenza",
    password: credentials.appPassword,
  };
}
