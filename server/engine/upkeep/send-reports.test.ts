// Kept reports, sent when they are due: by real mail servers and receivers, and by engines that are killed.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { plantMessage } from "../../testing/planted.ts";
import { openReceiver } from "../../testing/receiver.ts";
import { newSendingMailbox, openWitness, until, useWitness } from "../../testing/sending.ts";
import { newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused as refusal, type Team, useWorld } from "../../testing/world.ts";
import { sendDueReports } from "./send-reports.ts";

const world = useWorld({ role: "api", webhookAllow: LOOPBACK, mailAllow: LOOPBACK });
const sink = useWitness();
const later = useWitness({ refuse: "rcpt=451:1" });
const never = useWitness({ refuse: "rcpt=550:1" });

const OPEN = { leave: null, seen: 0, isOpen: true, hasSent: false };
const look = (fence = OPEN) => sendDueReports({ app: world.running.app, fence });

const DEFINITION = {
  metrics: [{ value: "num_emails_sent", display_name: "Sent" }],
  group_by: [{ name: "emailer_campaign_id" }],
};

async function newReport(team: Team, name = "How sequences do") {
  const { id } = await newSequence(team, { name: "=Nordic plants" });
  await plantMessage(world, team, id, { completed_at: world.running.app.now().toString() });
  return (await team.api.views.create({ subject: "reports", name, filter: DEFINITION })).view;
}

type Wish = Partial<Parameters<Team["api"]["reportSchedules"]["create"]>[0]>;

async function schedule(team: Team, wish: Wish = {}) {
  const view_id = wish.view_id ?? (await newReport(team)).id;
  const by = wish.webhook_subscription_id
    ? {}
    : { email_account_id: (await newSendingMailbox(team, sink)).id };
  const made = await team.api.reportSchedules.create({
    view_id,
    every: "day",
    time: "08:00",
    ...by,
    ...wish,
  });
  return made.report_schedule;
}

const runsOf = async (team: Team, id: string) => (await team.api.reportSchedules.runs({ id })).report_runs;
const day = { hours: 24 };

test("a report goes out when it is due, to whom it should, once, with its table as a file", async () => {
  const team = await world.newTeam();
  const { user } = await team.api.users.invite({ email: "ada@norrland.no", first_name: "Ada" });
  const made = await schedule(team, { user_ids: [user.id, team.owner.id] });
  assert.equal(await look(), 0);
  const before = sink.lines().length;
  world.advance(day);
  await Promise.all([look(), look(), look()]);
  await look();
  const [run, ...others] = await runsOf(team, made.id);
  assert.deepEqual(others, []);
  assert.deepEqual([run?.state, run?.due_at, run?.failure], ["sent", made.next_run_at, null]);
  assert.deepEqual(
    sink
      .lines()
      .slice(before)
      .map(({ rcpt }) => rcpt)
      .toSorted(),
    ["ada@norrland.no", team.owner.email].toSorted(),
  );
  const detail = (await team.api.reportSchedules.run({ id: run?.id ?? "" })).report_run;
  assert.deepEqual(detail.columns, ["emailer_campaign_id", "emailer_campaign_id_readable", "Sent"]);
  assert.deepEqual(
    detail.lines?.map(([, name, sent]) => [name, sent]),
    [["=Nordic plants", 1]],
  );
  // It is no mail to a contact: it is nowhere among them, and takes no part of a limit.
  const { response } = await team.api.reports.sync({ metrics: [{ value: "num_emails_sent" }] });
  assert.equal(response.table_response.num_emails_sent, 1);
  const next = (await team.api.reportSchedules.list()).report_schedules[0]?.next_run_at ?? "";
  assert.ok(next > (made.next_run_at ?? ""));
});

test("what was missed while nothing ran is made up for once", async () => {
  const team = await world.newTeam();
  const made = await schedule(team);
  world.advance({ hours: 24 * 9 });
  for (let n = 0; n < 3; n++) await look();
  assert.equal((await runsOf(team, made.id)).length, 1);
  assert.equal(sink.lines().filter(({ rcpt }) => rcpt === team.owner.email).length, 1);
});

