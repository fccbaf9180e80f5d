// Edits that are not for enrolled contacts: those finish the old version, and contacts who join later get the new one.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { planOnce } from "../../../engine/planning/plan-steps.ts";
import { byHand, TAKEN } from "../../../testing/by-hand.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { newPeople, type TortureScene } from "../../../testing/torture/scene.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, useWorld } from "../../../testing/world.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, claim, gate, ended } = byHand(world);

let made: TortureScene;
beforeEach(async () => {
  made = await scene({ waits: [0, 0, 0] });
});

const show = () => made.team.api.sequences.show({ id: made.sequenceId });

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

async function settle() {
  while ((await planOnce(world.running)) > 0);
}

/** The next mail, from the queue to its end. */
async function send() {
  const claimed = await claim(made);
  assert.equal((await gate(made, claimed))?.is, "pass");
  await ended(made, claimed, TAKEN);
  await settle();
  return claimed.claim.bodyText ?? "";
}

async function standingOf(contactId: string | undefined) {
  const [row] = await sql(
    `select e.state, p.position, p.version_id is not null as earlier from enrollments e
       left join sequence_steps p on p.id = e.current_step_id where e.contact_id = $1 and e.state <> 'removed'`,
    [contactId],
  );
  return [row?.state, row?.position ?? null, row?.earlier ?? null];
}

async function join(): Promise<string> {
  const [id = ""] = await newPeople(made.team, 1);
  await made.team.api.joining.addContacts({
    id: made.sequenceId,
    emailer_campaign_id: made.sequenceId,
    contact_ids: [id],
    send_email_from_email_account_id: made.mailboxIds,
    sequence_unverified_email: true,
    sequence_same_company_in_same_campaign: true,
  });
  await settle();
  return id;
}

const mail = (body: string, type: "new_thread" | "reply_to_thread" = "new_thread") => ({
  status: "approved" as const,
  type,
  emailer_template: { subject: "Hello", body_html: `<p>${body}</p>` },
});

test("enrolled contacts finish the old version, and contacts who join later get the new one", async () => {
  assert.match(await send(), /T:.*:1/);
  const before = await show();
  const [first, second] = before.emailer_steps;
  const { emailer_steps } = await made.team.api.sequences.update({
    id: made.sequenceId,
    edit_mode: "frozen",
    emailer_steps: [
      { id: first?.id ?? "" },
      {
        id: second?.id ?? "",
        wait_time: 0,
        wait_mode: "minute",
        emailer_touches: [mail("A new second mail")],
      },
    ],
  });
  assert.equal(emailer_steps.length, 2, "and the third is not missed by those who wait for it");
  const known = new Set(before.emailer_steps.map(({ id }) => id));
  assert.ok(emailer_steps.every(({ id }) => !known.has(id)));

  const after = await show();
  assert.equal(after.emailer_campaign.num_steps, 2);
  assert.deepEqual(
    after.emailer_steps.map(({ counts }) => counts.active),
    [0, 0],
  );
  assert.deepEqual(
    after.earlier_versions.map(({ num_contacts, emailer_steps: own }) => [
      num_contacts,
      own.map((step) => [step.id, step.num_contacts]),
    ]),
    [[1, before.emailer_steps.map(({ id }, n) => [id, n === 1 ? 1 : 0])]],
  );

  const [old] = made.contactIds;
  assert.deepEqual(await standingOf(old), ["active", 2, true]);
  const { contact_campaign_statuses } = await made.team.api.enrollments.search({
    emailer_campaign_ids: [made.sequenceId],
  });
  assert.deepEqual(
    contact_campaign_statuses.map((one) => [one.current_step_position, one.earlier_version_id]),
    [[2, after.earlier_versions[0]?.id]],
  );
  assert.match(await send(), /T:.*:2/);
  assert.match(await send(), /T:.*:3/);
  assert.deepEqual(await standingOf(old), ["finished", 3, true]);
  assert.deepEqual((await show()).earlier_versions, [], "nobody is in it any more");

  const joined = await join();
  assert.deepEqual(await standingOf(joined), ["active", 1, false]);
  assert.match(await send(), /T:.*:1/);
  assert.match(await send(), /A new second mail/);
  assert.deepEqual(await standingOf(joined), ["finished", 2, false]);
});

