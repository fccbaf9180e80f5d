// Each action, done by a workflow to real records; and what it says where it cannot be done.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { plantPeople } from "../../../testing/people.ts";
import { openReceiver } from "../../../testing/receiver.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { newWorkflow, overOf, ran, untilHolds, type WorkflowWish } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld({ webhookAllow: LOOPBACK });

type Actions = WorkflowWish["actions"];
const NIGHTLY = { type: "schedule", cron: "0 3 * * *" } as const;

async function doneTo(team: Team, ids: string[], actions: Actions, rest: Partial<WorkflowWish> = {}) {
  const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions, ...rest });
  return { id: workflow.id, ...(await ran(team, workflow.id, ids)) };
}

const outcomes = (candidates: { results: { type: string; outcome: string; code: string | null }[] }[]) =>
  candidates.flatMap(({ results }) => results.map(({ type, outcome, code }) => [type, outcome, code]));

test("add_to_sequence takes every option of adding, rotates mailboxes, and says why a contact was skipped", async () => {
  const team = await world.newTeam();
  const [sequence, box, other] = [await newSequence(team), await newMailbox(team), await newMailbox(team)];
  const ids = await newContacts(team, 4);
  const noMail = await newContact(team, { email: "" });
  const { candidates, run } = await doneTo(
    team,
    [...ids, noMail],
    [
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        send_email_from_email_account_id: [box.id, other.id],
        sequence_unverified_email: true,
        start_step: 2,
      },
    ],
  );
  assert.deepEqual(run.counts, { waiting: 0, done: 5, skipped: 0, failed: 0 });
  const results = candidates.flatMap((one) => one.results);
  assert.equal(results.filter(({ outcome }) => outcome === "done").length, 4);
  const left = candidates.find(({ entity_id }) => entity_id === noMail)?.results[0];
  assert.equal(left?.outcome, "skipped");
  assert.match(left?.code ?? "", /email/);
  assert.match(left?.sentence ?? "", /email/i);
  const used = new Set(results.map(({ data }) => data.email_account_id).filter(Boolean));
  assert.deepEqual(used, new Set([box.id, other.id]));
  const { contact } = await team.api.contacts.get({ id: ids[0] ?? "" });
  assert.equal(contact.contact_campaign_statuses[0]?.emailer_campaign_id, sequence.id);
});

test("remove_from_sequence finishes, stops or removes", async () => {
  const team = await world.newTeam();
  const [sequence, box] = [await newSequence(team), await newMailbox(team)];
  const [id = "", stranger = ""] = await newContacts(team, 2);
  await team.api.joining.addContacts({
    id: sequence.id,
    contact_ids: [id],
    send_email_from_email_account_id: [box.id],
    sequence_unverified_email: true,
  });
  const { candidates } = await doneTo(
    team,
    [id, stranger],
    [
      {
        type: "remove_from_sequence",
        emailer_campaign_ids: [sequence.id],
        mode: "stop",
        stop_reason: "Enough",
      },
    ],
  );
  const of = (one: string) => candidates.find(({ entity_id }) => entity_id === one)?.results[0];
  assert.equal(of(id)?.outcome, "done");
  assert.equal(of(stranger)?.outcome, "skipped");
  const { contact } = await team.api.contacts.get({ id });
  assert.equal(contact.contact_campaign_statuses[0]?.inactive_reason, "Enough");
});

test("add_to_list and remove_from_list", async () => {
  const team = await world.newTeam();
  const id = await newContact(team, { label_names: ["Cold"] });
  await doneTo(
    team,
    [id],
    [
      { type: "add_to_list", label_names: ["Warm"] },
      { type: "remove_from_list", label_names: ["Cold"] },
    ],
  );
  const { labels } = await team.api.contacts.get({ id });
  assert.deepEqual(
    labels.map(({ name }) => name),
    ["Warm"],
  );
});

test("set_stage, set_field and set_owner", async () => {
  const team = await world.newTeam();
  const { contact_stage } = await team.api.contactStages.create({ name: "Won over" });
  const field = await team.api.customFields.create({ label: "Note", modality: "contact", type: "string" });
  const fieldId = field.typed_custom_fields[0]?.id ?? "";
  const { user } = await team.api.users.invite({ email: `w${team.id}@example.no` });
  const id = await newContact(team);
  const { candidates } = await doneTo(
    team,
    [id],
    [
      { type: "set_stage", stage_id: contact_stage.id },
      { type: "set_field", typed_custom_fields: { [fieldId]: "by itself" } },
      { type: "set_owner", owner_ids: [user.id] },
    ],
  );
  assert.deepEqual(
    outcomes(candidates).map(([, outcome]) => outcome),
    ["done", "done", "done"],
  );
  const { contact } = await team.api.contacts.get({ id });
  assert.deepEqual(
    [contact.contact_stage_id, contact.owner_id, contact.typed_custom_fields[fieldId]],
    [contact_stage.id, user.id, "by itself"],
  );
});

