// Imports that are killed half-way, time and again. The next worker goes on at the batch where it was; no row is done
// twice and none is lost. One that is canceled stops between two batches.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { csvOf, overOf } from "../../testing/imported.ts";
import { brokenPromises } from "../../testing/joining-checks.ts";
import { rounds } from "../../testing/rounds.ts";
import { newMailbox, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" });
const KILLS = rounds(4, 10);

const accountOf = (team: Team, id: string) =>
  asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select (select count(*)::int from import_rows where team_id = $1 and import_id = $2) as rows,
              (select count(distinct row)::int from import_rows where team_id = $1 and import_id = $2) as distinct_rows,
              (select count(*)::int from contacts where team_id = $1) as contacts,
              (select count(*)::int from events where team_id = $1 and type = 'contact.created') as told,
              (select count(*)::int from enrollments where team_id = $1) as enrollments,
              (select count(*)::int from import_pieces where team_id = $1) as pieces`,
      [team.id, id],
    );
    return rows[0];
  });

test(`killed ${KILLS} times, every row is done once`, { timeout: 30 * 60_000 }, async (t) => {
  const team = await world.newTeam();
  const rows = KILLS * 1_000 + 500;
  const mailbox = await newMailbox(team);
  const sequence = await newSequence(team);
  const started = await team.api.imports.create({
    text: csvOf(rows),
    add_to_sequence: {
      id: sequence.id,
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
    },
  });
  const { id } = started.import;
  for (let kill = 0; kill < KILLS; kill++) {
    const point = kill % 2 === 0 ? "progress-between-batches" : "progress-before-commit";
    const engine = startEngineProcess(world, { CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: `${point}=kill:1` });
    t.after(engine.stop);
    assert.equal(await engine.ended, "SIGKILL");
  }
  const midway = await accountOf(team, id);
  assert.deepEqual(
    [midway.rows, midway.contacts],
    [(KILLS / 2) * 1_000, (KILLS / 2) * 1_000],
    "half of the kills were behind a commit",
  );
  const last = startEngineProcess(world);
  t.after(last.stop);
  const { job, found } = await overOf(team, id, started.entity_progress_job.id);
  assert.deepEqual([job.status, job.done, job.counts], ["done", rows, { created: rows }]);
  assert.deepEqual([found.created, found.enrolled, found.total], [rows, rows, rows]);
  assert.deepEqual(await accountOf(team, id), {
    rows,
    distinct_rows: rows,
    contacts: rows,
    told: rows,
    enrollments: rows,
    pieces: 0,
  });
  assert.deepEqual(await brokenPromises(world, team), []);
});

test("people for the store survive it as well, as JSON lines, companies and all", {
  timeout: 30 * 60_000,
}, async (t) => {
  const team = await world.newTeam();
  const rows = 7_500;
  const lines = Array.from({ length: rows }, (_, n) =>
    JSON.stringify({
      id: `p${n}`,
      name: `Person ${n}`,
      organization: { id: `c${n % 100}`, name: `Co ${n % 100}` },
    }),
  );
  const options = { kind: "people", source: "crm", text: lines.join("\n") } as const;
  const started = await team.api.imports.create(options);
  for (const point of ["progress-before-commit", "progress-between-batches", "progress-before-commit"]) {
    const engine = startEngineProcess(world, { CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: `${point}=kill:1` });
    t.after(engine.stop);
    assert.equal(await engine.ended, "SIGKILL");
  }
  const last = startEngineProcess(world);
  t.after(last.stop);
  const { found } = await overOf(team, started.import.id, started.entity_progress_job.id);
  assert.deepEqual([found.created, found.updated, found.status], [rows, 0, "done"]);
  const counted = await asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select (select count(*)::int from people where team_id = $1) as people,
              (select count(*)::int from organizations where team_id = $1) as organizations,
              (select count(distinct row)::int from import_rows where team_id = $1) as rows,
              (select sum((data ->> 'created')::int)::int from events where team_id = $1 and type = 'people.imported') as told`,
      [team.id],
    );
    return rows[0];
  });
  assert.deepEqual(counted, { people: rows, organizations: 100, rows, told: rows });
});

test("deals survive it as well, with their companies", { timeout: 30 * 60_000 }, async (t) => {
  const team = await world.newTeam();
  const rows = 7_500;
  const lines = Array.from({ length: rows }, (_, n) => `Deal ${n},sf-${n},Company ${n % 100},${n}`);
  const text = `Name,Salesforce id,Company,Amount\n${lines.join("\n")}\n`;
  const started = await team.api.imports.create({ kind: "opportunities", text });
  for (const point of ["progress-before-commit", "progress-between-batches", "progress-before-commit"]) {
    const engine = startEngineProcess(world, { CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: `${point}=kill:1` });
    t.after(engine.stop);
    assert.equal(await engine.ended, "SIGKILL");
  }
  const midway = await dealsOf(team);
  assert.deepEqual([midway.deals, midway.rows], [2_000, 2_000], "one of three kills was behind a commit");
  const last = startEngineProcess(world);
  t.after(last.stop);
  const { found, job } = await overOf(team, started.import.id, started.entity_progress_job.id);
  assert.deepEqual([found.created, found.updated, found.status, job.done], [rows, 0, "done", rows]);
  assert.deepEqual(await dealsOf(team), { deals: rows, accounts: 100, rows, told: rows });
});

const dealsOf = (team: Team) =>
  asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select (select count(*)::int from deals where team_id = $1) as deals,
              (select count(*)::int from accounts where team_id = $1) as accounts,
              (select count(distinct row)::int from import_rows where team_id = $1) as rows,
              (select count(*)::int from events where team_id = $1 and type = 'deal.created') as told`,
      [team.id],
    );
    return rows[0];
  });

test("one that is cancelled stops between two batches, and says how far it came", async (t) => {
  const team = await world.newTeam();
  const started = await team.api.imports.create({ text: csvOf(9_000) });
  const engine = startEngineProcess(world, {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CRASH: "progress-between-batches=kill:1",
  });
  t.after(engine.stop);
  assert.equal(await engine.ended, "SIGKILL");
  await team.api.progress.cancel({ id: started.entity_progress_job.id });
  const next = startEngineProcess(world);
  t.after(next.stop);
  const { job, found } = await overOf(team, started.import.id, started.entity_progress_job.id);
  assert.deepEqual(
    [job.status, found.status, found.created, found.total],
    ["cancelled", "cancelled", 2_000, 9_000],
  );
  const account = await accountOf(team, started.import.id);
  assert.deepEqual([account.rows, account.contacts], [2_000, 2_000]);
});

test("taking one back survives being killed", async (t) => {
  const team = await world.newTeam();
  const first = startEngineProcess(world);
  const started = await team.api.imports.create({ text: csvOf(1_500) });
  await overOf(team, started.import.id, started.entity_progress_job.id);
  await first.stop();
  const back = await team.api.imports.undo({ id: started.import.id });
  const engine = startEngineProcess(world, {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CRASH: "progress-before-commit=kill:0.5:1",
  });
  t.after(engine.stop);
  assert.equal(await engine.ended, "SIGKILL");
  const next = startEngineProcess(world);
  t.after(next.stop);
  const { job, found } = await overOf(team, started.import.id, back.entity_progress_job.id);
  assert.deepEqual([job.status, job.counts, found.status], ["done", { undone: 1_500 }, "undone"]);
  assert.equal((await accountOf(team, started.import.id)).contacts, 0);
});
