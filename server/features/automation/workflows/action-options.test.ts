// What can be said of each action beside its name, and each rhythm: done by a workflow, and seen on the records.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { shapes } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { plantPeople } from "../../../testing/people.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import {
  newWorkflow,
  onWorkflow,
  overOf,
  ran,
  untilHolds,
  type WorkflowWish,
} from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { savePeople } from "../../prospecting/people/commands.ts";

const world = useWorld();

type Actions = WorkflowWish["actions"];
const NIGHTLY = { type: "schedule", cron: "0 3 * * *" } as const;
const tell = () => [{ type: "notify", text: "It happened" }] as [{ type: "notify"; text: string }];

async function doneTo(team: Team, ids: string[], actions: Actions, rest: Partial<WorkflowWish> = {}) {
  const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions, ...rest });
  const { run, candidates } = await ran(team, workflow.id, ids);
  assert.equal(run.counts.done, ids.length, JSON.stringify(candidates.map(({ results }) => results)));
  return candidates.map(({ results }) => results.map(({ outcome }) => outcome));
}

const join = (id: string, box: string, rest: Partial<shapes.AddToSequenceAction> = {}) => ({
  type: "add_to_sequence" as const,
  emailer_campaign_id: id,
  sequence_unverified_email: true,
  send_email_from_email_account_id: [box],
  ...rest,
});

async function membershipOf(team: Team, contactId: string, sequenceId: string) {
  const { contact } = await team.api.contacts.get({ id: contactId });
  return contact.contact_campaign_statuses.find(({ emailer_campaign_id: id }) => id === sequenceId);
}

test("add_to_sequence: paused until a time, at a later step, although they are in another, and once more", async () => {
  const team = await world.newTeam();
  const [one, other] = [await newSequence(team), await newSequence(team)];
  const { id: box } = await newMailbox(team);
  const id = await newContact(team);
  const until = world.running.app.now().add({ hours: 72 }).round("second").toString();
  await doneTo(team, [id], [join(one.id, box, { status: "paused", auto_unpause_at: until, start_step: 2 })]);
  const paused = await membershipOf(team, id, one.id);
  assert.deepEqual([paused?.status, paused?.current_step_position], ["paused", 2]);
  assert.equal(Temporal.Instant.from(paused?.auto_unpause_at ?? "").toString(), until);
  assert.deepEqual(await doneTo(team, [id], [join(other.id, box)]), [["skipped"]]);
  const both = join(other.id, box, { sequence_active_in_other_campaigns: true });
  assert.deepEqual(await doneTo(team, [id], [both]), [["done"]]);
  const anew = join(one.id, box, { re_enroll: true, sequence_active_in_other_campaigns: true });
  assert.deepEqual(await doneTo(team, [id], [anew]), [["done"]]);
  const again = await membershipOf(team, id, one.id);
  assert.deepEqual([again?.status, again?.current_step_position], ["active", 1]);
});

test("remove_from_sequence: finished unless it is said otherwise, or out of it", async () => {
  const team = await world.newTeam();
  const { id: sequence } = await newSequence(team);
  const { id: box } = await newMailbox(team);
  const [finished = "", removed = ""] = await newContacts(team, 2);
  await doneTo(team, [finished, removed], [join(sequence, box)]);
  const out = { type: "remove_from_sequence" as const, emailer_campaign_ids: [sequence] };
  await doneTo(team, [finished], [out]);
  await doneTo(team, [removed], [{ ...out, mode: "remove" }]);
  assert.equal((await membershipOf(team, finished, sequence))?.status, "finished");
  assert.equal(await membershipOf(team, removed, sequence), undefined);
});

