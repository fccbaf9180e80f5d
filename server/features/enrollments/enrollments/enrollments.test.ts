// How those who are in a sequence follow what happens to it, and how they are counted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plant, plantContact, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const step = { type: "call", wait_time: 1, wait_mode: "day" } as const;

async function newSequence(steps = 3, rest = {}) {
  const made = await team.api.sequences.create({
    name: "Followed",
    emailer_steps: Array.from({ length: steps }, () => step),
    active: true,
    ...rest,
  });
  return { id: made.emailer_campaign.id, steps: made.emailer_steps.map(({ id }) => id) };
}

type Row = {
  state: string;
  inactive_reason: string | null;
  current_step_id: string | null;
  due_at: Date | null;
  finished_at: Date | null;
};

function rowOf(id: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<Row>("select * from enrollments where id = $1", [id]);
    return rows[0] as Row;
  });
}

test("switching off pauses who is active, switching on resumes exactly those, archiving finishes all", async () => {
  const { id, steps } = await newSequence();
  const at = { current_step_id: steps[0] };
  const active = await plantEnrollment(world, team, id, at);
  const paused = await plantEnrollment(world, team, id, {
    ...at,
    state: "paused",
    inactive_reason: "manually paused",
  });
  const failed = await plantEnrollment(world, team, id, {
    ...at,
    state: "failed",
    failure_reason: "email_unverified",
  });
  const done = await plantEnrollment(world, team, id, {
    ...at,
    state: "finished",
    inactive_reason: "replied",
  });
  const states = async () =>
    Promise.all(
      [active, paused, failed, done].map(async (one) => {
        const { state, inactive_reason } = await rowOf(one);
        return [state, inactive_reason];
      }),
    );

  await team.api.sequences.abort({ id });
  const off = [
    ["paused", "Sequence inactive"],
    ["paused", "manually paused"],
    ["failed", null],
    ["finished", "replied"],
  ];
  assert.deepEqual(await states(), off);
  await team.api.sequences.approve({ id });
  assert.deepEqual(await states(), [["active", null], ...off.slice(1)]);
  await team.api.sequences.update({ id, active: false });
  assert.deepEqual(await states(), off, "as a setting it means the same");
  await team.api.sequences.archive({ id });
  assert.deepEqual(await states(), [
    ["finished", "Sequence archived"],
    ["finished", "Sequence archived"],
    ...off.slice(2),
  ]);
  const row = await rowOf(active);
  assert.ok(row.finished_at && row.due_at === null);
});

test("a pause keeps the part of a wait that has passed, and no wait is served twice", async () => {
  const { id, steps } = await newSequence();
  const inDays = (days: number) => new Date(world.running.app.now().epochMilliseconds + days * 86_400_000);
  const at = { current_step_id: steps[0] };
  const soon = await plantEnrollment(world, team, id, { ...at, due_at: inDays(2) });
  const overdue = await plantEnrollment(world, team, id, { ...at, due_at: inDays(-1) });
  await team.api.sequences.abort({ id });
  world.advance({ hours: 240 });
  await team.api.sequences.approve({ id });
  const away = async (one: string) => {
    const { due_at } = await rowOf(one);
    return Math.abs(
      Math.round(((due_at?.getTime() ?? 0) - world.running.app.now().epochMilliseconds) / 3_600_000),
    );
  };
  assert.equal(await away(soon), 48, "two days were left and two days are left");
  assert.equal(await away(overdue), 0, "what was due is due");
});

test("exact dates do not move with a pause", async () => {
  const date = new Date(world.running.app.now().epochMilliseconds + 30 * 86_400_000);
  const made = await team.api.sequences.create({
    sequence_by_exact_daytime: true,
    emailer_steps: [{ type: "call", exact_datetime: date.toISOString() }],
    active: true,
  });
  const { id } = made.emailer_campaign;
  const one = await plantEnrollment(world, team, id, {
    current_step_id: made.emailer_steps[0]?.id,
    due_at: date,
  });
  await team.api.sequences.abort({ id });
  world.advance({ hours: 24 });
  await team.api.sequences.approve({ id });
  assert.equal((await rowOf(one)).due_at?.toISOString(), date.toISOString());
});

