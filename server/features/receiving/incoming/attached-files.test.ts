// What people attach to their answers is listed, and read from the mailbox when a user downloads it.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test } from "node:test";
import { type ImapMailbox, MemoryMail, openImapMailbox } from "../../../testing/imap-mailbox.ts";
import { type Mailed, mailed, replyTo, replyWithFiles, taken } from "../../../testing/incoming.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { LOGIN } from "../../../testing/post-office.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
const world = useWorld({ mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam();
});

const boxes: ImapMailbox[] = [];
after(async () => {
  for (const box of boxes) await box.close();
});

async function reachable(folders?: Record<string, string | null>) {
  const box = await openImapMailbox(folders ? { mail: new MemoryMail(folders) } : {});
  boxes.push(box);
  const imap = { host: "localhost", port: box.port, security: "none" as const, ...LOGIN };
  return { box, one: await mailed(world, team, { mailbox: { imap } }) };
}

/** In the mailbox, and read from there. */
async function arrives({ box, one }: { box: ImapMailbox; one: Mailed }, raw: Buffer) {
  box.mail.deliver(raw);
  return taken(world, team, one, raw);
}

const shown = async (id: string) => (await team.api.incomingMails.get({ id })).incoming_mail;
const download = (id: string, position: number) => team.api.incomingMails.attachment({ id, position });

const OFFER = { type: "application/pdf", name: "Angebot für Kim.pdf", content: randomBytes(300_000) };

test("attachments are listed with name, type and size, and each comes as it was sent", async () => {
  const place = await reachable();
  const id = await arrives(
    place,
    replyWithFiles(place.one, "Here is what we need.", [
      OFFER,
      {
        type: "image/png",
        name: "logo.png",
        content: Buffer.from("a logo"),
        disposition: "inline",
        headers: ["Content-ID: <logo@kraft>"],
      },
      { type: "text/calendar; method=REQUEST", content: Buffer.from("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") },
      { type: "text/csv", name: "../..\\list.csv", content: Buffer.from("a,b\r\n1,2\r\n") },
    ]),
  );
  const { attachments, body_text } = await shown(id);
  assert.equal(body_text?.trim(), "Here is what we need.");
  assert.deepEqual(attachments, [
    {
      position: 0,
      file_name: OFFER.name,
      content_type: "application/pdf",
      size: OFFER.content.length,
      is_inline: false,
    },
    { position: 1, file_name: "logo.png", content_type: "image/png", size: 6, is_inline: true },
    { position: 2, file_name: "file-3.ics", content_type: "text/calendar", size: 32, is_inline: false },
    { position: 3, file_name: "list.csv", content_type: "text/csv", size: 10, is_inline: false },
  ]);
  const file = await download(id, 0);
  assert.deepEqual([file.fileName, file.contentType], [OFFER.name, "application/pdf"]);
  assert.ok(Buffer.from(await file.bytes()).equals(OFFER.content));
  assert.equal(Buffer.from(await (await download(id, 3)).bytes()).toString(), "a,b\r\n1,2\r\n");
});

test("an email without attachments lists none", async () => {
  const place = await reachable();
  assert.deepEqual((await shown(await arrives(place, replyTo(place.one, "Yes.")))).attachments, []);
});

test("the file is found where the email was moved, and under another number", async () => {
  const place = await reachable({ INBOX: null, Sent: "\\Sent", "Clients/Kraft": null, Archive: "\\Archive" });
  const raw = replyWithFiles(place.one, "See below.", [OFFER]);
  const id = await arrives(place, raw);
  place.box.mail.deliver(replyTo(place.one, "another one"));
  place.box.mail.changeUidValidity("INBOX", { keep: false });
  place.box.mail.deliver(replyTo(place.one, "at its number now"));
  place.box.mail.deliver(raw, { folder: "Clients/Kraft" });
  assert.ok(Buffer.from(await (await download(id, 0)).bytes()).equals(OFFER.content));
});

