import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import {
  atOnce,
  jobStartedBy,
  memberOf,
  membersOf,
  newSequence,
  plantMembers,
  toldOf,
  untilOver,
} from "../../../testing/members.ts";
import { plant, plantContact } from "../../../testing/planted.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const NEVER = "64f0aa0000000000000000ff";
const idsOf = (rows: readonly { contact_id: string }[]) => rows.map(({ contact_id }) => contact_id);
const fromNow = (hours: number) => new Date(world.running.app.now().epochMilliseconds + hours * 3_600_000);

async function plantMailbox(of: Team, row: Record<string, unknown> = {}) {
  const at = new Date();
  const email = `box-${Math.random().toString(36).slice(2)}@example.no`;
  const values = { user_id: of.owner.id, email, type: "smtp", created_at: at, updated_at: at, ...row };
  return { id: await plant(world, of, "mailboxes", values), email };
}

async function stateOf(id: string) {
  const { state, inactive_reason } = await memberOf(world, id);
  return [state, inactive_reason];
}

/** The sequence's numbers, and those of its steps, are what the rows say. */
async function assertCounted(id: string) {
  const rows = (await membersOf(world, id)).filter(({ state }) => state !== "removed");
  const { emailer_campaign, emailer_steps } = await team.api.sequences.show({ id });
  assert.equal(emailer_campaign.num_contacts, rows.length);
  for (const state of ["active", "paused", "finished", "failed"] as const) {
    const there = rows.filter((row) => row.state === state);
    assert.equal(emailer_campaign.contact_statuses[state], there.length, state);
    for (const step of emailer_steps)
      assert.equal(
        step.counts[state],
        there.filter((row) => row.current_step_id === step.id).length,
        `${state} at step ${step.position}`,
      );
  }
}

test("mark_as_finished and stop end contacts and keep them, remove takes them out", async () => {
  const { id, steps } = await newSequence(team);
  const members = await plantMembers(world, team, id, 4, { current_step_id: steps[0], due_at: fromNow(24) });
  const [one, two, three, four] = idsOf(members) as [string, string, string, string];

  const finished = atOnce(
    await team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [id],
      contact_ids: [one],
      mode: "mark_as_finished",
    }),
  );
  assert.deepEqual(
    finished.contacts.map(({ id: contact, emailer_campaign_ids }) => [contact, emailer_campaign_ids]),
    [[one, [id]]],
  );
  const [status] = finished.contacts[0]?.contact_campaign_statuses ?? [];
  assert.deepEqual(
    [status?.status, status?.inactive_reason, status?.current_step_id, status?.current_step_position],
    ["finished", "manually finished", null, null],
  );
  assert.ok(status?.finished_at);
  assert.deepEqual(
    [finished.num_contacts, finished.contact_statuses.active, finished.contact_statuses.finished],
    [4, 3, 1],
  );
  assert.deepEqual(
    finished.emailer_campaigns.map((sequence) => [sequence.id, sequence.num_contacts]),
    [[id, 4]],
  );
  assert.deepEqual(
    finished.emailer_steps.map(({ counts }) => [counts.active, counts.finished]),
    [
      [3, 1],
      [0, 0],
      [0, 0],
    ],
  );

  await team.api.enrollments.removeOrStop({ emailer_campaign_ids: [id], contact_ids: [two], mode: "stop" });
  await team.api.enrollments.removeOrStop({
    emailer_campaign_ids: [id],
    contact_ids: [three],
    mode: "stop",
    stop_reason: "talked on phone",
  });
  const removed = atOnce(
    await team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [id],
      contact_ids: [four],
      mode: "remove",
    }),
  );
  assert.deepEqual(
    removed.contacts.map((contact) => [contact.emailer_campaign_ids, contact.contact_campaign_statuses]),
    [[[], []]],
  );
  assert.equal(removed.num_contacts, 3);
  assert.deepEqual(await Promise.all(members.map((row) => stateOf(row.id))), [
    ["finished", "manually finished"],
    ["finished", "stopped"],
    ["finished", "talked on phone"],
    ["removed", null],
  ]);
  const rows = await membersOf(world, id);
  assert.ok(rows.every(({ due_at, revision }) => due_at === null && revision === 2));
  assert.ok(rows.find(({ state }) => state === "removed")?.removed_at);
  assert.deepEqual(
    (await toldOf(world, id)).map(({ type, data }) => [
      type,
      data.reason,
      data.step_position,
      data.contact_id,
    ]),
    [
      ["enrollment.finished", "manually finished", 1, one],
      ["enrollment.finished", "stopped", 1, two],
      ["enrollment.finished", "stopped", 1, three],
      ["enrollment.removed", undefined, 1, four],
    ],
  );
  await assertCounted(id);
});