test("whose dated step is removed waits for the date of the one that takes its place", async () => {
  const inDays = (days: number) => new Date(world.running.app.now().epochMilliseconds + days * 86_400_000);
  const [soon, later] = [inDays(2), inDays(9)];
  const { emailer_campaign, emailer_steps } = await team.api.sequences.create({
    sequence_by_exact_daytime: true,
    emailer_steps: [soon, later].map((date) => ({ type: "call", exact_datetime: date.toISOString() })),
    active: true,
  });
  const [first, second] = emailer_steps.map(({ id }) => id);
  const one = await plantEnrollment(world, team, emailer_campaign.id, {
    current_step_id: first,
    due_at: soon,
  });
  await team.api.steps.remove({ id: first ?? "", force: true });
  const row = await rowOf(one);
  assert.deepEqual([row.current_step_id, row.due_at?.toISOString()], [second, later.toISOString()]);
});

test("a step where people wait goes only by force, and they move on at the planned time", async () => {
  const { id, steps } = await newSequence();
  const due_at = new Date(Date.now() + 86_400_000);
  const [first, second, third] = steps;
  const waits = await plantEnrollment(world, team, id, { current_step_id: second, due_at });
  const pausedThere = await plantEnrollment(world, team, id, {
    current_step_id: second,
    due_at,
    state: "paused",
    inactive_reason: "manually paused",
  });
  const refusal = await refused(team.api.steps.remove({ id: second ?? "" }));
  assert.deepEqual(
    [refusal.status, refusal.code, refusal.message],
    [
      422,
      "step_has_waiting_contacts",
      "2 contacts are waiting at step 2. Send force: true to move them to the next step.",
    ],
  );
  const list = [{ id: first }, { id: third }];
  assert.equal(
    (await refused(team.api.sequences.update({ id, emailer_steps: list }))).code,
    "step_has_waiting_contacts",
    "in a list as well",
  );
  await team.api.steps.remove({ id: second ?? "", force: true });
  for (const one of [waits, pausedThere]) {
    const row = await rowOf(one);
    assert.deepEqual([row.current_step_id, row.due_at?.toISOString()], [third, due_at.toISOString()]);
  }
  assert.equal((await rowOf(pausedThere)).state, "paused");
  await team.api.sequences.update({ id, emailer_steps: [{ id: first }], force: true });
  const end = await rowOf(waits);
  assert.deepEqual([end.state, end.inactive_reason, end.due_at], ["finished", "Completed last step", null]);
  assert.equal((await refused(team.api.steps.remove({ id: first ?? "", force: true }))).code, "last_step");
});

test("a step that no contact waits at is deleted at once, even if contacts were there before", async () => {
  const { id, steps } = await newSequence(2);
  const done = await plantEnrollment(world, team, id, {
    current_step_id: steps[1],
    state: "finished",
    inactive_reason: "replied",
  });
  await team.api.steps.remove({ id: steps[1] ?? "" });
  const row = await rowOf(done);
  assert.deepEqual([row.state, row.current_step_id], ["finished", null]);
});

