// A mailbox is read from a real IMAP server of ours: what is new, once, in whatever way the server lets us down.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ImapMailbox, MemoryMail, openImapMailbox } from "../testing/imap-mailbox.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { LOGIN, openSilent, trustTestCertificates } from "../testing/post-office.ts";
import { type MailService, openMail } from "./door.ts";
import type { ImapServer } from "./imap-connection.ts";
import type { FetchedMail, InboxCursor } from "./inbox.ts";
import type { OpenInbox } from "./reading.ts";

const open: { close(): unknown }[] = [];
before(trustTestCertificates);
after(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Waiting for this is noticed: the file is ended before it is over. */
const LONGER_THAN_ANY_TEST_MS = 6 * 60 * 60_000;
const waiting = (answerMs: number): MailService =>
  openMail({ mailAllow: LOOPBACK, allowPlaintextMail: false }, [{ host: "/nowhere", port: 9 }], {
    readingLimits: { connectMs: 2_000, answerMs, doneMs: 1_500 },
  });
const mail = waiting(1_500);
/** For answers that take their time on a machine that does much else. */
const patient = waiting(60_000);

async function mailbox(options: Parameters<typeof openImapMailbox>[0] = {}) {
  const box = await openImapMailbox(options);
  open.push(box);
  return box;
}

function serverOf({ port }: { port: number }, secret: string = LOGIN.password): ImapServer {
  const login = { kind: "password" as const, username: LOGIN.username, password: secret };
  return { host: "localhost", port, security: "none", login };
}

async function inboxOf(box: ImapMailbox, by = mail): Promise<OpenInbox> {
  const inbox = await by.openInbox(serverOf(box));
  if ("kind" in inbox) throw new Error(inbox.why);
  open.push({ close: () => inbox.leave() });
  return inbox;
}

const START: InboxCursor = {
  path: "INBOX",
  uidValidity: null,
  lastUid: 0,
  readsFrom: Temporal.Now.instant().subtract({ hours: 48 }),
};

const letter = (n: number | string) =>
  `Message-ID: <${n}@a.example>\r\nFrom: a@a.example\r\nSubject: ${n}\r\n\r\nnumber ${n}\r\n`;

/** What was handed over, and where the folder is read to. */
async function read(inbox: OpenInbox, cursor: InboxCursor, wariness?: Parameters<OpenInbox["readNew"]>[2]) {
  const mails: FetchedMail[] = [];
  let told = cursor;
  const outcome = await inbox.readNew(
    cursor,
    async (batch) => {
      mails.push(...batch.mails);
      told = batch.cursor;
    },
    wariness,
  );
  const end = outcome.kind === "read" ? outcome.cursor : told;
  return { outcome, uids: mails.map(({ uid }) => uid), mails, cursor: end, told };
}

test("what is new is read once, whole, and stays unread", async () => {
  const box = await mailbox();
  box.mail.deliver(letter(1));
  box.mail.deliver(letter(2));
  const inbox = await inboxOf(box);
  const first = await read(inbox, START);
  assert.deepEqual(first.uids, [1, 2]);
  assert.equal(first.mails[0]?.raw.toString(), letter(1));
  assert.deepEqual(await read(inbox, first.cursor).then(({ uids }) => uids), []);
  box.mail.deliver(letter(3));
  const next = await read(inbox, first.cursor);
  assert.deepEqual([next.uids, next.cursor.lastUid], [[3], 3]);
  for (const { flags } of await box.mail.list("INBOX", 1)) assert.deepEqual(flags, []);
});

test("the first reading leaves alone what came before, and says that it has been there", async () => {
  const box = await mailbox();
  const now = Temporal.Now.instant();
  box.mail.deliver(letter("old"), { at: now.subtract({ hours: 24 * 365 }) });
  box.mail.deliver(letter("yesterday"), { at: now.subtract({ hours: 30 }) });
  box.mail.deliver(letter("today"), { at: now.subtract({ hours: 1 }) });
  const inbox = await inboxOf(box);
  const since = { ...START, readsFrom: now.subtract({ hours: 2 }) };
  assert.deepEqual(await read(inbox, since).then(({ uids }) => uids), [3]);
  const nothing = await read(inbox, { ...START, readsFrom: now });
  assert.deepEqual([nothing.uids, nothing.told.lastUid, nothing.told.uidValidity], [[], 3, 1]);
});

test("a mail of the very second from which it is read is not too old: servers tell whole seconds", async () => {
  const box = await mailbox();
  const second = Temporal.Now.instant().round({ smallestUnit: "second", roundingMode: "floor" });
  box.mail.deliver(letter(1), { at: second.add({ milliseconds: 700 }) });
  const cursor = { ...START, readsFrom: second.add({ milliseconds: 300 }) };
  const { mails } = await read(await inboxOf(box), cursor);
  assert.equal(mails.length, 1);
});

test("an empty inbox, and one whose mails went away, are read to their end", async () => {
  const box = await mailbox();
  const inbox = await inboxOf(box);
  const empty = await read(inbox, START);
  assert.deepEqual([empty.outcome.kind, empty.uids, empty.told.uidValidity], ["read", [], 1]);
  box.mail.deliver(letter(1));
  await box.mail.remove("INBOX", [1]);
  assert.deepEqual(await read(inbox, empty.cursor).then(({ uids }) => uids), []);
});

test("a server that numbers its mails anew is read again, back to a month", async () => {
  const box = await mailbox();
  const now = Temporal.Now.instant();
  box.mail.deliver(letter("old"), { at: now.subtract({ hours: 24 * 60 }) });
  box.mail.deliver(letter("recent"), { at: now.subtract({ hours: 24 * 7 }) });
  const inbox = await inboxOf(box);
  const longAgo = { ...START, readsFrom: now.subtract({ hours: 24 * 400 }) };
  const first = await read(inbox, longAgo);
  assert.deepEqual(first.uids, [1, 2]);
  box.mail.changeUidValidity("INBOX", { firstUid: 501 });
  box.mail.deliver(letter("new"));
  const again = await read(inbox, first.cursor);
  assert.deepEqual([again.uids, again.cursor.uidValidity, again.cursor.lastUid], [[502, 503], 2, 503]);
});

test("dropped in the middle of a mail, it goes on where it was", async () => {
  const box = await mailbox();
  for (let n = 1; n <= 30; n++) box.mail.deliver(letter(n));
  box.server.temper.cutFetchAfter = 4_000;
  const cut = await read(await inboxOf(box), START);
  assert.equal(cut.outcome.kind === "failed" && cut.outcome.why, "dropped");
  const rest = await read(await inboxOf(box), cut.told);
  assert.deepEqual(
    [...cut.uids, ...rest.uids],
    Array.from({ length: 30 }, (_, index) => index + 1),
  );
});

test("a cautious reader takes mails one by one, the first by its header, or none at all", async () => {
  const box = await mailbox();
  for (let n = 1; n <= 3; n++) box.mail.deliver(letter(n));
  const inbox = await inboxOf(box);
  const header = await read(inbox, START, "header_of_first");
  assert.deepEqual(
    header.mails.map(({ isWhole }) => isWhole),
    [false, true, true],
  );
  assert.match(header.mails[0]?.raw.toString() ?? "", /^Message-ID: <1@a.example>/);
  assert.doesNotMatch(header.mails[0]?.raw.toString() ?? "", /number 1/);
  const without = await read(inbox, START, "without_first");
  assert.deepEqual(
    without.mails.map(({ raw }) => raw.length > 0),
    [false, true, true],
  );
});

test("of a mail that is too large only the header is fetched", async () => {
  const box = await mailbox();
  const body = Buffer.alloc(51 * 1024 * 1024, "x");
  box.mail.deliver(
    Buffer.concat([Buffer.from("Message-ID: <big@a.example>\r\nFrom: a@a.example\r\n\r\n"), body]),
  );
  box.mail.deliver(letter(2));
  const { mails } = await read(await inboxOf(box, patient), START);
  assert.deepEqual(
    mails.map(({ isWhole, raw }) => [isWhole, raw.length < 1000]),
    [
      [false, true],
      [true, true],
    ],
  );
  assert.ok((mails[0]?.size ?? 0) > 50 * 1024 * 1024);
});

test("news is heard at once where the server tells of it, and found all the same where it does not", async () => {
  const box = await mailbox();
  const inbox = await inboxOf(box);
  const first = await read(inbox, START);
  const { signal } = new AbortController();
  setTimeout(() => box.mail.deliver(letter("heard")), 100);
  await inbox.waitForNews(LONGER_THAN_ANY_TEST_MS, signal);
  const heard = await read(inbox, first.cursor);
  assert.deepEqual(heard.uids, [1]);

  box.server.temper.idle = "silent";
  setTimeout(() => box.mail.deliver(letter("silent")), 50);
  await inbox.waitForNews(300, signal);
  assert.deepEqual(await read(inbox, heard.cursor).then(({ uids }) => uids), [2]);
});

test("a server that does not even hear that we are done is left", async () => {
  const box = await mailbox();
  const inbox = await inboxOf(box, waiting(LONGER_THAN_ANY_TEST_MS));
  const { cursor } = await read(inbox, START);
  box.server.temper.idle = "deaf"; // ending the idle has a limit of its own, or this would wait as long as for an answer
  await inbox.waitForNews(200, new AbortController().signal);
  const { outcome } = await read(inbox, cursor);
  assert.equal(outcome.kind === "failed" && outcome.why, "dropped");
  assert.equal(inbox.isOpen, false);
});

test("a reader that is stopped does not wait", async () => {
  const box = await mailbox();
  const inbox = await inboxOf(box);
  await read(inbox, START);
  const stopping = new AbortController();
  setTimeout(() => stopping.abort(), 50);
  await inbox.waitForNews(LONGER_THAN_ANY_TEST_MS, stopping.signal);
});

test("an error of the code that takes the mails in is its own, and not the server's", async () => {
  const box = await mailbox();
  box.mail.deliver(letter(1));
  const inbox = await inboxOf(box);
  await assert.rejects(
    inbox.readNew(START, () => Promise.reject(new TypeError("ours"))),
    /ours/,
  );
});

test("a wrong password, a silent server, a closed port and a private address are told apart", async () => {
  const box = await mailbox();
  const silent = await openSilent();
  open.push(silent);
  const whyOf = async (server: ImapServer, door = mail) => {
    const outcome = await door.openInbox(server);
    return "kind" in outcome ? outcome.why : "open";
  };
  assert.equal(await whyOf(serverOf(box, "wrong")), "auth_failed");
  assert.equal(await whyOf(serverOf(silent)), "unreachable");
  assert.equal(await whyOf({ ...serverOf(box), port: 1 }), "unreachable");
  const strict = openMail({ mailAllow: [], allowPlaintextMail: false }, [{ host: "/nowhere", port: 9 }]);
  assert.equal(await whyOf(serverOf(box), strict), "host_refused");
});

test("mails are found among what was sent, exactly, by whatever the folder is called", async () => {
  const box = await mailbox();
  box.mail.deliver(letter("sent-1"), { folder: "Sent" });
  box.mail.deliver(letter("sent-12"), { folder: "Sent" });
  const ids = ["<sent-1@a.example>", "<sent-2@a.example>"];
  const sought = ids.map((internetMessageId) => ({ internetMessageId, recipient: null, draftId: null }));
  const first = { kind: "looked", found: new Set([ids[0]]), unsent: new Set(), unknown: new Set() };
  assert.deepEqual(await mail.findSent(serverOf(box), sought), first);
  const named = await mailbox({ mail: new MemoryMail({ INBOX: null, "Gesendete Elemente": null }) });
  named.mail.deliver(letter("sent-1"), { folder: "Gesendete Elemente" });
  assert.deepEqual(await mail.findSent(serverOf(named), sought), first);
  const none = await mailbox({ mail: new MemoryMail({ INBOX: null }) });
  assert.deepEqual(await mail.findSent(serverOf(none), sought), { kind: "no_folder" });
});

test("tens of thousands of mails are read in bounded memory", async () => {
  const box = await mailbox();
  box.mail.generate(30_000, (uid) => Buffer.from(letter(uid)));
  const inbox = await inboxOf(box, patient);
  let count = 0;
  let largest = 0;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const outcome = await inbox.readNew(START, async ({ mails }) => {
    count += mails.length;
    largest = Math.max(largest, mails.length);
  });
  assert.deepEqual([outcome.kind, count], ["read", 30_000]);
  assert.ok(largest <= 200);
  assert.ok(process.memoryUsage().heapUsed - before < 300 * 1024 * 1024);
});
