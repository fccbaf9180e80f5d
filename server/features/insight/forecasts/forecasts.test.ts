import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { plantMessage } from "../../../testing/planted.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import { MAIL_STEP, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, rowCounts } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let mailbox: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team, LIMITED)).id;
});

const LIMITED = {
  email_daily_threshold: 10,
  max_outbound_emails_per_hour: null,
  seconds_delay_between_emails: null,
};

async function newPeopleIn(sequence: string, count: number, of: Team = team, box = mailbox) {
  const contacts = await newContacts(of, count, { email_status: "verified" });
  await of.api.joining.addContacts({
    id: sequence,
    emailer_campaign_id: sequence,
    contact_ids: contacts,
    send_email_from_email_account_id: box,
  });
  return contacts;
}

test("a forecast says what goes out from where and when, who is through when, and what makes mails wait", async () => {
  const { id } = await newSequence(team);
  await newPeopleIn(id, 25);
  const { forecast } = await team.api.forecasts.create({ days: 21, seed: 7 });
  assert.deepEqual(forecast.totals, {
    people: 25,
    sends: 25,
    finished: 25,
    failed: 0,
    replied: 0,
    remaining: 0,
  });
  assert.ok(forecast.by_mailbox_hour.every(({ email_account_id }) => email_account_id === mailbox));
  const days = Map.groupBy(forecast.by_mailbox_hour, ({ hour }) => hour.slice(0, 10));
  assert.ok([...days.values()].every((hours) => hours.reduce((sum, { sends }) => sum + sends, 0) <= 20));
  const [own] = forecast.by_sequence;
  assert.equal(own?.emailer_campaign_id, id);
  assert.equal(own?.first_step_left, 0);
  assert.ok(own?.first_step_done_at && own.last_finished_at && own.last_finished_at > own.first_step_done_at);
  assert.equal(
    own.first_steps_by_day.reduce((sum, { count }) => sum + count, 0),
    25,
  );
  assert.deepEqual(
    forecast.binding_limits.map(({ code, email_accounts }) => [code, email_accounts]),
    [["limit:mailbox_day", 1]],
  );
  assert.ok(forecast.assumptions.includes("No contact replies."));
  const again = (await team.api.forecasts.create({ days: 21, seed: 7 })).forecast;
  assert.deepEqual(
    again.by_sequence.map(({ people, sends }) => [people, sends]),
    [[25, 25]],
  );
});

test("other limits, one more mailbox, more people and a step switched off are supposed and nothing is changed", async () => {
  const own = await world.newTeam();
  const box = (await newMailbox(own, LIMITED)).id;
  const { id, steps } = await newSequence(own);
  await newPeopleIn(id, 30, own, box);
  const lastStart = async (what_if: Input<"forecasts", "create">["what_if"] = {}) => {
    const { forecast } = await own.api.forecasts.create({ days: 30, what_if });
    return { forecast, at: forecast.by_sequence[0]?.first_step_done_at ?? "never" };
  };
  const before = await rowCounts(world);
  const plain = await lastStart();
  const raised = await lastStart({ change_limits: { [box]: { email_daily_threshold: 30 } } });
  assert.ok(raised.at < plain.at, "a higher limit is sooner through");
  const added = await lastStart({ add_mailboxes: [{ email_daily_threshold: 10 }] });
  assert.ok(added.at < plain.at, "and so is one more mailbox");
  assert.deepEqual(
    [...new Set(added.forecast.by_mailbox_hour.map(({ email_account_id }) => email_account_id))].sort(),
    [box, "new-1"].sort(),
  );
  const more = await lastStart({ add_contacts: { emailer_campaign_id: id, count: 20 } });
  assert.equal(more.forecast.totals.people, 50);
  assert.ok(more.at > plain.at, "more people take longer");
  const off = await lastStart({ switch_off_steps: steps.slice(1, 2) });
  assert.deepEqual(
    off.forecast.staying.map(({ code, count }) => [code, count]),
    [["step_off", 30]],
    "whoever has no step ahead that is on waits at the one that is off",
  );
  const after = await rowCounts(world);
  assert.equal((after.forecasts ?? 0) - (before.forecasts ?? 0), 5);
  assert.equal((after.events ?? 0) - (before.events ?? 0), 5, "which the history tells");
  assert.deepEqual({ ...after, forecasts: 0, events: 0 }, { ...before, forecasts: 0, events: 0 });
});

