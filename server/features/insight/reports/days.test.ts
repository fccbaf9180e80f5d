// Reports from days that were added up, beside the same reports from rows: for mails of every fate, changed in every way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addUpOnce } from "../../../engine/upkeep/add-days-up.ts";
import { plantContact, plantMessage } from "../../../testing/planted.ts";
import { rounds } from "../../../testing/rounds.ts";
import { until } from "../../../testing/sending.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { teamsWithDaysToCount } from "../../gate/engines/store.ts";
import { findPlace, SUMS } from "../../sending/message-days/sums-store.ts";
import { type CountQuery, count } from "./counting-store.ts";
import { countSoon } from "./days-store.ts";

const world = useWorld({ role: "api" });

/** The same numbers every time, so that what fails once fails again. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    chance: (share: number) => next() < share,
    below: (most: number) => Math.floor(next() * most),
    one: <T>(among: readonly T[]) => among[Math.floor(next() * among.length)] as T,
  };
}
type Dice = ReturnType<typeof dice>;

const COUNTS = Object.keys(SUMS) as (keyof typeof SUMS)[];
const MOST = 10_000;
const DAYS_BACK = 40;

/** Until nothing is left: while anybody on the database's server writes for long, a round does nothing. */
function addUpAll() {
  const { app } = world.running;
  return until(async () => {
    while ((await addUpOnce(world.running)) > 0);
    return (await app.db.inTransaction((db) => teamsWithDaysToCount(db, app.now()))).length === 0;
  });
}

async function furnish() {
  const own = await world.newTeam();
  const step = {
    ...({ type: "auto_email", wait_time: 0, wait_mode: "day" } as const),
    emailer_touches: ["A", "B"].map((subject) => ({
      emailer_template: { subject, body_html: "<p>Hello</p>" },
    })),
  };
  const sequences = await Promise.all(
    ["One", "Two"].map((name) => own.api.sequences.create({ name, emailer_steps: [step, step] })),
  );
  await own.api.subteams.create({ name: "North", user_ids: [own.owner.id] });
  const contacts = await Promise.all(Array.from({ length: 12 }, () => plantContact(world, own)));
  return { own, sequences, contacts };
}
type Furnished = Awaited<ReturnType<typeof furnish>>;

const fates = (roll: Dice, at: string) => ({
  num_opens: roll.below(3),
  num_clicks: roll.below(2),
  open_tracking: roll.chance(0.5),
  click_tracking: roll.chance(0.5),
  has_bounced: roll.one([null, false, true]),
  is_hard_bounce: roll.one([null, true]),
  is_spam_blocked: roll.one([null, null, true]),
  replied_at: roll.chance(0.3) ? at : null,
  reply_class: roll.one([null, null, "willing_to_meet", "out_of_office"]),
  unsubscribed_at: roll.chance(0.1) ? at : null,
  demoed_at: roll.chance(0.1) ? at : null,
});

async function plantSome({ own, sequences, contacts }: Furnished, roll: Dice, many: number) {
  for (let n = 0; n < many; n++) {
    const at = new Date(Date.now() - roll.below(DAYS_BACK * 24 * 60) * 60_000).toISOString();
    const made = roll.one(sequences);
    const touch = roll.one(made.emailer_touches);
    const status = roll.one(["completed", "completed", "completed", "failed", "scheduled"] as const);
    await plantMessage(world, own, made.emailer_campaign.id, {
      ...fates(roll, at),
      status,
      completed_at: status === "completed" ? at : null,
      failed_at: status === "failed" ? at : null,
      step_id: touch.emailer_step_id,
      touch_id: touch.id,
      contact_id: roll.one(contacts),
      user_id: roll.one([own.owner.id, null]),
    });
  }
}

/** What may happen to mails at any time later, by ids or by whatever they belong to. */
async function change({ own, contacts }: Furnished, roll: Dice, many: number) {
  await asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select id from messages where team_id = $1 order by id",
      [own.id],
    );
    const when = () => new Date(Date.now() - roll.below(DAYS_BACK * 24) * 3_600_000).toISOString();
    for (let n = 0; n < many; n++) {
      const id = roll.one(rows).id;
      const set = Object.entries({
        ...Object.fromEntries(Object.entries(fates(roll, when())).filter(() => roll.chance(0.4))),
        ...(roll.chance(0.1) && { completed_at: when() }),
        ...(roll.chance(0.1) && { delivery: "sent", completed_at: when() }),
        ...(roll.chance(0.1) && { delivery: "cancelled" }),
        subject: "Otherwise",
      });
      await client.query(
        `update messages set ${set.map(([column], at) => `${column} = $${at + 2}`).join(", ")} where id = $1`,
        [id, ...set.map(([, value]) => value)],
      );
      if (roll.chance(0.1)) await client.query("delete from messages where id = $1", [id]);
    }
    await client.query("update messages set user_id = null where team_id = $1 and num_opens = 2", [own.id]);
  });
  await own.api.contacts.delete({ id: contacts.pop() ?? "" });
}

