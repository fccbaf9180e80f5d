// The calendar of a sequence against what the engine then does: sequences, schedules and contacts drawn by lot, around turns of the
// clock and public holidays, run to their end in time that is turned by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Chance, chanceFrom } from "../../../sample/chance.ts";
import { rounds } from "../../../testing/rounds.ts";
import { newSendingMailbox } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence, type StepWish } from "../../../testing/sequenced.ts";
import { runVirtually, useVirtualWorld } from "../../../testing/virtual-engine.ts";
import { asOwner } from "../../../testing/wire.ts";
import type { Team } from "../../../testing/world.ts";

/** More of them: CADENZA_CALENDAR_PLANS=200. */
const PLANS = rounds(10, 24, "CADENZA_CALENDAR_PLANS");

const { clock, witness, world } = useVirtualWorld();

test(`in ${PLANS} schedules drawn by lot each step comes in the minute that the calendar shows`, async (t) => {
  const team = await world.newTeam();
  const { id: mailbox } = await newSendingMailbox(team, witness);
  const begun = world.running.app.now();
  const shown = new Map<string, string>();
  const seen = { shifts: new Set<string>(), ranges: 0, branches: 0 };
  let last = begun;
  for (let seed = 1; seed <= PLANS; seed++) {
    const chance = chanceFrom(seed);
    const zone = chance.pick(ZONES);
    const { id } = await newSequence(team, {
      emailer_schedule_id: await newHours(team, chance, zone),
      emailer_steps: stepsOf(chance),
    });
    const contact = await newContact(team, personOf(chance, seed));
    const starts = startOf(chance, seed, { zone, begun }).toString();
    const { rehearsal } = await team.api.rehearsals.dates({ id, contact_id: contact, starts_at: starts });
    const { emailer_steps: steps } = await team.api.sequences.show({ id });
    const takes = new Map(steps.map((step, n) => [step.id, rehearsal.steps[n]?.takes_path ?? null]));
    const isOnTheWay = (step: (typeof steps)[number]): boolean => {
      const parent = steps.find((one) => one.id === step.branch_step_id);
      return !parent || (takes.get(parent.id) === step.branch_path && isOnTheWay(parent));
    };
    for (const [n, step] of steps.entries()) {
      const date = rehearsal.steps[n];
      for (const { reason } of date?.shifts ?? []) seen.shifts.add(reason);
      if (!date?.due_at || !date.earliest_at || !date.latest_at) continue;
      const due = Temporal.Instant.from(date.due_at);
      const within = [date.earliest_at, due.toString(), date.latest_at].map((at) => Date.parse(at));
      assert.deepEqual(
        within.toSorted((a, b) => a - b),
        within,
        `plan ${seed}, step ${n + 1}`,
      );
      if (date.earliest_at !== date.latest_at) seen.ranges++;
      if (!isOnTheWay(step)) continue;
      const waits = takes.get(step.id) === "no" ? 24 * (step.condition?.wait_days ?? 0) : 0;
      if (step.type === "branch") seen.branches++;
      shown.set(`${id} ${step.position}`, minuteOf(due.add({ hours: waits })));
      if (Temporal.Instant.compare(due, last) > 0) last = due;
    }
    await team.api.joining.addContacts({
      id,
      emailer_campaign_id: id,
      contact_ids: [contact],
      send_email_from_email_account_id: mailbox,
      auto_unpause_at: starts,
      sequence_unverified_email: true,
    });
  }
  await runVirtually({ world, team, clock }, last.add({ hours: 24 * 10 }));
  const done = await doneBy(team);
  const wrong = [...shown].filter(([key, minute]) => done.get(key) !== minute);
  assert.deepEqual(
    wrong.map(([key, minute]) => `${key}: shown ${minute}, came ${done.get(key)}`),
    [],
  );
  assert.equal(done.size, shown.size);
  t.diagnostic(
    `${shown.size} steps, ${seen.branches} branches, ${seen.ranges} ranges; ${[...seen.shifts].sort()}`,
  );
  assert.ok(seen.branches > 0 && seen.ranges > 0);
  for (const reason of ["day_begins", "holiday", "no_hours", "outside_hours"])
    assert.ok(seen.shifts.has(reason), reason);
});

const minuteOf = (at: Temporal.Instant) => at.toString({ smallestUnit: "minute", roundingMode: "floor" });

const ZONES = [
  "Europe/Oslo",
  "America/New_York",
  "Asia/Tokyo",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Asia/Kolkata",
];

const PLACES = ["Munich, Bavaria, Germany", "Oslo, Norway", "Tokyo, Japan", "Glasgow, Scotland"];