test("who does not move is told with the reason, and whom the gate lets nothing out to counts as failed", async () => {
  const own = await world.newTeam();
  const box = (await newMailbox(own)).id;
  const { id } = await newSequence(own);
  const [paused, left] = await newPeopleIn(id, 4, own, box);
  await own.api.enrollments.pause({ id, contact_ids: [paused ?? ""] });
  await own.api.contacts.update({ id: left ?? "", do_not_contact: true });
  const off = await newSequence(own, { active: false });
  await newPeopleIn(off.id, 2, own, box);
  const { forecast } = await own.api.forecasts.create({ days: 14 });
  assert.equal(forecast.totals.finished, 2);
  assert.deepEqual(
    forecast.staying.map(({ code, count }) => [code, count]),
    [["enrollment_paused", 1]],
  );
  const asked = (await own.api.forecasts.create({ days: 14, emailer_campaign_ids: [off.id] })).forecast;
  assert.deepEqual([asked.totals.people, asked.totals.sends, asked.totals.remaining], [2, 0, 2]);
});

test("a paused contact gets nothing before the pause is over, also where they resume earlier", async () => {
  const own = await world.newTeam();
  const box = (await newMailbox(own)).id;
  const { id } = await newSequence(own, { emailer_schedule_id: await alwaysOpen(own) });
  const [active, resuming] = await newPeopleIn(id, 2, own, box);
  const inDays = (days: number) =>
    world.running.app
      .now()
      .add({ hours: 24 * days })
      .toString();
  await own.api.enrollments.pause({ id, contact_ids: [resuming ?? ""], auto_unpause_at: inDays(3) });
  for (const contact of [active, resuming])
    await own.api.contacts.update({ id: contact ?? "", paused_until: inDays(10) });
  const { forecast } = await own.api.forecasts.create({ days: 30 });
  const hours = forecast.by_mailbox_hour.map(({ hour }) => hour);
  assert.equal(forecast.totals.sends, 2, JSON.stringify(forecast.staying));
  assert.ok(
    hours.every((hour) => hour > inDays(9)),
    hours.join(" "),
  );
});

test("answers are drawn by lot: the same seed, the same people; more answers, fewer mails", async () => {
  const own = await world.newTeam();
  const box = (await newMailbox(own, { ...LIMITED, email_daily_threshold: null })).id;
  const mail = { type: "auto_email", wait_time: 1, wait_mode: "minute" } as const;
  const { id } = await newSequence(own, {
    emailer_steps: Array.from({ length: 4 }, () => ({
      ...mail,
      emailer_touches: [{ status: "approved", emailer_template: { subject: "Hi", body_html: "<p>Hi</p>" } }],
    })),
  });
  await newPeopleIn(id, 60, own, box);
  const at = async (seed: number, reply_rate: number) =>
    (await own.api.forecasts.create({ days: 10, seed, reply_rate })).forecast.totals;
  const [one, same, other, none] = await Promise.all([at(1, 0.2), at(1, 0.2), at(2, 0.2), at(1, 0)]);
  assert.deepEqual(one, same);
  assert.equal(none?.sends, 240);
  assert.ok(one && one.replied > 15 && one.replied < 55 && one.sends < 240, `${one?.replied} answered`);
  assert.notDeepEqual(one, other);
});

