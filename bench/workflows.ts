// How fast workflows find whom they take, do what they do, and act on what happens.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cadenza/sdk";
import type pg from "pg";
import { type Seeded, seedContacts } from "./contact-rows.ts";
import { type Figure, median, percentile, type Suite, sideBySide } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3927;
const CONTACTS = Number(process.env.CADENZA_BENCH_CONTACTS ?? 1_000_000);
const ROUNDS = 9;
const ADDING_ROUNDS = 3;
/** Whether it is over, which the database is asked of both alike, by a key: over HTTP so often, the asking would be measured. */
const ASKED_EVERY_MS = 10;
const EVENTS_A_SECOND = 100;
const SECONDS = 20;

export const workflows: Suite = {
  name: "Workflows",
  about:
    `One team with ${CONTACTS} contacts. A batch with three filters (owner, stage, score) finds one in a hundred of them: a dry run ` +
    "over HTTP, with its sample, prices and warnings, against the bare statement in the order of the search. Then the same people " +
    "are enrolled by the workflow and by the call that adds all whom a filter finds, in turn, each into a sequence of its own. " +
    `At last ${EVENTS_A_SECOND} contacts a second change their stage, and a workflow puts each on a list.`,
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
    const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
    try {
      return await measure(server.url, dataDir);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

type Ground = {
  api: Client;
  teamId: string;
  owner: pg.Client;
  app: pg.Client;
  seeded: Seeded;
  filters: Filters;
};
type Filters = {
  contact_owner_ids: string[];
  contact_stage_ids: string[];
  prospect_score_range: { min: number };
};

async function measure(url: string, dataDir: string): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const app = await connectAs(dataDir, "app");
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name: "Many", owner_email: "many@bench.example" });
  const { id: teamId } = made.team;
  const seeded = await seedContacts(owner, teamId, CONTACTS);
  await owner.query("update users set role = 'admin' where team_id = $1 and id = $2", [
    teamId,
    seeded.owners[0],
  ]);
  await owner.query("analyze contacts");
  await owner.query("checkpoint");
  const api = createClient({ baseUrl: url, apiKey: made.api_key.key, retries: 0 });
  const filters = {
    contact_owner_ids: [seeded.owners[0] ?? ""],
    contact_stage_ids: [seeded.stages[0] ?? ""],
    prospect_score_range: { min: 80 },
  };
  const ground = { api, teamId, owner, app, seeded, filters };
  const figures = [await finding(ground), await enrolling(ground), await acting(ground)];
  await owner.end();
  await app.end();
  return figures;
}

async function finding({ api, app, teamId, filters }: Ground): Promise<Figure> {
  const { workflow } = await api.workflows.create({
    name: "Finds",
    trigger: { type: "schedule", every: "day" },
    filters,
    actions: [{ type: "add_to_list", label_names: ["Found"] }],
  });
  let found = 0;
  const ours = async () => {
    const began = performance.now();
    const { outlook } = await api.workflows.run({ id: workflow.id }, { dryRun: true });
    found = outlook?.num_candidates ?? 0;
    return performance.now() - began;
  };
  const theirs = async () => {
    const began = performance.now();
    await app.query("begin");
    await app.query("select set_config('cadenza.team_id', $1, true)", [teamId]);
    await app.query(
      `select id, owner_id from contacts where team_id = $1 and owner_id = $2 and contact_stage_id = $3 and prospect_score >= 80
        order by created_at desc, id desc`,
      [teamId, filters.contact_owner_ids[0], filters.contact_stage_ids[0]],
    );
    await app.query("commit");
    return performance.now() - began;
  };
  await ours();
  await theirs();
  const took = await sideBySide(ROUNDS, ours, theirs);
  return {
    name: `finding ${found} candidates among ${CONTACTS}`,
    measured: `${took.ratio.toFixed(2)} of the bare statement`,
    target: "1.5",
    isMet: took.ratio <= 1.5,
    detail: `${took.ours.toFixed(0)} ms against ${took.theirs.toFixed(0)} ms`,
  };
}

const FLAGS = {
  sequence_no_email: true,
  sequence_unverified_email: true,
  sequence_job_change: true,
  sequence_active_in_other_campaigns: true,
  sequence_finished_in_other_campaigns: true,
  sequence_same_company_in_same_campaign: true,
  contacts_without_ownership_permission: true,
};