test("every pair of sequence and contact is meant, and each one skipped is named with the reason", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const [both] = await plantMembers(world, team, first.id, 1);
  assert.ok(both);
  await asOwner(world, (client) =>
    client.query(
      "insert into enrollments (team_id, id, sequence_id, contact_id, state, added_at, updated_at) values ($1, new_ident(), $2, $3, 'paused', now(), now())",
      [team.id, second.id, both.contact_id],
    ),
  );
  const [inOne] = await plantMembers(world, team, second.id, 1);
  const [done] = await plantMembers(world, team, first.id, 1, {
    state: "finished",
    inactive_reason: "replied",
  });
  const [broken] = await plantMembers(world, team, first.id, 1, {
    state: "failed",
    failure_reason: "bounced",
  });
  const outside = await plantContact(world, team);
  const answer = atOnce(
    await team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [second.id, first.id, second.id],
      contact_ids: [
        both.contact_id,
        inOne?.contact_id ?? "",
        done?.contact_id ?? "",
        broken?.contact_id ?? "",
        outside,
        NEVER,
      ],
      mode: "mark_as_finished",
    }),
  );
  assert.deepEqual(answer.skipped_contact_ids, {
    [done?.contact_id ?? ""]: "already_finished",
    [broken?.contact_id ?? ""]: "already_failed",
    [outside]: "not_in_sequence",
    [NEVER]: "contact_not_found",
  });
  assert.deepEqual(
    answer.contacts[0]?.contact_campaign_statuses.map(({ status }) => status),
    ["finished", "finished"],
  );
  assert.equal(answer.emailer_campaigns.length, 2);
  assert.equal(answer.num_contacts, 5);
  assert.equal(answer.emailer_steps.length, 6);
  await assertCounted(first.id);
  await assertCounted(second.id);
});