test("everybody is counted in one bucket, by sequence and by step, and the last mail tells the rest", async () => {
  const { id, steps } = await newSequence();
  const there = async (row: Record<string, unknown>, count = 1) => {
    const made = [];
    for (let n = 0; n < count; n++) made.push(await plantEnrollment(world, team, id, row));
    return made;
  };
  await there({ current_step_id: steps[0] }, 3);
  await there({ current_step_id: steps[1], state: "paused", inactive_reason: "manually paused" }, 2);
  await there({ current_step_id: steps[2], state: "finished", inactive_reason: "replied" }, 4);
  await there({ current_step_id: steps[0], state: "failed", failure_reason: "email_unverified" });
  const [bounced, late, blocked] = await there(
    { current_step_id: steps[1], state: "failed", failure_reason: "bounced" },
    3,
  );
  const mail = (enrollment_id: string | undefined, minutes: number, row: Record<string, unknown>) =>
    plantMessage(world, team, id, {
      enrollment_id,
      created_at: new Date(Date.now() + minutes * 60_000),
      ...row,
    });
  await mail(bounced, 0, {});
  await mail(bounced, 1, { has_bounced: true, is_hard_bounce: true });
  await mail(late, 0, { has_bounced: true });
  await mail(late, 1, {});
  await mail(late, 2, { status: "scheduled" });
  await mail(blocked, 0, { status: "failed", is_spam_blocked: true });
  await mail(blocked, 1, { status: "drafted" });

  const { emailer_campaign, emailer_steps } = await team.api.sequences.show({ id });
  assert.deepEqual(emailer_campaign.contact_statuses, {
    active: 3,
    paused: 2,
    finished: 4,
    failed: 4,
    bounced: 1,
    hard_bounced: 1,
    spam_blocked: 1,
    not_sent: 1,
  });
  assert.equal(emailer_campaign.num_contacts, 13);
  for (const bucket of Object.keys(
    emailer_campaign.contact_statuses,
  ) as (keyof typeof emailer_campaign.contact_statuses)[])
    assert.equal(
      emailer_steps.reduce((sum, { counts }) => sum + counts[bucket], 0),
      emailer_campaign.contact_statuses[bucket],
      `${bucket} adds up over the steps`,
    );
  assert.deepEqual(
    emailer_steps.map(({ counts }) => [counts.active, counts.paused, counts.finished]),
    [
      [3, 0, 0],
      [0, 2, 0],
      [0, 0, 4],
    ],
  );
});

test("mails are counted once each, rates are shares of one, and a page is counted at once", async () => {
  const mine = await world.newTeam("Counted");
  const made = await mine.api.sequences.create({
    name: "Counted",
    emailer_steps: [{ type: "auto_email", wait_time: 0, wait_mode: "day", emailer_touches: [{}, {}] }],
  });
  const { id } = made.emailer_campaign;
  const [touch, other] = made.emailer_touches;
  const quiet = await mine.api.sequences.create({ name: "Quiet" });
  const mail = (row: Record<string, unknown> = {}) =>
    plantMessage(world, mine, id, { touch_id: touch?.id, ...row });
  const at = new Date().toISOString();
  for (let n = 0; n < 6; n++) await mail({ num_opens: n, open_tracking: true, touch_id: other?.id });
  await mail({ num_clicks: 2, num_opens: 1, replied_at: at, demoed_at: at });
  await mail({ replied_at: at, reply_class: "out_of_office", unsubscribed_at: at });
  await mail({ has_bounced: true, is_hard_bounce: true });
  await mail({ status: "failed", is_spam_blocked: true });
  await mail({ status: "failed", not_sent_reason: "email_unverified" });
  await mail({ status: "scheduled" });
  await mail({ status: "scheduled" });
  await plantMessage(world, mine, quiet.emailer_campaign.id, { status: "scheduled" });

  const { emailer_campaigns } = await mine.api.sequences.search();
  const [second, first] = emailer_campaigns;
  assert.equal(second?.unique_scheduled, 1);
  const expected = {
    unique_scheduled: 2,
    unique_delivered: 8,
    unique_bounced: 1,
    unique_hard_bounced: 1,
    unique_spam_blocked: 1,
    unique_opened: 6,
    unique_clicked: 1,
    unique_replied: 1,
    unique_demoed: 1,
    unique_unsubscribed: 1,
    unique_delivered_open_tracked: 6,
    bounce_rate: 0.1,
    hard_bounce_rate: 0.1,
    spam_block_rate: 0.1,
    open_rate: 0.75,
    click_rate: 0.125,
    reply_rate: 0.125,
    opt_out_rate: 0.125,
    demo_rate: 0.125,
  };
  for (const [key, value] of Object.entries(expected))
    assert.equal(first?.[key as keyof typeof first], value, key);
  assert.equal(first?.loaded_stats, true);
  const { emailer_touches } = await mine.api.sequences.show({ id });
  assert.deepEqual(
    emailer_touches.map((one) => [one.id, one.unique_delivered, one.unique_opened, one.open_rate_tracked]),
    [
      [touch?.id, 2, 1, 0],
      [other?.id, 6, 5, 5 / 6],
    ],
  );
});

