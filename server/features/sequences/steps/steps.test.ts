// Steps one by one, as published clients build sequences.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

async function newSequence() {
  return (await team.api.sequences.start({ name: "Step by step" })).emailer_campaign.id;
}

const stepsOf = async (id: string) => (await team.api.sequences.show({ id })).emailer_steps;

test("an e-mail step comes with an empty mail to review; what is sent of a mail is ignored", async () => {
  const emailer_campaign_id = await newSequence();
  const sent = await call(`${world.url}/v1/emailer_steps`, {
    method: "POST",
    key: team.key,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      emailer_campaign_id,
      type: "auto_email",
      position: 1,
      wait_time: 30,
      wait_mode: "minute",
      emailer_template: { subject: "Ignored", body_html: "Ignored" },
    }),
  });
  const { emailer_step, emailer_touch, emailer_template, emailer_steps } = sent.body as Record<
    string,
    Record<string, unknown>
  >;
  assert.deepEqual(
    [emailer_step?.type, emailer_step?.wait_time, emailer_step?.wait_mode],
    ["auto_email", 30, "minute"],
  );
  assert.deepEqual([emailer_touch?.type, emailer_touch?.status], ["new_thread", "to_be_reviewed"]);
  assert.deepEqual(
    [emailer_touch?.emailer_step_id, emailer_touch?.emailer_template_id],
    [emailer_step?.id, emailer_template?.id],
  );
  assert.deepEqual(
    [emailer_template?.subject, emailer_template?.body_html, emailer_template?.name],
    [null, null, null],
  );
  assert.equal((emailer_steps as unknown as unknown[]).length, 1);
  const task = await team.api.steps.create({ emailer_campaign_id, type: "call" });
  assert.deepEqual([task.emailer_touch, task.emailer_template, task.emailer_steps.length], [null, null, 2]);
  assert.deepEqual(
    [task.emailer_step.wait_time, task.emailer_step.wait_mode],
    [1, "day"],
    "a wait may be left out here",
  );
});

test("what clients call by other words is understood", async () => {
  const emailer_campaign_id = await newSequence();
  const { emailer_step } = await team.api.steps.create({
    emailer_campaign_id,
    type: "linkedin_step_interact_with_post",
    wait_time: 90,
    wait_mode: "second",
    priority: "A",
  });
  assert.deepEqual(
    [emailer_step.type, emailer_step.wait_time, emailer_step.wait_mode, emailer_step.priority],
    ["linkedin_step_interact_post", 2, "minute", "high"],
  );
});

test("a step goes in where it is wished, moves, and leaves; positions have no gaps", async () => {
  const id = await newSequence();
  const add = async (note: string, position?: number) =>
    (await team.api.steps.create({ emailer_campaign_id: id, type: "action_item", note, position }))
      .emailer_step.id;
  const b = await add("b");
  await add("d");
  await add("a", 1);
  await add("c", 3);
  await add("e", 99);
  const order = async () => (await stepsOf(id)).map(({ note, position }) => `${position}${note}`).join(" ");
  assert.equal(await order(), "1a 2b 3c 4d 5e");
  await team.api.steps.update({ id: b, position: 4 });
  assert.equal(await order(), "1a 2c 3d 4b 5e");
  await team.api.steps.update({ id: b, position: 50 });
  assert.equal(await order(), "1a 2c 3d 4e 5b");
  await team.api.steps.update({ id: b, position: 1, note: "B", enabled: false });
  assert.equal(await order(), "1B 2a 3c 4d 5e");
  assert.equal((await team.api.steps.show({ id: b })).emailer_step.enabled, false);
  assert.deepEqual((await team.api.steps.remove({ id: b })).emailer_step, { id: b, deleted: true });
  assert.equal(await order(), "1a 2c 3d 4e");
});

test("steps that come in at once stand one after the other", async () => {
  const id = await newSequence();
  await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      team.api.steps.create({
        emailer_campaign_id: id,
        type: "call",
        note: `n${n}`,
        ...(n % 2 && { position: 1 }),
      }),
    ),
  );
  assert.deepEqual(
    (await stepsOf(id)).map(({ position }) => position),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  const ids = (await stepsOf(id)).map((step) => step.id);
  await Promise.all(ids.slice(0, 6).map((step) => team.api.steps.remove({ id: step })));
  assert.deepEqual(
    (await stepsOf(id)).map(({ position }) => position),
    [1, 2, 3, 4],
  );
});

test("of the last steps removed at once, one stays", async () => {
  const id = await newSequence();
  const ids: string[] = [];
  for (let n = 0; n < 2; n++)
    ids.push((await team.api.steps.create({ emailer_campaign_id: id, type: "call" })).emailer_step.id);
  const results = await Promise.allSettled(ids.map((step) => team.api.steps.remove({ id: step })));
  const [refusal] = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  assert.deepEqual([refusal?.status, refusal?.code, (await stepsOf(id)).length], [422, "last_step", 1]);
});

test("no change leaves a reply without the thread it answers", async () => {
  const id = await newSequence();
  const add = async () => team.api.steps.create({ emailer_campaign_id: id, type: "auto_email" });
  const [thread, reply] = [await add(), await add()];
  await team.api.touches.update({
    id: reply.emailer_touch?.id ?? "",
    type: "reply_to_thread",
    emailer_template: {},
  });
  for (const attempt of [
    () => team.api.steps.remove({ id: thread.emailer_step.id }),
    () => team.api.steps.update({ id: reply.emailer_step.id, position: 1 }),
    () => team.api.steps.update({ id: thread.emailer_step.id, type: "linkedin_step_message" }),
    () => team.api.touches.update({ id: thread.emailer_touch?.id ?? "", type: "reply_to_thread" }),
  ]) {
    const refusal = await refused(attempt());
    assert.deepEqual([refusal.status, refusal.code], [422, "reply_without_thread"], String(attempt));
  }
});

test("a wait is not taken away, and a past date is not given", async () => {
  const id = await newSequence();
  const { emailer_step } = await team.api.steps.create({ emailer_campaign_id: id, type: "call" });
  const step = emailer_step.id;
  assert.equal(
    (await refused(team.api.steps.update({ id: step, wait_time: null }))).message,
    "Wait time must not be empty",
  );
  assert.equal(
    (await refused(team.api.steps.update({ id: step, exact_datetime: "2020-01-01" }))).code,
    "exact_time_past",
  );
  const cleared = await team.api.steps.update({
    id: step,
    note: null,
    priority: null,
    auto_skip_in_x_days: null,
  });
  assert.deepEqual([cleared.emailer_step.note, cleared.emailer_step.wait_time], [null, 0]);
});