test("create_task: every kind, for whom, with a note, due when it is said", async () => {
  const team = await world.newTeam();
  const { user } = await team.api.users.invite({ email: `task${team.id}@example.no` });
  const id = await newContact(team, { first_name: "Ines" });
  const kinds = [
    ...(["call", "outreach_manual_email", "linkedin_step_connect", "linkedin_step_message"] as const),
    ...(["linkedin_step_view_profile", "linkedin_step_interact_post", "action_item"] as const),
  ];
  const [first = "call", ...others] = kinds;
  const task = {
    type: "create_task" as const,
    note: "For {{first_name}}",
    user_id: user.id,
    due_in_hours: 48,
  };
  const before = world.running.app.now();
  await doneTo(
    team,
    [id],
    [{ ...task, task_type: first, priority: "low" }, ...others.map((task_type) => ({ ...task, task_type }))],
  );
  const { tasks } = await team.api.tasks.search({ contact_ids: [id], per_page: 50 });
  assert.deepEqual(tasks.map(({ type }) => type).sort(), [...kinds].sort());
  assert.deepEqual(
    new Set(tasks.map(({ user_id, note }) => `${user_id} ${note}`)),
    new Set([`${user.id} For Ines`]),
  );
  assert.equal(tasks.find(({ type }) => type === "call")?.priority, "low");
  const hours = Temporal.Instant.from(tasks[0]?.due_at ?? "")
    .since(before)
    .total("hours");
  assert.ok(hours > 47.9 && hours < 48.5, String(hours));
});

test("create_deal: its amount, stage, owner and day", async () => {
  const team = await world.newTeam();
  const { user } = await team.api.users.invite({ email: `deal${team.id}@example.no` });
  const { opportunity_stages: stages } = await team.api.opportunityStages.list();
  const stage = stages.at(1)?.id ?? "";
  const deal = { amount: 750, opportunity_stage_id: stage, owner_id: user.id, closes_in_days: 10 };
  await doneTo(team, [await newContact(team)], [{ type: "create_deal", name: "Big one", ...deal }]);
  const [made] = (await team.api.opportunities.search({})).opportunities;
  assert.deepEqual([made?.amount, made?.opportunity_stage_id, made?.owner_id], [750, stage, user.id]);
  const day = world.running.app.now().add({ hours: 240 }).toString().slice(0, 10);
  assert.equal(made?.closed_date?.slice(0, 10), day);
});

test("save_as_contact: on which lists, at which stage, whose; and enrich fills in what is known", async () => {
  const team = await world.newTeam();
  const { contact_stage } = await team.api.contactStages.create({ name: "From the store" });
  const { user } = await team.api.users.invite({ email: `save${team.id}@example.no` });
  const [personId = ""] = await plantPeople(world, team, [
    { externalId: "p1", firstName: "Ada", lastName: "Lund", title: "CTO" },
  ]);
  const save = { label_names: ["Store"], contact_stage_id: contact_stage.id, owner_id: user.id };
  await doneTo(team, [personId], [{ type: "save_as_contact", ...save }], { entity: "person" });
  const [saved] = (await team.api.contacts.search({ q_keywords: "Lund" })).contacts;
  assert.deepEqual([saved?.contact_stage_id, saved?.owner_id], [contact_stage.id, user.id]);
  const { labels } = await team.api.contacts.get({ id: saved?.id ?? "" });
  assert.deepEqual(
    labels.map(({ name }) => name),
    ["Store"],
  );

  const whose = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  const known = { firstName: "Per", lastName: "Berg", email: "per@known.example", title: "Chief buyer" };
  await actFor(world.running.app, whose, (act) => savePeople(act, "test", [known]));
  const id = await newContact(team, {
    first_name: "Per",
    last_name: "Berg",
    email: "per@known.example",
    title: "",
  });
  assert.deepEqual(await doneTo(team, [id], [{ type: "enrich" }]), [["done"]]);
  assert.equal((await team.api.contacts.get({ id })).contact.title, "Chief buyer");
});

test("set_field clears with null; accounts have fields, owners and lists too", async () => {
  const team = await world.newTeam();
  const { user } = await team.api.users.invite({ email: `set${team.id}@example.no` });
  const field = async (modality: "contact" | "account") => {
    const made = await team.api.customFields.create({ label: "Note", modality, type: "string" });
    return made.typed_custom_fields[0]?.id ?? "";
  };
  const [ofContact, ofAccount] = [await field("contact"), await field("account")];
  const id = await newContact(team, { typed_custom_fields: { [ofContact]: "old" } });
  await doneTo(team, [id], [{ type: "set_field", typed_custom_fields: { [ofContact]: null } }]);
  assert.equal((await team.api.contacts.get({ id })).contact.typed_custom_fields[ofContact] ?? null, null);
  const { account } = await team.api.accounts.create({
    name: "Berg",
    domain: "berg.example",
    label_names: ["Old"],
  });
  await doneTo(
    team,
    [account.id],
    [
      { type: "set_field", typed_custom_fields: { [ofAccount]: "new" } },
      { type: "set_owner", owner_ids: [user.id] },
      { type: "remove_from_list", label_names: ["Old"] },
    ],
    { entity: "account" },
  );
  const { account: now } = await team.api.accounts.get({ id: account.id });
  assert.deepEqual([now.owner_id, now.typed_custom_fields[ofAccount], now.label_ids], [user.id, "new", []]);
});

