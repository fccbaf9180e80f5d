// A dry run says which mailboxes would send far more first emails a day than before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld();

test("a mailbox that sent nothing would send 25 first emails a day: the dry run says so, and adding does not", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team, { email: "nina@surge.example", email_daily_threshold: null });
  const { id } = await newSequence(team);
  const contact_ids = await newContacts(team, 25);
  const wish = { id, contact_ids, send_email_from_email_account_id: [mailbox.id] };
  const tried = await team.api.joining.addContacts(wish, { dryRun: true });
  assert.deepEqual(tried.first_email_surges, [
    {
      email_account_id: mailbox.id,
      email: "nina@surge.example",
      usual_per_day: 0,
      up_to_per_day: 25,
      sentence:
        "nina@surge.example sent no first emails in the last 14 days. With these contacts it would send up to 25 a day.",
    },
  ]);
  const few = { ...wish, contact_ids: contact_ids.slice(0, 19) };
  assert.deepEqual((await team.api.joining.addContacts(few, { dryRun: true })).first_email_surges, []);
  const inBackground = await team.api.joining.addContacts({ ...wish, async: true }, { dryRun: true });
  assert.equal(inBackground.first_email_surges?.[0]?.up_to_per_day, 25);
  const added = await team.api.joining.addContacts(wish);
  assert.equal(added.first_email_surges, undefined);
});

test("the daily limit is the most a mailbox sends, and first emails that wait already count", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team, { email_daily_threshold: 22 });
  const { id } = await newSequence(team);
  const contacts = await newContacts(team, 40);
  const adding = (contact_ids: string[]) => ({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox.id],
  });
  const upTo = async (contact_ids: string[]) =>
    (await team.api.joining.addContacts(adding(contact_ids), { dryRun: true })).first_email_surges?.map(
      (surge) => surge.up_to_per_day,
    );
  assert.deepEqual(await upTo(contacts), [22]);
  await team.api.joining.addContacts(adding(contacts.slice(0, 5)));
  assert.deepEqual(await upTo(contacts.slice(5, 22)), [22]);
  assert.deepEqual(await upTo(contacts.slice(5, 15)), []);
  await team.api.emailAccounts.update({ id: mailbox.id, email_daily_threshold: 19 });
  assert.deepEqual(await upTo(contacts.slice(5)), []);
});

test("where nothing is sent for days, first emails that wait for the same day count", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team, { email_daily_threshold: null });
  const later = world.running.app.now().toZonedDateTimeISO("UTC").add({ days: 3 });
  const { emailer_schedule } = await team.api.schedules.create({
    name: "One day a week",
    time_zone: "UTC",
    use_contacts_time_zone: false,
    skip_holidays: false,
    schedule_hash: { [later.toLocaleString("en", { weekday: "long" }).toLowerCase()]: [[9, 17]] },
  });
  const { id } = await newSequence(team, { emailer_schedule_id: emailer_schedule.id });
  const contacts = await newContacts(team, 30);
  const adding = (contact_ids: string[]) => ({
    id,
    contact_ids,
    send_email_from_email_account_id: [mailbox.id],
  });
  await team.api.joining.addContacts(adding(contacts.slice(0, 12)));
  const tried = await team.api.joining.addContacts(adding(contacts.slice(12)), { dryRun: true });
  assert.equal(tried.first_email_surges?.[0]?.up_to_per_day, 30);
});

test("what a mailbox sent in the last 14 days is its habit", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team, { email_daily_threshold: null });
  const { id } = await newSequence(team);
  const [before, after] = [await newContacts(team, 40), await newContacts(team, 25)];
  const adding = { id, send_email_from_email_account_id: [mailbox.id] };
  await team.api.joining.addContacts({ ...adding, contact_ids: before, status: "paused" });
  await asOwner(world, (client) =>
    client.query(
      `insert into messages (team_id, id, type, delivery, contact_id, sequence_id, enrollment_id, mailbox_id, completed_at,
              released_at, created_at, updated_at)
       select team_id, new_ident(), 'outreach_automatic_email', 'sent', contact_id, sequence_id, id, mailbox_id, at, at, at, at
         from (select e.*, now() - interval '3 days' as at from enrollments e where e.team_id = $1) e`,
      [team.id],
    ),
  );
  const tried = await team.api.joining.addContacts({ ...adding, contact_ids: after }, { dryRun: true });
  // 40 on one day count as 8 a day: 25 are over three times as many.
  assert.deepEqual(
    tried.first_email_surges?.map((one) => [one.usual_per_day, one.up_to_per_day]),
    [[8, 25]],
  );
  const fewer = await team.api.joining.addContacts(
    { ...adding, contact_ids: after.slice(0, 24) },
    { dryRun: true },
  );
  assert.deepEqual(fewer.first_email_surges, []);
});

test("the dry run of a file says it too", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team, { email_daily_threshold: null });
  const { id } = await newSequence(team);
  const rows = Array.from({ length: 21 }, (_, n) => `p${n}@surge${n}.example`);
  const add_to_sequence = { id, send_email_from_email_account_id: [mailbox.id] };
  const text = `Email\n${rows.join("\n")}\n`;
  const tried = await team.api.imports.create({ text, add_to_sequence }, { dryRun: true });
  assert.deepEqual(
    tried.first_email_surges?.map((one) => one.up_to_per_day),
    [21],
  );
});
