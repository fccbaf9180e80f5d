// Mails paired with mails of earlier steps: what may be named, how it is stored, and which mail each contact gets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { plantContact, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { previewFirstMails, previewPlannedMails } from "../../sequences/composing/commands.ts";
import { missingValues } from "../../sequences/composing/failing.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Strangers");
});

type Mail = Record<string, unknown>;
const mail = (subject: string, rest: Mail = {}): Mail => ({
  status: "approved",
  emailer_template: { subject, body_html: `<p>${subject} {{title}}</p>` },
  ...rest,
});
const step = (mails: Mail[], rest: Mail = {}) => ({
  type: "auto_email",
  wait_time: 1,
  wait_mode: "day",
  emailer_touches: mails,
  ...rest,
});
const WITH_A = { goes_with: { step: 1, variant: 1 } };

/** Two openings, and a follow-up for the readers of the first, one for everybody else. */
async function newSequence(
  who = team,
  steps: Mail[] = [step([mail("A"), mail("B")]), step([mail("to A", WITH_A), mail("to all")])],
) {
  const made = await who.api.sequences.create({ name: "Nordic plants", emailer_steps: steps });
  const [first = "", second = ""] = made.emailer_steps.map(({ id }) => id);
  const [a = "", b = "", toA = "", toAll = ""] = made.emailer_touches.map(({ id }) => id);
  return { id: made.emailer_campaign.id, first, second, a, b, toA, toAll, made };
}

const pairsOf = async (id: string, who = team) => {
  const { emailer_touches, emailer_templates } = await who.api.sequences.show({ id });
  const subjects = new Map(emailer_templates.map((one) => [one.id, one.subject]));
  const says = new Map(emailer_touches.map((one) => [one.id, subjects.get(one.emailer_template_id)]));
  return emailer_touches.map((one) => [
    says.get(one.id),
    one.goes_with_touch_id && (says.get(one.goes_with_touch_id) ?? "elsewhere"),
    one.status,
  ]);
};

const [A, B] = [
  ["A", null, "approved"],
  ["B", null, "approved"],
];
const TO_ALL = ["to all", null, "approved"];
const PAIRED = [A, B, ["to A", "A", "approved"], TO_ALL];

const eventsOf = async (id: string) => {
  const { explain } = await team.api.explain.sequence({ id });
  return explain.history.map(({ sentence }) => sentence);
};

test("a variant names the one of an earlier step that it goes with, by its id, or by its place in a list", async () => {
  const { id, a, b, toA, toAll } = await newSequence();
  assert.deepEqual(await pairsOf(id), PAIRED);
  const { emailer_touch } = await team.api.touches.update({ id: toAll, goes_with_touch_id: b });
  assert.equal(emailer_touch.goes_with_touch_id, b);
  assert.equal(
    (await team.api.touches.update({ id: toAll, weight: 3 })).emailer_touch.goes_with_touch_id,
    b,
    "what is not said stays",
  );
  assert.equal(
    (await team.api.touches.update({ id: toA, goes_with_touch_id: null })).emailer_touch.goes_with_touch_id,
    null,
  );
  const { emailer_touches } = await team.api.touches.list({ emailer_campaign_id: id });
  assert.deepEqual(
    emailer_touches.map((one) => one.goes_with_touch_id),
    [null, null, null, b],
  );
  const { emailer_touch: third } = await team.api.touches.create({
    emailer_step_id: (await newStep(id)).id,
    goes_with_touch_id: a,
  });
  assert.equal(third.goes_with_touch_id, a, "any step before will do");
});

async function newStep(id: string, rest: Mail = {}) {
  const { emailer_step } = await team.api.steps.create({
    emailer_campaign_id: id,
    type: "auto_email",
    wait_time: 1,
    wait_mode: "day",
    ...rest,
  });
  return emailer_step;
}

