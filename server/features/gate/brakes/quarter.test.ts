// A mailbox through thirteen weeks: its ramp, a week with a bad list, a worse list, and spam reports. Each day it sends what the ramp
// and the brakes allow, and what becomes of the emails decides about the next day.

import assert from "node:assert/strict";
import { test } from "node:test";
import { followRampsOnce } from "../../../engine/upkeep/follow-ramps.ts";
import { watchBrakesOnce } from "../../../engine/upkeep/watch-brakes.ts";
import { plant } from "../../../testing/planted.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld({ role: "api" });

const WEEKS = 13;
const CEILING = 60;
const RAMP = { start: 10, step: 2, every_days: 1, ceiling: CEILING };
/** Of a hundred emails so many bounce. Half of a day's emails are first ones, to the list of that day. */
const USUAL = 1;
const BAD_WEEK = { week: 3, percent: 20 };
const WORSE_DAY = { day: 8 * 7, percent: 100 };
const LIFTED_ON = WORSE_DAY.day + 4;
const REPORTED_ON = 11 * 7 + 1;

type Place = { team: Team; mailbox: string; sequence: string; owed: { emails: number } };
type Day = {
  day: number;
  limit: number;
  brake: string | null;
  sent: number;
  bounced: number;
  waits: string | null;
};

test("ramp and brakes over a quarter: growth waits for bad weeks, and what is held is let go as it should be", async (t) => {
  const team = await world.newTeam();
  await team.api.teams.update({ time_zone: "UTC" });
  const { id: mailbox } = await newMailbox(team, { email_daily_threshold: CEILING, ramp: RAMP });
  const place = { team, mailbox, sequence: (await newSequence(team)).id, owed: { emails: 0 } };
  const days: Day[] = [];
  for (let day = 0; day < WEEKS * 7; day++) {
    days.push(await live(place, day));
    world.advance({ hours: 24 });
    await lookAgain();
  }
  for (let week = 0; week < WEEKS; week++) t.diagnostic(lineOf(days, week));

  const brakesIn = (from: number, until: number) => [
    ...new Set(days.slice(from, until).map(({ brake }) => brake)),
  ];
  assert.deepEqual(brakesIn(0, BAD_WEEK.week * 7 + 1), [null], "nothing is held before anything is wrong");
  assert.equal(days[10]?.limit, RAMP.start + 8 * RAMP.step, "two more for each day that it sent on");
  const bad = days.filter(({ day }) => Math.floor(day / 7) === BAD_WEEK.week);
  assert.ok(
    bad.some(({ brake }) => brake === "first_steps bounces"),
    "a bad list holds first emails",
  );
  assert.ok(
    bad.some(({ waits }) => waits !== null),
    "and the ramp waits",
  );
  const grownIn = (week: number) => (days[week * 7 + 6]?.limit ?? 0) - (days[week * 7]?.limit ?? 0);
  assert.ok(grownIn(BAD_WEEK.week) < grownIn(BAD_WEEK.week - 2));
  assert.equal(days[WORSE_DAY.day - 1]?.brake, null, "it has lifted itself");
  const paused = days.slice(WORSE_DAY.day + 1, LIFTED_ON).filter(({ brake }) => brake === "paused bounces");
  assert.ok(paused.length > 0 && paused.every(({ sent }) => sent === 0), "a worse one pauses");
  assert.equal(days[LIFTED_ON]?.brake, "paused bounces", "until it is lifted by hand");
  assert.ok(
    days.slice(LIFTED_ON + 1, LIFTED_ON + 6).some(({ sent }) => sent > 0),
    "an admin has lifted it",
  );
  assert.match(days[REPORTED_ON + 1]?.brake ?? "", /complaints/);
  assert.ok(days.every(({ sent, limit }) => sent <= limit));
  const { with_current_rules } = await team.api.brakes.simulate({});
  assert.ok(with_current_rules.some(({ scope, level }) => scope === "mailbox" && level === "paused"));
});

