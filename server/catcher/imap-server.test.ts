// Our IMAP server, spoken to by imapflow over a socket, and by hand where a client would be too polite.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { ImapFlow } from "imapflow";
import { type ImapMailbox, MemoryMail, openImapMailbox } from "../testing/imap-mailbox.ts";
import { PATIENCE_MS } from "../testing/patience.ts";
import { LOGIN, trustTestCertificates } from "../testing/post-office.ts";

const open: { close(): unknown }[] = [];
before(trustTestCertificates);
after(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function opened(options: Parameters<typeof openImapMailbox>[0] = {}) {
  const box = await openImapMailbox(options);
  open.push(box);
  return box;
}

async function client(
  { port }: ImapMailbox,
  options: Partial<ConstructorParameters<typeof ImapFlow>[0]> = {},
) {
  const flow = new ImapFlow({
    host: "localhost",
    port,
    secure: false,
    auth: { user: LOGIN.username, pass: LOGIN.password },
    logger: false,
    ...options,
  });
  flow.on("error", () => {});
  await flow.connect();
  open.push({ close: () => flow.close() });
  return flow;
}

const MAIL = [
  "Message-ID: <one@kund.example>",
  "From: Ola Berg <ola@kund.example>",
  "To: =?utf-8?q?In=C3=A8s?= <ines@norrland.example>, team@norrland.example",
  "Subject: Re: Hello",
  "Date: Fri, 17 Jul 2026 09:30:00 +0200",
  "In-Reply-To: <out@norrland.example>",
  'Content-Type: multipart/alternative; boundary="b1"',
  "",
  "not for anybody",
  "--b1",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "Yes, gladly. å",
  "--b1",
  "Content-Type: text/html; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "<p>Yes</p>",
  "--b1--",
  "",
].join("\r\n");

test("a mail program signs in, finds the folders by their use, and reads a mail whole", async () => {
  const box = await opened({ secure: true });
  const at = Temporal.Instant.from("2026-07-17T07:30:05Z");
  box.mail.deliver(MAIL, { at });
  const flow = await client(box, { secure: true });
  const folders = await flow.list();
  assert.deepEqual(
    folders.map(({ path, specialUse }) => [path, specialUse]),
    [
      ["INBOX", "\\Inbox"],
      ["Junk", "\\Junk"],
      ["Sent", "\\Sent"],
    ].sort(
      (a, b) =>
        folders.findIndex(({ path }) => path === a[0]) - folders.findIndex(({ path }) => path === b[0]),
    ),
  );
  const inbox = await flow.mailboxOpen("INBOX", { readOnly: true });
  assert.deepEqual([inbox.exists, Number(inbox.uidValidity), inbox.uidNext], [1, 1, 2]);
  const mail = await flow.fetchOne(
    "1",
    {
      uid: true,
      flags: true,
      envelope: true,
      internalDate: true,
      size: true,
      bodyStructure: true,
      source: true,
    },
    { uid: true },
  );
  assert.ok(mail);
  assert.equal(mail.source?.toString(), MAIL);
  assert.equal(mail.size, Buffer.byteLength(MAIL));
  assert.equal(new Date(mail.internalDate as Date).toISOString(), "2026-07-17T07:30:05.000Z");
  assert.deepEqual([...(mail.flags ?? [])], []);
  const { envelope } = mail;
  assert.equal(envelope?.messageId, "<one@kund.example>");
  assert.equal(envelope?.inReplyTo, "<out@norrland.example>");
  assert.deepEqual(envelope?.to, [
    { name: "Inès", address: "ines@norrland.example" },
    { name: "", address: "team@norrland.example" },
  ]);
  assert.equal(mail.bodyStructure?.type, "multipart/alternative");
  assert.deepEqual(
    mail.bodyStructure?.childNodes?.map(({ type, part, encoding }) => [type, part, encoding]),
    [
      ["text/plain", "1", "7bit"],
      ["text/html", "2", "quoted-printable"],
    ],
  );
});

test("parts of a mail are had by their names and numbers", async () => {
  const box = await opened();
  box.mail.deliver(MAIL);
  const flow = await client(box);
  await flow.mailboxOpen("INBOX");
  const mail = await flow.fetchOne(
    "1",
    { headers: ["subject", "message-id"], bodyParts: ["1", "2", "2.mime", "text", "9"] },
    { uid: true },
  );
  assert.ok(mail);
  assert.equal(mail.headers?.toString(), "Message-ID: <one@kund.example>\r\nSubject: Re: Hello\r\n\r\n");
  const part = (name: string) => mail.bodyParts?.get(name)?.toString();
  assert.equal(part("1"), "Yes, gladly. å");
  assert.equal(part("2"), "<p>Yes</p>");
  assert.match(part("2.mime") ?? "", /quoted-printable\r\n\r\n$/);
  assert.match(part("text") ?? "", /^not for anybody/);
  assert.ok(!mail.bodyParts?.get("9"));
  const whole = await flow.fetchOne("1", { headers: true }, { uid: true });
  assert.ok(whole);
  assert.match(whole.headers?.toString() ?? "", /^Message-ID[\s\S]+b1"\r\n\r\n$/);
  const piece = await flow.fetchOne("1", { source: { start: 12, maxLength: 18 } }, { uid: true });
  assert.ok(piece);
  assert.equal(piece.source?.toString(), "<one@kund.example>");
});

test("mails are found by uid, day, flag, header and word", async () => {
  const box = await opened();
  const on = (day: number) => ({ at: Temporal.Instant.from(`2026-07-${day}T12:00:00Z`) });
  box.mail.deliver(MAIL, on(10));
  box.mail.deliver(MAIL.replace("<one@", "<two@").replace("Hello", "Goodbye"), {
    ...on(12),
    flags: ["\\Seen"],
  });
  box.mail.deliver("Subject: three\r\n\r\nan answer", on(14));
  const flow = await client(box);
  await flow.mailboxOpen("INBOX");
  const find = (query: Parameters<typeof flow.search>[0]) => flow.search(query, { uid: true });
  assert.deepEqual(await find({ all: true }), [1, 2, 3]);
  assert.deepEqual(await find({ uid: "2:*" }), [2, 3]);
  assert.deepEqual(await find({ uid: "9:*" }), [3]);
  assert.deepEqual(await find({ since: new Date("2026-07-12T00:00:00Z") }), [2, 3]);
  assert.deepEqual(await find({ before: new Date("2026-07-12T00:00:00Z") }), [1]);
  assert.deepEqual(await find({ seen: false }), [1, 3]);
  assert.deepEqual(await find({ header: { "message-id": "<two@kund.example>" } }), [2]);
  assert.deepEqual(await find({ header: { "In-Reply-To": true } }), [1, 2]);
  assert.deepEqual(await find({ from: "ola@", not: { subject: "goodbye" } }), [1]);
  assert.deepEqual(await find({ or: [{ body: "an answer" }, { uid: "1" }] }), [1, 3]);
  assert.deepEqual(await find({ sentSince: new Date("2026-07-18T00:00:00Z") }), []);
});

test("flags are changed, mails kept in a folder, and taken out of it", async () => {
  const box = await opened();
  box.mail.deliver(MAIL);
  box.mail.deliver(MAIL);
  const flow = await client(box);
  await flow.mailboxOpen("INBOX");
  await flow.messageFlagsAdd("1", ["\\Seen", "answered-by-us"], { uid: true });
  await flow.messageFlagsRemove("1", ["\\Seen"], { uid: true });
  assert.deepEqual((await box.mail.list("INBOX", 1))[0]?.flags, ["answered-by-us"]);
  const kept = await flow.append("Sent", Buffer.from(MAIL), ["\\Seen"], new Date("2026-07-01T08:00:00Z"));
  assert.deepEqual(kept && [kept.uid, Number(kept.uidValidity)], [1, 1]);
  const [sent] = await box.mail.list("Sent", 1);
  assert.deepEqual([sent?.flags, sent?.at.toString()], [["\\Seen"], "2026-07-01T08:00:00Z"]);
  assert.equal((await box.mail.get("Sent", 1))?.toString(), MAIL);
  assert.equal(await flow.messageDelete("1", { uid: true }), true);
  assert.deepEqual(
    (await box.mail.list("INBOX", 1)).map(({ uid }) => uid),
    [2],
  );
  assert.deepEqual(await flow.status("INBOX", { messages: true, uidNext: true, unseen: true }), {
    path: "INBOX",
    messages: 1,
    uidNext: 3,
    unseen: 1,
  });
});

test("an idling client hears at once that a mail came; a silent server tells only clients that ask", async () => {
  const box = await opened();
  const flow = await client(box);
  await flow.mailboxOpen("INBOX");
  const heard: number[] = [];
  flow.on("exists", ({ count }) => heard.push(count));
  const idling = flow.idle();
  await wait(50);
  box.mail.deliver(MAIL);
  await until(() => heard.length === 1);
  box.server.temper.idle = "silent";
  box.mail.deliver(MAIL);
  await wait(100);
  assert.deepEqual(heard, [1]);
  await flow.noop(); // ends the idling, and asks
  await idling;
  assert.deepEqual(heard, [1, 2]);
});

test("a connection that is cut in the middle of a mail is cut once, and the next one reads it whole", async () => {
  const box = await opened();
  box.mail.deliver(MAIL);
  box.server.temper.cutFetchAfter = 300;
  const read = async () => {
    const flow = await client(box);
    await flow.mailboxOpen("INBOX");
    const mail = await flow.fetchOne("1", { source: true });
    assert.ok(mail);
    return mail.source?.toString();
  };
  await assert.rejects(read());
  assert.equal(await read(), MAIL);
});

test("uids are given anew, under a new validity", async () => {
  const box = await opened();
  box.mail.deliver(MAIL);
  box.mail.deliver(MAIL.replace("one@", "two@"));
  box.mail.changeUidValidity("INBOX", { firstUid: 70 });
  const flow = await client(box);
  const inbox = await flow.mailboxOpen("INBOX");
  assert.deepEqual([Number(inbox.uidValidity), inbox.uidNext], [2, 72]);
  assert.deepEqual(await flow.search({ all: true }, { uid: true }), [70, 71]);
});

test("a hundred thousand mails are listed and the last ones read", async () => {
  const box = await opened();
  box.mail.generate(100_000, (uid) => Buffer.from(`Message-ID: <g${uid}@kund.example>\r\n\r\nmail ${uid}`));
  const flow = await client(box);
  const inbox = await flow.mailboxOpen("INBOX");
  assert.equal(inbox.exists, 100_000);
  const read: number[] = [];
  for await (const { uid, source } of flow.fetch("99001:*", { uid: true, source: true }, { uid: true }))
    if (source?.toString().endsWith(`mail ${uid}`)) read.push(uid);
  assert.equal(read.length, 1000);
  assert.equal(((await flow.search({ uid: "50000:*" }, { uid: true })) as number[]).length, 50_001);
});

test("a wrong password is refused, a right one in any of three ways let in", async () => {
  const box = await opened();
  await assert.rejects(client(box, { auth: { user: LOGIN.username, pass: "wrong" } }));
  await client(box, { auth: { user: LOGIN.username, accessToken: LOGIN.password } });
  await client(box, { auth: { user: LOGIN.username, pass: LOGIN.password, loginMethod: "LOGIN" } });
  await client(box, { auth: { user: LOGIN.username, pass: LOGIN.password, loginMethod: "AUTH=PLAIN" } });
  assert.ok(box.server.connections() >= 3);
});

test("every specimen is described and given back byte by byte, however it is malformed", async () => {
  const folder = new URL("../mail/specimens/", import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(".eml"));
  const mails = names.map((name) => readFileSync(new URL(name, folder)));
  const box = await opened();
  for (const mail of mails) box.mail.deliver(mail);
  const flow = await client(box);
  await flow.mailboxOpen("INBOX");
  let n = 0;
  const all = { uid: true, envelope: true, bodyStructure: true, source: true } as const;
  for await (const mail of flow.fetch("1:*", all, { uid: true })) {
    assert.ok(mail.source?.equals(mails[n] as Buffer), names[n] ?? "");
    assert.ok(mail.bodyStructure && mail.envelope, names[n] ?? "");
    n += 1;
  }
  assert.equal(n, mails.length);
});

/** What a rude client sends, and what it hears. */
async function byHand({ port }: ImapMailbox, said: string[], untilHeard: RegExp) {
  const socket = connect(port, "127.0.0.1");
  open.push({ close: () => socket.destroy() });
  let heard = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    heard += chunk.toString("latin1");
  });
  for (const line of said) socket.write(line);
  await until(() => untilHeard.test(heard));
  return heard;
}