test("a sequence without contacts has nothing to keep, and the ids stay", async () => {
  for (let n = 0; n < 3; n++) await send();
  const before = await show();
  const [first] = before.emailer_steps;
  const { emailer_step } = await made.team.api.steps.update({
    id: first?.id ?? "",
    wait_time: 9,
    wait_mode: "day",
    edit_mode: "frozen",
  });
  assert.equal(emailer_step.id, first?.id);
  assert.deepEqual((await show()).earlier_versions, []);
});

test("an edit says nothing of it and is for everybody, as it is at Apollo", async () => {
  const [, second] = (await show()).emailer_steps;
  const { emailer_step } = await made.team.api.steps.update({ id: second?.id ?? "", note: "<p>Live</p>" });
  assert.equal(emailer_step.id, second?.id);
  assert.deepEqual((await show()).earlier_versions, []);
});

type Known = Awaited<ReturnType<typeof show>>;
const EDITS: Record<string, (known: Known) => Promise<unknown>> = {
  "a step is added": () =>
    made.team.api.steps.create({
      emailer_campaign_id: made.sequenceId,
      type: "call",
      position: 2,
      edit_mode: "frozen",
    }),
  "a step is changed": ({ emailer_steps: [, second] }) =>
    made.team.api.steps.update({ id: second?.id ?? "", enabled: false, edit_mode: "frozen" }),
  "a step is taken away, and nobody waits there": ({ emailer_steps: [first] }) =>
    made.team.api.steps.remove({ id: first?.id ?? "", edit_mode: "frozen" }).catch((error) => {
      assert.equal(error.code, "reply_without_thread"); // the second answers the first
      throw error;
    }),
  "a variant is added": ({ emailer_steps: [, second] }) =>
    made.team.api.touches.create({ emailer_step_id: second?.id ?? "", ...mail("B"), edit_mode: "frozen" }),
  "a variant is changed": ({ emailer_touches: [, second] }) =>
    made.team.api.touches.update({
      id: second?.id ?? "",
      emailer_template: { body_html: "<p>Changed</p>" },
      edit_mode: "frozen",
    }),
  "a text is changed": ({ emailer_templates: [, second] }) =>
    made.team.api.templates.update({
      id: second?.id ?? "",
      body_html: "<p>Changed</p>",
      edit_mode: "frozen",
    }),
};

for (const [what, edit] of Object.entries(EDITS))
  test(`no enrolled contact is affected where ${what}`, async () => {
    await send();
    const before = await show();
    const isSound = await edit(before).then(
      () => true,
      () => false,
    );
    const after = await show();
    if (!isSound) return assert.deepEqual(after, before, "what is refused leaves nothing behind");
    assert.notDeepEqual(after.emailer_steps, before.emailer_steps);
    assert.equal(after.earlier_versions[0]?.num_contacts, 1);
    assert.match(await send(), /T:.*:2/);
    assert.match(await send(), /T:.*:3/);
    assert.deepEqual(await standingOf(made.contactIds[0]), ["finished", 3, true]);
    const sent = await sql("select step_id from messages where sequence_id = $1 and delivery = 'sent'", [
      made.sequenceId,
    ]);
    assert.deepEqual(
      new Set(sent.map(({ step_id }) => step_id)),
      new Set(before.emailer_steps.map(({ id }) => id)),
    );
  });

