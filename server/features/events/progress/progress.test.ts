import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startedBulkUpdate, startedJob } from "../../../../contract/extras/progress.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { byItems, LONG_JOBS } from "../../../engine/upkeep/long-jobs.ts";
import { reviveStalled, STALLED_AFTER } from "../../../engine/upkeep/run-progress.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { PROBE, probe } from "../../../testing/engine-process.ts";
import { until } from "../../../testing/sending.ts";
import { waitingWork } from "../../../testing/waiting-work.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { type ProgressWish, startProgress } from "./commands.ts";
import { presentBulkUpdate, presentProgress } from "./present.ts";
import type { ProgressRow } from "./store.ts";

// This file replaces the work of these types.
const REFUSED = "sequence_finish_contacts";
const HELD = "invent_people";

let team: Team;
const world = useWorld({}, async (opened) => {
  LONG_JOBS[PROBE] = byItems(probe);
  LONG_JOBS[REFUSED] = byItems(async () => {
    throw new Refusal("record_not_found");
  });
  LONG_JOBS[HELD] = byItems(async (_act, _instructions, keys) => {
    await sleep(300);
    return keys.map(() => ({ outcome: "held" }));
  });
  team = await opened.newTeam();
});

test("long work is begun in Apollo's shapes", async () => {
  const sequence = await begin({
    jobType: "sequence_add_contact",
    params: { sequence_id: "5e" },
    batchSize: 999,
  });
  const answer = startedJob.parse(presentProgress(sequence));
  assert.deepEqual(
    [answer.entity_progress_job.progress, answer.entity_progress_job.batch_size, answer.signals_hash],
    [0, 999, null],
  );
  const labels = startedJob.parse(presentProgress(await begin({ jobType: "add_entities_to_labels" })));
  assert.deepEqual([labels.entity_progress_job.progress, labels.entity_progress_job.batch_size], [-1, null]);
  const bulk = startedBulkUpdate.parse(presentBulkUpdate(await begin({ jobType: "contact_bulk_update" })));
  assert.equal(bulk.entity_progress_job.status, "pending");
});

test("work is done batch by batch, each item once, and the counts add up", async () => {
  const keys = ids(1_200);
  const { id } = await begin({
    jobType: PROBE,
    entityIds: [...keys, ...keys.slice(0, 50)],
    batchSize: 250,
  });
  const job = await untilOver(id);
  assert.deepEqual([job.status, job.total, job.done, job.percent], ["done", 1_200, 1_200, 100]);
  assert.deepEqual(job.counts, { probed: 1_200 });
  const page = await team.api.progress.items({ id, outcome: "probed", per_page: 100, page: 12 });
  assert.equal(page.pagination.total_entries, 1_200);
  assert.equal(page.items.at(-1)?.item_key, keys.at(-1));
  const { audit_log } = await team.api.auditLog.list({ subject_id: id });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["job.done", "job.started"],
  );
  assert.equal(audit_log[0]?.actor.user_id, team.owner.id);
});

test("work without items is done at once", async () => {
  const { id } = await begin({ jobType: PROBE, entityIds: [] });
  const job = await untilOver(id);
  assert.deepEqual([job.status, job.total, job.percent], ["done", 0, 100]);
});

test("a batch that keeps failing fails the work with a sentence; what was done stays done", async () => {
  const keys = ids(30);
  const { id } = await begin({
    jobType: PROBE,
    entityIds: keys,
    batchSize: 10,
    instructions: { fails: [keys[15]] },
  });
  const job = await untilOver(id);
  assert.deepEqual([job.status, job.done, job.counts], ["failed", 10, { probed: 10, not_done: 20 }]);
  assert.match(job.error ?? "", /failed 3 times/);
  const { audit_log } = await team.api.auditLog.list({ subject_id: id });
  assert.equal(audit_log[0]?.type, "job.failed");
});

test("a failed job is shown to the person who started it and to admins, until each has seen it", async () => {
  const mine = await world.newTeam();
  const memberOf = async (email: string) => {
    const { user } = await mine.api.users.invite({ email, role: "member" });
    const { api_key } = await mine.api.apiKeys.create({ name: email, master: true, user_id: user.id });
    return { id: user.id, api: world.client({ apiKey: api_key.key }) };
  };
  const [starter, other] = [await memberOf("starter@example.no"), await memberOf("other@example.no")];
  const keys = ids(20);
  const job = await actFor(world.running.app, { teamId: mine.id, userId: starter.id, cause: "api" }, (act) =>
    startProgress(act, { jobType: REFUSED, entityIds: keys, params: {} }),
  );
  await until(async () => (await mine.api.progress.get({ id: job.id })).entity_progress_job.finished_at);
  const shownTo = async (api: Team["api"]) => {
    const { entity_progress_jobs: jobs } = await api.progress.list({ unseen_failures: true });
    assert.equal((await api.today.counts()).counts.failed_jobs, jobs.length);
    return jobs.map(({ id, name, error }) => [id, name, error]);
  };
  const told = [
    [
      job.id,
      "Finishing contacts in a sequence",
      "It was refused (record_not_found). Records that were already processed stay changed.",
    ],
  ];
  assert.deepEqual(await shownTo(starter.api), told);
  assert.deepEqual(await shownTo(mine.api), told);
  assert.deepEqual(await shownTo(other.api), []);
  await starter.api.progress.markSeen({ id: job.id });
  assert.deepEqual(await shownTo(starter.api), []);
  assert.deepEqual(await shownTo(mine.api), told);
  const { audit_log } = await mine.api.auditLog.list({ subject_id: job.id });
  const failed = audit_log.find(({ type }) => type === "job.failed");
  assert.deepEqual(failed?.data, {
    job_type: REFUSED,
    total: 20,
    done: 0,
    user_id: starter.id,
    error: told[0]?.[2],
  });
  const waits = await waitingWork(world, { teamId: mine.id, userId: mine.owner.id });
  assert.equal((await refused(mine.api.progress.markSeen({ id: waits.id }))).code, "job_not_failed");
});

