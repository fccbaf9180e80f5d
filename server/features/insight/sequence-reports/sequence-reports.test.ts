// How a sequence does, counted from planted mails.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantContact, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Strangers");
});

const mail = (subject: string) => ({ emailer_template: { subject, body_html: "<p>Hello</p>" } });

async function newSequence() {
  const made = await team.api.sequences.create({
    name: "Nordic plants",
    emailer_steps: [
      { type: "auto_email", wait_time: 0, wait_mode: "day", emailer_touches: [mail("A"), mail("B")] },
      { type: "auto_email", wait_time: 2, wait_mode: "day", emailer_touches: [mail("C")] },
    ],
  });
  const [first = "", second = ""] = made.emailer_steps.map(({ id }) => id);
  const [a = "", b = "", c = ""] = made.emailer_touches.map(({ id }) => id);
  return { id: made.emailer_campaign.id, first, second, a, b, c };
}

test("steps, variants, days and people add up to the mails there are", async () => {
  const { id, first, second, a, b, c } = await newSequence();
  const people = await Promise.all([1, 2, 3].map(() => plantContact(world, team)));
  for (const contact_id of people)
    await plantEnrollment(world, team, id, { contact_id, added_at: "2026-11-02T08:00:00Z" });
  const plant = (step_id: string, touch_id: string, contact_id: string | undefined, rest: object) =>
    plantMessage(world, team, id, {
      step_id,
      touch_id,
      contact_id,
      completed_at: "2026-11-02T12:00:00Z",
      ...rest,
    });
  await plant(first, a, people[0], { num_opens: 3, replied_at: "2026-11-05T12:00:00Z" });
  await plant(first, a, people[1], { replied_at: "2026-11-05T12:00:00Z", reply_class: "out_of_office" });
  await plant(first, b, people[2], { has_bounced: true });
  await plant(second, c, people[0], { completed_at: "2026-11-04T12:00:00Z", num_opens: 1, num_clicks: 1 });
  await plant(second, c, people[1], { status: "scheduled", completed_at: null });
  const { report } = await team.api.reports.sequence({ id });
  assert.deepEqual(report.mails, {
    sent: 4,
    delivered: 3,
    opened: 2,
    clicked: 1,
    replied: 1,
    bounced: 1,
    unsubscribed: 0,
    demoed: 0,
  });
  assert.deepEqual(report.people, {
    reached: 3,
    opened: 1,
    replied: 1,
    unsubscribed: 0,
    added: 3,
    finished: 0,
  });
  assert.deepEqual(
    report.steps.map(({ mails, people: { reached } }) => [mails.sent, mails.delivered, reached]),
    [
      [3, 2, 3],
      [1, 1, 1],
    ],
  );
  assert.deepEqual(
    report.variants.map(({ emailer_touch_id, mails, verdict }) => [emailer_touch_id, mails.sent, verdict]),
    [
      [a, 2, "too_early"],
      [b, 1, "too_early"],
      [c, 1, "alone"],
    ],
  );
  assert.deepEqual(report.days, [
    { date: "2026-11-02", added: 3, delivered: 2, opened: 1, replied: 1, bounced: 1 },
    { date: "2026-11-04", added: 0, delivered: 1, opened: 1, replied: 0, bounced: 0 },
  ]);
  const later = await team.api.reports.sequence({ id, from: "2026-11-03", until: "2026-11-04" });
  assert.deepEqual([later.report.mails.sent, later.report.people.added], [1, 0]);
});

test("each number's mails can be found, by step and by variant", async () => {
  const { id, first, second, a, c } = await newSequence();
  const one = await plantMessage(world, team, id, {
    step_id: first,
    touch_id: a,
    completed_at: "2026-11-02T12:00:00Z",
  });
  const two = await plantMessage(world, team, id, {
    step_id: second,
    touch_id: c,
    completed_at: "2026-11-02T12:00:00Z",
  });
  const found = async (input: object) =>
    (await team.api.emailerMessages.search(input)).emailer_messages.map((message) => message.id);
  assert.deepEqual(await found({ emailer_step_ids: [first] }), [one]);
  assert.deepEqual(await found({ emailer_touch_ids: [c] }), [two]);
});

