// Mails that stop the process that reads them: they are set aside with a sentence, other mails are read, and no later
// start meets them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openReaders } from "../../features/receiving/incoming/run-in-worker.ts";
import type { FetchedMail } from "../../mail/inbox.ts";
import { type Mailed, mailed, mailOf, replyTo } from "../../testing/incoming.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { takingInOrder } from "./take-in-batch.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});
const HOSTILE = new URL("../../testing/hostile-thread.ts", import.meta.url);

function takingIn({ mailboxId }: Mailed) {
  const readers = openReaders(HOSTILE, { ms: 3_000, heapMegabytes: 64 });
  return takingInOrder(world.running.app, { teamId: team.id, mailboxId, role: "inbox", readers });
}

function batch(...raws: Buffer[]) {
  const receivedAt = world.running.app.now();
  const mails: FetchedMail[] = raws.map((raw, index) => {
    return { uid: index + 1, receivedAt, threadId: null, raw, size: raw.length, isWhole: true };
  });
  return { cursor: { path: "INBOX", uidValidity: 1, lastUid: raws.length, readsFrom: receivedAt }, mails };
}

async function query<T>(sql: string, params: unknown[]) {
  const { rows } = await asOwner(world, (client) => client.query(sql, params));
  return rows as T[];
}

const rowsOf = ({ mailboxId }: Mailed) =>
  query<{ uid: number; kind: string; set_aside: string | null }>(
    "select uid::int, kind, set_aside from incoming_mails where mailbox_id = $1 order by uid",
    [mailboxId],
  );
const marksOf = ({ mailboxId }: Mailed) =>
  query("select first_uid::int as first, last_uid::int as last from mails_being_read where mailbox_id = $1", [
    mailboxId,
  ]);

test("while a hostile mail is read the server answers; it is set aside, and shown with a sentence", async () => {
  const one = await mailed(world, team);
  let isRead = false;
  const reading = takingIn(one)(batch(replyTo(one, "Tell me more."), mailOf({ text: "never ends" }))).finally(
    () => {
      isRead = true;
    },
  );
  let answered = 0;
  while (!isRead) {
    const { status } = await fetch(`${world.url}/health/live`);
    assert.equal(status, 200);
    if (!isRead) answered++;
  }
  await reading;
  assert.ok(answered >= 10, `${answered} probes were answered while it was read`);
  assert.deepEqual(await rowsOf(one), [
    { uid: 1, kind: "reply", set_aside: null },
    { uid: 2, kind: "unreadable", set_aside: "took_too_long" },
  ]);
  assert.deepEqual(await marksOf(one), []);
  const { incoming_mails } = await team.api.incomingMails.list({
    email_account_id: one.mailboxId,
    is_open: true,
  });
  const shown = incoming_mails.find(({ kind }) => kind === "unreadable");
  assert.equal(shown?.needs_person, true);
  assert.match(shown?.set_aside_says ?? "", /took longer than 10 seconds.*Open it in your email program/);
});

test("that a mail is being read is written down before it is read", async () => {
  const one = await mailed(world, team);
  const reading = takingIn(one)(batch(mailOf({ text: "never ends" }), replyTo(one, "Yes")));
  let marks: unknown[] = [];
  while (marks.length === 0) marks = await marksOf(one);
  assert.deepEqual(marks, [{ first: 1, last: 2 }]);
  assert.deepEqual(await rowsOf(one), []);
  await reading;
});

/** As processes leave it that ended while they read. */
function plantMark({ mailboxId }: Mailed, first: number, last: number, tries: number) {
  return query(
    `insert into mails_being_read (team_id, mailbox_id, role, uid_validity, first_uid, last_uid, process, tries)
     values ($1, $2, 'inbox', 1, $3, $4, 'another', $5)`,
    [team.id, mailboxId, first, last, tries],
  );
}

test("a mail that ended five processes is set aside unread, and those around it are read", async () => {
  const one = await mailed(world, team);
  await plantMark(one, 1, 3, 1);
  await plantMark(one, 2, 2, 5);
  const mails = batch(
    replyTo(one, "Yes, gladly."),
    mailOf({ text: "ends the server" }),
    replyTo(one, "And when?"),
  );
  await takingIn(one)(mails);
  assert.deepEqual(await rowsOf(one), [
    { uid: 1, kind: "reply", set_aside: null },
    { uid: 2, kind: "unreadable", set_aside: "ended_the_server" },
    { uid: 3, kind: "reply", set_aside: null },
  ]);
  assert.deepEqual(await marksOf(one), []);
});

test("what a process was reading when it was stopped is read once more, one by one, and nothing is set aside", async () => {
  const one = await mailed(world, team);
  await plantMark(one, 1, 40, 1);
  await takingIn(one)(batch(replyTo(one, "Yes, gladly."), replyTo(one, "And when?")));
  assert.deepEqual(
    (await rowsOf(one)).map(({ set_aside }) => set_aside),
    [null, null],
  );
});
