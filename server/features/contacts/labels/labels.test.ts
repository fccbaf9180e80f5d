import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "../../../testing/patience.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

/** Accounts behind the scenes: lists need something to be filled with, and nothing about accounts. */
async function insertRecords(at: Team, table: "accounts" | "contacts", count: number) {
  return asOwner(world, async (db) => {
    const { rows } = await db.query<{ id: string }>(
      `insert into ${table} (team_id, id, source, original_source, created_at, updated_at)
       select $1, new_ident(), 'api', 'api', now(), now() from generate_series(1, $2) returning id`,
      [at.id, count],
    );
    return rows.map(({ id }) => id);
  });
}

async function listed(at: Team, name: string) {
  return (await at.api.labels.list()).find((label) => label.name === name);
}

test("a list is made, shown among all, renamed and deleted", async () => {
  const { label } = await team.api.labels.create({ name: "  Q3 plants ", modality: "contacts" });
  assert.deepEqual(
    [label.name, label.modality, label.cached_count, label.user_id, label.book_of_business],
    ["Q3 plants", "contacts", 0, team.owner.id, null],
  );
  const entry = await listed(team, "Q3 plants");
  assert.deepEqual(
    [entry?._id, entry?.id, entry?.key, entry?.team_id],
    [label.id, label.id, label.id, team.id],
  );
  assert.deepEqual(entry?.concurrency_locks, {});

  const changed = await team.api.labels.update({ id: label.id, name: "Q4 plants", book_of_business: true });
  assert.deepEqual([changed.label.name, changed.label.book_of_business], ["Q4 plants", true]);
  const kept = await team.api.labels.update({ id: label.id, name: "q4 Plants" });
  assert.deepEqual([kept.label.name, kept.label.book_of_business], ["q4 Plants", true]);

  assert.equal((await team.api.labels.delete({ id: label.id })).label.id, label.id);
  assert.equal(await listed(team, "q4 Plants"), undefined);
  const refusal = await refused(team.api.labels.delete({ id: label.id }));
  assert.equal(refusal.status, 404);
});

test("what is wrong with a new list is said in Apollo's words", async () => {
  await team.api.labels.create({ name: "Taken", modality: "accounts" });
  const cases = [
    [{}, "Please enter a non-empty name!"],
    [{ name: "  ", modality: "contacts" }, "Please enter a non-empty name!"],
    [{ name: "X" }, "Please enter a non-empty modality!"],
    [{ name: "X", modality: "" }, "Please enter a non-empty modality!"],
    [{ name: "X", modality: "emailer_campaigns" }, "Please enter a valid modality!"],
    [{ name: "X", modality: "people" }, "Please enter a valid modality!"],
    [{ name: "taken", modality: "accounts" }, "taken already exists"],
  ] as const;
  for (const [input, sentence] of cases) {
    const refusal = await refused(team.api.labels.create(input));
    assert.deepEqual([refusal.status, refusal.message], [422, sentence]);
  }
  const { body } = await refused(team.api.labels.create({ name: "Taken", modality: "accounts" }));
  assert.equal((body as Record<string, unknown>).skip_alert_dialog, true);
  const other = await team.api.labels.create({ name: "Taken", modality: "contacts" });
  assert.equal(other.label.name, "Taken", "a name is one of a kind within its modality");
});

test("renaming into a name that is taken is refused, and so is an empty one", async () => {
  await team.api.labels.create({ name: "First", modality: "contacts" });
  const { label } = await team.api.labels.create({ name: "Second", modality: "contacts" });
  const taken = await refused(team.api.labels.update({ id: label.id, name: "FIRST" }));
  assert.deepEqual([taken.status, taken.message], [422, "FIRST already exists"]);
  const again = await refused(
    team.api.labels.update({ id: label.id, name: "FIRST" }, { idempotencyKey: "rename-once" }),
  );
  assert.equal(again.message, "FIRST already exists");
  const empty = await refused(team.api.labels.update({ id: label.id }));
  assert.equal(empty.message, "Please enter a non-empty name!");
});

test("an unknown list is refused with both of Apollo's keys, and so is another team's", async () => {
  const stranger = await world.newTeam("Strangers");
  const { label } = await team.api.labels.create({ name: "Ours alone", modality: "contacts" });
  for (const id of ["64f0aa00000000000000beef", label.id]) {
    for (const attempt of [
      () => stranger.api.labels.update({ id, name: "Theirs" }),
      () => stranger.api.labels.delete({ id }),
    ]) {
      const refusal = await refused(attempt());
      const { error, message } = refusal.body as Record<string, unknown>;
      assert.deepEqual(
        [refusal.status, error, message],
        [404, "Record not found.", `Could not find label with id ${id}`],
      );
    }
  }
  assert.deepEqual(await stranger.api.labels.list(), []);
});

test("records are put on lists that may not exist yet, twice without doubling, and taken off", async () => {
  const accounts = await insertRecords(team, "accounts", 3);
  const [first = "", second = ""] = accounts;
  const add = (ids: string[]) =>
    team.api.labels.addEntityIds({
      entity_ids: ids,
      label_names: ["Key accounts", " key ACCOUNTS", "Nordics"],
      modality: "accounts",
    });
  const answer = await add([first, "no id at all", "64f0aa00000000000000beef"]);
  assert.ok("labels" in answer);
  assert.deepEqual(
    answer.labels.map(({ name, cached_count }) => [name, cached_count]),
    [
      ["Key accounts", 1],
      ["Nordics", 1],
    ],
  );
  await add(accounts);
  assert.equal((await listed(team, "Nordics"))?.cached_count, 3);

  const removed = await team.api.labels.removeEntityIds({
    entity_ids: [first, second],
    label_names: ["NORDICS", "No such list"],
    modality: "accounts",
  });
  assert.ok("labels" in removed);
  assert.deepEqual(
    removed.labels.map(({ name, cached_count }) => [name, cached_count]),
    [["Nordics", 1]],
  );
  assert.equal(await listed(team, "No such list"), undefined, "taking off makes nothing");
});

