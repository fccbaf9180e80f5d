// Every kind of long work, started through each call that starts it, above the number that is still done at once; then its
// effect is looked at. The scenarios are a complete table of job types, and their calls are all calls of the contract that
// answer with a job.

import assert from "node:assert/strict";
import { test } from "node:test";
import { contract } from "@cadenza/contract";
import type { Client } from "@cadenza/sdk";
import { z } from "zod";
import type { JobType } from "../../domain/basics/job-types.ts";
import { csvOf } from "../../testing/imported.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { membersOf, newSequence, plantMembers, untilOver } from "../../testing/members.ts";
import { openNameServer } from "../../testing/name-server.ts";
import { newContacts, newMailbox } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const dns = await openNameServer();
let team: Team;
const world = useWorld({ dnsServers: [dns.address], webhookAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});
test.after(() => dns.close());

/** Starts it and answers the job's id and a look at the effect. */
type Start = () => Promise<{ jobId: string; effect(): Promise<unknown>; expected: unknown }>;

/** By the calls that start them; what only has another body is named beside the call. */
const SCENARIOS: Record<JobType, Record<string, Start>> = {
  contact_import: { "imports.create": () => imported("contacts", csvOf(1_200, 10_000), "contacts") },
  account_import: { "imports.create": () => imported("accounts", companiesOf(1_200), "accounts") },
  opportunity_import: {
    "imports.create": () => imported("opportunities", dealsOf(1_200), "deals"),
  },
  people_import: { "imports.create": () => imported("people", csvOf(1_200, 20_000), "people") },
  organization_import: {
    "imports.create": () => imported("organizations", companiesOf(1_200), "organizations"),
  },
  import_undo: { "imports.undo": undone },
  contact_bulk_update: { "contacts.bulkUpdate": contactsChanged },
  account_bulk_update: { "accounts.bulkUpdate": accountsChanged },
  add_entities_to_labels: { "labels.addEntityIds": () => listed("addEntityIds") },
  remove_entities_from_labels: { "labels.removeEntityIds": () => listed("removeEntityIds") },
  sequence_add_contact: { "joining.addContacts": joined },
  sequence_remove_stop_contacts: {
    "enrollments.removeOrStop": () =>
      managed("removed", {}, (api, { id, contact_ids }) =>
        api.enrollments.removeOrStop({ emailer_campaign_ids: [id], contact_ids, mode: "remove" }),
      ),
    "enrollments.removeContacts": () =>
      managed("removed", {}, (api, { id, contact_ids }) =>
        api.enrollments.removeContacts({ emailer_campaign_ids: [id], contact_ids }),
      ),
  },
  sequence_remove_contacts: {
    "enrollments.remove": () =>
      managed("removed", {}, (api, { id, contact_ids }) => api.enrollments.remove({ id, contact_ids })),
  },
  sequence_finish_contacts: {
    "enrollments.finish": () =>
      managed("finished", {}, (api, { id, contact_ids }) => api.enrollments.finish({ id, contact_ids })),
    "enrollments.changeStatuses finished": () => changedTo("finished", "finished", {}),
  },
  sequence_pause_contacts: {
    "enrollments.pause": () =>
      managed("paused", {}, (api, { id, contact_ids }) => api.enrollments.pause({ id, contact_ids })),
    "enrollments.changeStatuses paused": () => changedTo("paused", "paused", {}),
    "enrollments.manageEverywhere": () =>
      managed("paused", {}, (api, { contact_ids }) =>
        api.enrollments.manageEverywhere({ contact_ids, action: "pause", async: true }),
      ),
  },
  sequence_resume_contacts: {
    "enrollments.resume": () =>
      managed("active", PAUSED, (api, { id, contact_ids }) => api.enrollments.resume({ id, contact_ids })),
    "enrollments.changeStatuses active": () => changedTo("active", "active", PAUSED),
  },
  sequence_retry_contacts: {
    "enrollments.retry": () =>
      managed("active", FAILED, (api, { id, contact_ids }) => api.enrollments.retry({ id, contact_ids })),
  },
  sequence_restart_contacts: {
    "enrollments.restart": () =>
      managed("active", FINISHED, (api, { id, contact_ids }) => api.enrollments.restart({ id, contact_ids })),
  },
  sequence_move_contacts: { "enrollments.move": moved },
  contact_email_verification: { "emailVerifications.start": verified },
  contact_enrichment: { "contacts.enrich": enriched },
  contact_scoring: {
    "scoreFormula.replace": () =>
      scored((api) => api.scoreFormula.replace({ signals: [TITLED], out_of: 100, marks: [] })),
    "scoreFormula.reset": () => scored((api) => api.scoreFormula.reset({})),
  },
  invent_people: { "inventedPeople.plant": invented },
  remove_invented_people: { "inventedPeople.remove": uninvented },
  trial_run: { "trialRuns.start": triedOut },
  team_move: {
    "teamMoves.start": movedIn,
    "teamMoves.undo": async () => {
      const before = await movedIn();
      await untilOver(team, before.jobId);
      const { team_move } = await team.api.teamMoves.undo({ id: before.moveId });
      return { jobId: team_move.entity_progress_job_id, effect: before.effect, expected: 0 };
    },
  },
};

