// An archived workflow never runs, and its results can still be read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { feedSettles } from "../../../testing/feed.ts";
import { newContact, newContacts } from "../../../testing/sequenced.ts";
import {
  allCandidates,
  newWorkflow,
  onWorkflow,
  overOf,
  ran,
  untilHolds,
} from "../../../testing/workflowing.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const ON_A_LIST = { type: "add_to_list" as const, label_names: ["Buyers"] };
const CREATED = { type: "event" as const, event: "contact.created" };

const listed = async (team: Team, archived: boolean) =>
  (await team.api.workflows.list({ archived })).workflows.map(({ id }) => id);

test("archived it is off, out of the list, and refuses to be switched on, run or tried once more", async () => {
  const team = await world.newTeam();
  const contact = await newContact(team); // before the workflow is on, or the new contact would trigger it
  await feedSettles(world);
  const { id } = await onWorkflow(team, { trigger: CREATED, actions: [ON_A_LIST] });
  const [done] = (await ran(team, id, [contact])).candidates;
  const { workflow } = await team.api.workflows.archive({ id });
  assert.deepEqual([workflow.active, workflow.archived, workflow.next_run_at], [false, true, null]);
  assert.deepEqual((await team.api.workflows.archive({ id })).workflow.archived, true, "twice is the same");
  assert.deepEqual([await listed(team, false), await listed(team, true)], [[], [id]]);
  const no = async (call: Promise<unknown>) => assert.equal((await refused(call)).code, "workflow_archived");
  await no(team.api.workflows.activate({ id, everybody: true }));
  await no(team.api.workflows.run({ id }));
  await no(team.api.workflowCandidates.rerun({ id: done?.id ?? "" }));
  const { explanation } = await team.api.workflows.explain({ id, entity_id: await newContact(team) });
  assert.equal(explanation.code, "workflow_archived");
  const { workflow_runs } = await team.api.workflows.runs({ id });
  assert.ok(workflow_runs.length > 0, "its runs stay to be read");
  assert.ok((await allCandidates(team, id)).some(({ verdict }) => verdict === "done"));
});

test("what would set it off passes it by, until it is brought back and switched on", async () => {
  const team = await world.newTeam();
  const archived = await onWorkflow(team, { trigger: CREATED, actions: [ON_A_LIST] });
  const witness = await onWorkflow(team, { trigger: CREATED, actions: [ON_A_LIST] });
  await team.api.workflows.archive({ id: archived.id });
  const missed = await newContact(team);
  const takenBy = (id: string, whom: string) =>
    untilHolds(
      () => allCandidates(team, id),
      (all) => all.some(({ entity_id, verdict }) => entity_id === whom && verdict === "done"),
    );
  await takenBy(witness.id, missed);
  assert.equal((await team.api.workflows.runs({ id: archived.id })).pagination.total_entries, 0);
  const { workflow } = await team.api.workflows.update({ id: archived.id, archived: false });
  assert.deepEqual([workflow.archived, workflow.active, workflow.version], [false, false, 1]);
  await team.api.workflows.activate({ id: archived.id, everybody: true });
  const next = await newContact(team);
  await takenBy(archived.id, next);
  assert.deepEqual(
    (await allCandidates(team, archived.id)).map(({ entity_id }) => entity_id),
    [next],
    "who came while it was away stays away",
  );
});

test("candidates who are on the way in it stop, with the reason", async () => {
  const team = await world.newTeam();
  const { workflow } = await newWorkflow(team, {
    trigger: { type: "schedule", every: "day" },
    actions: [{ type: "wait", days: 1 }, ON_A_LIST],
  });
  const { workflow_run } = await team.api.workflows.run({
    id: workflow.id,
    entity_ids: await newContacts(team, 3),
  });
  await untilHolds(
    () => allCandidates(team, workflow.id),
    (all) => all.length === 3,
  );
  await team.api.workflows.update({ id: workflow.id, archived: true });
  const { run, candidates } = await overOf(team, workflow_run.id);
  assert.equal(run.status, "cancelled");
  assert.deepEqual([...new Set(candidates.map(({ code }) => code))], ["workflow_archived"]);
  const after = (await team.api.workflows.get({ id: workflow.id })).workflow;
  assert.equal(after.num_waiting, 0);
  await feedSettles(world);
  const { events } = await team.api.events.list({ limit: 100 });
  const types = events.map(({ type }: { type: string }) => type);
  assert.ok(types.includes("workflow.archived"));
});

test("only its owner and admins archive it, and no user of another team", async () => {
  const [team, stranger] = [await world.newTeam(), await world.newTeam()];
  const { workflow } = await newWorkflow(team, { trigger: CREATED, actions: [ON_A_LIST] });
  assert.equal((await refused(stranger.api.workflows.archive({ id: workflow.id }))).status, 404);
});