test("nothing to do is said, and makes no list", async () => {
  const [id = ""] = await insertRecords(team, "contacts", 1);
  const none = { message: "No Models or Lists provided" };
  const calls = [
    {},
    { entity_ids: [id] },
    { label_names: ["Never made"] },
    { entity_ids: [], label_names: ["Never made"] },
    { entity_ids: ["64f0aa00000000000000beef"], label_names: ["Never made"] },
    { entity_ids: [id], label_names: ["  "] },
  ];
  for (const input of calls) {
    assert.deepEqual(await team.api.labels.addEntityIds({ ...input, modality: "contacts" }), none);
    assert.deepEqual(await team.api.labels.removeEntityIds({ ...input, modality: "contacts" }), none);
  }
  assert.equal(await listed(team, "Never made"), undefined);
});

test("the kind of record is needed, and may come as entity_type", async () => {
  const [id = ""] = await insertRecords(team, "contacts", 1);
  const input = { entity_ids: [id], label_names: ["By type"] };
  for (const modality of ["people", "emailer_campaigns", "__proto__"]) {
    const refusal = await refused(team.api.labels.addEntityIds({ ...input, modality }));
    assert.deepEqual([refusal.status, refusal.message], [422, `Invalid modality: ${modality}.`]);
  }
  await team.api.labels.addEntityIds({ ...input, entity_type: "contact" });
  assert.equal((await listed(team, "By type"))?.modality, "contacts");
});

test("another team's records are passed over", async () => {
  const stranger = await world.newTeam("Onlookers");
  const [id = ""] = await insertRecords(team, "accounts", 1);
  const input = { entity_ids: [id], label_names: ["Stolen"], modality: "accounts" };
  assert.deepEqual(await stranger.api.labels.addEntityIds(input), { message: "No Models or Lists provided" });
  assert.deepEqual(await stranger.api.labels.list(), []);
});

test("fifty who make the same list at once make one, and the others are told", async () => {
  const mine = await world.newTeam("Crowd");
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      call(`${world.url}/api/v1/labels`, {
        method: "POST",
        key: mine.key,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "Rush", modality: "contacts" }),
      }),
    ),
  );
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(
    [statuses.filter((s) => s === 200).length, statuses.filter((s) => s === 422).length],
    [1, 49],
  );
  assert.equal((await mine.api.labels.list()).length, 1);
});

test("fifty who fill the same new list at once all come onto one", async () => {
  const mine = await world.newTeam("Fillers");
  const ids = await insertRecords(mine, "contacts", 50);
  await Promise.all(
    ids.map((id, at) =>
      mine.api.labels.addEntityIds({
        entity_ids: [id],
        label_names: at % 2 ? ["Left", "Right"] : ["right", "left"],
        modality: "contacts",
      }),
    ),
  );
  const labels = await mine.api.labels.list();
  assert.deepEqual(
    labels.map(({ cached_count }) => cached_count),
    [50, 50],
  );
});

test("what happened to a list is told in the audit log", async () => {
  const mine = await world.newTeam("Told");
  const [id = ""] = await insertRecords(mine, "contacts", 1);
  await mine.api.labels.addEntityIds({ entity_ids: [id], label_names: ["Hot"], modality: "contacts" });
  const label = await listed(mine, "Hot");
  const { audit_log } = await mine.api.auditLog.list({ subject_id: label?.id ?? "" });
  assert.deepEqual(
    audit_log.map(({ type, sentence }) => [type, sentence.replace(/^.* added/, "… added")]),
    [["label.records_added", "… added 1 contacts to the list Hot"]],
  );
});

test("put off, records are put on lists and taken off by a job", async () => {
  const mine = await world.newTeam("Put off");
  const ids = await insertRecords(mine, "contacts", 3);
  const input = {
    entity_ids: [...ids, "64f0aa00000000000000beef"],
    label_names: ["Later"],
    modality: "contacts",
    async: true,
  };
  const run = async (way: "addEntityIds" | "removeEntityIds", jobType: string, outcome: string) => {
    const answer = await mine.api.labels[way](input);
    assert.ok("entity_progress_job" in answer);
    const { entity_progress_job: job, signals_hash } = answer;
    assert.deepEqual(
      [job.job_type, job.progress, job.batch_size, job.params, signals_hash],
      [jobType, -1, null, { modality: "contacts", label_names: ["Later"] }, null],
    );
    const over = await untilOver(mine, job.id);
    assert.deepEqual([over.status, over.counts], ["done", { [outcome]: 3, not_found: 1 }]);
  };
  await run("addEntityIds", "add_entities_to_labels", "added");
  assert.equal((await listed(mine, "Later"))?.cached_count, 3);
  await run("removeEntityIds", "remove_entities_from_labels", "removed");
  assert.equal((await listed(mine, "Later"))?.cached_count, 0);
  const nothing = { message: "No Models or Lists provided" };
  assert.deepEqual(await mine.api.labels.addEntityIds({ modality: "contacts", async: true }), nothing);
});

async function untilOver(at: Team, id: string) {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    const { entity_progress_job: job } = await at.api.progress.get({ id });
    if (job.status === "done" || job.status === "failed") return job;
    await sleep(50);
  }
  throw new Error("the work is still not over");
}