/** What the mailbox may send on this day is sent. */
async function live(place: Place, day: number): Promise<Day> {
  const { team, mailbox } = place;
  const { email_accounts } = await team.api.emailAccounts.list();
  const ramp = email_accounts.find(({ id }) => id === mailbox)?.ramp ?? null;
  const limit = ramp?.limit_today ?? CEILING;
  const waits = ramp?.waits_because ?? null;
  const { brakes } = await team.api.brakes.list();
  const own = brakes.filter(({ scope }) => scope === "mailbox");
  const strictest = own.find(({ level }) => level === "paused") ?? own[0];
  const brake = strictest ? `${strictest.level} ${strictest.cause}` : null;
  if (day === LIFTED_ON) for (const { id } of brakes) await team.api.brakes.lift({ id });
  const isWorkday = day % 7 < 5;
  const isPaused = strictest?.level === "paused";
  const followUps = isWorkday && !isPaused ? Math.floor(limit / 2) : 0;
  const first = followUps > 0 && brake === null ? limit - followUps : 0;
  const bounced = whole(place.owed, followUps, USUAL) + whole(place.owed, first, percentOn(day));
  await send(place, followUps + first, bounced);
  if (day === REPORTED_ON) await reportTwice(place);
  return { day, limit, brake, sent: followUps + first, bounced, waits };
}

function percentOn(day: number) {
  if (day === WORSE_DAY.day) return WORSE_DAY.percent;
  return Math.floor(day / 7) === BAD_WEEK.week ? BAD_WEEK.percent : USUAL;
}

/** What is left of an email is owed to the next day. */
function whole(owed: { emails: number }, emails: number, percent: number) {
  const exact = owed.emails + (emails * percent) / 100;
  owed.emails = exact % 1;
  return Math.floor(exact);
}

async function send({ team, mailbox, sequence }: Place, emails: number, bounced: number) {
  const at = world.running.app.now().toString();
  await asOwner(world, (client) =>
    client.query(
      `insert into messages (team_id, id, sequence_id, mailbox_id, type, delivery, released_at, completed_at, created_at, updated_at, has_bounced)
       select $1::ident, new_ident(), $2, $3, 'outreach_automatic_email', 'sent', $4::timestamptz, $4, $4, $4, n <= $6::int
         from generate_series(1, $5::int) n`,
      [team.id, sequence, mailbox, at, emails, bounced],
    ),
  );
}

async function reportTwice({ team, mailbox }: Place) {
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select id from messages where team_id = $1 and not has_bounced order by completed_at desc limit 2",
      [team.id],
    ),
  );
  const at = world.running.app.now().toString();
  for (const [n, { id: message_id }] of rows.entries())
    await plant(world, team, "incoming_mails", {
      mailbox_id: mailbox,
      message_id,
      kind: "complaint",
      certainty: "sure",
      content_key: `report ${n}`,
      folder: "INBOX",
      uid: n + 1,
      received_at: at,
      processed_at: at,
    });
}

async function lookAgain() {
  await asOwner(world, (client) => client.query("delete from brake_looks"));
  const { app } = world.running;
  await followRampsOnce({ app });
  await watchBrakesOnce({ app });
}

function lineOf(days: readonly Day[], week: number) {
  const own = days.slice(week * 7, week * 7 + 7);
  const sum = (of: (day: Day) => number) => own.reduce((all, day) => all + of(day), 0);
  const brakes = Map.groupBy(own, ({ brake }) => brake);
  const held = [...brakes].flatMap(([brake, some]) => (brake ? [`${brake} on ${some.length} days`] : []));
  const waits = own.filter((one) => one.waits !== null).length;
  const limits = `${own[0]?.limit} to ${own.at(-1)?.limit} a day`;
  return `week ${week + 1}: ${limits}, ${sum(({ sent }) => sent)} sent, ${sum(({ bounced }) => bounced)} bounced, ramp waits ${waits} days; ${held.join(", ") || "no brake"}`;
}