test("a copy of the database sends none, and one that is switched off or deleted neither", async () => {
  const team = await world.newTeam();
  const made = await schedule(team);
  const off = await schedule(team, { view_id: (await newReport(team, "Off")).id });
  await team.api.reportSchedules.update({ id: off.id, active: false });
  const gone = await schedule(team, { view_id: (await newReport(team, "Gone")).id });
  assert.equal((await refusal(team.api.views.delete({ id: gone.view_id }))).code, "still_in_use");
  await team.api.reportSchedules.delete({ id: gone.id });
  world.advance(day);
  assert.equal(await look({ ...OPEN, isOpen: false }), 0);
  assert.deepEqual(await runsOf(team, made.id), []);
  await look();
  assert.equal((await runsOf(team, made.id)).length, 1);
  assert.deepEqual(await runsOf(team, off.id), []);
  assert.equal((await team.api.reportSchedules.list()).report_schedules.length, 2);
});

test("a server that says later is asked again, and one that says never is believed, in its own words", async () => {
  const team = await world.newTeam();
  const made: string[] = [];
  for (const [name, { port }] of [
    ["Later", later],
    ["Never", never],
  ] as const) {
    const { id: email_account_id } = await newSendingMailbox(team, { port });
    made.push((await schedule(team, { view_id: (await newReport(team, name)).id, email_account_id })).id);
  }
  world.advance(day);
  await look();
  const [waiting, refused] = await Promise.all(made.map((id) => runsOf(team, id)));
  assert.deepEqual([waiting?.[0]?.state, waiting?.[0]?.mails[0]?.state], ["made", "planned"]);
  assert.match(waiting?.[0]?.mails[0]?.said ?? "", /451/);
  assert.equal(refused?.[0]?.state, "failed");
  assert.match(refused?.[0]?.failure ?? "", /550/);
  for (let n = 0; n < 6; n++) {
    world.advance({ minutes: 40 });
    await look();
  }
  // The four hours may have reached the next day's eight o'clock: another run then stands before it.
  const given = (await runsOf(team, made[0] ?? "")).find(({ id }) => id === waiting?.[0]?.id);
  assert.equal(given?.state, "failed");
});

test("a webhook is told under its signature, with the sums, and may fetch the rest", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t);
  const { webhook_subscription } = await team.api.webhookSubscriptions.create({
    url: receiver.url,
    types: ["report.sent"],
  });
  const made = await schedule(team, { webhook_subscription_id: webhook_subscription.id });
  world.advance(day);
  await look();
  const [run] = await runsOf(team, made.id);
  assert.equal(run?.state, "sent");
  const { deliveries } = await team.api.webhookSubscriptions.deliveries({ id: webhook_subscription.id });
  assert.deepEqual(
    deliveries.map(({ type, status }) => [type, status]),
    [["report.made", "pending"]],
  );
  clock(0);
  const engine = startEngineProcess(world, { ...seams(), CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8" });
  t.after(engine.stop);
  await receiver.waitFor(1);
  const told = receiver.received[0]?.body as unknown as { type: string; data: Record<string, unknown> };
  assert.equal(told.type, "report.made");
  assert.deepEqual([told.data.run_id, told.data.totals], [run?.id, { num_emails_sent: 1 }]);
  assert.ok(receiver.received[0] && receiver.isSignedBy(receiver.received[0], webhook_subscription.secret));
});

