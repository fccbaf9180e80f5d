// The times that explain says, against what the engine then does in time turned by hand: with limits of mailboxes, steps and sequences.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explainStanding } from "../../../domain/insight/explaining.ts";
import { planOnce } from "../../../engine/planning/plan-steps.ts";
import { byEngine } from "../../../engine/running/engine.ts";
import { alwaysOpen, newSendingMailbox } from "../../../testing/sending.ts";
import {
  MAIL_STEP,
  type MailboxWish,
  newContacts,
  newSequence,
  type SequenceWish,
} from "../../../testing/sequenced.ts";
import { leaveFullHour, runVirtually, useVirtualWorld } from "../../../testing/virtual-engine.ts";
import { asOwner } from "../../../testing/wire.ts";
import type { Team } from "../../../testing/world.ts";
import { readStandings } from "../../gate/facts/facts-store.ts";
import { asking } from "../../gate/facts/gate-facts.ts";
import { placeAll } from "../../gate/facts/standings.ts";
import { withEstimates } from "./estimating.ts";

const { clock, witness, world } = useVirtualWorld();

const NO_LIMITS = {
  email_daily_threshold: null,
  max_outbound_emails_per_hour: null,
  seconds_delay_between_emails: null,
};
const AT_ONCE = { ...MAIL_STEP, wait_time: 0, wait_mode: "minute" as const };

async function add(team: Team, wish: { id: string; people: string[]; mailboxes: string[] }) {
  await team.api.joining.addContacts({
    id: wish.id,
    contact_ids: wish.people,
    send_email_from_email_account_id: wish.mailboxes,
    sequence_same_company_in_same_campaign: true,
  });
}

/** By enrollment, what explain says of everybody who has not been mailed. */
async function estimates(team: Team) {
  const { app } = world.running;
  return app.db.inTeam(team.id, async (db) => {
    const by = byEngine(app, db, team.id);
    const { rows } = await asOwner(world, (client) =>
      client.query("select id from enrollments where team_id = $1 and state = 'active' order by id", [
        team.id,
      ]),
    );
    const standings = await readStandings(
      db,
      team.id,
      rows.map(({ id }) => id as string),
    );
    const placed = await withEstimates(asking(by), await placeAll(asking(by), standings));
    return new Map(placed.map(({ row, standing }) => [row.id, explainStanding(standing)]));
  });
}

async function sentAt(team: Team) {
  const { rows } = await asOwner(world, (client) =>
    client.query("select enrollment_id, released_at from messages where team_id = $1 and delivery = 'sent'", [
      team.id,
    ]),
  );
  return new Map(rows.map((row) => [row.enrollment_id as string, (row.released_at as Date).getTime()]));
}

const QUARTER_MS = 15 * 60_000;

test("of 300 times that are told with limits nine of ten come within a quarter of an hour", async (t) => {
  leaveFullHour({ world, clock });
  const team = await world.newTeam();
  const hours = await alwaysOpen(team);
  const box = async (limits: MailboxWish) =>
    (await newSendingMailbox(team, witness, { ...NO_LIMITS, ...limits })).id;
  const hourly = await box({ max_outbound_emails_per_hour: 6 });
  const gap = await box({ seconds_delay_between_emails: 600 });
  const daily = await box({ email_daily_threshold: 25, seconds_delay_between_emails: 60 });
  const free = await box({});
  const sequence = async (rest: SequenceWish = {}) =>
    (await newSequence(team, { emailer_schedule_id: hours, emailer_steps: [AT_ONCE], ...rest })).id;
  const [plain, capped] = [await sequence(), await sequence({ max_emails_per_day: 20 })];
  await add(team, { id: plain, people: await newContacts(team, 120), mailboxes: [hourly, gap] });
  await add(team, { id: plain, people: await newContacts(team, 45), mailboxes: [daily] });
  await add(team, { id: capped, people: await newContacts(team, 45), mailboxes: [free] });
  const ahead = (wish: Temporal.DurationLike) => world.running.app.now().add(wish);
  while ((await planOnce(world.running)) > 0); // as the engine has it after a moment
  const first = await estimates(team);
  await runVirtually({ world, team, clock }, ahead({ hours: 3 }));
  const then = await estimates(team);
  await runVirtually({ world, team, clock }, ahead({ hours: 24 * 8 }));
  const came = await sentAt(team);
  const wrong: string[] = [];
  for (const [id, { sentence, next }] of [...first, ...then]) {
    const at = came.get(id) ?? 0;
    const isRight = next?.at && Math.abs(at - next.at.epochMilliseconds) <= QUARTER_MS;
    if (!isRight) wrong.push(`${sentence} It came ${new Date(at).toISOString()}.`);
  }
  const told = first.size + then.size;
  t.diagnostic(`${told - wrong.length} of ${told} times within 15 minutes`);
  assert.ok(told >= 300, `${told} times`);
  assert.ok(wrong.length <= told * 0.1, wrong.slice(0, 5).join("\n"));
});

test("of 16 who are due at once with a limit of 2 an hour each is told their own time, and after how many others", async () => {
  leaveFullHour({ world, clock });
  const team = await world.newTeam();
  const mailbox = (await newSendingMailbox(team, witness, { ...NO_LIMITS, max_outbound_emails_per_hour: 2 }))
    .id;
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [AT_ONCE],
  });
  const people = await newContacts(team, 16);
  await add(team, { id, people, mailboxes: [mailbox] });
  while ((await planOnce(world.running)) > 0);
  const said = [...(await estimates(team)).values()];
  const times = said
    .map(({ next }) => next?.at?.epochMilliseconds ?? 0)
    .toSorted((one, other) => one - other);
  assert.equal(new Set(times).size, 8, "two in each of eight hours");
  assert.ok((times.at(-1) ?? 0) - (times[0] ?? 0) >= 6.9 * 3_600_000);
  const last = said.find(({ next }) => next?.at?.epochMilliseconds === times.at(-1));
  assert.match(last?.sentence ?? "", /It is expected to go out about .*, after 1[45] others/);
  const told = await Promise.all(
    people.map(async (one) => (await team.api.explain.contact({ id: one })).explain),
  );
  const sentences = told.map(({ contact_campaign_statuses: [standing] }) => standing?.sentence ?? "");
  assert.equal(sentences.filter((text) => /Nothing holds it/.test(text)).length, 1);
  assert.equal(sentences.filter((text) => /, after \d+ others?; limit: 2 an hour\.$/.test(text)).length, 14);
});

test("who is due and waits is never told a time that a sequence's cap forbids", async () => {
  leaveFullHour({ world, clock });
  const team = await world.newTeam();
  const mailbox = (await newSendingMailbox(team, witness, NO_LIMITS)).id;
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [AT_ONCE],
    max_emails_per_day: 3,
  });
  await add(team, { id, people: await newContacts(team, 9), mailboxes: [mailbox] });
  while ((await planOnce(world.running)) > 0);
  const days = [...(await estimates(team)).values()].map(
    ({ next }) => next?.at?.toString().slice(0, 10) ?? "",
  );
  assert.deepEqual(
    [...Map.groupBy(days, (day) => day).values()].map(({ length }) => length),
    [3, 3, 3],
  );
});
