// The look back at the last 30 days: whom a workflow would have taken, and which filter left out the others.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { feedSettles } from "../../../testing/feed.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { newWorkflow, onWorkflow, settled } from "../../../testing/workflowing.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const world = useWorld();

type Wish = Input<"workflowTrials", "lookBack">;

async function lookBack({ api }: Pick<Team, "api">, wish: Wish) {
  await feedSettles(world);
  return (await api.workflowTrials.lookBack(wish)).look_back;
}

const ON_LIST = (label_id: string) =>
  ({ type: "event", event: "label.records_added", data: { label_id } }) as const;
const TELL = [{ type: "notify" as const, text: "It happened" }];

async function listed(team: Team, name: string, contacts: readonly string[]) {
  const wish = { entity_ids: [...contacts], label_names: [name], modality: "contacts" as const };
  const changed = await team.api.labels.addEntityIds(wish);
  return "labels" in changed ? (changed.labels.find((one) => one.name === name)?.id ?? "") : "";
}

const idsOf = (lines: readonly { entity_id: string }[]) => lines.map(({ entity_id }) => entity_id).sort();

test("it names who would have been taken, when and by which event, and each who was left out by its filter", async () => {
  const team = await world.newTeam();
  const [boss, clerk, mute] = [
    await newContact(team, { title: "Boss", direct_phone: "+4722334455" }),
    await newContact(team, { title: "Clerk", direct_phone: "+4722334455" }),
    await newContact(team, { title: "Clerk" }),
  ];
  const label = await listed(team, "Wanted", [boss, clerk, mute]);
  const told = await lookBack(team, {
    trigger: ON_LIST(label),
    filters: { q_title: "boss", has_phone_number: true },
  });
  assert.equal(told.kind, "past");
  assert.deepEqual([told.num_taken, told.num_records, told.num_triggers], [1, 1, 1]);
  assert.equal(told.taken[0]?.entity_id, boss);
  assert.equal(told.taken[0]?.event?.type, "label.records_added");
  assert.ok(told.taken[0]?.at && told.taken[0].name);
  assert.deepEqual(
    told.left_out.map(({ code, filter, count, count_alone, sample }) => [
      ...[code, filter, count, count_alone],
      idsOf(sample),
    ]),
    [
      ["filter_not_met", "q_title", 2, 1, [clerk, mute].sort()],
      ["filter_not_met", "has_phone_number", 1, 0, [mute]],
    ],
  );
  assert.match(told.sentence, /1 record\. Filters were checked on records as they are now\./);
});

test("it says the same as the workflow that ran", async () => {
  const team = await world.newTeam();
  const wish = {
    trigger: { type: "event", event: "contact.updated" },
    filters: { q_title: "boss" },
    caps: { per_day: 2 },
    reentry: "once",
  } as const;
  const { id } = await onWorkflow(team, { ...wish, actions: TELL });
  const contacts = await newContacts(team, 4);
  for (const one of contacts) await team.api.contacts.update({ id: one, title: "Boss" });
  await team.api.contacts.update({ id: contacts[0] ?? "", title: "Big boss" });
  const clerk = await newContact(team);
  await team.api.contacts.update({ id: clerk, title: "Clerk" });
  const ran = await settled(team, id, 6);
  const told = await lookBack(team, wish);
  const by = (code: string) => ran.filter((one) => one.code === code).map(({ entity_id }) => entity_id);
  assert.deepEqual(idsOf(told.taken), idsOf(ran.filter(({ verdict }) => verdict === "done")));
  const left = new Map(told.left_out.map(({ code, sample }) => [code, idsOf(sample)]));
  for (const code of ["already_taken", "cap_per_day", "filter_not_met"])
    assert.deepEqual(left.get(code), by(code).sort(), code);
  assert.equal(told.num_taken, 2);
});

test("once, every time and after some days are told apart, each at its own moment", async () => {
  const team = await world.newTeam();
  const id = await newContact(team);
  const change = (title: string) => team.api.contacts.update({ id, title });
  await change("a");
  await change("b");
  world.advance({ hours: 60 });
  await change("c");
  const trigger = { type: "event", event: "contact.updated" } as const;
  const count = async (reentry: Wish["reentry"]) =>
    (await lookBack(team, { trigger, ...(reentry && { reentry }) })).num_taken;
  assert.equal(await count("once"), 1);
  assert.equal(await count("every_time"), 3);
  assert.equal(await count({ days: 2 }), 2);
  assert.equal(await count({ days: 3 }), 1);
});

test("what happened more than 30 days ago is not looked at", async () => {
  const team = await world.newTeam();
  const old = await newContact(team);
  world.advance({ hours: 24 * 30 + 1 });
  const fresh = await newContact(team);
  const told = await lookBack(team, { trigger: { type: "event", event: "contact.created" } });
  assert.deepEqual(idsOf(told.taken), [fresh]);
  assert.notEqual(old, fresh);
});

test("where nothing happened it says so", async () => {
  const team = await world.newTeam();
  const label = await listed(team, "Empty", [await newContact(team)]);
  const other = await listed(team, "Another", [await newContact(team)]);
  const told = await lookBack(team, { trigger: { ...ON_LIST(other), event: "label.records_removed" } });
  assert.deepEqual([told.num_triggers, told.num_taken, told.left_out], [0, 0, []]);
  assert.equal(told.sentence, "The trigger did not happen in the last 30 days.");
  assert.equal((await lookBack(team, { trigger: ON_LIST(label) })).num_triggers, 1);
});