test("a failure says why: the mailbox, the webhook, or the user who scheduled it is gone", async () => {
  const team = await world.newTeam();
  const { webhook_subscription } = await team.api.webhookSubscriptions.create({
    url: "https://hooks.example.invalid/",
    types: ["report.sent"],
  });
  const hooked = await schedule(team, { webhook_subscription_id: webhook_subscription.id });
  const mailed = await schedule(team, { view_id: (await newReport(team, "Mailed")).id });
  await team.api.webhookSubscriptions.update({ id: webhook_subscription.id, active: false });
  await team.api.emailAccounts.disconnect({ id: mailed.email_account_id ?? "" });
  world.advance(day);
  await look();
  const why = async ({ id }: { id: string }) => (await runsOf(team, id))[0]?.failure;
  assert.equal(await why(hooked), "The webhook for this report is turned off.");
  assert.equal(await why(mailed), "The mailbox that sends this report is not connected.");
  await asOwner(world, (client) =>
    client.query("update users set deactivated_at = now() where team_id = $1", [team.id]),
  );
  world.advance(day);
  await look();
  const rows = await asOwner(world, (client) =>
    client.query(
      "select failure from report_runs where team_id = $1 and schedule_id = $2 order by due_at desc limit 1",
      [team.id, mailed.id],
    ),
  );
  assert.equal(rows.rows[0]?.failure, "The user who scheduled the report has left the team.");
});

test("what stops the program each time it is counted is given up", async () => {
  const team = await world.newTeam();
  const made = await schedule(team);
  world.advance(day);
  await look();
  const leftBy = (tries: number) =>
    asOwner(world, (client) =>
      client.query(
        `with left_over as (delete from report_mails where team_id = $1)
         update report_runs set state = 'due', tries = $2, next_check_at = now() - interval '1 hour', ended_at = null, made_at = null, content = null,
                failure = null where team_id = $1`,
        [team.id, tries],
      ),
    );
  await leftBy(4); // engines that were killed while they made it
  await look();
  assert.equal((await runsOf(team, made.id))[0]?.state, "sent");
  await leftBy(5);
  await look();
  const [run] = await runsOf(team, made.id);
  assert.deepEqual(
    [run?.state, run?.failure],
    ["failed", "Cadenza was stopped during each attempt to create the report."],
  );
});

/** For engines in processes of their own: so many hours from where this one's clock stands. */
function clock(hours: number) {
  const aheadMs = world.running.app.now().epochMilliseconds - Date.now();
  writeFileSync(seams().CADENZA_CLOCK_FILE, String(Math.round(aheadMs + hours * 3_600_000)));
}

function seams() {
  return {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CLOCK_FILE: join(world.running.app.config.dataDir, "clock"),
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    CADENZA_ENGINE_LOOPS: "1",
  };
}

// Before its final dot may have been written it is retried; from then on no engine may send it again.
const KILLS = [
  ["report-before-made", "sent", 1],
  ["report-after-made", "sent", 1],
  ["report-dot-written", "failed", 0],
  ["report-before-record", "failed", 1],
] as const;

for (const [point, state, mails] of KILLS)
  test(`killed at ${point}, a report was sent ${mails === 1 ? "once" : "never"} in the end, and its run says ${state}`, async (t) => {
    const team = await world.newTeam();
    const own = await openWitness();
    t.after(own.close);
    const { id: email_account_id } = await newSendingMailbox(team, own);
    // Due once within these 24.5 hours, whatever time of the day it is now.
    const at = world.running.app.now().subtract({ hours: 2 }).toZonedDateTimeISO("UTC");
    const time = `${String(at.hour).padStart(2, "0")}:00`;
    const made = await schedule(team, { email_account_id, time_zone: "UTC", time });
    clock(24);
    const killed = startEngineProcess(world, { ...seams(), CADENZA_CRASH: `${point}=kill` });
    t.after(killed.stop);
    assert.equal(await killed.ended, "SIGKILL");
    clock(24.5);
    const next = startEngineProcess(world, seams());
    t.after(next.stop);
    const run = await until(async () => {
      const [one] = await runsOf(team, made.id);
      return one?.ended_at ? one : null;
    });
    assert.equal(run.state, state);
    assert.equal(own.lines().length, mails);
    if (state === "failed") assert.match(run.failure ?? "", /is not confirmed\. The email is not sent again/);
    await next.stop();
    await team.api.reportSchedules.delete({ id: made.id });
  });