async function enrolling({ api, owner, teamId, filters }: Ground): Promise<Figure> {
  const { email_account } = await api.emailAccounts.create({
    email: "box@bench.example",
    smtp: { host: "smtp.bench.example", port: 587, security: "starttls", username: "u", password: "p" },
    test: false,
  });
  const terms = { send_email_from_email_account_id: [email_account.id], ...FLAGS };
  let enrolled = 0;
  const byWorkflow = async () => {
    const id = await newSequence(api);
    const { workflow } = await api.workflows.create({
      name: "Enrols",
      trigger: { type: "schedule", every: "day" },
      filters,
      actions: [{ type: "add_to_sequence", emailer_campaign_id: id, ...terms }],
    });
    const began = performance.now();
    const { workflow_run } = await api.workflows.run({ id: workflow.id });
    await overIn({ owner, teamId }, "workflow_runs", workflow_run.id);
    const took = performance.now() - began;
    enrolled = (await api.workflowRuns.get({ id: workflow_run.id })).workflow_run.counts.done;
    return took;
  };
  const byCall = async () => {
    const id = await newSequence(api);
    const began = performance.now();
    const started = await api.joining.addContacts({ id, contact_filter: filters, async: true, ...terms });
    if (!("entity_progress_job" in started)) throw new Error("it was not put off");
    await overIn({ owner, teamId }, "progress", started.entity_progress_job.id);
    return performance.now() - began;
  };
  const took = await sideBySide(ADDING_ROUNDS, byWorkflow, byCall);
  const rate = (ms: number) => `${Math.round((enrolled / ms) * 1000)} a second`;
  return {
    name: `enrolling ${enrolled} whom a batch takes`,
    measured: `${took.ratio.toFixed(2)} of adding them by the call`,
    target: "1.25",
    isMet: took.ratio <= 1.25,
    detail: `${rate(took.ours)} against ${rate(took.theirs)}; with their lines in the log`,
  };
}

async function overIn(
  { owner, teamId }: Pick<Ground, "owner" | "teamId">,
  table: "workflow_runs" | "progress",
  id: string,
) {
  for (;;) {
    const { rows } = await owner.query<{ status: string }>(
      `select status from ${table} where team_id = $1 and id = $2`,
      [teamId, id],
    );
    if (rows[0]?.status === "done") return;
    if (rows[0]?.status === "failed") throw new Error(`${table}: it failed`);
    await sleep(ASKED_EVERY_MS);
  }
}

async function newSequence(api: Client) {
  const { emailer_campaign } = await api.sequences.create({
    name: "Filled",
    active: true,
    emailer_steps: [{ type: "call", wait_time: 3, wait_mode: "day" }],
  });
  return emailer_campaign.id;
}

async function acting({ api, owner, teamId, seeded }: Ground): Promise<Figure> {
  const { workflow } = await api.workflows.create({
    name: "Acts",
    trigger: { type: "event", event: "contact.stage_changed" },
    reentry: "every_time",
    actions: [{ type: "add_to_list", label_names: ["Moved"] }],
  });
  await api.workflows.activate({ id: workflow.id });
  // Who stands there already is not moved, and nothing happens.
  const { rows } = await owner.query<{ id: string }>(
    "select id from contacts where team_id = $1 and contact_stage_id <> all ($3::text[]) limit $2",
    [teamId, EVENTS_A_SECOND * SECONDS, seeded.stages.slice(3, 6)],
  );
  const began = performance.now();
  const calls: Promise<unknown>[] = [];
  for (const [n, { id }] of rows.entries()) {
    const behind = began + (n * 1000) / EVENTS_A_SECOND - performance.now();
    if (behind > 0) await sleep(behind);
    calls.push(
      api.contacts.updateStages({ contact_ids: [id], contact_stage_id: seeded.stages[3 + (n % 3)] ?? "" }),
    );
  }
  await Promise.all(calls);
  const took = performance.now() - began;
  const latencies = await latenciesOf(owner, teamId, workflow.id, rows.length);
  const [p50, p95] = [median(latencies), percentile(latencies, 0.95)];
  return {
    name: "from an event to what it sets off",
    measured: `${(p95 / 1000).toFixed(2)} s, p95`,
    target: "1 s",
    isMet: p95 <= 1_000,
    detail: `median ${p50.toFixed(0)} ms, of ${latencies.length} events, ${Math.round((rows.length / took) * 1000)} a second`,
  };
}

async function latenciesOf(owner: pg.Client, teamId: string, workflowId: string, count: number) {
  for (;;) {
    const { rows } = await owner.query<{ ms: number }>(
      `select (extract(epoch from r.at - e.occurred_at) * 1000)::float8 as ms
         from workflow_candidates c
         join workflow_results r on r.team_id = c.team_id and r.candidate_id = c.id
         join events e on e.team_id = c.team_id and e.id = c.event_id
        where c.team_id = $1 and c.workflow_id = $2`,
      [teamId, workflowId],
    );
    if (rows.length >= count) return rows.map(({ ms }) => ms);
    await sleep(100);
  }
}