test("what is not a mail of an earlier e-mail step of this sequence is refused, whatever sequence it is from", async () => {
  const { id, first, second, a, toA, toAll } = await newSequence();
  const [theirs, other] = [await newSequence(stranger), await newSequence()];
  const refusals = async (named: string, what = toAll) => {
    const one = await refused(team.api.touches.update({ id: what, goes_with_touch_id: named }));
    return [one.status, one.code, one.message];
  };
  const unknown = (named: string) => [
    422,
    "goes_with_not_found",
    `This sequence has no email ${named} to pair with.`,
  ];
  for (const named of ["64f0aa000000000000000001", theirs.a, other.a])
    assert.deepEqual(await refusals(named), unknown(named));
  const early = (await refusals(toA)).slice(0, 2);
  assert.deepEqual(early, [422, "goes_with_not_earlier"], "a sibling");
  assert.deepEqual((await refusals(toAll))[1], "goes_with_not_earlier", "itself");
  assert.deepEqual((await refusals(toA, a))[1], "goes_with_not_earlier", "one of a later step");
  const call = await newStep(id, { type: "call", position: 1 });
  const { emailer_touch: said } = await team.api.touches.create({
    emailer_step_id: call.id,
    emailer_template: { body_html: "<p>Ask</p>" },
  });
  assert.deepEqual(
    (await refusals(said.id))[1],
    "goes_with_not_earlier",
    "what is said in a call is sent to nobody",
  );
  const list = [
    { id: call.id },
    { id: first },
    { id: second, emailer_touches: [mail("x", { goes_with: { step: 2, variant: 9 } })] },
  ];
  assert.equal(
    (await refused(team.api.sequences.update({ id, emailer_steps: list }))).code,
    "goes_with_not_found",
  );
  const created = await refused(
    team.api.touches.create({ emailer_step_id: second, goes_with_touch_id: theirs.a }),
  );
  assert.equal(created.code, "goes_with_not_found");
  assert.deepEqual((await pairsOf(id)).slice(1), PAIRED, "and nothing was changed by any of it");
});

test("steps in another order take the pairing away, and it is said in the answer and the history", async () => {
  const { id, first, second } = await newSequence();
  const { emailer_touches } = await team.api.sequences.update({
    id,
    emailer_steps: [{ id: second }, { id: first }],
  });
  assert.deepEqual(
    emailer_touches.map((one) => [one.goes_with_touch_id, one.status]),
    [
      [null, "to_be_reviewed"],
      [null, "approved"],
      [null, "approved"],
      [null, "approved"],
    ],
  );
  assert.match(
    (await eventsOf(id)).join("\n"),
    /Nordic plants: 1 email is no longer paired with an earlier email, and needs a review/,
  );
  const { id: same, first: one } = await newSequence();
  await team.api.steps.update({ id: one, position: 2 });
  assert.deepEqual(await pairsOf(same), [["to A", null, "to_be_reviewed"], TO_ALL, A, B]);
});

test("a step that is no longer a mail sends nothing that another mail could be paired with", async () => {
  const { id, first } = await newSequence();
  await team.api.steps.update({ id: first, type: "call" });
  assert.deepEqual((await pairsOf(id))[2], ["to A", null, "to_be_reviewed"]);
});

test("without the earlier mail, or its step, the later one waits for a review where there is one for everybody", async () => {
  const { id, a } = await newSequence();
  await team.api.touches.remove({ id: a });
  assert.deepEqual(await pairsOf(id), [B, ["to A", null, "to_be_reviewed"], TO_ALL]);
  const gone = await newSequence();
  await team.api.steps.remove({ id: gone.first });
  assert.deepEqual(await pairsOf(gone.id), [["to A", null, "to_be_reviewed"], TO_ALL]);
  const listed = await newSequence();
  await team.api.sequences.update({ id: listed.id, emailer_steps: [{ id: listed.second }] });
  assert.deepEqual(await pairsOf(listed.id), [["to A", null, "to_be_reviewed"], TO_ALL]);
});

test("where nobody else's mail is there, what was for some is for everybody, and goes on being sent", async () => {
  const { id, a, b, toAll } = await newSequence();
  await team.api.touches.update({ id: toAll, goes_with_touch_id: b });
  await team.api.touches.remove({ id: a });
  assert.deepEqual(await pairsOf(id), [B, ["to A", null, "approved"], ["to all", "B", "approved"]]);
});

