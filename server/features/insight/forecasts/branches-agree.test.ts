// Contacts of branched sequences drawn by lot: what the forecast foresees, what explain says on the way and afterwards, and what the
// engine did are the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Chance, chanceFrom } from "../../../sample/chance.ts";
import { branchedSteps } from "../../../testing/branched-plans.ts";
import { foreseen } from "../../../testing/foreseen.ts";
import { rounds } from "../../../testing/rounds.ts";
import { newSendingMailbox } from "../../../testing/sending.ts";
import { newContact, newSequence } from "../../../testing/sequenced.ts";
import { runVirtually, useVirtualWorld } from "../../../testing/virtual-engine.ts";
import { asOwner } from "../../../testing/wire.ts";
import type { Team } from "../../../testing/world.ts";

/** More of them: CADENZA_BRANCH_SEQUENCES=1000. */
const SEQUENCES = rounds(6, 60, "CADENZA_BRANCH_SEQUENCES");
const DAYS = 35;
/** Explain is asked after so many hours. */
const ASKED_AFTER = [0, 30, 100];
/**
 * No email leaves as explain is asked: waits are whole minutes from when a contact was added, the last one at the beginning, and hours
 * begin on a whole minute of the clock. Answers seconds after the beginning.
 */
function betweenMinutes(begun: Temporal.Instant) {
  const second = Math.floor(begun.epochMilliseconds / 1000) % 60;
  const isFar = (after: number) => Math.abs(((second + after + 30) % 60) - 30) > 5;
  return isFar(30) ? 30 : 40;
}

const { clock, witness, world } = useVirtualWorld();

const UNLIMITED = {
  email_daily_threshold: null,
  max_outbound_emails_per_hour: null,
  seconds_delay_between_emails: null,
};

test(`explain, forecast and truth agree about the contacts of ${SEQUENCES} sequences`, async (t) => {
  const team = await world.newTeam();
  const { id: mailbox } = await newSendingMailbox(team, witness, UNLIMITED);
  const hours: string[] = [];
  for (let n = 1; n <= 8; n++) hours.push(await newHours(team, chanceFrom(n)));
  const contacts: string[] = [];
  for (let seed = 1; seed <= SEQUENCES; seed++) {
    const chance = chanceFrom(seed);
    const contact = await newContact(team, personOf(chance, seed));
    const steps = branchedSteps(chance);
    const { id } = await newSequence(team, { emailer_schedule_id: chance.pick(hours), emailer_steps: steps });
    const wish = { id, emailer_campaign_id: id, contact_ids: [contact], sequence_unverified_email: true };
    await team.api.joining.addContacts({ ...wish, send_email_from_email_account_id: mailbox });
    contacts.push(contact);
  }

  const begun = world.running.app.now();
  const { sends } = await whileTimeStands(() => foreseen(world, team, DAYS));
  const said: Said[] = [];
  for (const after of ASKED_AFTER) {
    if (after > 0)
      await runVirtually({ world, team, clock }, begun.add({ hours: after, seconds: betweenMinutes(begun) }));
    await whileTimeStands(async () => {
      for (const contact of contacts) said.push(...(await nextOf(team, contact)));
    });
  }
  await runVirtually({ world, team, clock }, begun.add({ hours: 24 * DAYS }));
  const done = await doneBy(team);

  const sent = new Map(
    [...done.values()].flat().flatMap((one) => (one.is === "mail" ? [[one.key, one.at]] : [])),
  );
  const apart = [...sends].filter(([key, { at }]) => !isSoon(at, sent.get(key)));
  assert.deepEqual(apart, [], "each email was foreseen, for this contact, by this step and to the minute");
  assert.equal(sent.size, sends.size, "and no other was sent");

  const wrong = said.flatMap(({ contact, askedAt, position, at }) => {
    const next = done.get(contact)?.find((one) => one.at > askedAt);
    const isRight = next?.position === position && isSoon(at, next.at);
    return isRight
      ? []
      : [
          `${timeOf(askedAt)}: step ${position} ${timeOf(at)}, came ${next?.is} ${next?.position} ${timeOf(next?.at)}`,
        ];
  });
  assert.deepEqual(wrong, [], "what explain said comes next came next, to the minute");

  let branches = 0;
  for (const contact of contacts) {
    const decided = (done.get(contact) ?? []).filter(({ is }) => is === "branch");
    branches += decided.length;
    assert.deepEqual(
      await pathsTold(team, contact),
      decided.map(({ position, path }) => `${path} ${position}`),
    );
  }
  assert.ok(branches > 0 && sends.size > 0 && said.length > 0);
  t.diagnostic(
    `${SEQUENCES} sequences: ${sends.size} emails foreseen and sent, ${branches} branches decided, ${said.length} answers of explain`,
  );
});

