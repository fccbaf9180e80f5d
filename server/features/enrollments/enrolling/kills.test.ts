// Kill -9 in the middle of adding: of the process that answers, while its client tries again, and of the engine at work on
// a job of thousands. `CADENZA_KILLS=30` makes it a long run; the seed that is printed replays the instants.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../../kernel/seeded-random.ts";
import { startEngineProcess } from "../../../testing/engine-process.ts";
import { brokenPromises, verdictsAstray, wrongCounts } from "../../../testing/joining-checks.ts";
import { spawnServer } from "../../../testing/process.ts";
import { rounds } from "../../../testing/rounds.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, call, type WireResponse } from "../../../testing/wire.ts";
import { type Team, urlOf, useWorld } from "../../../testing/world.ts";

const KILLS = rounds(3, 6, "CADENZA_KILLS");
const SEED = Number(process.env.CADENZA_SEED ?? 7);
const AT_ONCE = 4;
const PEOPLE = 60;
const MANY = 3_000;

const folder = mkdtempSync(join(tmpdir(), "cadenza-joining-kills-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let team: Team;
let mailbox: string;
let everybody: string[];
// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team)).id;
  everybody = await asOwner(opened, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into contacts (team_id, id, first_name, email, email_status, owner_id, source, original_source, created_at, updated_at)
       select $1::text, new_ident(), 'Person', 'p' || n || '@company' || n || '.example', 'verified', $2::text, 'api', 'api', now(), now()
         from generate_series(1, $3::int) n
       returning id`,
      [team.id, team.owner.id, MANY],
    );
    return rows.map(({ id }) => id);
  });
});

const wishFor = (contact_ids: readonly string[], rest = {}) => ({
  contact_ids: [...contact_ids],
  send_email_from_email_account_id: [mailbox],
  sequence_active_in_other_campaigns: true,
  ...rest,
});

function send(url: string, sequenceId: string, key: string, wish: Record<string, unknown>) {
  return call(`${url}/api/v1/emailer_campaigns/${sequenceId}/add_contact_ids`, {
    method: "POST",
    key: team.key,
    body: JSON.stringify(wish),
    headers: { "content-type": "application/json", "idempotency-key": key },
  });
}

const POINTS = [null, "request-before-commit", "request-after-commit", null] as const;

test("the answering process killed, the client's retry finds or makes one effect, and nothing acknowledged is lost", {
  timeout: (1 + KILLS) * 300_000,
}, async (t) => {
  const random = seededRandom(SEED);
  const tally = { kills: 0, calls: 0, acknowledged: 0, cutOff: 0, doneBefore: 0 };
  for (let round = 0; round < KILLS; round++) {
    const point = POINTS[round % POINTS.length] ?? null;
    const victim = await spawnVictim(point);
    const sequences = await Promise.all(Array.from({ length: AT_ONCE }, () => newSequence(team)));
    const people = everybody.slice(0, PEOPLE);
    const first = Promise.all(
      sequences.map(({ id }) => send(victim.url, id, `kill ${id}`, wishFor(people)).catch(() => null)),
    );
    if (point === null) {
      await sleep(random() * 400);
      victim.process.kill("SIGKILL");
    }
    const answers = await first;
    assert.equal(await victim.ended, "SIGKILL");
    tally.kills++;
    for (const [n, { id }] of sequences.entries()) {
      const answer = answers[n] ?? null;
      tally.calls++;
      tally[answer ? "acknowledged" : "cutOff"]++;
      tally.doneBefore += Number(await oneEffect(id, people, answer));
    }
  }
  t.diagnostic(`seed ${SEED}: ${JSON.stringify(tally)}`);
  assert.deepEqual(await brokenPromises(world, team), []);
  assert.ok(tally.cutOff > 0, "the kills struck running requests");
});

async function spawnVictim(point: string | null) {
  const victim = await spawnServer(
    {
      DATABASE_URL: urlOf(world.ownerConnection),
      CADENZA_DATA_DIR: folder,
      CADENZA_KEY_FILE: world.running.app.config.keyFile,
      CADENZA_DATABASE_CONNECTIONS: "5",
      ...(point && { CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: `${point}=kill` }),
    },
    ["--role=api"],
  );
  after(() => void victim.process.kill("SIGKILL"));
  return victim.ready();
}

/**
 * Repeats the request as a client would, and checks its effect. Answers whether the work was done before it was
 * repeated.
 */
async function oneEffect(sequenceId: string, people: readonly string[], acknowledged: WireResponse | null) {
  if (acknowledged) assert.equal(acknowledged.status, 200, acknowledged.text);
  const ask = () => send(world.url, sequenceId, `kill ${sequenceId}`, wishFor(people));
  let again = await ask();
  // The database may take a moment to notice that the process holding the key is gone.
  for (; again.status === 409; again = await ask()) await sleep(50);
  assert.equal(again.status, 200, again.text);
  const isReplay = again.headers.get("idempotent-replayed") === "true";
  if (acknowledged) assert.deepEqual([isReplay, again.text], [true, acknowledged.text]);
  assert.equal((again.body.enrollments as unknown[]).length, people.length);
  assert.equal((await ask()).text, again.text, "the same answer for ever after");
  const other = await send(world.url, sequenceId, `kill ${sequenceId}`, wishFor(people.slice(1)));
  assert.equal(other.status, 422, "and for another request under the same key none");
  const requestId = String(again.body.request_id);
  assert.deepEqual(await requestsOf(sequenceId), [requestId]);
  assert.deepEqual(await verdictsAstray(world, [{ requestId, contactIds: people }]), []);
  assert.deepEqual(await wrongCounts(world, team, [sequenceId]), []);
  const { pagination } = await team.api.joining.verdicts({ id: sequenceId, verdict: "added" });
  assert.equal(pagination.total_entries, people.length);
  return isReplay;
}

for (const point of ["progress-between-batches", "progress-before-commit", null]) {
  test(`the engine killed ${point ? `at ${point}` : "at random instants"} in the middle of thousands, the job goes on and adds each once`, {
    timeout: (1 + KILLS) * 300_000,
  }, async (t) => {
    const random = seededRandom(SEED);
    const { id } = await newSequence(team);
    const { request_id: jobId } = await team.api.joining.addContacts({
      id,
      async: true,
      ...wishFor(everybody),
    });
    const kills = point ? Math.ceil(KILLS / 4) : Math.ceil(KILLS / 2);
    const doneAt: number[] = [];
    for (let kill = 0; kill < kills && !(await isOver(jobId)); kill++) {
      const seed = Math.floor(random() * 1e6);
      const engine = startEngineProcess(
        world,
        point
          ? { CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: `${point}=kill:${kill === 0 ? 1 : 0.5}:${seed}` }
          : {},
      );
      t.after(engine.stop);
      if (point === null) {
        if (kill % 2 === 0) await untilMoves(jobId);
        await sleep(random() * (kill % 2 === 0 ? 400 : 2_500));
        await engine.stop();
      }
      await Promise.race([engine.ended, untilOver(jobId)]);
      await engine.stop();
      doneAt.push((await job(jobId)).done);
    }
    const next = startEngineProcess(world);
    t.after(next.stop);
    await untilOver(jobId);
    await next.stop();
    t.diagnostic(`seed ${SEED}: ${doneAt.length} kills, at ${doneAt.join(", ")} of ${MANY}`);
    assert.ok(
      doneAt.some((count) => count < MANY),
      "the kills struck work under way",
    );

    const { status, total, done, counts, error } = await job(jobId);
    assert.deepEqual([status, total, done, counts, error], ["done", MANY, MANY, { added: MANY }, null]);
    assert.deepEqual(await requestsOf(id), [jobId]);
    assert.deepEqual(await verdictsAstray(world, [{ requestId: jobId, contactIds: everybody }]), []);
    assert.deepEqual(await wrongCounts(world, team, [id]), []);
    assert.deepEqual(await brokenPromises(world, team), []);
    assert.equal((await team.api.sequences.show({ id })).emailer_campaign.num_contacts, MANY);
  });
}

async function job(id: string) {
  return (await team.api.progress.get({ id })).entity_progress_job;
}

async function isOver(id: string) {
  return (await job(id)).finished_at !== null;
}

async function untilOver(id: string) {
  while (!(await isOver(id))) await sleep(50);
}

async function untilMoves(id: string) {
  const from = (await job(id)).done;
  for (let now = await job(id); now.done === from && !now.finished_at; now = await job(id)) await sleep(20);
}

async function requestsOf(sequenceId: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select distinct request_id as id from verdicts where sequence_id = $1",
      [sequenceId],
    );
    return rows.map(({ id }) => id);
  });
}