test("a caller who approves in the same request is not asked to review it", async () => {
  const { id, first, second, b, toA, toAll } = await newSequence();
  await team.api.sequences.update({
    id,
    emailer_steps: [
      { id: first, emailer_touches: [{ id: b }] },
      { id: second, emailer_touches: [{ id: toA, goes_with_touch_id: null }, { id: toAll }] },
    ],
  });
  assert.deepEqual(await pairsOf(id), [B, ["to A", null, "approved"], TO_ALL]);
  const other = await newSequence();
  const contradicting = refused(
    team.api.sequences.update({
      id: other.id,
      emailer_steps: [
        { id: other.first, emailer_touches: [{ id: other.b }] },
        { id: other.second, emailer_touches: [{ id: other.toA, goes_with_touch_id: other.a }] },
      ],
    }),
  );
  assert.equal((await contradicting).code, "goes_with_not_found");
});

test("a copy of the sequence pairs its own mails", async () => {
  const { id, a } = await newSequence();
  const { emailer_campaign, emailer_touches } = await team.api.sequences.clone({ id });
  assert.deepEqual(
    await pairsOf(emailer_campaign.id),
    PAIRED.map(([says, other]) => [says, other, "approved"]),
  );
  assert.ok(emailer_touches.every((one) => one.goes_with_touch_id !== a));
});

/** A contact in the sequence, who was sent these mails. */
async function reader(
  sequence: { id: string; first: string; second: string },
  touchIds: string[],
  rest: Mail = {},
) {
  const contactId = await plantContact(world, team, { first_name: "Ines" });
  const enrollment_id = await plantEnrollment(world, team, sequence.id, {
    contact_id: contactId,
    state: "active",
    current_step_id: sequence.second,
  });
  for (const touch_id of touchIds)
    await plantMessage(world, team, sequence.id, {
      contact_id: contactId,
      enrollment_id,
      touch_id,
      step_id: sequence.first,
      completed_at: "2026-11-02T12:00:00Z",
      ...rest,
    });
  return contactId;
}

const asking = <T>(work: Parameters<typeof actFor<T>>[2]) =>
  actFor(world.running.app, { teamId: team.id, userId: team.owner.id, cause: "test" }, work);

test("what was sent is what is written down, and every way of reading a mail beforehand knows it", async () => {
  const sequence = await newSequence();
  const { id, second, a, b, toA, toAll } = sequence;
  const readers = [
    [await reader(sequence, [a]), toA],
    [await reader(sequence, [b]), toAll],
    [await reader(sequence, []), toAll],
    [await reader(sequence, [a], { status: "scheduled", completed_at: null }), toAll],
  ] as const;
  const people = readers.map(([contactId]) => ({ contactId, mailboxId: null }));
  const read = await asking((act) =>
    previewFirstMails(act, { sequenceId: id, stepId: second, enrollments: people }),
  );
  assert.deepEqual(
    read.map(({ touchId }) => touchId),
    readers.map(([, touchId]) => touchId),
  );
  const at = Temporal.Now.instant();
  const planned = people.map((one) => ({ ...one, stepId: second, at }));
  assert.deepEqual(
    (await asking((act) => previewPlannedMails(act, id, planned))).map((one) => one?.touchId),
    readers.map(([, touchId]) => touchId),
  );
  await team.api.touches.update({ id: a, weight: 1000 });
  await team.api.touches.update({ id: b, status: "to_be_reviewed" });
  const again = await asking((act) =>
    previewFirstMails(act, { sequenceId: id, stepId: second, enrollments: people }),
  );
  assert.deepEqual(
    again.map(({ touchId }) => touchId),
    readers.map(([, touchId]) => touchId),
    "however they would be drawn today",
  );
});

