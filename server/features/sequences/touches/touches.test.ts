import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
});

async function newStep(at = team, type: "auto_email" | "call" = "auto_email") {
  const id = (await at.api.sequences.start({ name: "Tested" })).emailer_campaign.id;
  const made = await at.api.steps.create({ emailer_campaign_id: id, type });
  return { sequence: id, step: made.emailer_step.id, touch: made.emailer_touch?.id ?? "" };
}

test("a mail is written, cleaned, approved and taken back", async () => {
  const { touch } = await newStep();
  const empty = await refused(team.api.touches.approve({ id: touch }));
  assert.deepEqual(
    [empty.status, empty.message],
    [422, "Please make sure your template has a non-empty body before turning it on."],
  );
  const { emailer_touch } = await team.api.touches.update({
    id: touch,
    emailer_template: {
      subject: "Question\r\nBcc: all@example.no",
      body_html:
        '<p>Hi {{first_name}},</p><p><a href="javascript:x()">see</a> {{now_weekday}}</p><script>x</script>',
    },
  });
  const { emailer_template } = emailer_touch;
  assert.equal(emailer_template.subject, "Question Bcc: all@example.no", "a subject is one line");
  assert.equal(emailer_template.body_html, "<p>Hi {{first_name}},</p><p><a>see</a> {{now_weekday}}</p>");
  assert.equal(emailer_template.body_text, "Hi {{first_name}},\n\nsee {{now_weekday}}");
  assert.equal((await team.api.touches.approve({ id: touch })).emailer_touch.status, "approved");
  const emptied = await refused(
    team.api.touches.update({ id: touch, emailer_template: { body_html: "<p></p>" } }),
  );
  assert.equal(emptied.code, "template_body_empty");
  const elsewhere = await refused(team.api.templates.update({ id: emailer_template.id, body_html: null }));
  assert.equal(elsewhere.code, "template_body_empty", "by way of its template neither");
  assert.equal((await team.api.touches.abort({ id: touch })).emailer_touch.status, "to_be_reviewed");
  assert.equal(
    (await team.api.templates.update({ id: emailer_template.id, body_html: null })).emailer_template
      .body_text,
    null,
  );
});

test("variants of a step have weights; more than one approved is a test", async () => {
  const { sequence, step, touch } = await newStep();
  const body = { emailer_template: { subject: "B", body_html: "<p>B</p>" }, status: "approved" as const };
  const { emailer_touch: variant } = await team.api.touches.create({
    emailer_step_id: step,
    weight: 3,
    ...body,
  });
  assert.deepEqual([variant.weight, variant.status], [3, "approved"]);
  assert.deepEqual((await team.api.sequences.show({ id: sequence })).emailer_campaign.ab_test_step_ids, []);
  await team.api.touches.update({ id: touch, weight: 2, ...body });
  assert.deepEqual((await team.api.sequences.show({ id: sequence })).emailer_campaign.ab_test_step_ids, [
    step,
  ]);
  const listed = await team.api.touches.list({ emailer_step_id: step });
  assert.deepEqual(
    listed.emailer_touches.map(({ id, weight }) => [id, weight]),
    [
      [touch, 2],
      [variant.id, 3],
    ],
  );
  assert.deepEqual(
    (await team.api.touches.list({ emailer_campaign_id: sequence })).emailer_touches.map(({ id }) => id),
    [touch, variant.id],
  );
  assert.equal((await refused(team.api.touches.update({ id: touch, weight: 0 }))).status, 422);
  assert.equal((await refused(team.api.touches.list())).code, "parameter_missing");
  await team.api.touches.remove({ id: touch });
  const last = await refused(team.api.touches.remove({ id: variant.id }));
  assert.deepEqual([last.status, last.code], [422, "last_touch"]);
});

test("a mail of its own goes with its variant; one of the library stays", async () => {
  const { step, touch } = await newStep();
  const [own] = (await team.api.touches.list({ emailer_step_id: step })).emailer_touches;
  const { emailer_template: library } = await team.api.templates.create({
    name: "Library",
    body_html: "<p>L</p>",
  });
  const { emailer_touch } = await team.api.touches.update({
    id: touch,
    emailer_template: { id: library.id, subject: "Changed here" },
  });
  assert.deepEqual(
    [emailer_touch.emailer_template_id, emailer_touch.emailer_template.subject],
    [library.id, "Changed here"],
  );
  assert.equal((await team.api.templates.show({ id: library.id })).emailer_template.subject, "Changed here");
  assert.equal((await refused(team.api.templates.show({ id: own?.emailer_template_id ?? "" }))).status, 404);
  await team.api.touches.create({ emailer_step_id: step });
  await team.api.touches.remove({ id: touch });
  assert.equal((await team.api.templates.show({ id: library.id })).emailer_template.name, "Library");
});

test("a call has a script where a user writes one; an action item has no mail", async () => {
  const { step, sequence } = await newStep(team, "call");
  const { emailer_touch } = await team.api.touches.create({
    emailer_step_id: step,
    emailer_template: { body_html: "Ask" },
  });
  await team.api.touches.remove({ id: emailer_touch.id });
  const item = await team.api.steps.create({ emailer_campaign_id: sequence, type: "action_item" });
  const refusal = await refused(team.api.touches.create({ emailer_step_id: item.emailer_step.id }));
  assert.deepEqual(
    [refusal.code, refusal.message],
    ["touch_not_for_this_step", "A step of the type action_item has no email."],
  );
});

test("a stranger's mail is not there, nor is their template to be used", async () => {
  const { touch, step } = await newStep(stranger);
  for (const attempt of [
    () => team.api.touches.update({ id: touch, status: "approved" }),
    () => team.api.touches.approve({ id: touch }),
    () => team.api.touches.abort({ id: touch }),
    () => team.api.touches.remove({ id: touch }),
    () => team.api.touches.list({ emailer_step_id: step }),
    () => team.api.touches.create({ emailer_step_id: step }),
  ])
    assert.equal((await refused(attempt())).status, 404);
  const foreign = await stranger.api.templates.create({ name: "Foreign", global: true });
  const own = await newStep();
  const refusal = await refused(
    team.api.touches.update({ id: own.touch, emailer_template: { id: foreign.emailer_template.id } }),
  );
  assert.equal(refusal.code, "template_not_found");
});
