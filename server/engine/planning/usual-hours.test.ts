// Emails that wait for the hour at which their contact usually reads: when they leave, and what the product says of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { haveRead } from "../../testing/habits.ts";
import { alwaysOpen, newSendingMailbox } from "../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../testing/sequenced.ts";
import { runVirtually, useVirtualWorld } from "../../testing/virtual-engine.ts";
import { asOwner } from "../../testing/wire.ts";
import type { Team } from "../../testing/world.ts";
import { replanOnce } from "./replan.ts";

const { clock, witness, world } = useVirtualWorld();

const REPLY = {
  ...MAIL_STEP,
  wait_mode: "day" as const,
  wait_time: 1,
  emailer_touches: [{ ...MAIL_STEP.emailer_touches[0], type: "reply_to_thread" as const }],
};

type Read = { hour: number; days: number; type?: "open" | "click"; isMachine?: boolean };

/** On the last days, at half past the hour. */
function reads(team: Team, contactId: string, { hour, days, ...rest }: Read) {
  const today = world.running.app.now().toZonedDateTimeISO("UTC").startOfDay();
  const at = Array.from({ length: days }, (_, n) =>
    today
      .subtract({ days: n + 1 })
      .add({ hours: hour, minutes: 30 })
      .toInstant(),
  );
  return haveRead(world, team, [{ contactId, at, ...rest }]);
}

async function plan(team: Team, rest: object = {}) {
  const mailbox = await newSendingMailbox(team, witness, { seconds_delay_between_emails: null });
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP, REPLY],
    send_at_usual_hour: true,
    ...rest,
  });
  const add = (contact_ids: string[]) =>
    team.api.joining.addContacts({
      id,
      contact_ids,
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
      sequence_same_company_in_same_campaign: true,
    });
  return { id, add };
}

async function sentHours(team: Team) {
  const { rows } = await asOwner(world, (db) =>
    db.query(
      `select contact_id, array_agg(extract(hour from completed_at at time zone 'UTC')::int order by completed_at) as hours
         from messages where team_id = $1 and delivery = 'sent' group by contact_id`,
      [team.id],
    ),
  );
  return new Map(rows.map(({ contact_id, hours }) => [contact_id as string, hours as number[]]));
}

const hourNow = () => world.running.app.now().toZonedDateTimeISO("UTC").hour;
const later = (hours: number) => (hourNow() + hours) % 24;
const run = (team: Team, hours: number) =>
  runVirtually({ world, team, clock }, world.running.app.now().add({ hours }));

test("first and later emails leave at each contact's own hour, and those without a habit by the schedule", async () => {
  const team = await world.newTeam();
  const { add } = await plan(team);
  const [reader, other, fetched] = [await newContact(team), await newContact(team), await newContact(team)];
  const [hour, begins] = [later(6), hourNow()];
  await reads(team, reader, { hour, days: 4 });
  await reads(team, other, { hour, days: 2 });
  await reads(team, fetched, { hour, days: 9, type: "open", isMachine: true });
  await add([reader, other, fetched]);
  await run(team, 54);
  const hours = await sentHours(team);
  assert.deepEqual(hours.get(reader), [hour, hour]);
  assert.deepEqual(
    [hours.get(other), hours.get(fetched)],
    [
      [begins, begins],
      [begins, begins],
    ],
  );
});

test("why it waits is said, with the days, and the dates of a rehearsal name it", async () => {
  const team = await world.newTeam();
  const { id, add } = await plan(team);
  const contact = await newContact(team);
  const hour = later(6);
  await reads(team, contact, { hour, days: 4 });
  await add([contact]);
  const { contact_campaign_statuses } = (await team.api.explain.contact({ id: contact })).explain;
  const clockOf = (at: number) => `${String(at % 24).padStart(2, "0")}:00`;
  assert.match(
    contact_campaign_statuses[0]?.sentence ?? "",
    new RegExp(`usually reads emails between ${clockOf(hour)} and ${clockOf(hour + 1)} \\(on 4 of 4 days\\)`),
  );
  const { rehearsal } = await team.api.rehearsals.dates({ id, contact_id: contact });
  assert.deepEqual(
    rehearsal.steps[0]?.shifts?.map(({ reason }) => reason),
    ["usual_hour"],
  );
  assert.equal(new Date(rehearsal.steps[0]?.due_at ?? "").getUTCHours(), hour);
});

test("switched on or off, what waits already is planned anew", async () => {
  const team = await world.newTeam();
  const { id, add } = await plan(team, { send_at_usual_hour: false });
  const contact = await newContact(team);
  const hour = later(9);
  await reads(team, contact, { hour, days: 3 });
  await add([contact]);
  await run(team, 1);
  await team.api.sequences.update({ id, send_at_usual_hour: true });
  await replanOnce(world.running);
  await run(team, 47);
  const [first, second] = (await sentHours(team)).get(contact) ?? [];
  assert.notEqual(first, hour);
  assert.equal(second, hour);
});

test("habits of another team count for nobody else", async () => {
  const [team, stranger] = [await world.newTeam(), await world.newTeam()];
  const { add } = await plan(team);
  const contact = await newContact(team);
  await reads(stranger, await newContact(stranger), { hour: later(6), days: 9 });
  const begins = hourNow();
  await add([contact]);
  await run(team, 2);
  assert.deepEqual((await sentHours(team)).get(contact), [begins]);
});
