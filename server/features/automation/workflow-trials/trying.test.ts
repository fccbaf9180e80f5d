// A workflow tried with one record: each filter with the record's value, what each action would do, and nothing that stays.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { newWorkflow, overOf } from "../../../testing/workflowing.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const ON = { type: "event", event: "contact.created" } as const;

/** What counts the calls themselves. */
const OF_CALLS = new Set(["api_keys", "api_usage"]);

/** Every row of the team, by table: how many there are and what they say. */
function everything(team: Team) {
  return asOwner(world, async (client) => {
    const { rows: tables } = await client.query(
      `select c.table_name as name from information_schema.columns c
         join information_schema.tables t on t.table_schema = 'public' and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
        where c.table_schema = 'public' and c.column_name = 'team_id' order by 1`,
    );
    const said: Record<string, string> = {};
    for (const { name } of tables) {
      if (OF_CALLS.has(name)) continue;
      const { rows } = await client.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(x::text, '|' order by x::text)), '') as all from ${name} x where team_id = $1`,
        [team.id],
      );
      said[name] = rows[0].all;
    }
    return said;
  });
}

test("each filter is shown with the record's value, and each action with what it would do; nothing changes", async () => {
  const team = await world.newTeam();
  const [sequence, box] = [await newSequence(team), await newMailbox(team)];
  const contact = await newContact(team, { title: "Clerk", label_names: ["Warm"] });
  await team.api.joining.addContacts({
    id: sequence.id,
    contact_ids: [contact],
    sequence_unverified_email: true,
    send_email_from_email_account_id: [box.id],
  });
  const before = await everything(team);
  const { trial } = await team.api.workflowTrials.tryOut({
    entity_id: contact,
    trigger: ON,
    filters: { q_title: "boss", label_names: ["Warm"] },
    actions: [
      { type: "add_to_list", label_names: ["New list"] },
      { type: "create_task", task_type: "call", title: "Ring {{first_name}}" },
      { type: "create_deal", name: "A deal" },
      { type: "notify", text: "Look" },
      { type: "wait", days: 3 },
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        send_email_from_email_account_id: [box.id],
      },
      { type: "branch", filters: { q_title: "clerk" }, yes: [{ type: "enrich" }], no: [] },
      { type: "remove_from_sequence", emailer_campaign_ids: [sequence.id], mode: "remove" },
    ],
  });
  assert.deepEqual([trial.taken, trial.code], [false, "filter_not_met"]);
  assert.deepEqual(trial.filters, [
    { filter: "q_title", holds: false, value: "Clerk" },
    { filter: "label_names", holds: true, value: "Warm" },
  ]);
  assert.deepEqual(
    trial.actions.map(({ step, outcome }) => [step, outcome]),
    [
      ["0", "done"],
      ["1", "done"],
      ["2", "done"],
      ["3", "done"],
      ["4", "done"],
      ["5", "skipped"],
      ["6", "done"],
      ["6.yes.0", "not_tried"],
      ["7", "done"],
    ],
  );
  assert.match(trial.actions[5]?.sentence ?? "", /sequence/);
  assert.notEqual(trial.actions[5]?.code, null);
  assert.deepEqual(await everything(team), before);
});

test("an action that would wait or fail says why", async () => {
  const team = await world.newTeam();
  const [sequence, box] = [await newSequence(team, { active: false }), await newMailbox(team)];
  const contact = await newContact(team);
  const { workflow } = await newWorkflow(team, {
    trigger: ON,
    actions: [
      { type: "set_owner", owner_ids: [team.owner.id] },
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        send_email_from_email_account_id: [box.id],
      },
      { type: "notify", text: "Added" },
    ],
  });
  const before = await everything(team);
  const { trial } = await team.api.workflowTrials.tryOut({ id: workflow.id, entity_id: contact });
  assert.equal(trial.taken, true);
  assert.deepEqual(
    trial.actions.map(({ step, outcome, code }) => [step, outcome, code]),
    [
      ["0", "done", null],
      ["1", "waiting", "sequence_inactive"],
    ],
  );
  assert.deepEqual(await everything(team), before);
});

test("it says the same of the record as the run that follows", async () => {
  const team = await world.newTeam();
  const contact = await newContact(team);
  const { workflow } = await newWorkflow(team, {
    trigger: ON,
    actions: [
      { type: "remove_from_list", label_names: ["Nowhere"] },
      { type: "notify", text: "Done" },
    ],
  });
  const { trial } = await team.api.workflowTrials.tryOut({ id: workflow.id, entity_id: contact });
  const { workflow_run } = await team.api.workflows.run({ id: workflow.id, entity_ids: [contact] });
  const { candidates } = await overOf(team, workflow_run.id);
  assert.deepEqual(
    trial.actions.map(({ step, outcome, code, sentence }) => [step, outcome, code, sentence]),
    candidates[0]?.results.map(({ step, outcome, code, sentence }) => [step, outcome, code, sentence]),
  );
  const again = await team.api.workflowTrials.tryOut({ id: workflow.id, entity_id: contact });
  assert.deepEqual([again.trial.taken, again.trial.code], [false, "already_taken"]);
});

test("a record of another team, a workflow of another team and one of another user are refused", async () => {
  const [team, other] = [await world.newTeam(), await world.newTeam()];
  const [contact, theirs] = [await newContact(team), await newContact(other)];
  const { workflow } = await newWorkflow(team, { trigger: ON, actions: [{ type: "notify", text: "Look" }] });
  const tryOut = ({ api }: Team, entity_id: string) =>
    refused(api.workflowTrials.tryOut({ id: workflow.id, entity_id }));
  assert.equal((await tryOut(team, theirs)).code, "record_not_found");
  assert.equal((await tryOut(other, contact)).code, "record_not_found");
});