test("set_owner lets several take turns", async () => {
  const team = await world.newTeam();
  const { user } = await team.api.users.invite({ email: `turn${team.id}@example.no` });
  const ids = await newContacts(team, 6);
  await doneTo(team, ids, [{ type: "set_owner", owner_ids: [team.owner.id, user.id] }]);
  const { contacts } = await team.api.contacts.search({ contact_owner_ids: [user.id] });
  assert.equal(contacts.length, 3);
});

test("create_task, create_deal and notify fill their texts by the sandboxed Liquid", async () => {
  const team = await world.newTeam();
  const id = await newContact(team, { first_name: "Ines", organization_name: "Berg AS" });
  const { candidates } = await doneTo(
    team,
    [id],
    [
      {
        type: "create_task",
        task_type: "call",
        title: "Ring {{first_name}}",
        due_in_hours: 24,
        priority: "high",
      },
      { type: "create_deal", name: "Deal with {{first_name}}", amount: 500, closes_in_days: 30 },
      { type: "notify", text: "{{first_name}} is ready {{ constructor.constructor('return process')() }}" },
    ],
  );
  assert.deepEqual(
    outcomes(candidates).map(([, outcome]) => outcome),
    ["done", "done", "done"],
  );
  const { tasks } = await team.api.tasks.search({ contact_ids: [id] });
  assert.deepEqual(
    [tasks[0]?.title, tasks[0]?.priority, tasks[0]?.user_id],
    ["Ring Ines", "high", team.owner.id],
  );
  const { opportunities } = await team.api.opportunities.search({});
  assert.equal(opportunities[0]?.name, "Deal with Ines");
  const { workflow_notices } = await team.api.workflowNotices.list({ unread: true });
  assert.equal(workflow_notices.length, 1);
  assert.doesNotMatch(workflow_notices[0]?.text ?? "", /\[object/);
  await team.api.workflowNotices.read({ id: workflow_notices[0]?.id ?? "" });
  assert.equal((await team.api.workflowNotices.list({ unread: true })).workflow_notices.length, 0);
});

test("call_webhook is signed, comes once where it is taken, and a refusal fails it", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t);
  const [one = "", two = ""] = await newContacts(team, 2);
  const { workflow, secrets } = await newWorkflow(team, {
    trigger: NIGHTLY,
    actions: [{ type: "call_webhook", url: receiver.url }],
  });
  const { run } = await ran(team, workflow.id, [one]);
  assert.equal(run.counts.done, 1);
  const [received] = receiver.received;
  assert.ok(received && receiver.isSignedBy(received, secrets.signing_secret));
  assert.equal((received.body as unknown as { data: { entity_id: string } }).data.entity_id, one);
  receiver.answering = () => 400;
  const second = await ran(team, workflow.id, [two]);
  assert.deepEqual(outcomes(second.candidates), [["call_webhook", "failed", "receiver_refused"]]);
});

test("wait, branch and split lead each their own way", async () => {
  const team = await world.newTeam();
  const boss = await newContact(team, { title: "Head of Sales" });
  const other = await newContact(team, { title: "Clerk" });
  const { workflow } = await newWorkflow(team, {
    trigger: NIGHTLY,
    actions: [
      { type: "wait", hours: 2 },
      {
        type: "branch",
        filters: { q_title: "sales" },
        yes: [{ type: "add_to_list", label_names: ["Bosses"] }],
        no: [
          {
            type: "split",
            paths: [
              { weight: 1, actions: [{ type: "add_to_list", label_names: ["Left"] }] },
              { weight: 1, actions: [{ type: "add_to_list", label_names: ["Right"] }] },
            ],
          },
        ],
      },
      { type: "add_to_list", label_names: ["Everybody"] },
    ],
  });
  const { workflow_run } = await team.api.workflows.run({ id: workflow.id, entity_ids: [boss, other] });
  const waiting = await untilHolds(
    async () => (await team.api.workflowRuns.candidates({ id: workflow_run.id })).workflow_candidates,
    (all) => all.length === 2 && all.every(({ held_up }) => held_up?.code === "waiting"),
  );
  assert.deepEqual(new Set(waiting.map(({ next_step }) => next_step)), new Set(["1"]));
  world.advance({ hours: 2, minutes: 1 });
  const { candidates } = await overOf(team, workflow_run.id);
  const stepsOf = (id: string) =>
    candidates.find(({ entity_id }) => entity_id === id)?.results.map(({ step }) => step);
  assert.deepEqual(stepsOf(boss), ["0", "1", "1.yes.0", "2"]);
  assert.equal(stepsOf(other)?.length, 5);
  assert.match(stepsOf(other)?.[3] ?? "", /^1\.no\.0\.paths\.[01]\.0$/);
});

