// What sets workflows off: events, a clock, a webhook, a person; whom they take; and what stops them.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { feedSettles } from "../../../testing/feed.ts";
import { plantPeople } from "../../../testing/people.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { asOwner } from "../../../testing/wire.ts";
import {
  allCandidates,
  lookedAt,
  newWorkflow,
  onWorkflow,
  overOf,
  ran,
  settled,
  untilHolds,
} from "../../../testing/workflowing.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const TELL = [{ type: "notify", text: "It happened" }] as const;
const EVERY = "every_time" as const;
const tell = () => structuredClone(TELL) as unknown as [{ type: "notify"; text: string }];

const TRIGGERS: [string, (team: Team) => Promise<{ act(): Promise<unknown>; id: string }>][] = [
  [
    "contact.created",
    async (team) => {
      const made = { id: "" };
      return {
        get id() {
          return made.id;
        },
        act: async () => {
          made.id = await newContact(team);
        },
      };
    },
  ],
  [
    "contact.updated",
    async ({ api, ...team }) => {
      const id = await newContact({ api, ...team });
      return { id, act: () => api.contacts.update({ id, title: "Boss" }) };
    },
  ],
  [
    "contact.stage_changed",
    async ({ api, ...team }) => {
      const id = await newContact({ api, ...team });
      const { contact_stage } = await api.contactStages.create({ name: "Next" });
      return {
        id,
        act: () => api.contacts.updateStages({ contact_ids: [id], contact_stage_id: contact_stage.id }),
      };
    },
  ],
  [
    "label.records_added",
    async ({ api, ...team }) => {
      const id = await newContact({ api, ...team });
      const wish = { entity_ids: [id], label_names: ["Joined"], modality: "contacts" as const };
      return { id, act: () => api.labels.addEntityIds(wish) };
    },
  ],
  [
    "label.records_removed",
    async ({ api, ...team }) => {
      const id = await newContact({ api, ...team }, { label_names: ["Left"] });
      const wish = { entity_ids: [id], label_names: ["Left"], modality: "contacts" as const };
      return { id, act: () => api.labels.removeEntityIds(wish) };
    },
  ],
  [
    "task.completed",
    async ({ api, owner, ...team }) => {
      const id = await newContact({ api, owner, ...team });
      const { task } = await api.tasks.create({ type: "call", user_id: owner.id, contact_id: id });
      return { id, act: () => api.tasks.complete({ id: task.id }) };
    },
  ],
  [
    "call.logged",
    async ({ api, ...team }) => {
      const id = await newContact({ api, ...team });
      return { id, act: () => api.phoneCalls.create({ contact_id: id, status: "completed" }) };
    },
  ],
  [
    "enrollment.added",
    async (team) => {
      const [sequence, box, id] = [await newSequence(team), await newMailbox(team), await newContact(team)];
      return {
        id,
        act: () =>
          team.api.joining.addContacts({
            id: sequence.id,
            contact_ids: [id],
            sequence_unverified_email: true,
            send_email_from_email_account_id: [box.id],
          }),
      };
    },
  ],
  [
    "enrollment.finished",
    async (team) => {
      const [sequence, box, id] = [await newSequence(team), await newMailbox(team), await newContact(team)];
      await team.api.joining.addContacts({
        id: sequence.id,
        contact_ids: [id],
        sequence_unverified_email: true,
        send_email_from_email_account_id: [box.id],
      });
      const wish = {
        emailer_campaign_ids: [sequence.id],
        contact_ids: [id],
        mode: "mark_as_finished" as const,
      };
      return { id, act: () => team.api.enrollments.removeOrStop(wish) };
    },
  ],
];

for (const [event, arrange] of TRIGGERS)
  test(`${event} sets a workflow off, once for each event`, async () => {
    const team = await world.newTeam();
    const scene = await arrange(team);
    const { id } = await onWorkflow(team, {
      trigger: { type: "event", event },
      reentry: EVERY,
      actions: tell(),
    });
    await scene.act();
    const [candidate] = await settled(team, id, 1);
    assert.deepEqual(
      [candidate?.entity_id, candidate?.verdict, candidate?.event?.type, candidate?.depth],
      [scene.id, "done", event, 1],
    );
    await lookedAt(world, team);
    assert.equal((await allCandidates(team, id)).length, 1);
  });