const MANY = 1_001;
const PAUSED = { state: "paused", paused_at: new Date() };
const FAILED = { state: "failed", failure_reason: "snippets_missing", failed_at: new Date() };
const FINISHED = { state: "finished", finished_at: new Date() };

for (const [jobType, calls] of Object.entries(SCENARIOS))
  for (const [call, start] of Object.entries(calls))
    test(`${call} above its threshold does what it was asked: ${jobType}`, async () => {
      const { jobId, effect, expected } = await start();
      const job = await untilOver(team, jobId);
      assert.deepEqual([job.job_type, job.status, job.error], [jobType, "done", null]);
      assert.deepEqual(await effect(), expected);
    });

test("every call of the contract that answers with a job has its scenario", () => {
  const reads = new Set([
    ...["progress.get", "progress.cancel", "progress.markSeen", "imports.get"],
    ...["teamMoves.list", "teamMoves.get", "trialRuns.list", "trialRuns.show"],
  ]);
  const starting = Object.entries(contract).flatMap(([noun, calls]) =>
    Object.entries(calls as Record<string, { output: z.ZodType }>).flatMap(([name, { output }]) => {
      const said = JSON.stringify(z.toJSONSchema(output, { unrepresentable: "any" }));
      return /"entity_progress_job"|"job_id"|"entity_progress_job_id"/.test(said) ? [`${noun}.${name}`] : [];
    }),
  );
  const covered = Object.values(SCENARIOS).flatMap((calls) =>
    Object.keys(calls).map((call) => call.split(" ")[0] as string),
  );
  assert.deepEqual(starting.filter((call) => !reads.has(call)).sort(), [...new Set(covered)].sort());
});

async function triedOut() {
  const { id } = await newSequence(team, { active: false });
  const { id: mailbox } = await newMailbox(team);
  const { trial_run } = await team.api.trialRuns.start({
    id,
    days: 1,
    contact_ids: await newContacts(team, 3),
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
  });
  const effect = async () =>
    (await team.api.trialRuns.show({ id: trial_run.id })).trial_run.report?.contacts.added;
  return { jobId: trial_run.entity_progress_job_id, effect, expected: 3 };
}

async function movedIn() {
  const old = await world.newTeam("Old");
  const name = `Of ${old.id}`;
  await old.api.labels.create({ name, modality: "contacts" });
  const contacts = Array.from({ length: 120 }, (_, n) => ({
    first_name: `Old ${n}`,
    email: `old${n}@${old.id}.example`,
    label_names: [name],
  }));
  for (const from of [0, 60])
    await old.api.contacts.bulkCreate({ contacts: contacts.slice(from, from + 60) });
  const { team_move } = await team.api.teamMoves.start({
    source: world.url.replace("localhost", "127.0.0.1"),
    source_key: old.key,
  });
  const effect = async () =>
    (await team.api.contacts.search({ q_keywords: `@${old.id}.example` })).pagination.total_entries;
  return { jobId: team_move.entity_progress_job_id, moveId: team_move.id, effect, expected: 120 };
}

async function managed(
  state: string,
  before: Record<string, unknown>,
  ask: (api: Client, named: { id: string; contact_ids: string[] }) => Promise<object>,
) {
  const { id, steps } = await newSequence(team);
  const rows = await plantMembers(world, team, id, MANY, { ...before, current_step_id: steps[0] ?? null });
  const answer = await ask(team.api, { id, contact_ids: rows.map(({ contact_id }) => contact_id) });
  const effect = async () => (await membersOf(world, id)).filter((row) => row.state === state).length;
  return { jobId: jobOf(answer), effect, expected: MANY };
}

function changedTo(status: "finished" | "paused" | "active", state: string, before: object) {
  return managed(state, { ...before }, (api, { id, contact_ids }) =>
    api.enrollments.changeStatuses({ id, contact_ids, status }),
  );
}

async function moved() {
  const box = await newMailbox(team);
  const started = await managed("active", {}, (api, { id, contact_ids }) =>
    api.enrollments.move({ id, contact_ids, send_email_from_email_account_id: box.id }),
  );
  const effect = () => count("enrollments", "mailbox_id = $1", [box.id]);
  return { ...started, effect };
}

async function joined() {
  const { id } = await newSequence(team);
  const contact_ids = await plantContacts();
  const box = await newMailbox(team);
  const answer = await team.api.joining.addContacts({
    id,
    emailer_campaign_id: id,
    contact_ids,
    send_email_from_email_account_id: [box.id],
    sequence_active_in_other_campaigns: true,
  });
  const effect = async () => (await membersOf(world, id)).length;
  return { jobId: jobOf(answer), effect, expected: MANY };
}