/** A third begin shortly before the clock is turned, a third shortly before Christmas. */
function startOf(chance: Chance, seed: number, { zone, begun }: { zone: string; begun: Temporal.Instant }) {
  const local = begun
    .add({ hours: 24 * chance.whole(1, 40), minutes: chance.whole(0, 1439) })
    .toZonedDateTimeISO(zone);
  const turn = local.getTimeZoneTransition("next");
  const back = { hours: chance.whole(3, 100) };
  if (seed % 3 === 0 && turn) return later(turn.subtract(back), local);
  const christmas = local.with({ month: 12, day: 25 }).subtract(back);
  if (seed % 3 === 1) return later(christmas, local);
  return local.toInstant();
}

function later(one: Temporal.ZonedDateTime, other: Temporal.ZonedDateTime) {
  return (Temporal.ZonedDateTime.compare(one, other) < 0 ? other : one).toInstant();
}

async function newHours(team: Team, chance: Chance, zone: string) {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const opens = chance.whole(0, 12);
  const hours = [[opens, opens + chance.whole(2, 6)], ...(chance.happens(0.4) ? [[19, 22]] : [])];
  const { emailer_schedule } = await team.api.schedules.create({
    name: `Hours ${chance.whole(1, 1e9)}`,
    time_zone: zone,
    use_contacts_time_zone: chance.happens(0.5),
    skip_holidays: chance.happens(0.7),
    schedule_hash: Object.fromEntries(
      days.map((day) => [day, chance.happens(0.7) || day === "tuesday" ? hours : []]),
    ),
  });
  return emailer_schedule.id;
}

function personOf(chance: Chance, seed: number) {
  return {
    first_name: `P${seed}`,
    title: chance.happens(0.5) ? "Engineer" : "Buyer",
    ...(chance.happens(0.5) && { direct_phone: `+4670123${1000 + seed}` }),
    ...(chance.happens(0.7) && { time_zone: chance.pick(ZONES) }),
    ...(chance.happens(0.7) && { present_raw_address: chance.pick(PLACES) }),
  };
}

/** Two steps, then some more, of which half are branches; the conditions ask what does not change meanwhile. */
function stepsOf(chance: Chance): StepWish[] {
  const steps: StepWish[] = [
    { ...MAIL_STEP, ...waitOf(chance) },
    { type: "call", ...waitOf(chance) },
  ];
  const grow = (place: Pick<StepWish, "branch_position" | "branch_path">, depth: number) => {
    for (let n = chance.whole(1, 2); n > 0; n--) {
      const enabled = chance.happens(0.9);
      if (depth < 3 && chance.happens(0.5)) {
        const condition = { wait_days: chance.pick([0, 0, 0, 1, 2]), rules: [chance.pick(RULES)] };
        steps.push({ type: "branch", ...waitOf(chance), ...place, enabled, condition });
        const branch_position = steps.length;
        for (const branch_path of ["yes", "no"] as const)
          if (branch_path === "no" || chance.happens(0.7)) grow({ branch_position, branch_path }, depth + 1);
      } else if (chance.happens(0.3)) steps.push({ type: "call", ...waitOf(chance), ...place, enabled });
      else steps.push({ ...MAIL_STEP, ...waitOf(chance), ...place, enabled });
    }
  };
  grow({}, 0);
  return steps;
}

const RULES = [
  { type: "contact" as const, filters: { has_phone_number: true } },
  { type: "contact" as const, not: true, filters: { q_title: "engineer" } },
  { type: "email_opened" as const },
  { type: "email_opened" as const, not: true, step_position: 1 },
  { type: "task" as const, step_position: 2, outcomes: ["completed" as const] },
];

function waitOf(chance: Chance) {
  const mode = chance.pick(["minute", "hour", "day"] as const);
  return {
    wait_mode: mode,
    wait_time: { minute: chance.whole(0, 900), hour: chance.whole(0, 60), day: chance.whole(0, 6) }[mode],
  };
}

/** By sequence and step, the minute in which its email went out, its task came or its path was chosen. */
function doneBy(team: Team): Promise<Map<string, string>> {
  return asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select p.sequence_id || ' ' || p.position as key, d.at
         from (select step_id, released_at as at from messages where team_id = $1 and delivery = 'sent'
               union all select step_id, completed_at from tasks where team_id = $1 and status = 'completed'
               union all select step_id, decided_at from branch_decisions where team_id = $1) d
         join sequence_steps p on p.team_id = $1 and p.id = d.step_id`,
      [team.id],
    );
    return new Map(
      rows.map(({ key, at }) => [
        key as string,
        minuteOf(Temporal.Instant.fromEpochMilliseconds((at as Date).getTime())),
      ]),
    );
  });
}