test("a deal's stage sets off a workflow for its account, and an event's data can be asked for", async () => {
  const team = await world.newTeam();
  const { account } = await team.api.accounts.create({ name: "Berg AS" });
  const { opportunity } = await team.api.opportunities.create({ name: "Berg", account_id: account.id });
  const { opportunity_stages } = await team.api.opportunityStages.list();
  const [, second, third] = opportunity_stages;
  const data = { to_stage_id: third?.id ?? "" };
  const trigger = { type: "event", event: "deal.stage_changed", data } as const;
  const { id } = await onWorkflow(team, { entity: "account", trigger, reentry: EVERY, actions: tell() });
  await team.api.opportunities.update({ id: opportunity.id, opportunity_stage_id: second?.id ?? "" });
  await team.api.opportunities.update({ id: opportunity.id, opportunity_stage_id: third?.id ?? "" });
  const all = await settled(team, id, 1);
  assert.deepEqual(
    all.map(({ entity_id }) => entity_id),
    [account.id],
  );
});

test("deals that are moved with their stage, or closed with it, set a workflow off, each once", async () => {
  const team = await world.newTeam();
  const [first, second, third, fourth] = (await team.api.opportunityStages.list()).opportunity_stages;
  const newDeal = async (name: string, stage: string | undefined) => {
    const { account } = await team.api.accounts.create({ name });
    const wish = { name, account_id: account.id, opportunity_stage_id: stage ?? "" };
    await team.api.opportunities.create(wish);
    return account.id;
  };
  const moved = [await newDeal("Berg", second?.id), await newDeal("Dal", second?.id)];
  const closed = await newDeal("Elv", fourth?.id);
  await newDeal("Fjell", first?.id);
  const trigger = { type: "event", event: "deal.stage_changed" } as const;
  const { id } = await onWorkflow(team, { entity: "account", trigger, reentry: EVERY, actions: tell() });
  await team.api.opportunityStages.delete({ id: second?.id ?? "", reassign_to: third?.id ?? "" });
  await team.api.opportunityStages.update({ id: fourth?.id ?? "", type: "Closed/Won" });
  const all = await settled(team, id, 3);
  assert.deepEqual(all.map(({ entity_id }) => entity_id).sort(), [...moved, closed].sort());
});

test("accounts that are moved to a stage at once set off what asks where they came from", async () => {
  const team = await world.newTeam();
  const [from, to] = (await team.api.accountStages.list()).account_stages;
  const { account } = await team.api.accounts.create({ name: "Vik", account_stage_id: from?.id ?? "" });
  const contact = await newContact(team);
  const [before, after] = (await team.api.contactStages.list()).contact_stages;
  const data = { from: from?.id ?? "", to: to?.id ?? "" };
  const trigger = { type: "event", event: "account.stage_changed", data } as const;
  const { id } = await onWorkflow(team, { entity: "account", trigger, reentry: EVERY, actions: tell() });
  const ofContacts = await onWorkflow(team, {
    trigger: {
      type: "event",
      event: "contact.stage_changed",
      data: { from: before?.id ?? "", to: after?.id ?? "" },
    },
    reentry: EVERY,
    actions: tell(),
  });
  await team.api.accounts.bulkUpdate({ account_ids: [account.id], account_stage_id: to?.id ?? "" });
  await team.api.contacts.updateStages({ contact_ids: [contact], contact_stage_id: after?.id ?? "" });
  assert.equal((await settled(team, id, 1))[0]?.entity_id, account.id);
  assert.equal((await settled(team, ofContacts.id, 1))[0]?.entity_id, contact);
});

test("what happened before it was switched on, or while it was off, sets nothing off", async () => {
  const team = await world.newTeam();
  await newContact(team);
  const trigger = { type: "event", event: "contact.created" } as const;
  const { id } = await onWorkflow(team, { trigger, actions: tell() });
  const inside = await newContact(team);
  await settled(team, id, 1);
  await team.api.workflows.deactivate({ id });
  await newContact(team); // no workflow is on, so nothing looks at it yet
  await feedSettles(world);
  await team.api.workflows.activate({ id });
  const next = await newContact(team);
  await settled(team, id, 2);
  await onWorkflow(team, { trigger: { type: "event", event: "contact.updated" }, actions: tell() });
  await team.api.workflows.deactivate({ id });
  await newContact(team); // now the engine looks, for the other workflow
  await lookedAt(world, team);
  await team.api.workflows.activate({ id });
  const last = await newContact(team);
  const all = await settled(team, id, 3);
  assert.deepEqual(new Set(all.map(({ entity_id }) => entity_id)), new Set([inside, next, last]));
});

