// What a mailbox has sent is looked through on a real IMAP server of ours: that it went out and when, whatever the server
// does to us.

import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { type ImapMailbox, MemoryMail, openImapMailbox } from "../testing/imap-mailbox.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { LOGIN, trustTestCertificates } from "../testing/post-office.ts";
import { openMail } from "./door.ts";
import type { ImapServer } from "./imap-connection.ts";
import type { SentCursor } from "./sent-mails.ts";

const open: { close(): unknown }[] = [];
before(trustTestCertificates);
after(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const doorOf = (answerMs = 20_000, options = {}) =>
  openMail({ mailAllow: LOOPBACK, allowPlaintextMail: false }, [{ host: "/nowhere", port: 9 }], {
    readingLimits: { connectMs: 5_000, answerMs, doneMs: 1_500 },
    ...options,
  });
const mail = doorOf();
const never = new AbortController().signal;

async function mailbox(options: Parameters<typeof openImapMailbox>[0] = {}) {
  const box = await openImapMailbox(options);
  open.push(box);
  return box;
}

function serverOf({ port }: { port: number }): ImapServer {
  const login = { kind: "password" as const, username: LOGIN.username, password: LOGIN.password };
  return { host: "localhost", port, security: "none", login };
}

const letter = (id: string | number, text = "hello") =>
  `Message-ID: <${id}@a.example>\r\nFrom: a@a.example\r\nSubject: s\r\nDate: Fri, 1 Jan 2038 10:00:00 +0000\r\n\r\n${text}\r\n`;
const ago = (minutes: number) => Temporal.Now.instant().subtract({ minutes });
const put = (box: ImapMailbox, raw: string, minutes = 0) =>
  box.mail.deliver(raw, { folder: "Sent", at: ago(minutes) });

async function look(box: ImapMailbox, known: SentCursor | null = null, by = mail) {
  const looked = await by.lookIntoSent(serverOf(box), known, never);
  if (looked.kind !== "looked") throw new Error(JSON.stringify(looked));
  return looked;
}
const idsOf = ({ mails }: Awaited<ReturnType<typeof look>>) =>
  mails.map(({ messageId }) => messageId?.slice(1, -"@a.example>".length)).sort();

test("the last day is looked through at first, then what is new, by the server's word and not the mail's", async () => {
  const box = await mailbox();
  put(box, letter("long-ago"), 25 * 60);
  put(box, letter("this-morning"), 3 * 60);
  put(box, letter("just-now"));
  const first = await look(box);
  assert.deepEqual(idsOf(first), ["just-now", "this-morning"]);
  const early = first.mails.find(({ messageId }) => messageId === "<this-morning@a.example>");
  assert.ok(Math.abs(Number(early?.sentAt.epochMilliseconds) - ago(180).epochMilliseconds) < 10_000);
  assert.deepEqual((await look(box, first.cursor)).mails, []);
  put(box, letter("after"));
  const next = await look(box, first.cursor);
  assert.deepEqual(idsOf(next), ["after"]);
  assert.deepEqual(next.cursor, { path: "Sent", uidValidity: 1, lastUid: 4 });
});

test("a mail of tomorrow went out when it was seen, and one that was moved in late counts by its day", async () => {
  const box = await mailbox();
  put(box, letter("tomorrow"), -24 * 60);
  const first = await look(box);
  assert.deepEqual(idsOf(first), ["tomorrow"]);
  assert.ok(Temporal.Instant.compare(first.mails[0]?.sentAt ?? ago(-99), Temporal.Now.instant()) <= 0);
  put(box, letter("archived"), 48 * 60);
  const next = await look(box, first.cursor);
  assert.deepEqual([idsOf(next), next.cursor.lastUid], [[], 2]);
});

test("numbered anew, every mail has the key it had, with an id and without one", async () => {
  const box = await mailbox();
  put(box, letter("one"), 5);
  put(box, "Subject: nobody knows me\r\n\r\nx\r\n", 4);
  put(box, "Subject: nor me\r\n\r\nx\r\n", 3);
  put(box, "Message-ID: \x00\x01broken\r\nSubject: garbage\r\n\r\nx\r\n", 2);
  const first = await look(box);
  const keysOf = ({ mails }: typeof first) => mails.map(({ key }) => key).sort();
  assert.equal(new Set(keysOf(first)).size, 4);
  assert.deepEqual(
    first.mails.map(({ messageId }) => messageId),
    ["<one@a.example>", null, null, null],
  );
  box.mail.changeUidValidity("Sent", { firstUid: 700 });
  const again = await look(box, first.cursor);
  assert.deepEqual(keysOf(again), keysOf(first));
  assert.deepEqual(again.cursor, { path: "Sent", uidValidity: 2, lastUid: 703 });
});

test("of a folder with very many mails, and of ids without end, only so much is looked at", async () => {
  const box = await mailbox();
  const make = (uid: number) => Buffer.from(letter(uid, "x".repeat(100)));
  box.mail.generate(60_000, make, { folder: "Sent", at: ago(1) });
  const first = await look(box);
  assert.deepEqual([first.mails.length, first.cursor.lastUid], [5_000, 60_000]);
  put(box, `Message-ID: <${"9".repeat(3_000_000)}@a.example>\r\nSubject: long\r\n\r\nx\r\n`);
  put(box, letter("behind-it"));
  const next = await look(box, first.cursor);
  assert.deepEqual(
    next.mails.map(({ messageId }) => messageId),
    [null, "<behind-it@a.example>"],
  );
});

test("a mailbox without a folder for what it sent says so, and one that is empty has nothing", async () => {
  const none = await mailbox({ mail: new MemoryMail({ INBOX: null, Archive: null }) });
  assert.deepEqual(await mail.lookIntoSent(serverOf(none), null, never), { kind: "no_folder" });
  const named = await mailbox({ mail: new MemoryMail({ INBOX: null, "Gesendete Elemente": null }) });
  assert.deepEqual((await look(named)).mails, []);
  named.mail.deliver(letter("x"), { folder: "Gesendete Elemente" });
  assert.deepEqual(idsOf(await look(named)), ["x"]);
});

/** Lets everybody in, and answers what is asked of the folder as `answer` says. */
async function hostile(answer: (verb: string, tag: string, socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.write("* OK [CAPABILITY IMAP4rev1] ready\r\n");
    let rest = "";
    socket.on("data", (chunk) => {
      const lines = (rest + chunk).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [tag = "", verb = ""] = line.toUpperCase().replace(" UID ", " ").split(" ");
        if (verb === "LIST") socket.write('* LIST (\\Sent) "/" Sent\r\n');
        if (verb === "EXAMINE")
          socket.write(
            "* 1000000 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n* OK [UIDNEXT 1000001] fine\r\n* FLAGS ()\r\n",
          );
        if (verb === "FETCH") answer(verb, line.split(" ")[0] ?? tag, socket);
        else socket.write(`${line.split(" ")[0]} OK done\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return { port: (server.address() as { port: number }).port };
}

const SENT_ROW = (n: number) =>
  `* ${n} FETCH (UID ${n} RFC822.SIZE 10 INTERNALDATE "01-Jan-2020 00:00:00 +0000")\r\n`;

test("a server that never stops sending, sends too much at once, or sends nothing does not block other readers", async () => {
  const forever = await hostile((_verb, _tag, socket) => {
    let n = 0;
    const tell = () => {
      while (socket.writable && socket.write(SENT_ROW(++n).repeat(20)));
    };
    socket.on("drain", tell);
    tell();
  });
  const huge = await hostile((_verb, _tag, socket) => {
    socket.write(`* 1 FETCH (UID 1 BODY[HEADER] {40000000}\r\n`);
    const part = "x".repeat(100_000);
    const tell = () => {
      while (socket.writable && socket.write(part));
    };
    socket.on("drain", tell);
    tell();
  });
  const silent = await hostile(() => {});
  const hurried = doorOf(1_500);
  for (const [what, server] of Object.entries({ forever, huge, silent })) {
    const looked = await hurried.lookIntoSent(serverOf(server), null, never);
    assert.equal(looked.kind, "failed", what);
  }
  const stopping = new AbortController();
  const looking = doorOf(60_000).lookIntoSent(serverOf(silent), null, stopping.signal);
  setTimeout(() => stopping.abort(), 300);
  assert.equal((await looking).kind, "failed");
});