test("a job of a type that this version does not know fails with a sentence", async () => {
  const { id } = await waiting(team.owner.id, "sequence_from_elsewhere");
  await reviveStalled(world.running.app, team.id, { seconds: -1 });
  const job = await untilOver(id);
  assert.deepEqual(
    [job.status, job.error],
    ["failed", "This version of Cadenza cannot run jobs of the type sequence_from_elsewhere."],
  );
});

test("a refusal fails the work without another try", async () => {
  const { id } = await begin({ jobType: REFUSED });
  const job = await untilOver(id);
  assert.deepEqual([job.status, job.counts], ["failed", { not_done: 1 }]);
  assert.match(job.error ?? "", /record_not_found/);
});

test("cancelled work stops between batches and says what had no turn", async () => {
  const { id } = await begin({ jobType: HELD, entityIds: ids(1_000), batchSize: 10 }); // half a minute, were it not cancelled
  while ((await read(id)).done === 0) await sleep(20);
  const { entity_progress_job: cancelled } = await team.api.progress.cancel({ id });
  assert.equal(cancelled.status, "cancelled");
  assert.equal(
    Object.values(cancelled.counts).reduce((sum, count) => sum + count),
    1_000,
  );
  await sleep(500);
  assert.deepEqual(await read(id), cancelled);
  assert.deepEqual((await team.api.progress.cancel({ id })).entity_progress_job, cancelled);
});

test("work is stopped by the user who asked for it, or by an admin", async () => {
  const other = await team.api.users.invite({ email: "else@example.no", role: "member" });
  const { api_key } = await team.api.apiKeys.create({ name: "member", master: true, user_id: other.user.id });
  const { id } = await waiting(team.owner.id);
  const member = world.client({ apiKey: api_key.key });
  assert.equal((await refused(member.progress.cancel({ id }))).code, "admin_only");
  const own = await waiting(other.user.id);
  assert.equal((await member.progress.cancel({ id: own.id })).entity_progress_job.status, "cancelled");
});

test("work is listed by its status, newest first", async () => {
  const first = await waiting(team.owner.id);
  const second = await waiting(team.owner.id);
  const { entity_progress_jobs: found } = await team.api.progress.list({ status: "pending" });
  const listed = found.map(({ id }) => id);
  assert.deepEqual(listed.slice(0, 2), [second.id, first.id]);
  assert.ok(found.every(({ status }) => status === "pending"));
});

test("another team's work is not there", async () => {
  const stranger = await world.newTeam("Elsewhere");
  const { id } = await waiting(team.owner.id);
  for (const call of [stranger.api.progress.get, stranger.api.progress.items, stranger.api.progress.cancel])
    assert.equal((await refused(call({ id }))).code, "record_not_found");
  assert.deepEqual((await stranger.api.progress.list()).entity_progress_jobs, []);
});

test("work that lost its job is taken up again", async () => {
  const { id } = await waiting(team.owner.id, PROBE);
  world.advance({ minutes: 20 });
  assert.equal((await reviveStalled(world.running.app, team.id, STALLED_AFTER)) > 0, true);
  assert.equal((await untilOver(id)).status, "done");
});

test("work whose asker has left the team fails and says so; what was done stays done", async () => {
  const { user } = await team.api.users.invite({ email: "left@example.no", role: "member" });
  const { id } = await begin({ jobType: HELD, entityIds: ids(1_000), batchSize: 10 }, user.id);
  while ((await read(id)).done === 0) await sleep(20);
  await team.api.users.deactivate({ id: user.id });
  const job = await untilOver(id);
  assert.deepEqual([job.status, job.error], ["failed", "The user who started the job has left the team."]);
  assert.ok(job.done > 0 && job.done < 1_000);
  assert.deepEqual(job.counts, { held: job.done, not_done: 1_000 - job.done });
  const { audit_log } = await team.api.auditLog.list({ subject_id: id });
  assert.equal(audit_log[0]?.type, "job.failed");
});

function ids(count: number) {
  return Array.from({ length: count }, () => newId());
}

function begin(wish: Partial<ProgressWish>, userId = team.owner.id): Promise<ProgressRow> {
  const onBehalf = { teamId: team.id, userId, cause: "api" };
  return actFor(world.running.app, onBehalf, (act) =>
    startProgress(act, { jobType: PROBE, entityIds: ids(1), params: {}, ...wish }),
  );
}

function waiting(userId: string, jobType?: string) {
  return waitingWork(world, { teamId: team.id, userId, ...(jobType && { jobType }) });
}

async function read(id: string) {
  return (await team.api.progress.get({ id })).entity_progress_job;
}

async function untilOver(id: string) {
  for (;;) {
    const job = await read(id);
    if (job.finished_at) return job;
    await sleep(20);
  }
}