test("a forecast is kept and laid over what went out; others' are theirs, and a dry run keeps none", async () => {
  const { forecast } = await team.api.forecasts.create({ days: 3 }, { dryRun: true });
  assert.equal((await refused(team.api.forecasts.show({ id: forecast.id }))).status, 404);
  const kept = (await team.api.forecasts.create({ days: 3 })).forecast;
  const shown = (await team.api.forecasts.show({ id: kept.id })).forecast;
  assert.deepEqual({ ...shown, actual: undefined }, { ...kept, actual: undefined });
  assert.deepEqual(shown.actual, []);
  const sentAt = world.running.app.now();
  await asOwner(world, (client) =>
    client.query(
      `insert into messages (team_id, id, mailbox_id, type, delivery, released_at, completed_at, created_at, updated_at)
       values ($1, $2, $3, 'outreach_manual_email', 'sent', $4, $4, $4, $4)`,
      [team.id, "ab".repeat(12), mailbox, sentAt.toString()],
    ),
  );
  world.advance({ hours: 1 });
  const later = (await team.api.forecasts.show({ id: kept.id })).forecast;
  assert.deepEqual(
    later.actual.map(({ email_account_id, sends }) => [email_account_id, sends]),
    [[mailbox, 1]],
  );
  const listed = await team.api.forecasts.list({ per_page: 1 });
  assert.deepEqual([listed.forecasts[0]?.id, listed.pagination.total_entries > 1], [kept.id, true]);
  const stranger = await world.newTeam();
  assert.equal((await refused(stranger.api.forecasts.show({ id: kept.id }))).status, 404);
});

test("what is not there cannot be supposed", async () => {
  const nobody = "f".repeat(24);
  const code = async (wish: object) => (await refused(team.api.forecasts.create(wish))).code;
  assert.equal(await code({ emailer_campaign_ids: [nobody] }), "forecast_sequence_not_found");
  assert.equal(
    await code({ what_if: { change_limits: { [nobody]: { email_daily_threshold: 1 } } } }),
    "forecast_mailbox_not_found",
  );
  assert.equal(await code({ what_if: { switch_off_steps: [nobody] } }), "forecast_step_not_found");
  assert.equal(
    await code({ what_if: { add_contacts: { emailer_campaign_id: nobody, count: 5 } } }),
    "forecast_sequence_not_found",
  );
  for (const wish of [
    { days: 91 },
    { days: 0 },
    { reply_rate: 1.1 },
    { what_if: { add_mailboxes: [{ email_daily_threshold: -1 }] } },
  ])
    assert.equal((await refused(team.api.forecasts.create(wish))).status, 422, JSON.stringify(wish));
});

test("from the last 90 days it says how many emails are likely, and below a hundred emails that this is not known", async () => {
  const other = await world.newTeam("Älvdalen");
  const box = (await newMailbox(other, LIMITED)).id;
  const { id, steps } = await newSequence(other, { emailer_steps: [MAIL_STEP, MAIL_STEP, MAIL_STEP] });
  const contacts = await newPeopleIn(id, 30, other, box);
  const [contact_id = ""] = contacts;
  const at = world.running.app.now();
  const sent = (hours: number, row: object = {}) =>
    plantMessage(world, other, id, {
      contact_id,
      step_id: steps[0],
      mailbox_id: box,
      completed_at: at.subtract({ hours }),
      ...row,
    });
  for (let n = 0; n < 99; n++) await sent(24 + n, n < 5 ? { replied_at: at, reply_class: "interested" } : {});
  await sent(24 * 91, { has_bounced: true });
  const { forecast: early } = await other.api.forecasts.create({ days: 42, seed: 7 });
  assert.equal(early.likely, null);
  await sent(30, { unsubscribed_at: at });
  const { forecast } = await other.api.forecasts.create({ days: 42, seed: 7 });
  const likely = forecast.likely ?? assert.fail();
  assert.deepEqual([likely.emails, likely.ended], [100, 6]);
  assert.ok(likely.least < likely.most && likely.most <= forecast.totals.sends);
  assert.ok(likely.by_day.every(({ least, most }) => least <= most));
  const shown = await other.api.forecasts.show({ id: forecast.id });
  assert.deepEqual(shown.forecast.likely, likely);
});
