// A/B tests of steps: begun and stopped through the API, decided by the engine's loop from the emails that were sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { decideAbTestsOnce } from "../../../engine/upkeep/decide-ab-tests.ts";
import { MAIL_STEP, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

const mail = (status: "approved" | "to_be_reviewed" = "approved") => ({
  status,
  emailer_template: { subject: "Hello", body_html: "<p>Hello</p>" },
});

async function compared(count = 2, wish: Partial<Input<"abTests", "start">> = {}) {
  const { id, steps } = await newSequence(team, {
    active: false,
    emailer_steps: [{ ...MAIL_STEP, emailer_touches: Array.from({ length: count }, () => mail()) }],
  });
  const [step = ""] = steps;
  const touches = (await team.api.sequences.show({ id })).emailer_touches.map((touch) => touch.id);
  const { ab_test } = await team.api.abTests.start({ id: step, ...wish });
  return { id, step, touches, test: ab_test };
}

/** So many emails of a variant, of which so many were replied to or clicked. */
async function sent(
  { id, step }: { id: string; step: string },
  touch: string,
  { mails, replied = 0, clicked = 0 }: { mails: number; replied?: number; clicked?: number },
) {
  await asOwner(world, (client) =>
    client.query(
      `insert into messages (team_id, id, sequence_id, step_id, touch_id, subject, type, delivery, released_at, completed_at,
              replied_at, num_clicks, created_at, updated_at)
       select $1, new_ident(), $2, $3, $4, 'Hello', 'outreach_automatic_email', 'sent', $5, $5,
              case when n <= $7 then $5::timestamptz end, case when n <= $8 then 1 else 0 end, $5, $5
         from generate_series(1, $6) n`,
      [team.id, id, step, touch, world.running.app.now().toString(), mails, replied, clicked],
    ),
  );
}

async function decided() {
  world.advance({ minutes: 61 });
  while ((await decideAbTestsOnce({ app: world.running.app })) > 0);
}

const shown = async (id: string) => (await team.api.abTests.show({ id })).ab_test;
const statusesOf = async (id: string) =>
  (await team.api.sequences.show({ id })).emailer_touches.map(({ status }) => status);

test("the variant that is surely better stays, the others are set to review, and the history says why", async () => {
  const one = await compared(3);
  const [a = "", b = "", c = ""] = one.touches;
  await sent(one, a, { mails: 300, replied: 6 });
  await sent(one, b, { mails: 300, replied: 60 });
  await sent(one, c, { mails: 300, replied: 9 });
  await decided();
  const after = await shown(one.step);
  assert.deepEqual([after?.outcome, after?.winner_emailer_touch_id], ["won", b]);
  assert.deepEqual(
    after?.variants.map(({ delivered, successes }) => [delivered, successes]),
    [
      [300, 6],
      [300, 60],
      [300, 9],
    ],
  );
  assert.deepEqual(await statusesOf(one.id), ["to_be_reviewed", "approved", "to_be_reviewed"]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: one.id });
  const ended = audit_log.find(({ type }) => type === "ab_test.ended");
  assert.match(ended?.sentence ?? "", /^Variant B won the A\/B test of step 1 of /);
  await sent(one, a, { mails: 10 });
  assert.equal((await shown(one.step))?.variants[0]?.delivered, 300, "an ended test keeps its figures");
});

test("nothing is decided while it may be chance; at its end a test without a winner leaves all variants", async () => {
  const soon = world.running.app.now().add({ hours: 30 }).toString();
  const one = await compared(2, { ends_at: soon });
  const [a = "", b = ""] = one.touches;
  await sent(one, a, { mails: 300, replied: 20 });
  await sent(one, b, { mails: 300, replied: 24 });
  await decided();
  assert.equal((await shown(one.step))?.outcome, null);
  world.advance({ hours: 30 });
  await decided();
  assert.equal((await shown(one.step))?.outcome, "undecided");
  assert.deepEqual(await statusesOf(one.id), ["approved", "approved"]);
});

test("clicks decide where they are what is compared, and emails from before the test do not count", async () => {
  const { id, steps } = await newSequence(team, {
    active: false,
    emailer_steps: [{ ...MAIL_STEP, emailer_touches: [mail(), mail()] }],
  });
  const [step = ""] = steps;
  const [a = "", b = ""] = (await team.api.sequences.show({ id })).emailer_touches.map((touch) => touch.id);
  await sent({ id, step }, a, { mails: 300, clicked: 90 });
  world.advance({ minutes: 1 });
  await team.api.abTests.start({ id: step, metric: "clicked" });
  world.advance({ minutes: 1 });
  await sent({ id, step }, a, { mails: 300, replied: 60, clicked: 3 });
  await sent({ id, step }, b, { mails: 300, clicked: 50 });
  await decided();
  const after = await shown(step);
  assert.deepEqual([after?.winner_emailer_touch_id, after?.variants[0]?.delivered], [b, 300]);
});

test("a user stops a test, and all variants stay; a test whose variants are gone ends by itself", async () => {
  const one = await compared();
  assert.equal((await refused(team.api.abTests.start({ id: one.step }))).code, "ab_test_runs");
  const { ab_test } = await team.api.abTests.stop({ id: one.step });
  assert.equal(ab_test.outcome, "stopped");
  assert.equal((await refused(team.api.abTests.stop({ id: one.step }))).code, "ab_test_not_running");
  await team.api.abTests.start({ id: one.step });
  await team.api.touches.update({ id: one.touches[1] ?? "", status: "to_be_reviewed" });
  await decided();
  assert.equal((await shown(one.step))?.outcome, "changed");
});

test("a test needs two approved variants and an end in the future", async () => {
  const { steps } = await newSequence(team, {
    active: false,
    emailer_steps: [{ ...MAIL_STEP, emailer_touches: [mail(), mail("to_be_reviewed")] }],
  });
  const [step = ""] = steps;
  assert.equal((await refused(team.api.abTests.start({ id: step }))).code, "ab_test_needs_variants");
  const one = await compared();
  await team.api.abTests.stop({ id: one.step });
  const past = refused(team.api.abTests.start({ id: one.step, ends_at: "2020-01-01" }));
  assert.equal((await past).code, "parameter_invalid");
  assert.equal(await shown(step), null);
});