test("the parameters are held to what they may be", async () => {
  const { id } = await newSequence(team);
  const [member] = await plantMembers(world, team, id, 1);
  const contact_ids = idsOf(member ? [member] : []);
  const ask = (body: Record<string, unknown>) =>
    call(`${world.url}/v1/emailer_campaigns/remove_or_stop_contact_ids`, {
      method: "POST",
      key: team.key,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  const whole = { emailer_campaign_ids: [id], contact_ids, mode: "remove" };
  for (const [body, message] of [
    [{ ...whole, mode: undefined }, "Required parameter 'mode' missing"],
    [{ ...whole, contact_ids: undefined }, "Required parameter 'contact_ids' missing"],
    [{ ...whole, emailer_campaign_ids: undefined }, "Required parameter 'emailer_campaign_ids' missing"],
    [{ ...whole, contact_ids: [] }, "No contacts are selected. Send contact_ids, a filter, or all: true."],
  ] as const) {
    const answer = await ask(body);
    assert.deepEqual([answer.status, answer.body.error], [422, message]);
  }
  assert.equal((await ask({ ...whole, mode: "pause" })).status, 422);
  assert.equal((await ask({ ...whole, emailer_campaign_ids: [id, NEVER] })).status, 404);
  assert.deepEqual(await stateOf(member?.id ?? ""), ["active", null], "nothing of it was done");
  const bracketed = await call(
    `${world.url}/v1/emailer_campaigns/remove_or_stop_contact_ids?emailer_campaign_ids[]=${id}&contact_ids[]=${contact_ids[0]}&mode=remove&async=false`,
    { method: "POST", key: team.key },
  );
  assert.equal(bracketed.status, 200);
  assert.deepEqual(await stateOf(member?.id ?? ""), ["removed", null]);
});

test("a pause lasts until it is ended or its date comes, and keeps the part of a wait that has passed", async () => {
  const { id, steps } = await newSequence(team);
  const soon = fromNow(2);
  const [member] = await plantMembers(world, team, id, 1, { current_step_id: steps[1], due_at: soon });
  assert.ok(member);
  const contact_ids = [member.contact_id];
  const until = fromNow(48).toISOString();
  const paused = atOnce(await team.api.enrollments.pause({ id, contact_ids, auto_unpause_at: until }));
  const [status] = paused.contacts[0]?.contact_campaign_statuses ?? [];
  assert.deepEqual(
    [
      status?.status,
      status?.inactive_reason,
      status?.auto_unpause_at,
      status?.manually_set_unpause,
      status?.current_step_position,
    ],
    ["paused", "manually paused", until.replace("Z", "+00:00"), true, 2],
  );
  assert.ok(status?.paused_at);
  assert.deepEqual(atOnce(await team.api.enrollments.pause({ id, contact_ids })).skipped_contact_ids, {
    [member.contact_id]: "already_paused",
  });
  await team.api.enrollments.pause({ id, contact_ids, auto_unpause_at: null });
  const forGood = await memberOf(world, member.id);
  assert.deepEqual([forGood.resume_at, forGood.manually_set_unpause], [null, null]);

  const resumed = atOnce(await team.api.enrollments.resume({ id, contact_ids }));
  assert.equal(resumed.contacts[0]?.contact_campaign_statuses[0]?.status, "active");
  const row = await memberOf(world, member.id);
  assert.deepEqual([row.paused_at, row.resume_at, row.inactive_reason], [null, null, null]);
  assert.ok(row.due_at && row.due_at >= soon, "what was planned and has not passed is not brought forward");
  assert.deepEqual(atOnce(await team.api.enrollments.resume({ id, contact_ids })).skipped_contact_ids, {
    [member.contact_id]: "not_paused",
  });
  assert.deepEqual(
    (await toldOf(world, id)).map(({ type }) => type.replace("enrollment.", "")),
    ["paused", "paused", "resumed"],
  );
});

test("what was planned and has passed falls due in the next open hours, by the contact's clock", async () => {
  const schedule = await team.api.schedules.create({
    name: "Nights",
    time_zone: "America/Los_Angeles",
    use_contacts_time_zone: true,
    skip_holidays: false,
    schedule_hash: { monday: [[9, 10]] },
  });
  const made = await newSequence(team, { emailer_schedule_id: schedule.emailer_schedule.id });
  const [member] = await plantMembers(world, team, made.id, 1, {
    current_step_id: made.steps[0],
    due_at: fromNow(-200),
    state: "paused",
    inactive_reason: "manually paused",
    paused_at: fromNow(-300),
  });
  await team.api.contacts.update({ id: member?.contact_id ?? "", time_zone: "Europe/Oslo" });
  const now = world.running.app.now();
  await team.api.enrollments.resume({ id: made.id, contact_ids: idsOf(member ? [member] : []) });
  const { due_at } = await memberOf(world, member?.id ?? "");
  const there = Temporal.Instant.fromEpochMilliseconds(due_at?.getTime() ?? 0).toZonedDateTimeISO(
    "Europe/Oslo",
  );
  assert.ok(Temporal.Instant.compare(there.toInstant(), now) >= 0);
  assert.ok(there.dayOfWeek === 1 && there.hour === 9, there.toString());
  assert.ok(now.until(there.toInstant()).total("hours") <= 7 * 24 + 1);
});

test("pausing is refused until a past date, or for the reason that is the sequence's", async () => {
  const { id } = await newSequence(team);
  const [member] = await plantMembers(world, team, id, 1);
  const contact_ids = idsOf(member ? [member] : []);
  const past = await refused(
    team.api.enrollments.pause({ id, contact_ids, auto_unpause_at: fromNow(-1).toISOString() }),
  );
  assert.deepEqual([past.status, past.code], [422, "unpause_date_past"]);
  const reserved = await refused(
    team.api.enrollments.pause({ id, contact_ids, reason: "sequence INACTIVE" }),
  );
  assert.deepEqual([reserved.status, reserved.code], [422, "pause_reason_reserved"]);
  await team.api.enrollments.pause({ id, contact_ids, reason: "on parental leave" });
  assert.deepEqual(await stateOf(member?.id ?? ""), ["paused", "on parental leave"]);
  assert.equal(
    (await toldOf(world, id))[0]?.data.reason,
    "manually paused",
    "history holds no words of people",
  );
});

test("a contact resumed in a sequence that is off goes on with it, and nobody else does", async () => {
  const { id, steps } = await newSequence(team);
  const at = { current_step_id: steps[0], due_at: fromNow(48) };
  const [held, mine, own] = await plantMembers(world, team, id, 3, at);
  assert.ok(held && mine && own);
  await team.api.enrollments.pause({ id, contact_ids: idsOf([held, mine]) });
  await team.api.sequences.abort({ id });
  const resumed = atOnce(await team.api.enrollments.resume({ id, contact_ids: idsOf([mine, own]) }));
  assert.deepEqual(resumed.skipped_contact_ids, { [own.contact_id]: "sequence_inactive" });
  assert.deepEqual(await stateOf(mine.id), ["paused", "Sequence inactive"]);
  const wire = resumed.contacts.find((contact) => contact.id === mine.contact_id)
    ?.contact_campaign_statuses[0];
  assert.deepEqual([wire?.paused_at, wire?.current_step_id, wire?.current_step_position], [null, null, null]);
  await team.api.enrollments.pause({ id, contact_ids: idsOf([own]) });
  await team.api.sequences.approve({ id });
  assert.deepEqual(await Promise.all([held, mine, own].map((row) => stateOf(row.id))), [
    ["paused", "manually paused"],
    ["active", null],
    ["paused", "manually paused"],
  ]);
  await assertCounted(id);
});

test("no contact goes on who may not be written to", async () => {
  const { id } = await newSequence(team);
  const members = await plantMembers(world, team, id, 5, {
    state: "paused",
    inactive_reason: "manually paused",
  });
  const [unsubscribed, barred, bounced, listed, free] = members.map(
    ({ contact_id }) => contact_id,
  ) as string[];
  await asOwner(world, async (client) => {
    const set = (column: string, contact: string | undefined) =>
      client.query(`update contacts set ${column} where id = $1`, [contact]);
    await set("email_unsubscribed = true", unsubscribed);
    await set("do_not_contact = true", barred);
    await set("bounced_at = now()", bounced);
    await set("email = 'Listed@Example.ORG'", listed);
  });
  await team.api.suppressions.create({ value: "listed@example.org" });
  const { skipped_contact_ids } = atOnce(await team.api.enrollments.resume({ id, all: true }));
  assert.deepEqual(skipped_contact_ids, {
    [unsubscribed ?? ""]: "contact_unsubscribed",
    [barred ?? ""]: "contact_do_not_contact",
    [bounced ?? ""]: "contact_bounced",
    [listed ?? ""]: "contact_suppressed",
  });
  const restarted = atOnce(
    await team.api.enrollments.restart({ id, contact_ids: [unsubscribed ?? "", free ?? ""] }),
  );
  assert.deepEqual(restarted.skipped_contact_ids, { [unsubscribed ?? ""]: "contact_unsubscribed" });
});

test("a retry is the same step again, once what failed it is gone; the failure stays as history", async () => {
  const { id, steps } = await newSequence(team);
  const failed = { state: "failed", current_step_id: steps[1], failed_at: fromNow(-3), due_at: fromNow(-4) };
  const [unverified, other] = [
    ...(await plantMembers(world, team, id, 1, { ...failed, failure_reason: "email_unverified" })),
    ...(await plantMembers(world, team, id, 1, { ...failed, failure_reason: "snippets_missing" })),
  ];
  const [active] = await plantMembers(world, team, id, 1);
  assert.ok(unverified && other && active);
  const setStatus = (status: string) =>
    asOwner(world, (client) =>
      client.query("update contacts set email_status = $2 where id = $1", [unverified.contact_id, status]),
    );
  await setStatus("unverified");
  const contact_ids = idsOf([unverified, other, active]);
  const first = atOnce(await team.api.enrollments.retry({ id, contact_ids }));
  assert.deepEqual(first.skipped_contact_ids, {
    [unverified.contact_id]: "cause_not_gone",
    [active.contact_id]: "not_failed",
  });
  const row = await memberOf(world, other.id);
  assert.deepEqual(
    [row.state, row.current_step_id, row.failure_reason],
    ["active", steps[1], "snippets_missing"],
  );
  assert.ok(row.failed_at && row.due_at && row.due_at.getTime() >= fromNow(-1).getTime());
  await setStatus("verified");
  const second = atOnce(await team.api.enrollments.retry({ id, statuses: ["failed"] }));
  assert.deepEqual(second.skipped_contact_ids, {});
  assert.deepEqual(await stateOf(unverified.id), ["active", null]);
  const { contact_campaign_status } = await team.api.enrollments.show({ id: other.id });
  assert.deepEqual(
    [
      contact_campaign_status.status,
      contact_campaign_status.failure_reason,
      contact_campaign_status.current_problem,
    ],
    ["active", "snippets_missing", null],
  );
  await assertCounted(id);
});

test("starting over leaves the old row behind and begins a new one at step one", async () => {
  const { id, steps } = await newSequence(team);
  const { id: mailbox_id, email } = await plantMailbox(team);
  const [done] = await plantMembers(world, team, id, 1, {
    state: "finished",
    inactive_reason: "Completed last step",
    current_step_id: steps[2],
    mailbox_id,
    send_from_email: email,
  });
  assert.ok(done);
  const answer = atOnce(await team.api.enrollments.restart({ id, contact_ids: [done.contact_id] }));
  const [status] = answer.contacts[0]?.contact_campaign_statuses ?? [];
  assert.deepEqual(
    [status?.status, status?.current_step_id, status?.current_step_position, status?.added_by_user_id],
    ["active", steps[0], 1, team.owner.id],
  );
  assert.deepEqual(
    [status?.send_email_from_email_account_id, status?.send_email_from_email_address],
    [mailbox_id, email],
  );
  const [old, fresh] = await membersOf(world, id);
  assert.deepEqual(
    [old?.id, old?.state, old?.inactive_reason, old?.generation],
    [done.id, "removed", "started over", 1],
  );
  assert.deepEqual([fresh?.state, fresh?.generation, fresh?.revision], ["active", 2, 1]);
  assert.ok(
    fresh?.due_at && fresh.due_at.getTime() > fromNow(1).getTime(),
    "the first step's wait begins now",
  );
  assert.deepEqual(
    (await toldOf(world, id)).map(({ type, subject_id, data }) => [
      type,
      subject_id,
      data.reason ?? data.step_position,
    ]),
    [
      ["enrollment.removed", done.id, "started over"],
      ["enrollment.added", fresh?.id, 1],
    ],
  );
  await team.api.sequences.abort({ id });
  await team.api.enrollments.restart({ id, contact_ids: [done.contact_id] });
  const third = (await membersOf(world, id)).at(-1);
  assert.deepEqual(
    [third?.state, third?.inactive_reason, third?.generation],
    ["paused", "Sequence inactive", 3],
  );
  await assertCounted(id);
});

test("moving to another mailbox asks whether one may use it", async () => {
  const { id } = await newSequence(team, {
    allowed_send_from_domains: ["example.no", "alias.example"],
  });
  const mine = await plantMailbox(team);
  await plant(world, team, "mailbox_aliases", { mailbox_id: mine.id, email: "ole@alias.example" }).catch(
    () => {},
  );
  await asOwner(world, (client) =>
    client.query(
      "insert into mailbox_aliases (team_id, mailbox_id, email) values ($1, $2, 'ole@alias.example') on conflict do nothing",
      [team.id, mine.id],
    ),
  );
  const stray = await plantMailbox(team, { email: `x${Math.random()}@elsewhere.example` });
  const dead = await plantMailbox(team, { revoked_at: new Date(), is_active: false });
  const [active, done] = [
    ...(await plantMembers(world, team, id, 1)),
    ...(await plantMembers(world, team, id, 1, { state: "finished" })),
  ];
  assert.ok(active && done);
  const move = (mailbox: string, alias?: string) =>
    team.api.enrollments.move({
      id,
      contact_ids: idsOf([active, done]),
      send_email_from_email_account_id: mailbox,
      ...(alias && { send_email_from_email_address: alias }),
    });
  const gone = await refused(move(dead.id));
  assert.deepEqual([gone.status, gone.message], [422, `These mailboxes are no longer active. ${dead.email}`]);
  assert.equal((await refused(move(NEVER))).message, `These mailboxes are no longer active. ${NEVER}`);
  assert.equal((await refused(move(mine.id, "nobody@example.no"))).code, "send_from_unknown");
  assert.equal((await refused(move(stray.id))).code, "send_from_domain_refused");

  const moved = atOnce(await move(mine.id, "OLE@alias.example"));
  assert.deepEqual(moved.skipped_contact_ids, { [done.contact_id]: "already_finished" });
  const row = await memberOf(world, active.id);
  assert.deepEqual(
    [row.mailbox_id, row.send_from_email, row.state],
    [mine.id, "ole@alias.example", "active"],
  );
  assert.deepEqual(atOnce(await move(mine.id, "ole@alias.example")).skipped_contact_ids, {
    [active.contact_id]: "already_moved",
    [done.contact_id]: "already_finished",
  });
  const [told] = await toldOf(world, id);
  assert.deepEqual([told?.type, told?.data.email_account_id], ["enrollment.moved", mine.id]);

  const again = await team.api.enrollments.updateMailbox({
    id,
    emailer_campaign_contact_ids: [active.id, NEVER],
    send_email_from_email_account_id: mine.id,
  });
  assert.deepEqual(again.skipped_contact_ids, { [NEVER]: "contact_not_found" });
  assert.equal((await memberOf(world, active.id)).send_from_email, mine.email);
});

test("a colleague's mailbox is theirs to send from, unless it is everybody's", async () => {
  const { user } = await team.api.users.invite({ email: "mate@example.no", role: "member" });
  const { api_key } = await team.api.apiKeys.create({ name: "mate", master: true, user_id: user.id });
  const mate = world.client({ apiKey: api_key.key });
  const made = await mate.sequences.create({
    name: "Hers",
    emailer_steps: [{ type: "call", wait_time: 0, wait_mode: "day" }],
  });
  const { id } = made.emailer_campaign;
  const [member] = await plantMembers(world, team, id, 1);
  const contact_ids = idsOf(member ? [member] : []);
  const [closed, open] = [await plantMailbox(team), await plantMailbox(team, { visibility: "everyone" })];
  const move = (mailbox: string) =>
    mate.enrollments.move({ id, contact_ids, send_email_from_email_account_id: mailbox });
  assert.equal(
    (await refused(move(closed.id))).message,
    `These mailboxes are no longer active. ${closed.id}`,
  );
  atOnce(await move(open.id));
  assert.equal((await memberOf(world, member?.id ?? "")).mailbox_id, open.id);
});

test("an address that bounced or is unverified means the same here as when adding", async () => {
  const { id, steps } = await newSequence(team);
  const statuses = ["verified", "likely to engage", "user_managed", "unverified", "guessed", "bounced", null];
  const failed = { state: "failed", failure_reason: "email_unverified", current_step_id: steps[0] };
  const members = await plantMembers(world, team, id, statuses.length, failed);
  await asOwner(world, async (client) => {
    for (const [n, status] of statuses.entries())
      await client.query("update contacts set email_status = $2 where id = $1", [
        members[n]?.contact_id,
        status,
      ]);
  });
  const left = atOnce(await team.api.enrollments.retry({ id, all: true })).skipped_contact_ids;
  assert.deepEqual(
    members.map(({ contact_id }, n) => [statuses[n], left[contact_id] ?? "retried"]),
    [
      ["verified", "retried"],
      ["likely to engage", "retried"],
      ["user_managed", "retried"],
      ["unverified", "cause_not_gone"],
      ["guessed", "cause_not_gone"],
      ["bounced", "contact_bounced"],
      [null, "cause_not_gone"],
    ],
  );
});

test("the calls of Apollo's web app do the same by their own names", async () => {
  const { id } = await newSequence(team);
  const members = await plantMembers(world, team, id, 2);
  const contact_ids = idsOf(members);
  const said: string[] = [];
  for (const status of ["paused", "active", "finished"] as const) {
    const answer = atOnce(await team.api.enrollments.changeStatuses({ id, contact_ids, status }));
    said.push(answer.contacts[0]?.contact_campaign_statuses[0]?.status ?? "");
  }
  assert.deepEqual(said, ["paused", "active", "finished"]);
  await team.api.enrollments.removeContacts({
    emailer_campaign_id: id,
    emailer_campaign_ids: [],
    contact_ids: contact_ids.slice(0, 1),
  });
  await team.api.enrollments.removeContacts({
    emailer_campaign_ids: [id],
    contact_ids: contact_ids.slice(1),
  });
  assert.ok((await membersOf(world, id)).every(({ state }) => state === "removed"));
  for (const nowhere of [{}, { emailer_campaign_ids: [] }])
    assert.equal(
      (await refused(team.api.enrollments.removeContacts({ contact_ids, ...nowhere }))).code,
      "parameter_missing",
    );
});

test("a filter names the contacts a change is about, and an empty request names none", async () => {
  const { id, steps } = await newSequence(team);
  const [first, second] = steps;
  const box = await plantMailbox(team);
  const sets = {
    soon: await plantMembers(world, team, id, 2, { current_step_id: first, due_at: fromNow(1) }),
    late: await plantMembers(world, team, id, 2, {
      current_step_id: second,
      due_at: fromNow(100),
      mailbox_id: box.id,
    }),
    failed: await plantMembers(world, team, id, 2, {
      state: "failed",
      failure_reason: "other_safeguard",
      current_step_id: first,
    }),
  };
  const whoChanged = async (filter: Partial<Input<"enrollments", "pause">>) => {
    const { contacts } = atOnce(await team.api.enrollments.pause({ id, ...filter }, { dryRun: true }));
    return contacts.map((contact) => contact.id).sort();
  };
  assert.deepEqual(await whoChanged({ due_before: fromNow(2).toISOString() }), idsOf(sets.soon).sort());
  assert.deepEqual(await whoChanged({ email_account_ids: [box.id] }), idsOf(sets.late).sort());
  assert.deepEqual(
    await whoChanged({ emailer_step_ids: [first ?? ""], statuses: ["active"] }),
    idsOf(sets.soon).sort(),
  );
  assert.deepEqual(await whoChanged({ reasons: ["other_safeguard"] }), idsOf(sets.failed).sort());
  const both = atOnce(
    await team.api.enrollments.pause(
      { id, contact_ids: idsOf([...sets.soon, ...sets.late]), email_account_ids: [box.id] },
      { dryRun: true },
    ),
  );
  assert.deepEqual(
    both.skipped_contact_ids,
    Object.fromEntries(idsOf(sets.soon).map((one) => [one, "not_selected"])),
  );
  for (const nobody of [
    {},
    { contact_ids: [] },
    { contact_ids: [], statuses: ["active" as const] },
    { statuses: [] },
    { contact_ids: [], all: true },
  ])
    assert.equal((await refused(team.api.enrollments.pause({ id, ...nobody }))).code, "selection_empty");
  assert.equal((await membersOf(world, id)).filter(({ state }) => state === "paused").length, 0);
  atOnce(await team.api.enrollments.pause({ id, all: true }));
  assert.equal((await membersOf(world, id)).filter(({ state }) => state === "paused").length, 4);
  await assertCounted(id);
});

test("more than a thousand, or fewer where the caller wishes it, are done by the engine, each with one outcome", async () => {
  const { id } = await newSequence(team);
  const members = await plantMembers(world, team, id, 1_100, { due_at: fromNow(9) });
  const [odd] = await plantMembers(world, team, id, 1, { state: "finished" });
  const started = jobStartedBy(
    await team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [id],
      contact_ids: [...idsOf(members), odd?.contact_id ?? "", NEVER],
      mode: "stop",
      stop_reason: "talked on phone",
    }),
  );
  const { entity_progress_job: job, change, signals_hash } = started;
  assert.deepEqual(
    [job.job_type, job.progress, job.batch_size, signals_hash],
    ["sequence_remove_stop_contacts", 0, 1000, null],
  );
  assert.deepEqual(job.params, { sequence_ids: [id], mode: "stop", stop_reason: "talked on phone" });
  assert.equal(change.undo_until, null);
  assert.equal((await refused(team.api.changes.undo({ id: change.id }))).code, "change_not_undoable");
  const over = await untilOver(team, job.id);
  assert.deepEqual([over.status, over.total, over.counts], ["done", 1_102, { stopped: 1_100, skipped: 2 }]);
  const { items } = await team.api.progress.items({ id: job.id, outcome: "skipped" });
  assert.deepEqual(
    items.map(({ item_key, code }) => [item_key, code]),
    [
      [odd?.contact_id, "already_finished"],
      [NEVER, "contact_not_found"],
    ],
  );
  assert.equal((await toldOf(world, id)).length, 1_100);

  const filtered = jobStartedBy(await team.api.enrollments.restart({ id, reasons: ["talked on phone"] }));
  const done = await untilOver(team, filtered.entity_progress_job.id);
  assert.deepEqual(done.counts, { restarted: 1_100 });
  const few = jobStartedBy(
    await team.api.enrollments.pause({
      id,
      contact_ids: idsOf(members.slice(0, 3)),
      auto_unpause_at: fromNow(500).toISOString(),
      async: true,
    }),
  );
  assert.deepEqual((await untilOver(team, few.entity_progress_job.id)).counts, { paused: 3 });
  const paused = (await membersOf(world, id)).filter(({ state }) => state === "paused");
  assert.ok(paused.length === 3 && paused.every(({ resume_at }) => resume_at !== null));
  await assertCounted(id);
});