async function contactsChanged() {
  const contact_ids = await plantContacts();
  const answer = await team.api.contacts.bulkUpdate({
    contact_ids: contact_ids.slice(0, 101),
    title: "Head of jobs",
  });
  return { jobId: jobOf(answer), effect: () => count("contacts", "title = 'Head of jobs'"), expected: 101 };
}

async function accountsChanged() {
  const made = await team.api.accounts.create({ name: "Changed by a job" });
  const answer = await team.api.accounts.bulkUpdate({
    account_ids: [made.account.id],
    name: "Changed",
    async: true,
  });
  return { jobId: jobOf(answer), effect: () => count("accounts", "name = 'Changed'"), expected: 1 };
}

async function listed(way: "addEntityIds" | "removeEntityIds") {
  const entity_ids = await plantContacts();
  const label = `Listed ${way}`;
  const wish = { entity_ids, label_names: [label], modality: "contacts" as const };
  if (way === "removeEntityIds") await team.api.labels.addEntityIds(wish);
  const answer = await team.api.labels[way]({ ...wish, async: true });
  const effect = () => count("contact_labels", "label_id = (select id from labels where name = $1)", [label]);
  return { jobId: jobOf(answer), effect, expected: way === "addEntityIds" ? MANY : 0 };
}

const dealsOf = (count: number) =>
  `Name,Amount\n${Array.from({ length: count }, (_, n) => `Deal ${n},${n}\n`).join("")}`;

async function imported(
  kind: "contacts" | "accounts" | "opportunities" | "people" | "organizations",
  text: string,
  table: string,
) {
  const before = await count(table);
  const { entity_progress_job: job } = await team.api.imports.create({ kind, text });
  return { jobId: job.id, effect: async () => (await count(table)) - before, expected: 1_200 };
}

async function undone() {
  const { jobId } = await imported("contacts", csvOf(1_200, 30_000), "contacts");
  await untilOver(team, jobId);
  const { entity_progress_job: job } = await team.api.imports.undo({ id: jobId });
  const effect = () => count("contacts", "email like 'p30%@company30%'");
  return { jobId: job.id, effect, expected: 0 };
}

async function verified() {
  dns.mail.set("example.se", [""]);
  const contact_ids = await plantContacts(3);
  const answer = await team.api.emailVerifications.start({ contact_ids });
  const effect = () => count("address_checks", "contact_id = any($1)", [contact_ids]);
  return { jobId: jobOf(answer), effect, expected: 3 };
}

async function enriched() {
  const contact_ids = await plantContacts(3);
  const answer = await team.api.contacts.enrich({ contact_ids });
  const jobId = jobOf(answer);
  const effect = async () =>
    (await team.api.progress.items({ id: jobId, outcome: "not_found" })).items.length;
  return { jobId, effect, expected: 3 };
}

const TITLED = { field: "phone" as const, operator: "is_known" as const, weight: 40 };

async function scored(ask: (api: Client) => Promise<{ job_id: string | null }>) {
  await plantContacts();
  const { job_id } = await ask(team.api);
  const jobId = job_id ?? "";
  const effect = async () => {
    const { entity_progress_job: job } = await team.api.progress.get({ id: jobId });
    return job.done >= MANY;
  };
  return { jobId, effect, expected: true };
}

async function invented() {
  const answer = await team.api.inventedPeople.plant({ people: 300, organizations: 20 });
  const effect = () => count("people", "id like '00000000%'");
  return { jobId: jobOf(answer), effect, expected: 300 };
}

async function uninvented() {
  await untilOver(team, jobOf(await team.api.inventedPeople.plant({ people: MANY, organizations: 20 })));
  const answer = await team.api.inventedPeople.remove();
  const effect = () => count("people", "id like '00000000%'");
  return { jobId: jobOf(answer), effect, expected: 0 };
}

function plantContacts(many = MANY) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into contacts (team_id, id, first_name, email, email_status, owner_id, source, original_source, created_at, updated_at)
       select $1::text, new_ident(), 'Many', left(new_ident(), 24) || '@example.se', 'verified', $3, 'api', 'api', now(), now()
         from generate_series(1, $2::int)
       returning id`,
      [team.id, many, team.owner.id],
    );
    return rows.map(({ id }) => id);
  });
}

function companiesOf(many: number) {
  const lines = Array.from({ length: many }, (_, n) => `Works ${n},works${n}.example`);
  return `Company Name,Website\n${lines.join("\n")}\n`;
}

function count(table: string, where = "true", params: unknown[] = []) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from ${table} where team_id = $${params.length + 1} and ${where}`,
      [...params, team.id],
    );
    return rows[0]?.count ?? 0;
  });
}

function jobOf(answer: object) {
  if (!("entity_progress_job" in answer)) throw new Error("it was not put off");
  return (answer.entity_progress_job as { id: string }).id;
}