test("why a contact gets a variant is said of them and of their mail, before it goes out and after", async () => {
  const sequence = await newSequence();
  const { second, a, b, toA, toAll } = sequence;
  const why = async (contactId: string) => {
    return (await team.api.explain.enrollment({ id: await enrollmentOf(contactId) })).explain.variant;
  };
  const readerOfA = await reader(sequence, [a]);
  assert.deepEqual(await why(readerOfA), {
    emailer_touch_id: toA,
    goes_with_touch_id: a,
    because: "goes_with",
    sentence:
      "The contact gets variant A of step 2: it is paired with variant A of step 1, which the contact got before.",
  });
  const other = await why(await reader(sequence, [b]));
  assert.deepEqual([other?.emailer_touch_id, other?.because], [toAll, "everybody_else"]);
  const { emailer_messages } = await team.api.emailerMessages.search({ contact_ids: [readerOfA] });
  const ofFirst = await team.api.explain.message({ id: emailer_messages[0]?.id ?? "" });
  assert.equal(ofFirst.explain.variant, null, "of what was drawn, nobody has written down why");
  const answer = await plantMessage(world, team, sequence.id, {
    contact_id: readerOfA,
    enrollment_id: await enrollmentOf(readerOfA),
    touch_id: toA,
    step_id: second,
    completed_at: "2026-11-03T12:00:00Z",
  });
  const { explain } = await team.api.explain.message({ id: answer });
  assert.match(
    explain.variant?.sentence ?? "",
    /^The contact got variant A of step 2: it is paired with variant A of step 1/,
  );
  await team.api.touches.update({ id: toAll, status: "to_be_reviewed" });
  assert.equal((await why(await reader(sequence, [b])))?.because, "no_other");
});

async function enrollmentOf(contactId: string) {
  const { contact_campaign_statuses: found } = await team.api.enrollments.search({
    contact_ids: [contactId],
  });
  return found[0]?.id ?? "";
}

test("what to say in a call can be paired with the mail that a contact got", async () => {
  const say = (text: string, rest: Mail = {}) => ({
    emailer_template: { body_html: `<p>${text}</p>` },
    status: "approved",
    ...rest,
  });
  const sequence = await newSequence(team, [
    step([mail("A"), mail("B")]),
    step([say("About A", WITH_A), say("Hello")], { type: "call" }),
  ]);
  const { id, second, a, b } = sequence;
  const enrollments = [
    { contactId: await reader(sequence, [a]), mailboxId: null },
    { contactId: await reader(sequence, [b]), mailboxId: null },
  ];
  const texts = await asking((act) =>
    previewFirstMails(act, { sequenceId: id, stepId: second, enrollments }),
  );
  assert.deepEqual(
    texts.map((one) => one.mail?.text),
    ["About A", "Hello"],
  );
});

test("a forecast of later steps shows the mail that goes with the first mail a contact is drawn", async () => {
  const { id, a } = await newSequence(team, [
    step([mail("A"), mail("B")]),
    step([
      mail("to A", { ...WITH_A, emailer_template: { subject: "to A", body_html: "<p>{{company}}</p>" } }),
      mail("to all"),
    ]),
  ]);
  const ids = await Promise.all(Array.from({ length: 24 }, () => plantContact(world, team, { title: "T" })));
  const people = ids.map((contactId) => ({ contactId, mailboxId: null }));
  const [firsts, gaps, later] = await asking(async (act) => {
    const { emailer_steps } = await team.api.sequences.show({ id });
    const wish = { sequenceId: id, stepId: emailer_steps[0]?.id ?? "", enrollments: people };
    return [
      await previewFirstMails(act, wish),
      await missingValues(act, { sequenceId: id, people }),
      await missingValues(act, { sequenceId: id, people, beginsAt: 2 }),
    ];
  });
  const drawnA = firsts.filter(({ touchId }) => touchId === a).map(({ contactId }) => contactId);
  assert.ok(drawnA.length > 0 && drawnA.length < 24);
  assert.deepEqual([...gaps.byContact.keys()].sort(), drawnA.sort());
  assert.equal(later.byContact.size, 0, "whoever begins behind it is sent none of it");
});

test("of a sequence in which no mail goes with another nothing more is asked", async () => {
  const plain = await newSequence(team, [step([mail("A"), mail("B")]), step([mail("C"), mail("D")])]);
  const paired = await newSequence();
  const people = [{ contactId: await plantContact(world, team), mailboxId: null }];
  const asked = async (sequence: typeof plain) => {
    let count = 0;
    await asking(async (act) => {
      const db = new Proxy(act.db, {
        get: (target, key) => {
          const value = Reflect.get(target, key, target);
          if (key !== "rows" && key !== "row") return value;
          return (...args: unknown[]) => {
            count += 1;
            return value.apply(target, args);
          };
        },
      });
      await previewFirstMails(
        { ...act, db },
        { sequenceId: sequence.id, stepId: sequence.second, enrollments: people },
      );
    });
    return count;
  };
  assert.equal(await asked(paired), (await asked(plain)) + 1);
});
