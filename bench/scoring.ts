// A team's contacts scored anew by a formula of its own: as the product does it, page by page beside everything else, and
// against the least there is, one bare UPDATE of the same rows.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cadenza/sdk";
import type pg from "pg";
import { seedContacts } from "./contact-rows.ts";
import { type Suite, sideBySide } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3937;
const ROWS = Number(process.env.CADENZA_BENCH_SCORING ?? 1_000_000);
const ROUNDS = Number(process.env.CADENZA_BENCH_SCORING_ROUNDS ?? 2);
const MOST = 3;

export const scoring: Suite = {
  name: "Scoring",
  about:
    `One team with ${ROWS.toLocaleString("en")} contacts and a formula of ten signals over title, seniority, address, stage, company and activity. ` +
    "`PUT /score_formula`, from the call to the end of its work, pages of 5,000 in transactions of their own, with nearly every score another than before; " +
    `against one UPDATE that writes another score into each row. The median ratio of ${ROUNDS} rounds, the sides taking turns.`,
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = {
      CADENZA_DATA_DIR: dataDir,
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "warn",
      CADENZA_ENGINE_LOOPS: "0",
    };
    const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
    const owner = await connectAs(dataDir, "owner");
    try {
      const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
      const made = await operator.teams.create({ name: "Scoring", owner_email: "scoring@bench.example" });
      const api = createClient({
        baseUrl: server.url,
        apiKey: made.api_key.key,
        retries: 0,
        timeoutMs: 600_000,
      });
      const { stages } = await seedContacts(owner, made.team.id, ROWS);
      let round = 0;
      const { ours, theirs, ratio } = await sideBySide(
        ROUNDS,
        async () => {
          const took = await rescore(api, stages, ++round);
          await owner.query("vacuum contacts");
          return took;
        },
        async () => {
          const took = await bareUpdate(owner, made.team.id);
          await owner.query("vacuum contacts");
          return took;
        },
      );
      return [
        {
          name: `${ROWS.toLocaleString("en")} contacts scored anew`,
          measured: `${ratio.toFixed(2)} of a bare UPDATE`,
          target: `${MOST}`,
          isMet: ratio <= MOST,
          detail: `${(ours / 1_000).toFixed(1)} s against ${(theirs / 1_000).toFixed(1)} s`,
        },
      ];
    } finally {
      await owner.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

/** Other weights with every round, so that there is something to write. */
async function rescore(api: Client, stages: readonly string[], round: number) {
  const began = performance.now();
  const { job_id: id } = await api.scoreFormula.replace({
    signals: [
      {
        field: "title",
        operator: "has_any_of",
        value: ["plant", "procurement", "operations"],
        weight: 20 + round,
      },
      { field: "seniority", operator: "is_any_of", value: ["c_suite", "vp", "head", "director"], weight: 15 },
      { field: "seniority", operator: "is_any_of", value: ["manager"], weight: 8 },
      { field: "email_status", operator: "is_any_of", value: ["verified"], weight: 11 + 9 * round },
      { field: "contact_stage", operator: "is_any_of", value: stages.slice(0, 3), weight: 10 },
      { field: "industry", operator: "is_any_of", value: ["energy"], weight: 10 },
      { field: "head_count", operator: "at_least", value: 200, weight: 10 },
      { field: "country", operator: "is_any_of", value: ["norway", "sweden"], weight: 5 },
      { field: "clicked", operator: "is_known", weight: 15 },
      { field: "last_touch", operator: "within_days", value: 30, weight: 12 },
    ],
    out_of: 120,
  });
  if (id === null) throw new Error("there was nobody to score");
  for (;;) {
    const { entity_progress_job: job } = await api.progress.get({ id });
    if (job.status === "failed") throw new Error(job.error ?? "it failed");
    if (job.finished_at) return performance.now() - began;
    await sleep(100);
  }
}

async function bareUpdate(owner: pg.Client, teamId: string) {
  const began = performance.now();
  await owner.query("update contacts set prospect_score = 101 - prospect_score where team_id = $1", [teamId]);
  return performance.now() - began;
}