const midnight = Temporal.Now.zonedDateTimeISO("UTC").startOfDay();

function questions({ own, sequences }: Furnished, zone: string): CountQuery[] {
  const nobody = { userIds: null, subteamIds: null, among: [], visible: null };
  const day = Temporal.Now.zonedDateTimeISO(zone).startOfDay();
  const periods = [
    { from: null, until: null },
    { from: day.subtract({ days: 29 }).toInstant(), until: day.add({ days: 1 }).toInstant() },
    { from: day.subtract({ days: 20 }).toInstant(), until: day.subtract({ days: 3 }).toInstant() },
    { from: midnight.subtract({ days: 10 }).add({ hours: 7 }).toInstant(), until: null },
    { from: null, until: midnight.subtract({ days: 5 }).add({ hours: 7 }).toInstant() },
  ];
  const filters = [
    nobody,
    { ...nobody, userIds: [own.owner.id] },
    {
      ...nobody,
      among: [{ dimension: "sequence", ids: [sequences[0]?.emailer_campaign.id ?? ""] }] as const,
    },
    {
      ...nobody,
      visible: { userId: own.owner.id, sequenceIds: [sequences[1]?.emailer_campaign.id ?? ""] },
    },
  ];
  const cuts = ["", "g", "p", "gp"] as const;
  const pairs = [
    ["sequence", "day"],
    ["touch", "week"],
    ["step", "month"],
    ["user", "weekday"],
    ["subteam", "reply_class"],
    ["mailbox", "day"],
  ] as const;
  return periods.flatMap((period) =>
    filters.flatMap((filter) =>
      pairs.map(([group, pivot]): CountQuery => {
        return { source: "mails", counts: COUNTS, group, pivot, cuts, filter: { ...filter, period }, zone };
      }),
    ),
  );
}

/** Sums and rows give the same lines for every question. */
async function compare(furnished: Furnished, what: string, zone = "UTC") {
  const { own } = furnished;
  const sorted = (lines: Awaited<ReturnType<typeof count>>) =>
    lines
      .filter(({ counted }) => (counted.num_emails_sent ?? 0) > 0)
      .map((line) => JSON.stringify([line.cut, line.g, line.p, COUNTS.map((one) => line.counted[one])]))
      .sort();
  let lines = 0;
  await world.running.app.db.inTeam(own.id, async (db) => {
    for (const question of questions(furnished, zone)) {
      const fromRows = sorted(await count(db, own.id, question, MOST));
      lines += fromRows.length;
      const asked = `${what}: ${question.group} by ${question.pivot}, ${question.filter.period.from} to ${question.filter.period.until}`;
      assert.deepEqual(sorted(await countSoon(db, own.id, question, MOST)), fromRows, asked);
    }
  });
  assert.ok(lines > 100, `${what}: ${lines} lines were compared`);
}

const placeOf = (own: Team) => world.running.app.db.inTeam(own.id, (db) => findPlace(db, own.id));

async function rowsIn(own: Team, table: "message_days" | "message_day_changes") {
  const { rows } = await asOwner(world, (client) =>
    client.query(`select count(*)::int as n from ${table} where team_id = $1`, [own.id]),
  );
  return rows[0].n as number;
}

test("sums of days and rows give one report, whatever happens to mails, contacts and the team's zone", async () => {
  const furnished = await furnish();
  const { own } = furnished;
  for (let seed = 1; seed <= rounds(1, 3); seed++) {
    const roll = dice(seed);
    await plantSome(furnished, roll, 150);
    await compare(furnished, `${seed}, before they are added up`);
    await addUpAll();
    assert.ok((await rowsIn(own, "message_days")) > 50, "there are days");
    await compare(furnished, `${seed}, added up`);
    await change(furnished, roll, 60);
    assert.ok((await rowsIn(own, "message_day_changes")) > 0, "and changes");
    await compare(furnished, `${seed}, changed`);
    await addUpAll();
    await compare(furnished, `${seed}, changes taken in`);
  }
  for (const zone of ["America/St_Johns", "Asia/Kolkata", "UTC"]) {
    await own.api.teams.update({ time_zone: zone });
    const before = await placeOf(own);
    assert.notEqual(before?.zone, zone);
    await compare(furnished, `moved to ${zone}`, zone);
    await addUpAll();
    assert.deepEqual((await placeOf(own))?.zone, zone);
    await compare(furnished, `added up in ${zone}`, zone);
  }
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select count(*)::int as n from message_day_changes c join message_day_places p using (team_id) where c.team_id = $1 and c.at < p.until_at",
      [own.id],
    ),
  );
  assert.equal(rows[0].n, 0, "nothing waits to be taken in");
});
