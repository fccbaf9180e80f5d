// A mailbox that is connected by Microsoft Graph is read as by IMAP: each email once, before anything goes out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GRAPH, usingTokens } from "../../testing/api-mailboxes.ts";
import { type Reader, readingByApi } from "../../testing/api-reading.ts";
import { replyTo, replyWithFiles } from "../../testing/incoming.ts";
import { until } from "../../testing/sending.ts";
import { refused } from "../../testing/world.ts";

const using = await usingTokens(GRAPH, { engineLoops: 2, imapPollMs: 200 });
const { peer, team, sql } = using;
const { person, readOf, allRead, hasStopped } = readingByApi(using);

const answer = (one: Reader, n: number) => Buffer.from(replyTo(one, `Answer ${n}`));

test("a reply stops the sequence, and one in the junk folder does too", async () => {
  const [one, other] = [await person(), await person()];
  peer.deliver(one.mailboxEmail, answer(one, 1));
  peer.deliver(other.mailboxEmail, answer(other, 1), "junkemail");
  await Promise.all([hasStopped(one), hasStopped(other)]);
});

test("each email is read once over many pages, whichever call fails", async () => {
  const one = await person();
  const count = 120;
  for (let n = 0; n < count; n++) peer.deliver(one.mailboxEmail, answer(one, n));
  for (const at of ["delta", "value", "value"] as const)
    for (const how of ["hang up", "lost", "nonsense", "failed after"] as const)
      if (at === "delta" || how !== "nonsense") peer.faults.push({ at, how });
  await allRead(one, count);
  await until(async () => peer.faults.length === 0);
  const rows = await readOf(one);
  assert.equal(rows.length, count);
  assert.equal(new Set(rows.map((row) => row.content_key)).size, count);
});

test("a folder whose links Microsoft has forgotten is read anew, and nothing counts twice", async () => {
  const one = await person();
  for (let n = 0; n < 3; n++) peer.deliver(one.mailboxEmail, answer(one, n));
  await allRead(one, 3);
  peer.boxOf(one.mailboxEmail).forgetLinks();
  peer.deliver(one.mailboxEmail, answer(one, 4));
  const rows = await allRead(one, 4);
  assert.equal(rows.length, 4);
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

test("what people send from it with another program counts", async () => {
  const one = await person();
  await team().api.emailAccounts.update({ id: one.mailboxId, count_sent_elsewhere: true });
  peer.deliver(one.mailboxEmail, answer(one, 1), "sentitems");
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
  kept.folder = "archive";
  assert.equal(Buffer.from(await (await download()).bytes()).toString(), "an offer");
  peer.boxOf(one.mailboxEmail).messages.delete(kept.id);
  assert.equal((await refused(download())).code, "received_mail_gone");
});
