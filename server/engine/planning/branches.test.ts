// Contacts at a branch: which path they take and when, why, and what becomes of them when the branch is edited.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newSendingMailbox } from "../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence, type StepWish } from "../../testing/sequenced.ts";
import { runVirtually, useVirtualWorld } from "../../testing/virtual-engine.ts";
import { asOwner, call } from "../../testing/wire.ts";
import { refused, type Team } from "../../testing/world.ts";

const { clock, witness, world } = useVirtualWorld();

const NOW = { wait_time: 0, wait_mode: "minute" as const };
const REPLY = {
  ...MAIL_STEP,
  emailer_touches: [{ ...MAIL_STEP.emailer_touches[0], type: "reply_to_thread" as const }],
};
const HAS_PHONE = { rules: [{ type: "contact" as const, filters: { has_phone_number: true } }] };
const OPENED = { wait_days: 3, rules: [{ type: "email_opened" as const, step_position: 1 }] };

const on = (branch_path: "yes" | "no", branch_position: number, step: StepWish): StepWish => ({
  ...step,
  branch_position,
  branch_path,
});

async function newPlan(team: Team, steps: StepWish[]) {
  const mailbox = await newSendingMailbox(team, witness, {
    open_tracking: true,
    email_daily_threshold: null,
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
  });
  const { id, steps: ids } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: steps,
  });
  const add = (contact_ids: string[], rest = {}) =>
    team.api.joining.addContacts({
      id,
      emailer_campaign_id: id,
      contact_ids,
      send_email_from_email_account_id: mailbox.id,
      ...rest,
    });
  return { id, ids, add };
}

async function alwaysOpen(team: Team) {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const { emailer_schedule } = await team.api.schedules.create({
    name: `Always ${Math.random()}`,
    time_zone: "UTC",
    schedule_hash: Object.fromEntries(days.map((day) => [day, [[0, 24]]])),
  });
  return emailer_schedule.id;
}

const run = (team: Team, hours: number) =>
  runVirtually({ world, team, clock }, world.running.app.now().add({ minutes: Math.round(hours * 60) }));

/** The positions of the steps that each contact was given, in the order in which they came. */
async function waysOf(team: Team, sequence: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query(
      `select e.contact_id, e.state, array_agg(d.position order by d.at, d.position) filter (where d.position is not null) as steps
         from enrollments e
         left join lateral (
           select p.position, m.completed_at as at from messages m join sequence_steps p on p.id = m.step_id
            where m.enrollment_id = e.id and m.delivery = 'sent'
           union all
           select p.position, t.completed_at from tasks t join sequence_steps p on p.id = t.step_id
            where t.enrollment_id = e.id and t.status = 'completed') d on true
        where e.team_id = $1 and e.sequence_id = $2 group by e.contact_id, e.state`,
      [team.id, sequence],
    ),
  );
  return new Map(
    rows.map(({ contact_id, state, steps }) => [
      contact_id as string,
      { state, steps: (steps ?? []).join(" ") },
    ]),
  );
}

test("each contact takes the path of the condition, goes on behind the branch, and the history says why", async () => {
  const team = await world.newTeam();
  const plan = await newPlan(team, [
    MAIL_STEP,
    { type: "branch", ...NOW, condition: HAS_PHONE },
    on("yes", 2, { type: "call", ...NOW }),
    on("no", 2, REPLY),
    on("no", 2, { type: "linkedin_step_connect", ...NOW }),
    REPLY,
  ]);
  const [called, mailed] = [await newContact(team, { direct_phone: "+46701234567" }), await newContact(team)];
  await plan.add([called, mailed]);
  await run(team, 2);
  const ways = await waysOf(team, plan.id);
  assert.deepEqual(ways.get(called), { state: "finished", steps: "1 3 6" });
  assert.deepEqual(ways.get(mailed), { state: "finished", steps: "1 4 5 6" });
  const { explain } = await team.api.explain.contact({ id: called });
  const told = explain.history.map(({ sentence }) => sentence).join("\n");
  assert.match(
    told,
    /took the yes path of step 2 in .*: the contact matches the filters \(has phone number: yes\)/,
  );
  const { explain: other } = await team.api.explain.contact({ id: mailed });
  assert.match(
    other.history.map(({ sentence }) => sentence).join("\n"),
    /took the no path .* does not match/,
  );
});

test("who took which path is counted at the step and in the report", async () => {
  const team = await world.newTeam();
  const plan = await newPlan(team, [
    { type: "branch", ...NOW, condition: HAS_PHONE },
    on("yes", 1, { type: "call", ...NOW }),
    on("no", 1, { type: "linkedin_step_connect", ...NOW }),
  ]);
  const people = await Promise.all(
    [{ direct_phone: "+46701234567" }, {}, {}].map((rest) => newContact(team, rest)),
  );
  await plan.add(people);
  await run(team, 1);
  const { emailer_steps } = await team.api.sequences.show({ id: plan.id });
  assert.deepEqual(emailer_steps[0]?.outcomes, [
    { path: "yes", count: 1 },
    { path: "no", count: 2 },
  ]);
  const { report } = await team.api.reports.sequence({ id: plan.id });
  assert.deepEqual(
    report.steps.map(({ paths, people: { reached } }) => [paths, reached]),
    [
      [{ yes: 1, no: 2 }, 3],
      [null, 1],
      [null, 2],
    ],
  );
});

