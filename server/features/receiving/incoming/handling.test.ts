// An inbox: mails wait for a person until a user has handled them.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { plantIncoming } from "../../../testing/incoming.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const idsOf = (answer: { incoming_mails: { id: string }[] }) => answer.incoming_mails.map(({ id }) => id);

test("a reply waits until a user has handled it, and can be put back", async () => {
  const own = await world.newTeam("Inbox");
  const first = await plantIncoming(world, own);
  const { incoming_mail: shown } = await own.api.incomingMails.get({ id: first.id });
  assert.deepEqual(
    [shown.is_open, shown.handled, shown.contact?.id, shown.mailbox_email],
    [true, null, first.contactId, first.mailboxEmail],
  );
  const { incoming_mail } = await own.api.incomingMails.handle({ id: first.id });
  assert.deepEqual([incoming_mail.is_open, incoming_mail.handled?.by_user_id], [false, own.owner.id]);
  await own.api.incomingMails.handle({ id: first.id });
  assert.deepEqual(idsOf(await own.api.incomingMails.list({ is_open: true })), []);
  assert.deepEqual(idsOf(await own.api.incomingMails.list({ is_open: false })), [first.id]);
  const back = await own.api.incomingMails.handle({ id: first.id, handled: false });
  assert.equal(back.incoming_mail.is_open, true);
  const { audit_log } = await own.api.auditLog.list({ subject_id: first.id });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["incoming_mail.reopened", "incoming_mail.handled"],
  );
});

test("mails that need no reply do not wait, and a question does", async () => {
  const own = await world.newTeam("Machines");
  const rows: { id: string; kind: string }[] = [];
  for (const kind of ["out_of_office", "bounce", "unsubscribe"])
    rows.push({ ...(await plantIncoming(world, own)), kind });
  const asked = await plantIncoming(world, own);
  await asOwner(world, async (client) => {
    for (const { id, kind } of rows)
      await client.query("update incoming_mails set kind = $2, counts = false where id = $1", [id, kind]);
    await client.query(
      "update incoming_mails set kind = 'unsubscribe', certainty = 'probable', question = 'unsubscribe', needs_person = true where id = $1",
      [asked.id],
    );
  });
  assert.deepEqual(idsOf(await own.api.incomingMails.list({ is_open: true })), [asked.id]);
  assert.equal(
    (await own.api.incomingMails.list({ kinds: ["bounce", "out_of_office"] })).pagination.total_entries,
    2,
  );
});

test("it is narrowed to classes, sequences, people and words", async () => {
  const own = await world.newTeam("Narrow");
  const one = await plantIncoming(world, own);
  const two = await plantIncoming(world, own);
  await asOwner(world, (client) =>
    client.query(
      "update incoming_mails set reply_class = 'willing_to_meet', subject = 'Re: Boiler' where id = $1",
      [one.id],
    ),
  );
  const found = async (wish: Input<"incomingMails", "list">) =>
    idsOf(await own.api.incomingMails.list(wish)).sort();
  assert.deepEqual(await found({ reply_classes: ["willing_to_meet"] }), [one.id]);
  assert.deepEqual(await found({ emailer_campaign_ids: [two.sequenceId] }), [two.id]);
  assert.deepEqual(await found({ q_keywords: "boiler" }), [one.id]);
  assert.deepEqual(await found({ user_id: own.owner.id }), [one.id, two.id].sort());
  const { user } = await own.api.users.invite({ email: "mate2@example.no" });
  assert.deepEqual(await found({ user_id: user.id }), []);
  await own.api.contacts.update({ id: two.contactId, owner_id: user.id });
  assert.deepEqual(await found({ user_id: user.id }), [two.id]);
  assert.deepEqual(await found({ about_us: false }), []);
});

test("another team's mail is not found", async () => {
  const stranger = await world.newTeam("Stranger");
  const { id } = await plantIncoming(world, team);
  assert.equal((await refused(stranger.api.incomingMails.get({ id }))).status, 404);
  assert.equal((await refused(stranger.api.incomingMails.handle({ id }))).status, 404);
});

test("many are seen to in one call, and put back by the ids it answers", async () => {
  const own = await world.newTeam("Many");
  const mails = [
    await plantIncoming(world, own),
    await plantIncoming(world, own),
    await plantIncoming(world, own),
  ];
  const [one = "", two = "", three = ""] = mails.map(({ id }) => id);
  await own.api.incomingMails.handle({ id: one });
  const foreign = (await plantIncoming(world, team)).id;
  const asked = { incoming_mail_ids: [one, two, three, two, foreign] };
  const tried = await own.api.incomingMails.bulkHandle(asked, { dryRun: true });
  const done = await own.api.incomingMails.bulkHandle(asked);
  assert.deepEqual(tried, { ...done, dry_run: true });
  assert.deepEqual(done, {
    incoming_mail_ids: [two, three].sort(),
    left: [{ id: foreign, code: "record_not_found", says: "Record not found." }],
  });
  assert.deepEqual(idsOf(await own.api.incomingMails.list({ is_open: true })), []);
  const back = await own.api.incomingMails.bulkHandle({
    incoming_mail_ids: done.incoming_mail_ids,
    handled: false,
  });
  assert.deepEqual(back, { incoming_mail_ids: [two, three].sort(), left: [] });
  assert.deepEqual(idsOf(await own.api.incomingMails.list({ is_open: true })).sort(), [two, three].sort());
  const { audit_log } = await own.api.auditLog.list({ subject_id: two });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["incoming_mail.reopened", "incoming_mail.handled"],
  );
  assert.equal((await refused(own.api.incomingMails.bulkHandle({ incoming_mail_ids: [] }))).status, 422);
});

test("of many emails the first page is counted each time, and later pages tell what was counted a moment ago", async () => {
  const own = await world.newTeam("Many");
  const first = await plantIncoming(world, own);
  await asOwner(world, (client) =>
    client.query(
      `insert into incoming_mails (team_id, id, mailbox_id, content_key, folder, uid, kind, certainty, tied_by, counts, reply_class,
              from_email, subject, received_at, processed_at)
       select team_id, lpad(to_hex(n), 24, '0'), mailbox_id, 'many ' || n, 'INBOX', 1000 + n, 'reply', 'sure', 'message_id', true,
              'willing_to_meet', 'p@company.example', 'Re: Plants', now() - n * interval '1 minute', now()
         from incoming_mails, generate_series(1, 10100) n where id = $1`,
      [first.id],
    ),
  );
  const totalOf = async (page: number) =>
    (await own.api.incomingMails.list({ kinds: ["reply"], page, per_page: 100 })).pagination.total_entries;
  const whole = await totalOf(1);
  assert.ok(whole >= 10_100);
  await asOwner(world, (client) =>
    client.query("delete from incoming_mails where team_id = $1 and subject = 'Re: Plants' and uid <= 1050", [
      own.id,
    ]),
  );
  assert.equal(await totalOf(2), whole);
  assert.equal(await totalOf(1), whole - 50);
});