test("in several sequences it is the pairs that are counted", async () => {
  const sequences = await Promise.all(Array.from({ length: 3 }, () => newSequence(team, { steps: 1 })));
  const [first] = sequences;
  const contact_ids = idsOf(await plantMembers(world, team, first?.id ?? "", 334));
  const finish = (count: number) =>
    team.api.enrollments.removeOrStop({
      emailer_campaign_ids: sequences.map(({ id }) => id),
      contact_ids: contact_ids.slice(0, count),
      mode: "mark_as_finished",
    });
  assert.equal(atOnce(await finish(333)).contacts.length, 333);
  const { entity_progress_job: job } = jobStartedBy(await finish(334));
  assert.equal(job.batch_size, 333);
  assert.deepEqual((await untilOver(team, job.id)).counts, { finished: 1, skipped: 333 });
});

test("a user who may not change a sequence changes no contact in it", async () => {
  const { id } = await newSequence(team);
  const [member] = await plantMembers(world, team, id, 1);
  const contact_ids = idsOf(member ? [member] : []);
  const { user } = await team.api.users.invite({ email: "looker@example.no", role: "member" });
  const { api_key } = await team.api.apiKeys.create({ name: "looker", master: true, user_id: user.id });
  const looker = world.client({ apiKey: api_key.key });
  const ask = () => looker.enrollments.pause({ id, contact_ids });
  assert.deepEqual((await refused(ask())).status, 404, "a hidden sequence is not there");
  await team.api.sequences.update({ id, sharing_permission: { visibility: "everyone" } });
  assert.deepEqual((await refused(ask())).code, "sequence_not_permitted");
  await team.api.sequences.update({
    id,
    sharing_permission: { visibility: "everyone", access_type: "can_edit" },
  });
  atOnce(await ask());
  const stranger = await world.newTeam("Stranger");
  for (const { enrollments } of [stranger.api]) {
    assert.equal((await refused(enrollments.pause({ id, contact_ids }))).status, 404);
    assert.equal((await refused(enrollments.show({ id: member?.id ?? "" }))).status, 404);
    assert.equal((await enrollments.search({ contact_ids })).pagination.total_entries, 0);
  }
});

