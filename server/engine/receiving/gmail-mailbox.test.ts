// A mailbox that is connected by the Gmail API is read as by IMAP: each email once, before anything goes out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GMAIL, usingTokens } from "../../testing/api-mailboxes.ts";
import { type Reader, readingByApi } from "../../testing/api-reading.ts";
import type { GmailCall, GmailFault } from "../../testing/gmail-peer.ts";
import { replyTo, replyWithFiles } from "../../testing/incoming.ts";
import { until } from "../../testing/sending.ts";
import { refused } from "../../testing/world.ts";

const using = await usingTokens(GMAIL, { engineLoops: 2, imapPollMs: 200 });
const { world, peer, team, sql } = using;
const { person, readOf, allRead, hasStopped } = readingByApi(using);

const replyOf = (one: Reader) => Buffer.from(replyTo(one, "Answer")).toString("latin1");
const answer = (one: Reader, n: number) => Buffer.from(replyTo(one, `Answer ${n}`));

test("a reply stops the sequence, and one in the spam folder does too", async () => {
  const [one, other] = [await person(), await person()];
  peer.deliver(one.mailboxEmail, answer(one, 1));
  peer.deliver(other.mailboxEmail, answer(other, 1), "SPAM");
  await Promise.all([hasStopped(one), hasStopped(other)]);
});

test("a reply to the Message-ID or the thread that Gmail gave is tied to its email", async () => {
  const [one, other] = [await person(), await person()];
  await sql("update messages set provider_message_id = '<CAnew@mail.gmail.example>' where contact_id = $1", [
    one.contactId,
  ]);
  const renamed = replyOf(one).replaceAll(one.internetId, "<CAnew@mail.gmail.example>");
  const strange = (text: string) => text.replace(/^From: .*$/im, "From: Kim <kim@elsewhere.example>");
  peer.deliver(one.mailboxEmail, Buffer.from(strange(renamed)));
  assert.equal((await allRead(one, 1))[0]?.tied_by, "message_id");
  await sql("update messages set provider_thread_id = '255' where contact_id = $1", [other.contactId]);
  const bare = strange(replyOf(other)).replace(/^(?:In-Reply-To|References): .*\r\n/gim, "");
  peer.deliver(other.mailboxEmail, Buffer.from(bare), "INBOX", "ff");
  assert.equal((await allRead(other, 1))[0]?.tied_by, "thread");
});

const READING: GmailCall[] = ["profile", "messages", "history", "raw"];
const FAULTS: GmailFault[] = [
  "hang up",
  "lost",
  "nonsense",
  "failed after",
  "slow",
  { status: 429, reason: "userRateLimitExceeded", headers: { "retry-after": "1" } },
  { status: 403, reason: "rateLimitExceeded" },
  { status: 503 },
];

test("each email is read once over many pages, whichever call fails", async () => {
  const one = await person();
  const count = 120;
  for (let n = 0; n < count; n++) peer.deliver(one.mailboxEmail, answer(one, n));
  for (const at of READING) for (const how of FAULTS) peer.faults.push({ at, how, of: one.mailboxEmail });
  await allRead(one, count);
  peer.deliver(one.mailboxEmail, answer(one, count));
  await until(async () => {
    world.advance({ minutes: 1 });
    return (
      (await readOf(one)).length === count + 1 &&
      peer.faults.every(({ at }) => at === "profile" || at === "messages")
    );
  });
  peer.faults.length = 0;
  const rows = await readOf(one);
  assert.equal(rows.length, count + 1);
  assert.equal(new Set(rows.map((row) => row.content_key)).size, count + 1);
});

test("a mailbox whose history Google has forgotten is looked through anew, and nothing counts twice", async () => {
  const one = await person();
  for (let n = 0; n < 3; n++) peer.deliver(one.mailboxEmail, answer(one, n));
  await allRead(one, 3);
  peer.deliver(one.mailboxEmail, answer(one, 4));
  peer.boxOf(one.mailboxEmail).forgetHistory();
  await allRead(one, 4);
  peer.deliver(one.mailboxEmail, answer(one, 5));
  assert.equal((await allRead(one, 5)).length, 5);
});

test("an email that a person moves out of spam is not taken twice", async () => {
  const one = await person();
  const { id } = peer.deliver(one.mailboxEmail, answer(one, 1), "SPAM");
  await allRead(one, 1);
  peer.boxOf(one.mailboxEmail).move(id, "SPAM", "INBOX");
  peer.deliver(one.mailboxEmail, answer(one, 2));
  assert.equal((await allRead(one, 2)).length, 2);
});

test("of an email that cannot be read as it came the header is read, and those after it are not kept waiting", async () => {
  const one = await person();
  const { id } = peer.deliver(one.mailboxEmail, answer(one, 1));
  peer.broken.add(id);
  peer.deliver(one.mailboxEmail, answer(one, 2));
  const rows = await allRead(one, 2);
  assert.deepEqual(
    rows.map(({ subject }) => subject).toSorted(),
    rows.map(() => "Re: Your plant").toSorted(),
  );
});

test("what people send from it with another program counts, and drafts do not", async () => {
  const one = await person();
  await team().api.emailAccounts.update({ id: one.mailboxId, count_sent_elsewhere: true });
  peer.deliver(one.mailboxEmail, answer(one, 1), "SENT");
  peer.deliver(one.mailboxEmail, answer(one, 2), "DRAFT");
  await until(async () => {
    await readOf(one);
    const { rows } = await sql("select 1 from mails_sent_elsewhere where mailbox_id = $1", [one.mailboxId]);
    return rows.length === 1;
  });
});

test("what is attached to an email is read from the mailbox, wherever the email lies by then", async () => {
  const one = await person();
  const content = Buffer.from("an offer");
  const raw = replyWithFiles(one, "See below.", [{ type: "application/pdf", name: "offer.pdf", content }]);
  const kept = peer.deliver(one.mailboxEmail, raw);
  await allRead(one, 1);
  const { incoming_mails } = await team().api.incomingMails.list({ contact_id: one.contactId });
  const [mail] = incoming_mails;
  assert.deepEqual(
    mail?.attachments.map(({ file_name, size }) => [file_name, size]),
    [["offer.pdf", content.length]],
  );
  const download = () => team().api.incomingMails.attachment({ id: mail?.id ?? "", position: 0 });
  assert.equal(Buffer.from(await (await download()).bytes()).toString(), "an offer");
  kept.labelIds.splice(0, 99, "TRASH");
  assert.equal(Buffer.from(await (await download()).bytes()).toString(), "an offer");
  peer.boxOf(one.mailboxEmail).messages.delete(kept.id);
  assert.equal((await refused(download())).code, "received_mail_gone");
});