test("each filter's verdict is told, and why she was not taken is one question", async () => {
  const team = await world.newTeam();
  const trigger = { type: "event", event: "contact.created" } as const;
  const filters = { q_title: "sales", email_statuses: ["verified"] };
  const { id } = await onWorkflow(team, { trigger, filters, actions: tell() });
  const ines = await newContact(team, { title: "Sales", email_status: "unverified" });
  const [line] = await settled(team, id, 1);
  assert.deepEqual([line?.verdict, line?.code], ["skipped", "filter_not_met"]);
  assert.deepEqual(line?.filters, [
    { filter: "q_title", holds: true },
    { filter: "email_statuses", holds: false },
  ]);
  const { explanation } = await team.api.workflows.explain({ id, entity_id: ines });
  assert.equal(explanation.sentence, "These filters do not match: email_statuses.");
  const { explanation: other } = await team.api.workflows.explain({
    id,
    entity_id: await newContact(team, { title: "Clerk" }),
  });
  assert.equal(other.code, "filter_not_met");
});

test("re-entry: once, every time, or after so many days", async () => {
  const team = await world.newTeam();
  const one = await newContact(team);
  const trigger = { type: "event", event: "contact.updated" } as const;
  const of = async (reentry: "once" | "every_time" | { days: number }) =>
    (await onWorkflow(team, { trigger, reentry, actions: tell() })).id;
  const [once, every, days] = [await of("once"), await of("every_time"), await of({ days: 3 })];
  const codes = async (id: string, count: number) =>
    (await settled(team, id, count)).map(({ verdict }) => verdict).sort();
  for (const [n, ahead] of [0, 1, 3].entries()) {
    if (ahead) world.advance({ hours: ahead * 24 });
    await team.api.contacts.update({ id: one, title: `Title ${n}` });
    await settled(team, every, n + 1);
    await settled(team, once, n + 1);
    await settled(team, days, n + 1);
  }
  assert.deepEqual(await codes(once, 3), ["done", "skipped", "skipped"]);
  assert.deepEqual(await codes(every, 3), ["done", "done", "done"]);
  assert.deepEqual(await codes(days, 3), ["done", "done", "skipped"]);
});

test("caps: of a run, of a day, of an owner's records; what is left over is told", async () => {
  const team = await world.newTeam();
  await newContacts(team, 6);
  const trigger = { type: "schedule", cron: "0 3 * * *" } as const;
  const counts = async (caps: NonNullable<Input<"workflows", "create">["caps"]>) => {
    const { workflow } = await newWorkflow(team, { trigger, actions: tell(), caps });
    const { run } = await ran(team, workflow.id);
    return { ...run.counts, left: run.num_left_over, id: workflow.id };
  };
  const perRun = await counts({ per_run: 2 });
  assert.deepEqual([perRun.done, perRun.left > 0], [2, true]);
  const perOwner = await counts({ per_owner: 3 });
  assert.deepEqual([perOwner.done, perOwner.skipped], [3, 3]);
  const perDay = await counts({ per_day: 4 });
  assert.equal(perDay.done, 4);
  const { run: again } = await ran(team, perDay.id);
  assert.equal(again.counts.done, 0);
  assert.deepEqual(
    again.codes.map(({ code }) => code),
    ["cap_per_day"],
  );
});

test("a schedule runs at its time, and once for all it missed", async () => {
  const team = await world.newTeam();
  await newContacts(team, 2);
  const trigger = { type: "schedule", every: "hour" } as const;
  const { id } = await onWorkflow(team, { trigger, actions: tell() });
  world.advance({ hours: 10 });
  const { workflow_runs } = await untilHolds(
    () => team.api.workflows.runs({ id }),
    ({ workflow_runs: runs }) => runs[0]?.status === "done",
  );
  assert.equal(workflow_runs.length, 1);
  assert.equal(workflow_runs[0]?.num_missed, 9);
  assert.equal(workflow_runs[0]?.counts.done, 2);
  const { workflow } = await team.api.workflows.get({ id });
  assert.ok(
    workflow.next_run_at && Temporal.Instant.compare(workflow.next_run_at, world.running.app.now()) > 0,
  );
});