test("save_as_contact makes people contacts, and what follows is done to the contact", async () => {
  const team = await world.newTeam();
  const [personId = ""] = await plantPeople(world, team, [
    { externalId: "p1", firstName: "Ada", lastName: "Lund", title: "CTO" },
  ]);
  const { candidates } = await doneTo(
    team,
    [personId],
    [
      { type: "save_as_contact", label_names: ["From the store"] },
      { type: "create_task", task_type: "call" },
    ],
    { entity: "person" },
  );
  const [candidate] = candidates;
  assert.deepEqual(
    outcomes(candidates).map(([, outcome]) => outcome),
    ["done", "done"],
  );
  assert.ok(candidate?.contact_id);
  const { tasks } = await team.api.tasks.search({ contact_ids: [candidate.contact_id] });
  assert.equal(tasks.length, 1);
});

test("enrich asks what is known, outside any transaction, and says where nothing is found", async () => {
  const team = await world.newTeam();
  const id = await newContact(team);
  const { candidates } = await doneTo(team, [id], [{ type: "enrich" }]);
  assert.deepEqual(outcomes(candidates), [["enrich", "skipped", "not_enriched"]]);
});

test("accounts are put on lists, moved, and given tasks and deals", async () => {
  const team = await world.newTeam();
  const { account } = await team.api.accounts.create({ name: "Berg AS", domain: "berg.example" });
  const { account_stage } = await team.api.accountStages.create({ name: "Target" });
  const { candidates } = await doneTo(
    team,
    [account.id],
    [
      { type: "add_to_list", label_names: ["Named"] },
      { type: "set_stage", stage_id: account_stage.id },
      { type: "create_task", task_type: "action_item", title: "Look at them" },
      { type: "create_deal", name: "Berg" },
    ],
    { entity: "account" },
  );
  assert.deepEqual(
    outcomes(candidates).map(([, outcome]) => outcome),
    ["done", "done", "done", "done"],
  );
  assert.equal((await team.api.accounts.get({ id: account.id })).account.account_stage_id, account_stage.id);
});

test("an inactive sequence makes candidates wait, and says so; switched on, they join", async () => {
  const team = await world.newTeam();
  const [sequence, box, id] = [
    await newSequence(team, { active: false }),
    await newMailbox(team),
    await newContact(team),
  ];
  const wish = {
    type: "add_to_sequence" as const,
    emailer_campaign_id: sequence.id,
    send_email_from_email_account_id: [box.id],
    sequence_unverified_email: true,
  } satisfies Actions[number];
  const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions: [wish] });
  const { workflow_run } = await team.api.workflows.run({ id: workflow.id, entity_ids: [id] });
  const held = await untilHolds(
    async () => (await team.api.workflows.get({ id: workflow.id })).workflow,
    ({ held_up }) => held_up.length > 0,
  );
  assert.deepEqual(
    held.held_up.map(({ code, count }) => [code, count]),
    [["sequence_inactive", 1]],
  );
  await team.api.sequences.approve({ id: sequence.id });
  world.advance({ minutes: 2 });
  const { run } = await overOf(team, workflow_run.id);
  assert.equal(run.counts.done, 1);
});

test("a missing mailbox makes candidates wait, and says so", async () => {
  const team = await world.newTeam();
  const [sequence, box, id] = [await newSequence(team), await newMailbox(team), await newContact(team)];
  await team.api.emailAccounts.disconnect({ id: box.id });
  const wish = {
    type: "add_to_sequence" as const,
    emailer_campaign_id: sequence.id,
    send_email_from_email_account_id: [box.id],
  } satisfies Actions[number];
  const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions: [wish] });
  await team.api.workflows.run({ id: workflow.id, entity_ids: [id] });
  const { held_up } = await untilHolds(
    async () => (await team.api.workflows.get({ id: workflow.id })).workflow,
    (found) => found.held_up.length > 0,
  );
  assert.equal(held_up[0]?.code, "mailbox_missing");
});

/** As where the workflow was saved at the very moment of the deletion: a call refuses to delete what a workflow uses. */
const vanish = (table: string, id: string) =>
  asOwner(world, (client) => client.query(`delete from ${table} where id = $1`, [id]));