/** However long it takes to ask, nothing becomes due meanwhile. */
async function whileTimeStands<T>(work: () => Promise<T>): Promise<T> {
  const { app } = world.running;
  const [moving, at] = [app.now, app.now()];
  app.now = () => at;
  try {
    return await work();
  } finally {
    app.now = moving;
    world.advance({ milliseconds: -Math.ceil(moving().since(at).total("milliseconds")) });
  }
}

const isSoon = (one: number, other: number | undefined) =>
  other !== undefined && Math.abs(one - other) <= 60_000;

const timeOf = (at: number | undefined) =>
  at === undefined ? "never" : Temporal.Instant.fromEpochMilliseconds(at).toString();

type Said = { contact: string; askedAt: number; position: number | null; at: number };

/** The step that explain names next; null at the end of the sequence. */
async function nextOf(team: Team, contact: string): Promise<Said[]> {
  const { explain } = await team.api.explain.contact({ id: contact });
  const askedAt = world.running.app.now().epochMilliseconds;
  return explain.contact_campaign_statuses.flatMap(({ next }) =>
    next?.at ? [{ contact, askedAt, position: next.step_position, at: Date.parse(next.at) }] : [],
  );
}

/** In the order in which it was told. */
async function pathsTold(team: Team, contact: string) {
  const { explain } = await team.api.explain.contact({ id: contact });
  const told = explain.history.flatMap(({ sentence, at }) => {
    const [, path, position] = /took the (yes|no) path of step (\d+)/.exec(sentence) ?? [];
    return path ? [{ at, told: `${path} ${position}` }] : [];
  });
  return told.toReversed().map((one) => one.told);
}

function personOf(chance: Chance, seed: number) {
  return {
    first_name: `P${seed}`,
    title: chance.happens(0.5) ? "Engineer" : "Buyer",
    email_status: chance.happens(0.7) ? ("verified" as const) : ("unverified" as const),
    ...(chance.happens(0.5) && { direct_phone: `+4670123${1000 + seed}` }),
    ...(chance.happens(0.6) && { time_zone: chance.pick(ZONES) }),
  };
}

const ZONES = ["Europe/Oslo", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"];
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

async function newHours(team: Team, chance: Chance) {
  const opens = chance.whole(5, 12);
  const open = [[opens, opens + chance.whole(2, 8)]];
  const { emailer_schedule } = await team.api.schedules.create({
    name: `Hours ${chance.whole(1, 1e9)}`,
    time_zone: chance.pick(ZONES),
    use_contacts_time_zone: chance.happens(0.5),
    schedule_hash: Object.fromEntries(
      WEEK.map((day) => [day, chance.happens(0.8) || day === "tuesday" ? open : []]),
    ),
  });
  return emailer_schedule.id;
}

type Done = {
  is: "mail" | "task" | "branch";
  key: string;
  position: number;
  path: string | null;
  at: number;
};

/** By contact, in the order in which it was done. A task counts from when it came. */
async function doneBy(team: Team) {
  const done = new Map<string, Done[]>();
  await asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select d.what, d.path, d.at, e.id, e.contact_id, p.position
         from (select 'mail' as what, null as path, enrollment_id, step_id, released_at as at from messages
                where team_id = $1 and delivery = 'sent'
               union all select 'task', null, enrollment_id, step_id, completed_at from tasks
                where team_id = $1 and status = 'completed'
               union all select 'branch', path, enrollment_id, step_id, decided_at from branch_decisions where team_id = $1) d
         join enrollments e on e.team_id = $1 and e.id = d.enrollment_id
         join sequence_steps p on p.team_id = $1 and p.id = d.step_id
        order by d.at, p.position`,
      [team.id],
    );
    for (const { what, path, at, id, contact_id, position } of rows) {
      const one: Done = { is: what, key: `${id} ${position}`, position, path, at: (at as Date).getTime() };
      done.set(contact_id, [...(done.get(contact_id) ?? []), one]);
    }
  });
  return done;
}
