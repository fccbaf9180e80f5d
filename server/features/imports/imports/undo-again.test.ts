// Taking an import back is cancelled or killed half-way: the next try goes on, and what it finds taken back stays told as such.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startEngineProcess } from "../../../testing/engine-process.ts";
import { csvOf, overOf } from "../../../testing/imported.ts";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld({ role: "api" });

test("an undo that was cancelled half-way continues, and every row says its result", async (t) => {
  const team = await world.newTeam();
  const known = await team.api.contacts.create({ email: "p0@company0.example", first_name: "Known" });
  const started = await team.api.imports.create({ text: csvOf(700), overwrite: "replace" });
  const { id } = started.import;
  const engine = startEngineProcess(world);
  t.after(engine.stop);
  const { found } = await overOf(team, id, started.entity_progress_job.id);
  assert.deepEqual([found.created, found.updated], [699, 1]);
  await engine.stop();

  const first = await team.api.imports.undo({ id });
  const killed = startEngineProcess(world, {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CRASH: "progress-between-batches=kill:1",
  });
  t.after(killed.stop);
  assert.equal(await killed.ended, "SIGKILL");
  await team.api.progress.cancel({ id: first.entity_progress_job.id });
  const left = (await team.api.contacts.search({ per_page: 1 })).pagination.total_entries;
  assert.equal(left, 201, "half of it is taken back");
  await team.api.contacts.update({ id: known.contact.id, title: "Head" });

  const again = await team.api.imports.undo({ id });
  const last = startEngineProcess(world);
  t.after(last.stop);
  const back = await overOf(team, id, again.entity_progress_job.id);
  assert.equal(back.job.counts.undone, 200);
  const { rows, pagination } = await team.api.imports.rows({ id, per_page: 100 });
  assert.equal(pagination.total_entries, 700);
  assert.deepEqual(new Set(rows.map(({ undone }) => undone)), new Set(["undone"]));
  assert.equal((await team.api.contacts.search({})).pagination.total_entries, 1);
  assert.equal((await team.api.contacts.get({ id: known.contact.id })).contact.first_name, "Known");
});
