// A file brought straight into a sequence: who joins, who does not and why, from which of several mailboxes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIn, csvOf } from "../../testing/imported.ts";
import { brokenPromises } from "../../testing/joining-checks.ts";
import { newMailbox, newSequence } from "../../testing/sequenced.ts";
import { useWorld } from "../../testing/world.ts";

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
  } as never)) as never as { contact_campaign_statuses: { send_email_from_email_account_id: string }[] };
  const split = mailboxes.map(
    ({ id }) => members.filter((one) => one.send_email_from_email_account_id === id).length,
  );
  assert.deepEqual(split, [2, 2]);
  assert.deepEqual(await brokenPromises(world, team), []);
});

test("addresses of a file are unverified, so without the flag nobody joins, and the counts say why", async () => {
  const team = await world.newTeam();
  const mailbox = await newMailbox(team);
  const sequence = await newSequence(team);
  const { found } = await bringIn(team, csvOf(3), {
    add_to_sequence: { id: sequence.id, send_email_from_email_account_id: [mailbox.id] },
  });
  assert.deepEqual([found.created, found.enrolled, found.not_enrolled], [3, 0, 3]);
  assert.equal(Object.values(found.enrollment_codes)[0], 3);
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