test("a branch waits for an open by a person; who does not open in time takes the no path", async () => {
  const team = await world.newTeam();
  const plan = await newPlan(team, [
    MAIL_STEP,
    { type: "branch", wait_time: 1, wait_mode: "hour", condition: OPENED },
    on("yes", 2, { type: "call", ...NOW }),
    on("no", 2, REPLY),
  ]);
  const [reader, silent] = [await newContact(team), await newContact(team)];
  await plan.add([reader, silent]);
  await run(team, 5);
  const { explain } = await team.api.explain.contact({ id: reader });
  const [standing] = explain.contact_campaign_statuses;
  assert.equal(standing?.held_by_codes[0], "waits_for_condition");
  assert.match(explain.sentence, /yes path as soon as this is true: the email of step 1 was opened/);
  assert.equal(standing?.next?.what, "branch");
  const lastAt = Date.parse(String(standing?.next?.at));
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select token, contact_id, completed_at from messages where team_id = $1 and delivery = 'sent'",
      [team.id],
    ),
  );
  const token = rows.find(({ contact_id }) => contact_id === reader)?.token as string;
  const userAgent =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/133.0.0.0 Safari/537.36";
  const { status } = await call(`${world.url}/o/${token}.gif`, { headers: { "user-agent": userAgent } });
  assert.equal(status, 200);
  await run(team, 0.1);
  let ways = await waysOf(team, plan.id);
  assert.deepEqual(ways.get(reader), { state: "finished", steps: "1 3" });
  assert.deepEqual(ways.get(silent), { state: "active", steps: "1" });
  await run(team, 66);
  assert.equal(
    (await waysOf(team, plan.id)).get(silent)?.steps,
    "1",
    "three days from the hour after the email",
  );
  await run(team, 5);
  ways = await waysOf(team, plan.id);
  assert.deepEqual(ways.get(silent), { state: "finished", steps: "1 4" });
  const decided = await asOwner(world, (client) =>
    client.query("select path, decided_at, held from branch_decisions where team_id = $1 order by path", [
      team.id,
    ]),
  );
  assert.deepEqual(
    decided.rows.map(({ path, held }) => [path, held]),
    [
      ["no", [false]],
      ["yes", [true]],
    ],
  );
  const [{ decided_at: decidedAt }] = decided.rows as [{ decided_at: Date }];
  assert.ok(Math.abs(decidedAt.getTime() - lastAt) < 60_000, "when it was said that it would");
});

test("a change of what is asked, or of the contact, is seen while they wait", async () => {
  const team = await world.newTeam();
  const plan = await newPlan(team, [
    { type: "branch", ...NOW, condition: { ...HAS_PHONE, wait_days: 10 } },
    on("yes", 1, { type: "call", ...NOW }),
    on("no", 1, MAIL_STEP),
  ]);
  const [one, two] = [await newContact(team), await newContact(team)];
  await plan.add([one, two]);
  await run(team, 1);
  await team.api.contacts.update({ id: one, direct_phone: "+46701234567" });
  await run(team, 1);
  assert.deepEqual((await waysOf(team, plan.id)).get(one), { state: "finished", steps: "2" });
  assert.deepEqual((await waysOf(team, plan.id)).get(two), { state: "active", steps: "" });
  await team.api.steps.update({
    id: plan.ids[0] ?? "",
    condition: { rules: [{ type: "contact", not: true, filters: { has_phone_number: true } }] },
  });
  await run(team, 0.02);
  assert.deepEqual((await waysOf(team, plan.id)).get(two), { state: "finished", steps: "2" });
});

test("who waits at a deleted step goes on along the same path, and with the branch its paths are deleted", async () => {
  const team = await world.newTeam();
  const plan = await newPlan(team, [
    MAIL_STEP,
    { type: "branch", ...NOW, condition: HAS_PHONE },
    on("yes", 2, { type: "call", ...NOW }),
    on("no", 2, { type: "call", wait_time: 5, wait_mode: "day" }),
    on("no", 2, REPLY),
    { type: "call", ...NOW },
  ]);
  const person = await newContact(team);
  await plan.add([person]);
  await run(team, 1);
  const held = await refused(team.api.steps.remove({ id: plan.ids[3] ?? "" }));
  assert.equal(held.code, "step_has_waiting_contacts");
  await team.api.steps.remove({ id: plan.ids[3] ?? "", force: true });
  await run(team, 24 * 6);
  assert.deepEqual((await waysOf(team, plan.id)).get(person), { state: "finished", steps: "1 4 5" });
  await team.api.steps.remove({ id: plan.ids[1] ?? "" });
  const { emailer_steps } = await team.api.sequences.show({ id: plan.id });
  assert.deepEqual(
    emailer_steps.map(({ type }) => type),
    ["auto_email", "call"],
  );
});

