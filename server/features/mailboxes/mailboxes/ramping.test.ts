// A daily limit that grows: everywhere the daily limit is asked, today's is answered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { followRampsOnce } from "../../../engine/upkeep/follow-ramps.ts";
import { plant, plantMessage } from "../../../testing/planted.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

const RAMP = { start: 2, step: 3, every_days: 1, ceiling: 9 };
const ago = (hours: number) => world.running.app.now().subtract({ hours }).toString();

/** Began so many days ago, and the engine has looked. */
async function ramping(days: number, limits = {}) {
  const { id } = await newMailbox(team, { email_daily_threshold: 40, ramp: RAMP, ...limits });
  await asOwner(world, (client) =>
    client.query("update mailboxes set ramp_began_at = $2, ramp_due_at = '2020-01-01' where id = $1", [
      id,
      ago(24 * days),
    ]),
  );
  const { id: sequence } = await newSequence(team);
  const sent = (hours: number, more = {}) =>
    plantMessage(world, team, sequence, { mailbox_id: id, completed_at: ago(hours), ...more });
  return { id, sequence, sent };
}

const round = () => followRampsOnce({ app: world.running.app });
const mailbox = async (id: string) => {
  const { email_accounts } = await team.api.emailAccounts.list();
  const found = email_accounts.find((one) => one.id === id);
  assert.ok(found);
  return found;
};
const standing = async (id: string) => {
  const { standings } = await team.api.emailAccounts.standings();
  const found = standings.find(({ email_account_id }) => email_account_id === id);
  assert.ok(found);
  return found;
};

test("what a mailbox could send at a past time is what its ramp allowed then", async () => {
  const { id, sent } = await ramping(10);
  await round();
  const before = world.running.app.now();
  await sent(24 * 2);
  await asOwner(world, (client) =>
    client.query("update mailboxes set ramp_due_at = '2020-01-01' where id = $1", [id]),
  );
  await round();
  assert.equal((await mailbox(id)).ramp?.limit_today, 5);
  const { as_of } = await team.api.emailAccounts.asOf({ id, at: before.toString() });
  assert.equal(as_of.email_daily_threshold, 2);
});

test("a new ramp begins with its first day, and Apollo's fields say so", async () => {
  const { id } = await newMailbox(team, { email_daily_threshold: 40, ramp: RAMP });
  const { ramp, ...account } = await mailbox(id);
  assert.equal(ramp?.limit_today, 2);
  assert.equal(ramp?.words, "+3 a day up to 9");
  assert.deepEqual(
    [account.email_daily_threshold, account.true_warmup_enabled, account.true_warmup_daily_limit],
    [40, true, 2],
  );
  const { ramp: none, ...without } = await mailbox((await newMailbox(team)).id);
  assert.deepEqual([none, without.true_warmup_enabled, without.true_warmup_daily_limit], [null, false, null]);
});

test("a mailbox that is disconnected and connected again goes on with its ramp", async () => {
  const { id, sent } = await ramping(10);
  for (const days of [2, 5]) await sent(24 * days);
  await round();
  const { email, ramp } = await mailbox(id);
  await team.api.emailAccounts.disconnect({ id });
  const back = await newMailbox(team, { email, email_daily_threshold: 40 });
  assert.deepEqual([back.id, (await mailbox(id)).ramp], [id, ramp]);
  await team.api.emailAccounts.disconnect({ id });
  await newMailbox(team, { email, email_daily_threshold: 40, ramp: RAMP });
  assert.deepEqual((await mailbox(id)).ramp, ramp, "wished for once more it does not begin anew");
});

test("it grows with each day on which the mailbox sent, and then is left alone", async () => {
  const { id, sent } = await ramping(10);
  for (const days of [2, 5]) await sent(24 * days);
  await sent(0); // today does not count before it is over
  await round();
  assert.deepEqual([(await mailbox(id)).ramp?.limit_today, (await mailbox(id)).ramp?.sending_days], [8, 2]);
  await sent(24 * 7);
  world.advance({ hours: 1 });
  await round();
  assert.equal((await mailbox(id)).ramp?.limit_today, 9);
  const { rows } = await asOwner(world, (client) =>
    client.query("select ramp_due_at from mailboxes where id = $1", [id]),
  );
  assert.equal(rows[0].ramp_due_at, null);
});