test("a saved workflow leaves out whom it has had, and takes values of the form in place of its own", async () => {
  const team = await world.newTeam();
  const trigger = { type: "event", event: "contact.updated" } as const;
  const { id } = await onWorkflow(team, { trigger, actions: TELL });
  const had = await newContact(team);
  await team.api.contacts.update({ id: had, title: "Boss" });
  await settled(team, id, 1);
  const told = await lookBack(team, { id });
  assert.equal(told.num_taken, 0);
  assert.deepEqual(
    told.left_out.map(({ code, count }) => [code, count]),
    [["already_taken", 1]],
  );
  const again = await lookBack(team, { id, reentry: "every_time" });
  assert.deepEqual(idsOf(again.taken), [had]);
  assert.equal((await team.api.workflows.get({ id })).workflow.reentry, "once", "it stays as it was saved");
});

test("a schedule says whom a run would take now, and a webhook that it cannot be known", async () => {
  const team = await world.newTeam();
  const contacts = await newContacts(team, 3, { title: "Boss" });
  await newContact(team, { title: "Clerk" });
  const wish = { filters: { q_title: "boss" }, caps: { per_owner: 2 } };
  const told = await lookBack(team, { trigger: { type: "schedule", every: "day" }, ...wish });
  assert.deepEqual([told.kind, told.num_taken], ["today", 2]);
  assert.ok(told.taken.every(({ entity_id }) => contacts.includes(entity_id)));
  assert.deepEqual(
    told.left_out.map(({ code, count }) => [code, count]),
    [["cap_per_owner", 1]],
  );
  const hook = await lookBack(team, { trigger: { type: "webhook" } });
  assert.deepEqual([hook.kind, hook.num_taken], ["unknown", 0]);
});

test("no more than so many events are read, and it says from when on", async () => {
  const team = await world.newTeam();
  const id = await newContact(team);
  const now = world.running.app.now().round("millisecond").toString();
  await asOwner(world, (client) =>
    client.query(
      `insert into events (team_id, id, type, occurred_at, cause, subject_type, subject_id)
       select $1, lpad(to_hex(n), 24, '0'), 'contact.updated', $3::timestamptz - n * interval '1 minute', 'api', 'contact', $2
         from generate_series(2100, 1, -1) n`,
      [team.id, id, now],
    ),
  );
  const told = await lookBack(team, {
    trigger: { type: "event", event: "contact.updated" },
    reentry: "every_time",
  });
  assert.equal(told.num_taken, 2000);
  assert.equal(told.taken.length, 50, "the newest are named");
  const from = Temporal.Instant.from(told.complete_from ?? "");
  assert.equal(Temporal.Instant.from(now).since(from).total("minutes"), 2000);
  const small = await lookBack(team, { trigger: { type: "event", event: "contact.created" } });
  assert.equal(small.complete_from, null);
});

test("a member is told of no event that is hidden from them, and tries no other filters with the workflow of another", async () => {
  const team = await world.newTeam();
  const { user, invitation_url } = await team.api.users.invite({ email: "lo@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Lo", password });
  const member = await world.signIn("lo@example.no", password);
  const [sequence, box, contact] = [await newSequence(team), await newMailbox(team), await newContact(team)];
  await team.api.joining.addContacts({
    id: sequence.id,
    contact_ids: [contact],
    sequence_unverified_email: true,
    send_email_from_email_account_id: [box.id],
  });
  const trigger = { type: "event", event: "enrollment.added" } as const;
  const { workflow } = await newWorkflow(team, { trigger, actions: TELL });
  assert.equal((await lookBack(team, { id: workflow.id })).num_taken, 1);
  for (const wish of [{ id: workflow.id }, { trigger }])
    assert.equal((await lookBack(member, wish)).num_triggers, 0);
  assert.equal(
    (
      await refused(
        member.api.workflowTrials.lookBack({
          id: workflow.id,
          filters: { emailer_campaign_ids: [sequence.id] },
        }),
      )
    ).code,
    "workflow_of_another",
  );
  const share = { user_or_team_id: user.id, user_or_team_type: "user", access_type: "can_view" } as const;
  await team.api.sequences.update({
    id: sequence.id,
    sharing_permission: { added_sharing_accesses: [share] },
  });
  for (const wish of [{ id: workflow.id }, { trigger }])
    assert.equal((await lookBack(member, wish)).num_taken, 1);
});

test("it is refused for a workflow of another team, and without a trigger", async () => {
  const [team, other] = [await world.newTeam(), await world.newTeam()];
  const { workflow } = await newWorkflow(team, {
    trigger: { type: "schedule", every: "day" },
    actions: TELL,
  });
  assert.equal(
    (await refused(other.api.workflowTrials.lookBack({ id: workflow.id }))).code,
    "record_not_found",
  );
  assert.equal((await refused(team.api.workflowTrials.lookBack({}))).code, "required_parameter_missing");
  assert.equal(
    (await refused(team.api.workflowTrials.lookBack({ trigger: { type: "event", event: "user.invited" } })))
      .code,
    "parameter_invalid",
  );
});