test("what goes with what stays so for those who are in it, and among the copies, which are named by the ids they had", async () => {
  const { api } = made.team;
  const { emailer_steps: steps, emailer_touches: touches } = await show();
  const [one = "", two = "", three = ""] = touches.map(({ id }) => id);
  const second = { emailer_step_id: steps[1]?.id ?? "" };
  const { emailer_touch: pair } = await api.touches.create({
    ...second,
    ...mail("For readers of it"),
    goes_with_touch_id: one,
  });
  assert.match(await send(), /T:.*:1/);
  await api.touches.update({ id: three, goes_with_touch_id: two, edit_mode: "frozen" });
  const after = await show();
  const [newOne, newTwo, newPair, newThree] = after.emailer_touches;
  assert.deepEqual(
    after.emailer_touches.map((touch) => touch.goes_with_touch_id),
    [null, null, newOne?.id, newTwo?.id],
    "the new one names a copy, as does what was there",
  );
  const kept = await sql(
    "select id, goes_with_touch_id as with from step_touches where id = any($1) order by position",
    [[one, two, three, pair.id]],
  );
  assert.deepEqual(
    kept.map((row) => [row.id, row.with]),
    [
      [one, null],
      [two, null],
      [three, null],
      [pair.id, one],
    ],
  );
  assert.notEqual(newPair?.id, pair.id);
  await api.touches
    .remove({ id: newOne?.id ?? "", edit_mode: "live" })
    .catch(({ code }) => assert.equal(code, "last_touch"));
  assert.match(await send(), /For readers of it/, "as it was for those who are in it");
  assert.match(await send(), /T:.*:3/);
  await join();
  assert.match(await send(), /T:.*:1/);
  assert.match(await send(), /For readers of it/);
  const sent = await sql("select touch_id from messages where touch_id = any($1) and delivery = 'sent'", [
    [newPair?.id, newThree?.id],
  ]);
  assert.deepEqual(sent, [{ touch_id: newPair?.id }]);
});

test("a step's list names what its mails go with by the ids they had", async () => {
  const { emailer_steps: steps, emailer_touches: touches } = await show();
  const [one = "", two = ""] = touches.map(({ id }) => id);
  const lists = steps.map(({ id }, n) => ({
    id,
    ...(n === 1 && {
      emailer_touches: [{ id: two }, { ...mail("To them", "reply_to_thread"), goes_with_touch_id: one }],
    }),
  }));
  const changed = await made.team.api.sequences.update({
    id: made.sequenceId,
    edit_mode: "frozen",
    emailer_steps: lists,
  });
  const [first, , added] = changed.emailer_touches;
  assert.notEqual(first?.id, one);
  assert.equal(added?.goes_with_touch_id, first?.id);
});

test("a mail on its way while that happens is sent once, as it was", async () => {
  const claimed = await claim(made);
  const [first] = (await show()).emailer_touches;
  await made.team.api.touches.update({
    id: first?.id ?? "",
    emailer_template: { body_html: "<p>Changed</p>" },
    edit_mode: "frozen",
  });
  assert.equal((await gate(made, claimed))?.is, "lost", "the sequence has changed since");
  await ended(made, claimed, { kind: "held_back" }, { is: "lost" });
  await settle();
  assert.match(await send(), /T:.*:1/);
  assert.deepEqual(await standingOf(made.contactIds[0]), ["active", 2, true]);
});

test("what is kept cannot be edited", async () => {
  const { emailer_steps: steps, emailer_touches: touches } = await show();
  await made.team.api.steps.update({ id: steps[0]?.id ?? "", note: "<p>x</p>", edit_mode: "frozen" });
  const { api } = made.team;
  const [row] = await sql("select template_id from step_touches where id = $1", [touches[0]?.id]);
  for (const attempt of [
    () => api.steps.update({ id: steps[0]?.id ?? "", note: "<p>y</p>" }),
    () => api.steps.remove({ id: steps[1]?.id ?? "", force: true }),
    () => api.touches.create({ emailer_step_id: steps[1]?.id ?? "", ...mail("B") }),
    () => api.touches.update({ id: touches[0]?.id ?? "", weight: 3 }),
    () => api.touches.remove({ id: touches[0]?.id ?? "" }),
    () => api.templates.update({ id: row?.template_id, subject: "y" }),
  ])
    assert.equal((await refused(attempt())).code, "version_is_kept");
});