test("a webhook's payload is matched by id or email, or makes a contact; one that names neither is reported", async () => {
  const team = await world.newTeam();
  const known = await newContact(team, { email: "ines@hook.example" });
  const trigger = { type: "webhook", creates_contacts: true } as const;
  const { id, secrets } = await onWorkflow(team, { trigger, reentry: EVERY, actions: tell() });
  const url = (secrets.hook_url ?? "").replace(/^https?:\/\/[^/]+/, world.url);
  const send = (body: unknown) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  for (const body of [
    { email: "INES@hook.example" },
    { contact_id: known },
    { email: "new@hook.example", first_name: "New" },
  ])
    assert.equal((await send(body)).status, 202);
  const all = await settled(team, id, 3);
  assert.equal(all.filter(({ entity_id }) => entity_id === known).length, 2);
  assert.ok(
    all.every(({ payload_hash, verdict }) => /^[0-9a-f]{64}$/.test(payload_hash ?? "") && verdict === "done"),
  );
  const { contacts } = await team.api.contacts.search({ contact_emails: ["new@hook.example"] });
  assert.equal(contacts[0]?.first_name, "New");
  assert.equal((await send({})).status, 422);
  assert.equal((await send({ text: "x".repeat(70_000) })).status, 413);
  assert.equal((await fetch(url.replace(/.{5}$/, "aaaaa"), { method: "POST" })).status, 404);
  await team.api.workflows.deactivate({ id });
  assert.equal((await send({ email: "ines@hook.example" })).status, 410);
});

test("a storm of 10,000 is turned away by the minute, and what was taken in is done once", async () => {
  const team = await world.newTeam();
  await newContact(team, { email: "storm@hook.example" });
  const { id, secrets } = await onWorkflow(team, {
    trigger: { type: "webhook" },
    reentry: EVERY,
    actions: tell(),
  });
  const url = (secrets.hook_url ?? "").replace(/^https?:\/\/[^/]+/, world.url);
  const statuses = new Map<number, number>();
  let left = 10_000;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (left-- > 0) {
        const answer = await fetch(url, {
          method: "POST",
          body: '{"email":"storm@hook.example"}',
          headers: { "content-type": "application/json" },
        });
        await answer.arrayBuffer();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    }),
  );
  const taken = statuses.get(202) ?? 0;
  assert.equal(taken + (statuses.get(429) ?? 0), 10_000);
  assert.ok(taken >= 600 && taken < 3_000, `${taken} were taken`);
  const { workflow_runs } = await untilHolds(
    () => team.api.workflows.runs({ id }),
    ({ workflow_runs: runs }) => runs.reduce((sum, run) => sum + run.counts.done, 0) >= taken,
  );
  assert.equal(
    workflow_runs.reduce((sum, run) => sum + run.counts.done, 0),
    taken,
  );
});

test("a workflow that triggers itself is stopped after five times round, and it is told", async () => {
  const team = await world.newTeam();
  const one = await newContact(team);
  const field = await team.api.customFields.create({ label: "Round", modality: "contact", type: "string" });
  const fieldId = field.typed_custom_fields[0]?.id ?? "";
  const { id } = await onWorkflow(team, {
    trigger: { type: "event", event: "contact.updated" },
    reentry: EVERY,
    actions: [{ type: "set_field", typed_custom_fields: { [fieldId]: "again" } }],
  });
  const { workflow } = await team.api.workflows.get({ id });
  assert.ok(workflow.warnings.some(({ code }) => code === "sets_itself_off"));
  await team.api.contacts.update({ id: one, title: "Go" });
  const all = await untilHolds(
    () => allCandidates(team, id),
    (lines) => lines.some(({ code }) => code === "loop_stopped"),
  );
  assert.deepEqual(all.map(({ depth }) => depth).sort(), [1, 2, 3, 4, 5, 6]);
  assert.equal(all.filter(({ verdict }) => verdict === "done").length, 5);
  await feedSettles(world);
  const { events } = await team.api.events.list({ types: ["workflow.loop_stopped"] });
  assert.equal(events.length, 1);
  assert.equal(events[0]?.data.depth, 5);
});

test("two workflows that set each other off are stopped too", async () => {
  const team = await world.newTeam();
  const one = await newContact(team);
  const stages: string[] = [];
  for (const name of ["Ping", "Pong"])
    stages.push((await team.api.contactStages.create({ name })).contact_stage.id);
  const [ping = "", pong = ""] = stages;
  const ids: string[] = [];
  for (const [from, to] of [
    [ping, pong],
    [pong, ping],
  ] as const)
    ids.push(
      (
        await onWorkflow(team, {
          trigger: { type: "event", event: "contact.stage_changed", data: { to: from } },
          reentry: EVERY,
          actions: [{ type: "set_stage", stage_id: to }],
        })
      ).id,
    );
  await team.api.contacts.updateStages({ contact_ids: [one], contact_stage_id: ping });
  const all = await untilHolds(
    async () => (await Promise.all(ids.map((id) => allCandidates(team, id)))).flat(),
    (lines) => lines.some(({ code }) => code === "loop_stopped"),
  );
  assert.equal(all.filter(({ verdict }) => verdict === "done").length, 5);
});