test("starting over where the first step is off is refused with the step that is on", async () => {
  const { id, steps } = await newSequence(team);
  await team.api.steps.update({ id: steps[0] ?? "", enabled: false });
  const [member] = await plantMembers(world, team, id, 1);
  await team.api.enrollments.restart({ id, contact_ids: idsOf(member ? [member] : []) });
  const added = (await toldOf(world, id)).find(({ type }) => type === "enrollment.added");
  assert.equal(added?.data.step_position, 2);
  assert.equal((await memberOf(world, added?.subject_id ?? "")).current_step_id, steps[1]);
});

test("a caller cannot stop a contact in words that say something else has happened", async () => {
  const { id } = await newSequence(team);
  const [member] = await plantMembers(world, team, id, 1);
  const stop = (stop_reason: string) =>
    team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [id],
      contact_ids: idsOf(member ? [member] : []),
      mode: "stop",
      stop_reason,
    });
  for (const reason of ["replied", " Replied ", "UNSUBSCRIBED", "User deleted", "manually finished"]) {
    const { status, code } = await refused(stop(reason));
    assert.deepEqual([status, code], [422, "stop_reason_reserved"], reason);
  }
  atOnce(await stop("stopped"));
});

test("starting over is held to what adding is: a usable mailbox, and where only owners add, a contact of one's own", async () => {
  const { id, steps } = await newSequence(team);
  const sharing_permission = { visibility: "everyone", access_type: "can_edit" } as const;
  await team.api.sequences.update({ id, sharing_permission });
  const person = async (email: string) => (await team.api.users.invite({ email, role: "member" })).user;
  const [member, mate] = [await person("starter@example.no"), await person("mate@example.no")];
  await team.api.subteams.create({ name: "Starters", user_ids: [member.id, mate.id] });
  const { api_key } = await team.api.apiKeys.create({ name: "starter", master: true, user_id: member.id });
  const own = (await plantMailbox(team, { user_id: member.id })).id;
  const shared = (await plantMailbox(team, { visibility: "everyone" })).id;
  const hidden = (await plantMailbox(team)).id;
  const broken = (await plantMailbox(team, { user_id: member.id, is_active: false })).id;
  const cases: [mailbox: string | null, owner: string | null, code: string, ofAdmin: string][] = [
    [own, member.id, "restarted", "restarted"],
    [own, mate.id, "restarted", "restarted"],
    [own, null, "restarted", "restarted"],
    [shared, member.id, "restarted", "restarted"],
    [null, member.id, "restarted", "restarted"],
    [own, team.owner.id, "contact_of_another", "restarted"],
    [hidden, member.id, "mailbox_not_usable", "restarted"],
    [broken, member.id, "mailbox_not_usable", "mailbox_not_usable"],
  ];
  const members: string[] = [];
  for (const [mailbox_id, owner] of cases) {
    const [row] = await plantMembers(world, team, id, 1, { mailbox_id, current_step_id: steps[1] });
    members.push(row?.contact_id ?? "");
    await asOwner(world, (client) =>
      client.query("update contacts set owner_id = $2 where id = $1", [row?.contact_id, owner]),
    );
  }
  const restart = async (api: Team["api"]) => {
    const { skipped_contact_ids } = atOnce(await api.enrollments.restart({ id, contact_ids: members }));
    return members.map((one) => skipped_contact_ids[one] ?? "restarted");
  };
  await team.api.teams.update({ only_owners_add_contacts: true });
  assert.deepEqual(
    await restart(world.client({ apiKey: api_key.key })),
    cases.map(([, , code]) => code),
  );
  assert.deepEqual(
    await restart(team.api),
    cases.map(([, , , code]) => code),
  );
  await team.api.teams.update({ only_owners_add_contacts: false });
  const usual = await restart(world.client({ apiKey: api_key.key }));
  assert.equal(usual[5], "restarted", "anybody's contact, where the team does not say so");
});