test("copies of branches are their own: a clone, and the version that contacts keep", async () => {
  const team = await world.newTeam();
  const plan = await newPlan(team, [
    MAIL_STEP,
    { type: "branch", ...NOW, condition: { ...OPENED, wait_days: 1 } },
    on("yes", 2, { type: "call", ...NOW }),
    on("no", 2, REPLY),
  ]);
  const person = await newContact(team);
  await plan.add([person]);
  await run(team, 1);
  const { emailer_campaign: copy } = await team.api.sequences.clone({ id: plan.id });
  const cloned = (await team.api.sequences.show({ id: copy.id })).emailer_steps;
  assert.deepEqual(
    cloned.map(({ branch_step_id, branch_path }) => [
      cloned.findIndex(({ id }) => id === branch_step_id),
      branch_path,
    ]),
    [
      [-1, null],
      [-1, null],
      [1, "yes"],
      [1, "no"],
    ],
  );
  assert.equal(cloned[1]?.condition?.rules[0]?.step_id, cloned[0]?.id);
  await team.api.sequences.update({
    id: plan.id,
    edit_mode: "frozen",
    emailer_steps: [{ id: plan.ids[0] ?? "" }, { type: "call", ...NOW }],
  });
  await run(team, 30);
  assert.deepEqual((await waysOf(team, plan.id)).get(person), { state: "finished", steps: "1 4" });
});

const BAD: [what: string, steps: StepWish[], code: string][] = [
  [
    "a branch without a condition",
    [{ type: "branch", ...NOW }, on("yes", 1, MAIL_STEP)],
    "branch_condition_missing",
  ],
  ["a dead branch", [{ type: "branch", ...NOW, condition: HAS_PHONE }, MAIL_STEP], "branch_without_steps"],
  ["itself", [{ type: "branch", ...NOW, condition: HAS_PHONE, branch_position: 1 }], "branch_not_found"],
  ["a step that is no branch", [MAIL_STEP, on("yes", 1, REPLY)], "branch_not_found"],
  [
    "a circle",
    [
      { type: "branch", ...NOW, condition: HAS_PHONE, branch_position: 2 },
      { type: "branch", ...NOW, condition: HAS_PHONE, branch_position: 1 },
    ],
    "branch_not_found",
  ],
  [
    "a question about what comes later",
    [
      {
        type: "branch",
        ...NOW,
        condition: { rules: [{ type: "email_opened", step_position: 2 }] },
      },
      on("yes", 1, MAIL_STEP),
    ],
    "condition_step_not_before",
  ],
  [
    "a question that cannot be answered",
    [{ type: "branch", ...NOW, condition: { rules: [{ type: "email_opened" }] } }, on("yes", 1, MAIL_STEP)],
    "condition_step_sends_nothing",
  ],
  [
    "a reply whose thread is on the other path",
    [{ type: "branch", ...NOW, condition: HAS_PHONE }, on("yes", 1, MAIL_STEP), on("no", 1, REPLY)],
    "reply_without_thread",
  ],
];
for (const [what, emailer_steps, code] of BAD)
  test(`${what} is refused, and nothing is saved`, async () => {
    const team = await world.newTeam();
    const refusal = await refused(team.api.sequences.create({ name: what, emailer_steps }));
    assert.deepEqual([refusal.status, refusal.code], [422, code], refusal.message);
    assert.equal((await team.api.sequences.search({})).pagination.total_entries, 0);
  });

test("filters that no search has, and rules that lack something, are refused by name", async () => {
  const team = await world.newTeam();
  const send = (rules: Record<string, unknown>[]) =>
    call(`${world.url}/api/v1/emailer_campaigns`, {
      method: "POST",
      key: team.key,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        name: "x",
        emailer_steps: [
          { type: "branch", ...NOW, condition: { rules } },
          on("yes", 1, { type: "call", ...NOW }),
        ],
      }),
    });
  for (const [rules, name] of [
    [[{ type: "contact", filters: { shoe_size: 44 } }], /shoe_size/],
    [
      [{ type: "contact", filters: { typed_custom_fields: [{ id: "0".repeat(24), min: "tall" }] } }],
      /search_entered_wrongly/,
    ],
    [[{ type: "contact", filters: {} }], /empty/],
    [[{ type: "contact" }], /filters/],
    [[{ type: "task", outcomes: ["completed"] }], /step_id/],
    [[{ type: "replied", step_position: 1 }], /step_position/],
    [[], /rules/],
    [[{ type: "moon" }], /type/],
  ] as const) {
    const { status, body } = await send(rules as unknown as Record<string, unknown>[]);
    assert.equal(status, 422, JSON.stringify(body));
    assert.match(JSON.stringify(body), name);
  }
});