test("it stands still while emails come back or are reported as spam, and says why", async () => {
  const { id, sent } = await ramping(10);
  for (let n = 0; n < 25; n++) await sent(24 * 3, { has_bounced: n < 2 });
  await round();
  const { ramp } = await mailbox(id);
  assert.equal(ramp?.limit_today, 2);
  assert.match(ramp?.waits_because ?? "", /^The ramp does not grow: 2 bounces among 25 emails/);

  const refused = await ramping(10);
  for (let n = 0; n < 20; n++) await refused.sent(24 * 3, { is_spam_blocked: n < 1 });
  const at_once = { status: "failed", failed_at: ago(24 * 3), has_bounced: true, completed_at: null };
  await refused.sent(24 * 3, at_once);
  await round();
  assert.match(
    (await mailbox(refused.id)).ramp?.waits_because ?? "",
    /^The ramp does not grow: 2 bounces among 21 emails/,
    "a block for spam and a refusal at once count too",
  );

  const reported = await ramping(10);
  const message_id = await reported.sent(24 * 2);
  await plant(world, team, "incoming_mails", {
    mailbox_id: reported.id,
    message_id,
    kind: "complaint",
    certainty: "sure",
    content_key: message_id,
    folder: "INBOX",
    uid: 1,
    received_at: ago(1),
    processed_at: ago(1),
  });
  await round();
  assert.match((await mailbox(reported.id)).ramp?.waits_because ?? "", /1 spam report among 1 email/);
});

test("a ramp that is saved as it was is not reckoned anew", async () => {
  const { id, sent } = await ramping(10);
  for (const days of [2, 4, 6]) await sent(24 * days);
  await round();
  assert.equal((await mailbox(id)).ramp?.limit_today, 9);
  await asOwner(world, (client) =>
    client.query("update messages set has_bounced = true, is_hard_bounce = true where mailbox_id = $1", [id]),
  );
  await team.api.emailAccounts.update({ id, ramp: RAMP });
  assert.equal((await mailbox(id)).ramp?.limit_today, 9);
});

test("a mailbox that has sent what its ramp allows today rests, and every answer names the ramp", async () => {
  const { id, sequence, sent } = await ramping(10);
  await round();
  await sent(1);
  await sent(2);
  const { sending, held_by, sentence, state } = await standing(id);
  assert.deepEqual([sending.limit_today, sending.email_daily_threshold], [2, 40]);
  assert.equal(sending.ramp, "+3 a day up to 9");
  assert.equal(state, "resting");
  assert.match(
    held_by[0]?.rule ?? "",
    /daily limit: 2 of 2 emails sent in 24 hours \(ramp: \+3 a day up to 9\)/,
  );
  assert.notEqual(
    held_by[0]?.fix?.path,
    `/api/v1/email_accounts/${id}`,
    "a greater limit would change nothing",
  );
  assert.match(sentence, /2 of 2 emails \(ramp: \+3 a day up to 9\)/);

  await team.api.joining.addContacts({
    id: sequence,
    contact_ids: [await newContact(team)],
    send_email_from_email_account_id: [id],
  });
  const { forecast } = await team.api.forecasts.create({ days: 7, emailer_campaign_ids: [sequence] });
  assert.equal(forecast.totals.sends, 1);

  await team.api.emailAccounts.update({ id, ramp: null, test: false });
  assert.deepEqual([(await standing(id)).state, (await standing(id)).sending.limit_today], ["ready", 40]);
});

test("a changed ramp goes on from the day on which it began", async () => {
  const { id, sent } = await ramping(10);
  for (const days of [2, 5]) await sent(24 * days);
  const began = (await mailbox(id)).ramp?.began_at;
  await team.api.emailAccounts.update({ id, ramp: { ...RAMP, ceiling: 7 }, test: false });
  assert.deepEqual([(await mailbox(id)).ramp?.limit_today, (await mailbox(id)).ramp?.began_at], [7, began]);
  await team.api.emailAccounts.update({ id, email_daily_threshold: 4, test: false });
  assert.equal((await mailbox(id)).ramp?.limit_today, 4);
  assert.equal((await standing(id)).sending.ramp, "+3 a day up to 7");
});