test("an email that is gone, or another one with its Message-ID, gives no file and says so", async () => {
  const place = await reachable();
  const raw = replyWithFiles(place.one, "See below.", [OFFER]);
  const id = await arrives(place, raw);
  place.box.mail.changeUidValidity("INBOX", { keep: false });
  const gone = await refused(download(id, 0));
  assert.deepEqual([gone.status, gone.code], [404, "received_mail_gone"]);
  assert.match(gone.message, new RegExp(place.one.mailboxEmail));
  const other = raw.toString("latin1").replace("See below.", "Something else.");
  place.box.mail.deliver(Buffer.from(other, "latin1"));
  assert.equal((await refused(download(id, 0))).code, "received_mail_gone");
});

test("a mailbox that cannot be read says why", async () => {
  const place = await reachable();
  const id = await arrives(place, replyWithFiles(place.one, "See below.", [OFFER]));
  await place.box.close();
  const away = await refused(download(id, 0));
  assert.deepEqual([away.status, away.code], [422, "mailbox_not_readable"]);
  const { one } = place;
  await asOwner(world, (client) =>
    client.query("update mailboxes set is_active = false where id = $1", [one.mailboxId]),
  );
  assert.match((await refused(download(id, 0))).message, /not connected/);
});

test("only who may see the email gets its files, and only those that it has", async () => {
  const place = await reachable();
  const id = await arrives(place, replyWithFiles(place.one, "See below.", [OFFER]));
  assert.equal((await refused(stranger.api.incomingMails.attachment({ id, position: 0 }))).status, 404);
  const { user } = await team.api.users.invite({ email: `member${id}@example.no` });
  const { api_key } = await team.api.apiKeys.create({ name: "member", master: true, user_id: user.id });
  const member = world.client({ apiKey: api_key.key });
  assert.equal((await refused(member.incomingMails.attachment({ id, position: 0 }))).status, 404);
  assert.equal((await refused(download(id, 7))).status, 404);
});

test("large files of a mail that is cut before it is read are whole, in nested parts too", async () => {
  const place = await reachable();
  const large = randomBytes(2_500_000);
  const nested = (content: Buffer) =>
    [
      "--0uter",
      'Content-Type: multipart/mixed; boundary="1nner"',
      "",
      "--1nner",
      "Content-Type: text/html",
      "",
      "<p>Look at this.</p>",
      "--1nner",
      'Content-Type: application/pdf; name="large.pdf"',
      "Content-Transfer-Encoding: base64",
      "Content-Disposition: inline; filename=large.pdf",
      "",
      content.toString("base64").replace(/.{76}/g, "$&\r\n"),
      "--1nner",
      'Content-Type: text/plain; name="after.txt"',
      "Content-Disposition: attachment; filename=after.txt",
      "",
      "x".repeat(1_200_000),
      "--1nner--",
    ].join("\r\n");
  const raw = replyTo(
    place.one,
    ["--0uter", "Content-Type: text/plain", "", "Look at this.", nested(large), "--0uter--"].join("\r\n"),
    ['Content-Type: multipart/alternative; boundary="0uter"'],
  );
  const id = await arrives(place, raw);
  const { attachments } = await shown(id);
  assert.deepEqual(
    attachments.map(({ file_name, size, is_inline }) => [file_name, size, is_inline]),
    [
      ["large.pdf", large.length, false],
      ["after.txt", 1_200_000, false],
    ],
  );
  assert.ok(Buffer.from(await (await download(id, 0)).bytes()).equals(large));
  assert.equal((await (await download(id, 1)).bytes()).length, 1_200_000);
});

test("the inbox is searched by the words of the emails too", async () => {
  const place = await reachable();
  const id = await arrives(
    place,
    replyTo(place.one, "We would need the Wartungsvertrag for zebra-7 before May."),
  );
  const idJapanese = await arrives(place, replyTo(place.one, "見積書を送ってください。"));
  const found = async (q_keywords: string) =>
    (await team.api.incomingMails.list({ q_keywords })).incoming_mails.map((mail) => mail.id);
  for (const words of ["wartungsvertrag", "Wartung zebra", "zebra-7", "may NEED"])
    assert.deepEqual(await found(words), [id], words);
  assert.deepEqual(await found("見積書"), [idJapanese]);
  for (const words of ["wartungsvertrag giraffe", "vertrag'); --", "!", "\\"])
    assert.deepEqual(await found(words), [], words);
  assert.deepEqual(
    (await stranger.api.incomingMails.list({ q_keywords: "wartungsvertrag" })).incoming_mails,
    [],
  );
});
