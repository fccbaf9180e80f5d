// A person who is deleted is gone: from every table, and from what was said of them. Whether they may be mailed is still
// known if their address comes back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sweep } from "./engine/upkeep/sweep.ts";
import { takeIn } from "./features/receiving/incoming/commands.ts";
import { arrival, mailOf } from "./testing/incoming.ts";
import { plant, plantMessage } from "./testing/planted.ts";
import { newMailbox, newSequence } from "./testing/sequenced.ts";
import { asOwner } from "./testing/wire.ts";
import { type Team, useWorld } from "./testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const MARK = "zyxwvut";
const ADDRESS = `${MARK}@${MARK}.example`;

/** A person with every kind of data that can be stored. */
async function knownPerson() {
  const field = await team.api.customFields.create({ label: "Hobby", modality: "contact", type: "string" });
  const { contact } = await team.api.contacts.create({
    first_name: `${MARK}first`,
    last_name: `${MARK}last`,
    email: ADDRESS,
    contact_emails: [ADDRESS, `second${ADDRESS}`],
    title: `${MARK} of things`,
    phone: "+46 8 123 987 654",
    linkedin_url: `https://linkedin.example/${MARK}`,
    label_names: ["Everybody"],
    typed_custom_fields: { [field.typed_custom_fields[0]?.id ?? ""]: MARK },
  });
  const { id } = contact;
  const sequence = await newSequence(team);
  const mailbox = (await newMailbox(team)).id;
  const wish = { id: sequence.id, contact_ids: [id], send_email_from_email_account_id: [mailbox] };
  await team.api.joining.addContacts(wish);
  await plantMessage(world, team, sequence.id, {
    contact_id: id,
    to_email: ADDRESS,
    to_name: MARK,
    subject: `Hello ${MARK}`,
    body_text: MARK,
  });
  await plant(world, team, "catcher_messages", {
    mailbox_id: mailbox,
    uid: 1,
    folder: "Sent",
    at: new Date(),
    from_address: "",
    to_address: ADDRESS,
    subject: MARK,
    raw: Buffer.from(MARK),
    body_text: MARK,
  });
  await writesBack(mailbox);
  await team.api.notes.create({ contact_id: id, content: `met ${MARK}` });
  await team.api.tasks.create({ type: "call", user_id: team.owner.id, contact_id: id, note: `ring ${MARK}` });
  await team.api.phoneCalls.create({
    contact_id: id,
    status: "completed",
    note: `talked to ${MARK}`,
    to_number: "+46812398765",
  });
  await team.api.conversations.create({
    topic: `${MARK} and the boiler`,
    start_time: "2026-02-03",
    participants: [{ email: ADDRESS }],
    transcript: [{ speaker: ADDRESS, text: `I am ${MARK}` }],
  });
  const { conversation: withOthers } = await team.api.conversations.create({
    start_time: "2026-02-04",
    participants: [{ email: ADDRESS }, { contact_id: (await team.api.contacts.create({})).contact.id }],
    transcript: [{ speaker: `${MARK}first ${MARK}last`, text: `${MARK} again` }, { text: `who is ${MARK}` }],
  });
  assert.equal(withOthers.transcript[0]?.contact_id, id);
  await team.api.suppressions.create({ value: ADDRESS, reason: `${MARK} asked` });
  await team.api.contacts.update({ id, title: `${MARK} again` });
  await plant(world, team, "progress", {
    user_id: team.owner.id,
    job_type: "contact_bulk_update",
    entity_ids: [id],
    params: {},
    instructions: {},
    status: "done",
    total: 1,
    created_at: new Date(),
    updated_at: new Date(),
    finished_at: new Date(),
  });
  return id;
}

/** A contact who was mailed replies, and the reply leaves a question open. */
async function writesBack(mailboxId: string) {
  const raw = mailOf({
    from: `${MARK} <${ADDRESS}>`,
    subject: `Re: Hello ${MARK}`,
    text: `It is ${MARK}. Write to other${ADDRESS} instead.`,
    id: `<${MARK}@${MARK}.example>`,
  });
  const { app } = world.running;
  const folder = { role: "inbox" as const, path: "INBOX", uidValidity: 1, lastUid: 1, readsFrom: app.now() };
  const [taken] = await takeIn(app, { teamId: team.id, mailboxId, folder }, [await arrival(world, raw)]);
  assert.equal(taken?.kind, "reply");
  await team.api.incomingMails.overrule({
    id: taken?.id ?? "",
    kind: "reply",
    reply_class: "not_interested",
  });
}

/** Every row of every table of the team in which one of the texts stands. */
async function traces(texts: readonly string[]) {
  return asOwner(world, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'team_id' and not a.attisdropped
        where c.relkind = 'r' and n.nspname = 'public'`,
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${name} t where team_id = $1 and to_jsonb(t)::text ~* $2`,
        [team.id, texts.join("|")],
      );
      found.push(...rows.map(({ row }) => `${name}: ${row}`));
    }
    return found;
  });
}

test("a deleted contact is in no table any more, and stays suppressed if they come back", async () => {
  const id = await knownPerson();
  const texts = [MARK, "8123987654", "812398765"];
  assert.ok((await traces(texts)).length >= 8, "they were everywhere");
  await team.api.contacts.delete({ id });
  world.advance({ hours: 24 });
  await sweep(world.running.app);
  assert.deepEqual(await traces(texts), []);
  assert.deepEqual((await team.api.suppressions.list()).suppressions, [], "nor can it be read on the list");

  const back = (await team.api.contacts.create({ email: ADDRESS.toUpperCase() })).contact.id;
  const { id: sequenceId } = await newSequence(team);
  const mailbox = (await newMailbox(team)).id;
  const wish = { id: sequenceId, contact_ids: [back], send_email_from_email_account_id: [mailbox] };
  const answer = await team.api.joining.addContacts(wish);
  assert.ok("skipped_contact_ids" in answer);
  assert.deepEqual(answer.skipped_contact_ids, { [back]: "contacts_do_not_contact" });
});

test("an opt-out outlives the contact who made it, and another's contact keeps the address readable", async () => {
  const email = "optout@quiet.example";
  const gone = (await team.api.contacts.create({ email, email_unsubscribed: true })).contact.id;
  await team.api.contacts.delete({ id: gone });
  const back = (await team.api.contacts.create({ email })).contact.id;
  const twin = (await team.api.contacts.create({ email })).contact.id;
  await team.api.contacts.delete({ id: twin });
  const { id } = await newSequence(team);
  const mailbox = (await newMailbox(team)).id;
  const answer = await team.api.joining.addContacts({
    id,
    contact_ids: [back],
    send_email_from_email_account_id: [mailbox],
  });
  assert.ok("skipped_contact_ids" in answer);
  assert.deepEqual(answer.skipped_contact_ids, { [back]: "contacts_unsubscribed" });
  const { suppressions } = await team.api.suppressions.list();
  assert.ok(suppressions.some(({ value }) => value === email));
});