test("a deleted sequence, stage, field or user fails the step, and says which; a deleted list is made again", async () => {
  const team = await world.newTeam();
  const { contact_stage } = await team.api.contactStages.create({ name: "Soon gone" });
  const field = await team.api.customFields.create({
    label: "Soon gone",
    modality: "contact",
    type: "string",
  });
  const fieldId = field.typed_custom_fields[0]?.id ?? "";
  const { user } = await team.api.users.invite({ email: `gone${team.id}@example.no` });
  const [sequence, box] = [await newSequence(team), await newMailbox(team)];
  const cases: [string, Actions[number], () => Promise<unknown>][] = [
    [
      "stage_missing",
      { type: "set_stage", stage_id: contact_stage.id },
      () => vanish("contact_stages", contact_stage.id),
    ],
    [
      "field_missing",
      { type: "set_field", typed_custom_fields: { [fieldId]: "x" } },
      () => vanish("custom_fields", fieldId),
    ],
    [
      "user_missing",
      { type: "set_owner", owner_ids: [user.id] },
      () => team.api.users.deactivate({ id: user.id }),
    ],
    [
      "sequence_missing",
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        send_email_from_email_account_id: [box.id],
      } as Actions[number],
      () => team.api.sequences.archive({ id: sequence.id }),
    ],
  ];
  for (const [code, action, remove] of cases) {
    const id = await newContact(team);
    const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions: [action] });
    await remove();
    const { candidates, run } = await ran(team, workflow.id, [id]);
    assert.deepEqual(outcomes(candidates), [[action.type, "failed", code]]);
    assert.equal(run.counts.failed, 1);
    assert.notEqual(candidates[0]?.sentence, "");
  }
  const id = await newContact(team, { label_names: ["Soon gone"] });
  const { labels } = await team.api.contacts.get({ id });
  await team.api.labels.delete({ id: labels[0]?.id ?? "" });
  const { candidates } = await doneTo(team, [id], [{ type: "add_to_list", label_names: ["Soon gone"] }]);
  assert.deepEqual(outcomes(candidates), [["add_to_list", "done", null]]);
});

test("what its owner may not do is refused and logged, not done", async () => {
  const team = await world.newTeam();
  const { invitation_url } = await team.api.users.invite({
    email: `member${team.id}@example.no`,
    role: "member",
  });
  const password = "a long sentence is a good password";
  const token = invitation_url.split("#")[1] ?? "";
  await world.client().invitations.accept({ token, name: "Mia Member", password });
  const { api } = await world.signIn(`member${team.id}@example.no`, password);
  const sequence = await newSequence(team);
  const seenBy = (visibility: "everyone" | "restricted") =>
    team.api.sequences.update({ id: sequence.id, sharing_permission: { visibility } });
  await seenBy("everyone");
  const [box, id] = [await newMailbox(team), await newContact(team)];
  const { workflow } = await api.workflows.create({
    name: "Reaching far",
    trigger: NIGHTLY,
    actions: [
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        send_email_from_email_account_id: [box.id],
        sequence_unverified_email: true,
      },
    ],
  });
  await seenBy("restricted");
  const { workflow_run } = await api.workflows.run({ id: workflow.id, entity_ids: [id] });
  const end = await untilHolds(
    async () => (await team.api.workflowRuns.candidates({ id: workflow_run.id })).workflow_candidates,
    ([one]) => one !== undefined && (one.verdict !== "waiting" || one.held_up !== null),
  );
  assert.ok(end[0]?.verdict === "failed" || end[0]?.held_up !== null);
  assert.deepEqual((await team.api.contacts.get({ id })).contact.contact_campaign_statuses, []);
});

test("one candidate is run once more, by the workflow as it is now", async () => {
  const team = await world.newTeam();
  const id = await newContact(team);
  const first = await doneTo(team, [id], [{ type: "add_to_list", label_names: ["First"] }]);
  await team.api.workflows.update({
    id: first.id,
    actions: [{ type: "add_to_list", label_names: ["Second"] }],
  });
  const { workflow_candidate } = await team.api.workflowCandidates.rerun({
    id: first.candidates[0]?.id ?? "",
  });
  const { run } = await overOf(team, workflow_candidate.workflow_run_id);
  assert.deepEqual([run.cause, run.version, run.counts.done], ["rerun", 2, 1]);
  const { labels } = await team.api.contacts.get({ id });
  assert.deepEqual(labels.map(({ name }) => name).sort(), ["First", "Second"]);
  const { explanation } = await team.api.workflows.explain({ id: first.id, entity_id: id });
  assert.equal(explanation.candidates.length, 2);
  assert.match(explanation.sentence, /runs? for this record|ran for this record/);
});