test("a dry run tells whom it would take, what it would do and cost, with a red warning where no filter is set", async () => {
  const team = await world.newTeam();
  const ids = await plantPeople(world, team, [
    { externalId: "d1", firstName: "Ada", lastName: "Lund" },
    { externalId: "d2", firstName: "Bo", lastName: "Lund" },
  ]);
  const { workflow } = await newWorkflow(team, {
    entity: "person",
    trigger: { type: "schedule", every: "day" },
    filters: { person_ids: ids },
    actions: [{ type: "save_as_contact" }, { type: "enrich" }],
  });
  const dry = team.api.workflows.run({ id: workflow.id }, { dryRun: true });
  const { outlook } = await dry;
  assert.equal(outlook?.num_candidates, 2);
  assert.deepEqual(outlook?.actions, [
    { step: "0", type: "save_as_contact", count: 2 },
    { step: "1", type: "enrich", count: 2 },
  ]);
  assert.equal(outlook?.credits.most, 4);
  assert.deepEqual((await team.api.workflows.runs({ id: workflow.id })).workflow_runs, []);
  await newContacts(team, 3);
  const all = await newWorkflow(team, { trigger: { type: "schedule", every: "day" }, actions: tell() });
  assert.deepEqual(
    all.workflow.warnings.map(({ code, level }) => [code, level]),
    [["matches_everybody", "red"]],
  );
  assert.equal(
    (await refused(team.api.workflows.activate({ id: all.workflow.id }))).code,
    "workflow_matches_everybody",
  );
  const wide = await newWorkflow(team, {
    trigger: { type: "schedule", every: "day" },
    actions: tell(),
    filters: { contact_created_at_range: { min: "2001-01-01" } },
  });
  const found = await team.api.workflows.run({ id: wide.workflow.id }, { dryRun: true });
  assert.deepEqual(
    found.outlook?.warnings.map(({ code }) => code),
    ["finds_everybody"],
  );
});

test("net-new: people who are contacts already are passed over", async () => {
  const team = await world.newTeam();
  const [known = "", fresh = "", byAddress = ""] = await plantPeople(world, team, [
    { externalId: "n1", firstName: "Ada", lastName: "Lund" },
    { externalId: "n2", firstName: "Bo", lastName: "Lund" },
    { externalId: "n3", firstName: "Cy", lastName: "Lund", email: "cy@lund.example" },
  ]);
  await team.api.prospecting.addToContacts({ person_ids: [known] });
  await newContact(team, { email: "CY@lund.example" });
  const { workflow } = await newWorkflow(team, {
    entity: "person",
    trigger: { type: "schedule", every: "day" },
    net_new: true,
    filters: { person_ids: [known, fresh, byAddress] },
    actions: [{ type: "save_as_contact" }],
  });
  const { candidates } = await ran(team, workflow.id);
  assert.deepEqual(
    candidates.map(({ entity_id }) => entity_id),
    [fresh],
  );
});

test("a run is stopped: who is not through is left out", async () => {
  const team = await world.newTeam();
  const id = await newContact(team);
  const { workflow } = await newWorkflow(team, {
    trigger: { type: "schedule", every: "day" },
    actions: [
      { type: "wait", days: 1 },
      { type: "notify", text: "Late" },
    ],
  });
  const { workflow_run } = await team.api.workflows.run({ id: workflow.id, entity_ids: [id] });
  await untilHolds(
    async () => (await team.api.workflowRuns.get({ id: workflow_run.id })).workflow_run,
    ({ counts }) => counts.waiting === 1,
  );
  await team.api.workflowRuns.cancel({ id: workflow_run.id });
  const { run, candidates } = await overOf(team, workflow_run.id);
  assert.deepEqual(
    [run.status, candidates[0]?.verdict, candidates[0]?.code],
    ["cancelled", "skipped", "cancelled"],
  );
  assert.equal(
    (await refused(team.api.workflowRuns.cancel({ id: workflow_run.id }))).code,
    "workflow_run_over",
  );
});

