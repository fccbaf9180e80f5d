// A file brought straight into a sequence: who joins, who does not and why, from which of several mailboxes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIn, csvOf } from "../../../testing/imported.ts";
import { brokenPromises } from "../../../testing/joining-checks.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld();

test("each row says whether its contact joined, and why not; several mailboxes take turns", async () => {
  const team = await world.newTeam();
  const mailboxes = [await newMailbox(team), await newMailbox(team)];
  const sequence = await newSequence(team);
  const add_to_sequence = {
    id: sequence.id,
    send_email_from_email_account_id: mailboxes.map(({ id }) => id),
    sequence_unverified_email: true,
  };
  const text = `${csvOf(4)}Out,Opted,out@y.example,\nNo,Address,,\nTwice,Named,p0@company0.example,\n`;
  const options = { add_to_sequence, mapping: { Title: null } };
  await bringIn(team, "Email,Unsubscribed\nout@y.example,yes\n");
  const tried = await team.api.imports.create({ text, ...options }, { dryRun: true });
  const { found, rows } = await bringIn(team, text, options);
  assert.deepEqual(
    rows.map(({ row, verdict, enrollment, enrollment_code }) => [row, verdict, enrollment, enrollment_code]),
    [
      [2, "created", null, null],
      [3, "created", "enrolled", null],
      [4, "created", "enrolled", null],
      [5, "created", "enrolled", null],
      [6, "updated", "not_enrolled", "contacts_unsubscribed"],
      [7, "skipped", null, null],
      [8, "updated", "enrolled", null],
    ],
  );
  assert.deepEqual(
    [found.enrolled, found.not_enrolled, found.enrollment_codes, found.sequence_id],
    [4, 1, { contacts_unsubscribed: 1 }, sequence.id],
  );
  assert.deepEqual(
    [tried.import.enrolled, tried.import.not_enrolled, tried.rows?.map(({ enrollment }) => enrollment)],
    [4, 1, rows.map(({ enrollment }) => enrollment)],
  );
  const { contact_campaign_statuses: members } = (await team.api.enrollments.search({
    emailer_campaign_ids: [sequence.id],
  })) as { contact_campaign_statuses: { send_email_from_email_account_id: string }[] };
  const split = mailboxes.map(
    ({ id }) => members.filter((one) => one.send_email_from_email_account_id === id).length,
  );
  assert.deepEqual(split, [2, 2]);
  assert.deepEqual(await brokenPromises(world, team), []);
});

test("an address joins by its status: what the file says of it, or else as any address the team gives", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team);
  const sequence = await newSequence(team);
  const add_to_sequence = { id: sequence.id, send_email_from_email_account_id: [mailbox.id] };
  const { found } = await bringIn(team, csvOf(3), { add_to_sequence });
  assert.deepEqual([found.created, found.enrolled, found.not_enrolled], [3, 3, 0]);
  const checked = await bringIn(
    team,
    [
      "Email,Email Verification Status",
      "a@x.example,valid",
      "b@x.example,catch-all",
      "c@x.example,invalid",
      "d@x.example,who knows",
      "e@x.example,",
    ].join("\n"),
    { add_to_sequence: { ...add_to_sequence, sequence_same_company_in_same_campaign: true } },
  );
  const shown = [];
  for (const { contact_id, enrollment, enrollment_code } of checked.rows) {
    const { contact } = await team.api.contacts.get({ id: contact_id ?? "" });
    shown.push([contact.email_status, contact.email_true_status, enrollment, enrollment_code]);
  }
  assert.deepEqual(shown, [
    ["verified", "User Managed", "enrolled", null],
    ["unverified", "User Managed", "not_enrolled", "contacts_unverified_email"],
    ["unavailable", "User Managed", "not_enrolled", "contacts_unverified_email"],
    ["unverified", "User Managed", "not_enrolled", "contacts_unverified_email"],
    ["verified", "User Managed", "enrolled", null],
  ]);
  assert.match(checked.rows[3]?.left_out.email_status ?? "", /counts as unverified/);
});

test("the same address has the same status through every door", async () => {
  const team = await world.newTeam();
  const statusOf = async (id: string) => {
    const { contact } = await team.api.contacts.get({ id });
    return [contact.email_status, contact.email_true_status];
  };
  for (const email_status of [undefined, "unverified", "unavailable"] as const) {
    const said = email_status === undefined ? {} : { email_status };
    const [status, n] = [email_status ?? "verified", email_status ?? "none"];
    const one = await team.api.contacts.create({ email: `one@${n}.example`, ...said });
    const many = await team.api.contacts.bulkCreate({ contacts: [{ email: `many@${n}.example`, ...said }] });
    const bare = await team.api.contacts.create({ first_name: "Bare" });
    await team.api.contacts.update({ id: bare.contact.id, email: `later@${n}.example`, ...said });
    const file = await bringIn(team, `Email,Email status\nfile@${n}.example,${email_status ?? ""}\n`);
    const ids = [one.contact.id, many.created_contacts[0]?.id, bare.contact.id, file.rows[0]?.contact_id];
    for (const id of ids) assert.deepEqual(await statusOf(id ?? ""), [status, "User Managed"]);
  }
});

test("a status in a file is of the address beside it, and of no other that the contact has", async () => {
  const team = await world.newTeam();
  const { contact } = await team.api.contacts.create({ email: "first@x.example", hubspot_vid: "7" });
  const text = "HubSpot id,Email,Email status\n7,second@x.example,invalid\n";
  await bringIn(team, text);
  assert.equal((await team.api.contacts.get({ id: contact.id })).contact.email_status, "verified");
  await bringIn(team, text, { overwrite: "replace" });
  const { contact: after } = await team.api.contacts.get({ id: contact.id });
  assert.deepEqual(
    after.contact_emails.map(({ email, email_status }) => [email, email_status]),
    [
      ["second@x.example", "unavailable"],
      ["first@x.example", "verified"],
    ],
  );
});

test("a sequence or a mailbox that is not there is refused at once", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team);
  const nobody = "aaaaaaaaaaaaaaaaaaaaaaaa";
  await assert.rejects(
    team.api.imports.create({
      text: csvOf(1),
      add_to_sequence: { id: nobody, send_email_from_email_account_id: [mailbox.id] },
    }),
    { status: 404 },
  );
  await assert.rejects(team.api.imports.create({ text: csvOf(1), owner_id: nobody }), {
    code: "contact_reference_unknown",
  });
});
