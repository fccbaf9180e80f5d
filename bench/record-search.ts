// How fast the search over all kinds answers where there are a million contacts: names, parts of names, common words, words
// that nobody has, and words with a typing error.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import { seedContacts } from "./contact-rows.ts";
import { type Figure, median, percentile, progress, type Suite } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3917;
const MANY = Number(process.env.CADENZA_BENCH_CONTACTS ?? 1_000_000);
const COMPANIES = Math.ceil(MANY / 20);
const DEALS = Math.ceil(MANY / 50);
const ROUNDS = 20;
const TARGET_MS = 100;

export const recordSearch: Suite = {
  name: "Search of records",
  about:
    `One team with ${MANY} contacts, ${COMPANIES} companies and ${DEALS} deals. Searches over all kinds are timed over HTTP, as the ` +
    `palette of the app sends them. Each word is searched for ${ROUNDS} times, all words in turn.`,
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
    const server = await startServer(["server/main.ts"], PORT, env);
    try {
      return await measure(server.url, dataDir);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

const WORDS: Record<string, readonly string[]> = {
  "a name, as far as it is typed": [
    "ka",
    "kar",
    "karo",
    "karomi",
    "maria kar",
    "maria karomi",
    "wei vikdoros",
  ],
  "a word that many have": ["maria", "co", "com", "company 12", "vp sales", "head of", "ines"],
  "a word that nobody has": ["qx", "qxz", "zzqqxxyy"],
  "a word with a typing error": [
    "fatmia",
    "karmoi",
    "fatmia karomi",
    "mraia",
    "procurment",
    "okafro",
    "vikdros",
  ],
};

async function measure(url: string, dataDir: string): Promise<Figure[]> {
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const { team, api_key } = await operator.teams.create({ name: "Many", owner_email: "many@bench.example" });
  const owner = await connectAs(dataDir, "owner");
  progress(`${MANY} contacts`);
  await seedContacts(owner, team.id, MANY);
  await seedOthers(owner, team.id);
  await owner.end();
  const api = createClient({ baseUrl: url, apiKey: api_key.key, retries: 0 });
  const figures: Figure[] = [];
  for (const [what, words] of Object.entries(WORDS)) figures.push(await figureOf(what, words));
  return figures;

  async function figureOf(what: string, words: readonly string[]): Promise<Figure> {
    const times: number[] = [];
    for (let round = -2; round < ROUNDS; round++)
      for (const q_keywords of words) {
        const began = performance.now();
        await api.search.records({ q_keywords });
        if (round >= 0) times.push(performance.now() - began);
      }
    const p95 = percentile(times, 0.95);
    return {
      name: `search of records by ${what}, p95, ${MANY} contacts`,
      measured: `${p95.toFixed(0)} ms`,
      target: `${TARGET_MS} ms or less`,
      isMet: p95 <= TARGET_MS,
      detail: `median ${median(times).toFixed(0)} ms`,
    };
  }
}

async function seedOthers(owner: pg.Client, teamId: string) {
  const prefix = teamId.slice(0, 8);
  await owner.query(
    `insert into accounts (team_id, id, name, domain, source, original_source, created_at, updated_at)
     select $1, $2 || 'ac' || lpad(to_hex(n), 14, '0'), 'Company ' || n || ' AB', 'company' || n || '.example', 'api', 'api',
            now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, $3::int) n`,
    [teamId, prefix, COMPANIES],
  );
  await owner.query(
    `insert into deals (team_id, id, name, source, created_at, updated_at)
     select $1, $2 || 'de' || lpad(to_hex(n), 14, '0'), 'Deal ' || n || ' with company ' || n % $4, 'api',
            now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, $3::int) n`,
    [teamId, prefix, DEALS, COMPANIES],
  );
  for (const table of ["accounts", "deals"]) await owner.query(`vacuum analyze ${table}`);
}