test("bad input is refused, and nothing of it is kept", async () => {
  const team = await world.newTeam();
  const good = { name: "x", trigger: { type: "event", event: "contact.created" }, actions: tell() };
  const bad: [string, Record<string, unknown>][] = [
    ["an unknown filter", { filters: { q_titel: "sales" } }],
    ["a filter of another search", { filters: { person_titles: ["CTO"] } }],
    ["an event about access", { trigger: { type: "event", event: "user.invited" } }],
    ["an event about what they may not", { trigger: { type: "event", event: "access.refused" } }],
    ["an event about logins", { trigger: { type: "event", event: "sql_login.created" } }],
    ["an event of workflows", { trigger: { type: "event", event: "workflow.run_finished" } }],
    ["a clock that never comes", { trigger: { type: "schedule", cron: "0 0 31 2 *" } }],
    ["a cron expression that is invalid", { trigger: { type: "schedule", cron: "soon" } }],
    ["two clocks", { trigger: { type: "schedule", cron: "0 0 * * *", every: "day" } }],
    ["no such zone", { trigger: { type: "schedule", every: "day", time_zone: "Mars/Base" } }],
    ["no action", { actions: [] }],
    ["a step that runs code", { actions: [{ type: "code", source: "process.exit()" }] }],
    ["an empty wait", { actions: [{ type: "wait" }] }],
    ["an unknown stage", { actions: [{ type: "set_stage", stage_id: "64f0aa0000000000000000ff" }] }],
    ["a wrong action deep inside", { actions: [{ type: "branch", filters: {}, yes: [{ type: "code" }] }] }],
    ["a wrong filter deep inside", { actions: [{ type: "branch", filters: { nope: 1 }, yes: [] }] }],
    [
      "an address in the private network",
      { actions: [{ type: "call_webhook", url: "http://127.0.0.1:1/" }] },
    ],
    [
      "a sequence for accounts",
      {
        entity: "account",
        actions: [
          {
            type: "add_to_sequence",
            emailer_campaign_id: "64f0aa0000000000000000ff",
            send_email_from_email_account_id: ["64f0aa0000000000000000fe"],
          },
        ],
      },
    ],
  ];
  for (const [what, change] of bad) {
    const { status } = await refused(team.api.workflows.create(unchecked({ ...good, ...change })));
    assert.equal(status, 422, what);
  }
  assert.equal((await team.api.workflows.list()).pagination.total_entries, 0);
});

test("a workflow does not find another team's contact, and its log says no more of them", async () => {
  const [team, other] = [await world.newTeam(), await world.newTeam("Elsewhere")];
  const stranger = await newContact(other, { first_name: "Hidden" });
  const nobody = "64f0aa0000000000000000ff";
  const { workflow } = await newWorkflow(team, {
    trigger: { type: "schedule", every: "day" },
    actions: tell(),
  });
  const { candidates, run } = await ran(team, workflow.id, [stranger, nobody]);
  assert.deepEqual(
    candidates.map(({ verdict, code, name }) => [verdict, code, name]),
    [
      ["skipped", "not_found", null],
      ["skipped", "not_found", null],
    ],
  );
  assert.equal(run.counts.done, 0);
  for (const entity_id of [stranger, nobody])
    assert.equal(
      (await team.api.workflows.explain({ id: workflow.id, entity_id })).explanation.code,
      "not_found",
    );
});

test("a run whose candidates cannot be found fails, says so, and holds up nobody else", async () => {
  const team = await world.newTeam();
  await newContact(team);
  const trigger = { type: "schedule", every: "day" } as const;
  const { workflow } = await newWorkflow(team, { trigger, filters: { q_title: "sales" }, actions: tell() });
  const broken = { contact_created_at_range: { min: "no time at all" } }; // as nobody could have said it
  await asOwner(world, (client) =>
    client.query(
      "update workflow_versions set definition = jsonb_set(definition, '{filters}', $2) where workflow_id = $1",
      [workflow.id, JSON.stringify(broken)],
    ),
  );
  const { run } = await ran(team, workflow.id);
  assert.equal(run.status, "failed");
  assert.match(run.error ?? "", /search/);
  const next = await newWorkflow(team, { trigger, actions: tell() });
  assert.equal((await ran(team, next.workflow.id)).run.counts.done, 1);
  await feedSettles(world);
  assert.equal((await team.api.events.list({ types: ["workflow.run_failed"] })).events.length, 1);
});