test("a contact who waits at a step of an earlier version that is off, or not approved, can be let on", async () => {
  const { api } = made.team;
  const { emailer_steps: steps, emailer_touches: touches } = await show();
  const [step, touch] = [steps[0]?.id ?? "", touches[0]?.id ?? ""];
  await api.touches.abort({ id: touch });
  await api.steps.update({ id: step, enabled: false });
  await api.steps.update({ id: steps[1]?.id ?? "", note: "<p>x</p>", edit_mode: "frozen" });
  const [version] = (await show()).earlier_versions;
  assert.deepEqual(
    version?.emailer_steps.map((one) => [one.enabled, one.needs_review]),
    [
      [false, true],
      [true, false],
      [true, false],
    ],
  );
  const switched = await api.steps.update({ id: step, enabled: true });
  assert.deepEqual([switched.emailer_step.id, switched.emailer_step.enabled], [step, true]);
  assert.equal((await api.touches.approve({ id: touch })).emailer_touch.id, touch);
  await settle();
  assert.match(await send(), /T:.*:1/);
  assert.equal((await show()).emailer_steps[0]?.enabled, false, "what is there for newcomers is as it was");
});

test("a further edit leaves those of the first version where they are, and keeps those who came since", async () => {
  const [first] = (await show()).emailer_steps;
  const once = await made.team.api.steps.update({
    id: first?.id ?? "",
    note: "<p>1</p>",
    edit_mode: "frozen",
  });
  await made.team.api.steps.update({ id: once.emailer_step.id, note: "<p>2</p>", edit_mode: "frozen" });
  assert.equal((await show()).earlier_versions.length, 1, "nobody had come");
  await join();
  await made.team.api.steps.update({ id: once.emailer_step.id, note: "<p>3</p>", edit_mode: "frozen" });
  assert.deepEqual(
    (await show()).earlier_versions.map(({ num_contacts }) => num_contacts),
    [1, 1],
  );
});

test("trying it out leaves no version behind", async () => {
  const before = await show();
  const [first] = before.emailer_steps;
  await made.team.api.steps.update(
    { id: first?.id ?? "", note: "<p>x</p>", edit_mode: "frozen" },
    { dryRun: true },
  );
  assert.deepEqual(await show(), before);
});

test("a copy of the sequence is made of what it is now", async () => {
  const [first] = (await show()).emailer_steps;
  await made.team.api.steps.remove({ id: (await show()).emailer_steps[2]?.id ?? "", edit_mode: "frozen" });
  const copy = await made.team.api.sequences.clone({ id: made.sequenceId });
  assert.equal(copy.emailer_steps.length, 2);
  assert.equal(copy.emailer_templates.length, 2);
  assert.notEqual(copy.emailer_steps[0]?.id, first?.id);
});

test("explanations and forecasts are about the version a contact is in", async () => {
  await send();
  const third = (await show()).emailer_steps[2]?.id ?? "";
  await made.team.api.steps.remove({ id: third, edit_mode: "frozen" });
  const { forecast } = await made.team.api.forecasts.create({ days: 2 });
  assert.deepEqual([forecast.totals.sends, forecast.totals.finished], [2, 1]);
  const [row] = await sql("select id from enrollments where sequence_id = $1", [made.sequenceId]);
  const { explain } = await made.team.api.explain.enrollment({ id: row?.id });
  assert.deepEqual(explain.held_by, []);
  assert.equal(explain.next?.step_position, 2);
  const ofAll = (await made.team.api.explain.sequence({ id: made.sequenceId })).explain;
  assert.deepEqual(ofAll.held_by, []);
});