test("commands that are none, or come too early, are refused and the conversation goes on", async () => {
  const box = await opened();
  const login = `a LOGIN ${LOGIN.username} {${LOGIN.password.length}+}\r\n${LOGIN.password}\r\n`;
  const heard = await byHand(
    box,
    [
      "x SELECT INBOX\r\n\r\ny WHAT ever\r\n",
      login,
      "b FETCH 1 BODY[]\r\nc SELECT Nowhere\r\nd SELECT inbox\r\ne FETCH 0 (NONSENSE)\r\n",
      "f UID COPY 1 Sent\r\ng FETCH 1:* (UID)\r\nh SEARCH BANANA\r\ni APPEND INBOX notaliteral\r\nj LOGOUT\r\n",
    ],
    /^j OK/m,
  );
  for (const [tag, answer] of Object.entries({
    x: "NO sign in first",
    y: "BAD",
    a: "OK",
    b: "BAD no folder",
    c: "NO [NONEXISTENT]",
    d: "OK [READ-WRITE]",
    e: "BAD",
    f: "BAD",
    g: "OK",
    h: "BAD",
    i: "BAD",
    j: "OK",
  }))
    assert.ok(heard.includes(`\r\n${tag} ${answer}`), `${tag}: ${heard}`);
});

test("a literal waits for leave, and one that is too large ends the conversation", async () => {
  const box = await opened();
  const login = `a LOGIN "${LOGIN.username}" "${LOGIN.password}"\r\n`;
  const heard = await byHand(box, [login, "b APPEND Sent (\\Seen) {5}\r\nhello\r\n"], /^b OK/m);
  assert.match(heard, /\+ go on\r\nb OK \[APPENDUID 1 1\]/);
  assert.equal((await box.mail.get("Sent", 1))?.toString(), "hello");
  await byHand(box, [login, "b APPEND Sent {99999999999}\r\n", "c APPEND Sent {999999999}\r\n"], /^\* BYE/m);
  await byHand(box, [`a LOGIN ${"x".repeat(70_000)}`], /^\* BYE/m);
});

test("each connection sees its own store", async () => {
  const mail = new MemoryMail({ INBOX: null });
  const box = await opened({ mail });
  const flow = await client(box);
  assert.deepEqual(
    (await flow.list()).map(({ path }) => path),
    ["INBOX"],
  );
});

async function until(holds: () => boolean) {
  const end = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > end) throw new Error("it did not come about");
    await wait(5);
  }
}