test("notify reaches the users who are named, and nobody else", async () => {
  const team = await world.newTeam();
  const { user } = await team.api.users.invite({ email: `told${team.id}@example.no` });
  await doneTo(team, [await newContact(team)], [{ type: "notify", text: "Look", user_ids: [user.id] }]);
  assert.deepEqual((await team.api.workflowNotices.list({ unread: true })).workflow_notices, []);
  await doneTo(
    team,
    [await newContact(team)],
    [{ type: "notify", text: "You", user_ids: [user.id, team.owner.id] }],
  );
  const { workflow_notices: told } = await team.api.workflowNotices.list({ unread: true });
  assert.deepEqual(
    told.map(({ text }) => text),
    ["You"],
  );
});

test("wait: days, hours and minutes together, and not a minute less", async () => {
  const team = await world.newTeam();
  const id = await newContact(team);
  const { workflow } = await newWorkflow(team, {
    trigger: NIGHTLY,
    actions: [
      { type: "wait", days: 2, hours: 3, minutes: 30 },
      { type: "add_to_list", label_names: ["Waited"] },
    ],
  });
  const { workflow_run } = await team.api.workflows.run({ id: workflow.id, entity_ids: [id] });
  const held = async () =>
    (await team.api.workflowRuns.candidates({ id: workflow_run.id })).workflow_candidates[0];
  const before = world.running.app.now();
  const first = await untilHolds(held, (one) => one?.held_up?.code === "waiting");
  const hours = Temporal.Instant.from(first?.due_at ?? "")
    .since(before)
    .total("hours");
  assert.ok(hours >= 51.4 && hours < 52, String(hours));
  world.advance({ hours: 51, minutes: 20 });
  assert.equal((await held())?.held_up?.code, "waiting");
  world.advance({ minutes: 11 });
  assert.equal((await overOf(team, workflow_run.id)).run.counts.done, 1);
});

const RHYTHMS: [what: string, trigger: object, next: (zone: Temporal.ZonedDateTime) => boolean][] = [
  ["every hour", { every: "hour" }, ({ minute }) => minute === 0],
  ["every day at nine", { every: "day" }, ({ hour, minute }) => hour === 9 && minute === 0],
  ["every day at a time", { every: "day", at: "17:45" }, ({ hour, minute }) => hour === 17 && minute === 45],
  ["every week on Monday", { every: "week" }, ({ dayOfWeek, hour }) => dayOfWeek === 1 && hour === 9],
  [
    "every week on a day at a time",
    { every: "week", weekday: 5, at: "07:15" },
    ({ dayOfWeek, hour, minute }) => dayOfWeek === 5 && hour === 7 && minute === 15,
  ],
  [
    "a schedule of five fields",
    { cron: "30 8 * * mon-fri" },
    ({ dayOfWeek, hour }) => dayOfWeek < 6 && hour === 8,
  ],
];

for (const [what, said, isMeant] of RHYTHMS)
  test(`${what}: then, by the clock of its zone, and it runs`, async () => {
    const team = await world.newTeam();
    await newContact(team);
    const trigger = { type: "schedule" as const, time_zone: "Asia/Kolkata", ...said };
    const { id } = await onWorkflow(team, { trigger, actions: tell() });
    const nextAt = async () =>
      Temporal.Instant.from((await team.api.workflows.get({ id })).workflow.next_run_at ?? "");
    const next = await nextAt();
    assert.ok(isMeant(next.toZonedDateTimeISO("Asia/Kolkata")), next.toString());
    world.advance({ seconds: Math.ceil(world.running.app.now().until(next).total("seconds")) + 1 });
    const { workflow_runs: runs } = await untilHolds(
      () => team.api.workflows.runs({ id }),
      ({ workflow_runs }) => workflow_runs[0]?.status === "done",
    );
    assert.deepEqual([runs.length, runs[0]?.cause, runs[0]?.counts.done], [1, "schedule", 1]);
    assert.ok(isMeant((await nextAt()).toZonedDateTimeISO("Asia/Kolkata")), "and again");
  });