test("variants are compared with those that the same people might have got", async () => {
  const { id, second, a, c } = await newSequence();
  const add = async (rest: object) =>
    (await team.api.touches.create({ emailer_step_id: second, ...mail("More"), ...rest })).emailer_touch.id;
  const [forA, forAToo, forAll] = [
    await add({ goes_with_touch_id: a }),
    await add({ goes_with_touch_id: a }),
    await add({}),
  ];
  const plant = async (touch_id: string, sent: number, replied: number) => {
    const mails = Array.from({ length: sent }, (_, n) =>
      plantMessage(world, team, id, {
        step_id: second,
        touch_id,
        completed_at: "2026-11-02T12:00:00Z",
        replied_at: n < replied ? "2026-11-05T12:00:00Z" : null,
      }),
    );
    await Promise.all(mails);
  };
  await plant(forA, 110, 60);
  await plant(forAToo, 110, 58);
  await plant(c, 110, 4);
  await plant(forAll, 110, 3);
  const { variants } = (await team.api.reports.sequence({ id })).report;
  assert.deepEqual(
    variants
      .slice(2)
      .map((one) => [
        one.emailer_touch_id,
        one.goes_with_touch_id,
        one.difference?.against_emailer_touch_id,
        one.verdict,
      ]),
    [
      [c, null, forAll, "too_early"],
      [forA, a, forAToo, "too_early"],
      [forAToo, a, forA, "too_early"],
      [forAll, null, c, "too_early"],
    ],
    "nothing is ahead because its readers were sent another opening",
  );
  await team.api.touches.update({ id: forA, goes_with_touch_id: null });
  await team.api.touches.update({ id: forAToo, goes_with_touch_id: null });
  const mixed = (await team.api.reports.sequence({ id })).report.variants.map(({ verdict }) => verdict);
  assert.deepEqual(mixed.slice(2, 3), ["behind"], "as they would be if they were for the same people");
});

test("a sequence without mails is counted too, and another team's is not there", async () => {
  const { id } = await newSequence();
  const { report } = await team.api.reports.sequence({ id });
  assert.deepEqual([report.mails.sent, report.days, report.variants.length], [0, [], 3]);
  await assert.rejects(stranger.api.reports.sequence({ id }), { status: 404 });
});

test("the contacts behind a number of reached contacts are listed, of the whole and of a step, once each", async () => {
  const { id, first, second, a, c } = await newSequence();
  const [one = "", two = ""] = await Promise.all([1, 2].map(() => plantContact(world, team)));
  const plant = (step_id: string, touch_id: string, contact_id: string, completed_at: string) =>
    plantMessage(world, team, id, { step_id, touch_id, contact_id, completed_at });
  await plant(first, a, one, "2026-11-02T12:00:00Z");
  await plant(first, a, two, "2026-11-03T12:00:00Z");
  await plant(second, c, one, "2026-11-05T12:00:00Z");
  await plantMessage(world, team, id, {
    step_id: second,
    touch_id: c,
    contact_id: two,
    status: "scheduled",
    completed_at: null,
  });
  const reached = async (rest: object = {}) => {
    const { contacts, pagination } = await team.api.reports.reached({ id, ...rest });
    return [pagination.total_entries, contacts.map((contact) => contact.id)];
  };
  assert.deepEqual(await reached(), [2, [two, one]]);
  assert.deepEqual(await reached({ emailer_step_id: second }), [1, [one]]);
  assert.deepEqual(await reached({ emailer_step_id: first, from: "2026-11-03" }), [1, [two]]);
  assert.deepEqual(await reached({ per_page: 1, page: 2 }), [2, [one]]);
  const { report } = await team.api.reports.sequence({ id });
  assert.deepEqual([report.people.reached, ...report.steps.map(({ people }) => people.reached)], [2, 2, 1]);
  await assert.rejects(stranger.api.reports.reached({ id }), { status: 404 });
});