test("tasks are counted with the step they came from", async () => {
  const { id, steps } = await newSequence(1);
  for (const status of ["scheduled", "completed", "completed", "skipped"])
    await plant(world, team, "tasks", {
      user_id: team.owner.id,
      sequence_id: id,
      step_id: steps[0],
      type: "call",
      status,
      due_at: new Date(),
      created_at: new Date(),
      updated_at: new Date(),
    });
  const { emailer_step } = await team.api.steps.show({ id: steps[0] ?? "" });
  assert.deepEqual(
    [emailer_step.unique_scheduled, emailer_step.unique_completed, emailer_step.unique_skipped],
    [1, 2, 1],
  );
});

test("the activity feed tells what happened to a contact, newest first", async () => {
  const { id } = await newSequence(1);
  const contact_id = await plantContact(world, team);
  await plantEnrollment(world, team, id, { contact_id });
  await plant(world, team, "events", {
    type: "enrollment.added",
    occurred_at: new Date("2026-02-03T08:05:00.123Z"),
    cause: "api",
    subject_type: "enrollment",
    subject_id: contact_id,
    data: { sequence_id: id, contact_id, step_position: 1 },
  });
  await team.api.sequences.abort({ id });
  await team.api.sequences.approve({ id });
  await plant(world, team, "events", {
    type: "message.replied",
    occurred_at: new Date("2026-02-10T07:00:00Z"),
    cause: "engine",
    subject_type: "message",
    subject_id: contact_id,
    data: { sequence_id: id, contact_id, message_id: contact_id },
  });
  await team.api.sequences.archive({ id });

  const feed = await team.api.sequences.activityFeed({ contact_id });
  assert.deepEqual(
    feed.events.map(({ type }) => type),
    ["completed", "replied", "resumed", "paused", "enrolled"],
  );
  assert.deepEqual(feed.events.at(-1), {
    type: "enrolled",
    occurred_at: "2026-02-03T08:05:00Z",
    sequence_id: id,
    sequence_name: "Followed",
    step_position: 1,
  });
  assert.deepEqual(
    feed.events.map(({ reason }) => reason),
    ["Sequence archived", undefined, undefined, "Sequence inactive", undefined],
  );
  assert.equal(feed.events[1]?.emailer_message_id, contact_id);

  assert.equal((await team.api.sequences.activityFeed({ contact_id, per_page: 2 })).events.length, 2);
  assert.equal(
    (await team.api.sequences.activityFeed({ contact_id, per_page: 0 })).events.length,
    1,
    "clamped",
  );
  assert.equal((await team.api.sequences.activityFeed({ contact_id, per_page: 999 })).events.length, 5);
  const other = await newSequence(1);
  assert.deepEqual((await team.api.sequences.activityFeed({ contact_id, sequence_id: other.id })).events, []);
  const stranger = await world.newTeam("Stranger");
  for (const [api, asked] of [
    [stranger.api, contact_id],
    [team.api, id],
  ] as const) {
    const refusal = await refused(api.sequences.activityFeed({ contact_id: asked }));
    assert.deepEqual([refusal.status, refusal.message], [404, "Contact not found"]);
  }
  const missing = await call(`${world.url}/v1/emailer_campaigns/activity_feed`, {
    method: "POST",
    key: team.key,
  });
  assert.equal(missing.status, 422);
});

test("a thousand people follow a switch in a few statements, each with an event", async () => {
  const { id, steps } = await newSequence(1);
  await asOwner(world, (client) =>
    client.query(
      `with people as (insert into contacts (team_id, id, source, original_source, created_at, updated_at)
                       select $1::text, new_ident(), 'api', 'api', now(), now() from generate_series(1, 1000) returning id)
       insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, added_at, updated_at)
       select $1::text, new_ident(), $2::text, id, 'active', $3::text, now(), now() from people`,
      [team.id, id, steps[0]],
    ),
  );
  const { emailer_campaign } = await team.api.sequences.abort({ id });
  assert.deepEqual(
    [emailer_campaign.contact_statuses.active, emailer_campaign.contact_statuses.paused],
    [0, 1000],
  );
  await asOwner(world, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from events where type = 'enrollment.paused' and data ->> 'sequence_id' = $1",
      [id],
    );
    assert.equal(rows[0]?.count, 1000);
  });
});
