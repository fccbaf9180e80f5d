// Mailboxes on a real IMAP server are read by themselves, whatever the server does in between.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { takeForReading } from "../../features/mailboxes/mailboxes/reading-store.ts";
import { type ImapMailbox, openImapMailbox } from "../../testing/imap-mailbox.ts";
import { bounceOf, type Mailed, mailed, mailOf, replyTo } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { PATIENCE_MS } from "../../testing/patience.ts";
import { LOGIN } from "../../testing/post-office.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { newEngineId, startBeating } from "../running/engine.ts";
import { startReading } from "./read-mailboxes.ts";

let team: Team;
const world = useWorld({ mailAllow: LOOPBACK, imapPollMs: 400 }, async (opened) => {
  team = await opened.newTeam();
});

const open: (() => unknown)[] = [];
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const imapOf = ({ port }: ImapMailbox, password: string = LOGIN.password) => ({
  host: "localhost",
  port,
  security: "none" as const,
  username: LOGIN.username,
  password,
});

/** A contact who was mailed from a mailbox that can be read. */
async function reachable(password?: string): Promise<{ box: ImapMailbox; one: Mailed }> {
  const box = await openImapMailbox();
  open.push(() => box.close());
  const one = await mailed(world, team, { mailbox: { imap: imapOf(box, password) } });
  return { box, one };
}

async function whileReading<T>(work: () => Promise<T>, how: { mostAtOnce?: number } = {}): Promise<T> {
  const { app } = world.running;
  const stopping = new AbortController();
  const id = newEngineId();
  const stopBeating = await startBeating(app, id);
  const reading = startReading({ app, id, stopping: stopping.signal, ...how });
  try {
    return await work();
  } finally {
    stopping.abort();
    await reading;
    await stopBeating();
  }
}

async function query<T>(sql: string, params: unknown[]) {
  const { rows } = await asOwner(world, (client) => client.query(sql, params));
  return rows as T[];
}

const kindsOf = async ({ mailboxId }: Mailed) =>
  (
    await query<{ kind: string }>("select kind from incoming_mails where mailbox_id = $1 order by uid, id", [
      mailboxId,
    ])
  ).map(({ kind }) => kind);

async function soon<T>(ask: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await ask();
    if (isThere(found)) return found;
    if (performance.now() > until) assert.fail(`still ${JSON.stringify(found)}`);
    await sleep(50);
  }
}

const untilRead = (one: Mailed, count: number) =>
  soon(
    () => kindsOf(one),
    (kinds) => kinds.length >= count,
  );

test("a mailbox is read from its first mail on, heard while it is open, and every mail counts once", async () => {
  const { box, one } = await reachable();
  box.mail.deliver(mailOf({ text: "long before", from: "old@old.example" }), {
    at: Temporal.Now.instant().subtract({ hours: 24 * 300 }),
  });
  box.mail.deliver(replyTo(one, "Tell me more."));
  await whileReading(async () => {
    await untilRead(one, 1);
    box.mail.deliver(bounceOf(one, "4.2.2", "452 4.2.2 mailbox full"));
    await untilRead(one, 2);
  });
  assert.deepEqual(await kindsOf(one), ["reply", "bounce"]);
  box.mail.deliver(replyTo(one, "And what does it cost?"));
  await whileReading(() => untilRead(one, 3));
  assert.deepEqual(await kindsOf(one), ["reply", "bounce", "reply"]);
  const [row] = await query<{ last_synced_at: Date | null }>(
    "select last_synced_at from mailboxes where id = $1",
    [one.mailboxId],
  );
  assert.notEqual(row?.last_synced_at, null);
});

test("dropped in the middle, silent, or numbered anew: every mail is read, and once", async () => {
  const { box, one } = await reachable();
  for (let n = 1; n <= 40; n++) box.mail.deliver(replyTo(one, `Answer number ${n}`));
  box.server.temper.cutFetchAfter = 6_000;
  await whileReading(async () => {
    await untilRead(one, 40);
    box.server.temper.idle = "silent";
    box.mail.deliver(replyTo(one, "nobody tells of this one"));
    await untilRead(one, 41);
    box.mail.changeUidValidity("INBOX", { firstUid: 900 });
    box.server.dropAll();
    box.mail.deliver(replyTo(one, "after the change"));
    await untilRead(one, 42);
  });
  await whileReading(() => sleep(1_000));
  assert.equal((await kindsOf(one)).length, 42);
  const [folder] = await query<{ uid_validity: string; last_uid: string }>(
    "select uid_validity, last_uid from mailbox_folders where mailbox_id = $1 and role = 'inbox'",
    [one.mailboxId],
  );
  assert.deepEqual([folder?.uid_validity, folder?.last_uid], ["2", "941"]);
});

test("what was taken for spam is read as well, told as lying there, and sure only by an id of ours", async () => {
  const { box, one } = await reachable();
  const { box: other, one: borrowed } = await reachable();
  const away = { folder: "Junk" };
  const answer = replyTo(one, "Tell me more.");
  box.mail.deliver(answer, away);
  other.mail.deliver(mailOf({ from: `Ines <${borrowed.email}>`, text: "Buy this now." }), away);
  const verdictOf = async ({ mailboxId }: Mailed) => {
    const { incoming_mails } = await team.api.incomingMails.list({ email_account_id: mailboxId });
    return incoming_mails.map(({ folder, kind, certainty, tied_by, evidence }) => ({
      folder,
      kind,
      certainty,
      tied_by,
      said: evidence.some(({ rule, where }) => rule === "taken for spam" && where === "folder"),
    }));
  };
  await whileReading(async () => {
    await Promise.all([untilRead(one, 1), untilRead(borrowed, 1)]);
    box.mail.deliver(replyTo(one, "And what does it cost?")); // the inbox is heard all the same
    await untilRead(one, 2);
    box.mail.deliver(bounceOf(one, "4.2.2", "452 4.2.2 mailbox full"), away);
    await untilRead(one, 3);
  });
  const found = (await verdictOf(one)).sort((a, b) =>
    `${a.folder}${a.kind}`.localeCompare(`${b.folder}${b.kind}`),
  );
  assert.deepEqual(found, [
    { folder: "INBOX", kind: "reply", certainty: "sure", tied_by: "message_id", said: false },
    { folder: "Junk", kind: "bounce", certainty: "sure", tied_by: "message_id", said: true },
    { folder: "Junk", kind: "reply", certainty: "sure", tied_by: "message_id", said: true },
  ]);
  assert.deepEqual(await verdictOf(borrowed), [
    { folder: "Junk", kind: "reply", certainty: "probable", tied_by: "address", said: true },
  ]);
  const stateOf = async ({ enrollmentId }: Mailed) =>
    (
      await query<{ state: string; inactive_reason: string }>(
        "select state, inactive_reason from enrollments where id = $1",
        [enrollmentId],
      )
    )[0];
  assert.deepEqual(await stateOf(one), { state: "finished", inactive_reason: "replied" });
  assert.deepEqual(await stateOf(borrowed), { state: "paused", inactive_reason: "a person is asked" });
  box.mail.deliver(answer); // the mail is moved to the inbox
  await whileReading(() => sleep(1_200));
  assert.equal((await kindsOf(one)).length, 3);
});

test("a clock that was moved keeps no mail from being read", async () => {
  world.advance({ hours: 24 * 5 });
  const { box, one } = await reachable();
  await whileReading(async () => {
    await soon(
      () => query("select 1 from mailbox_folders where mailbox_id = $1", [one.mailboxId]),
      (rows) => rows.length > 0,
    );
    box.mail.deliver(replyTo(one, "What does it cost?"));
    await untilRead(one, 1);
    box.mail.deliver(replyTo(one, "And is it loud?"));
    box.mail.changeUidValidity("INBOX", { firstUid: 70 });
    box.server.dropAll();
    await untilRead(one, 2);
  });
  const [row] = await query<{ received_at: Date }>(
    "select received_at from incoming_mails where mailbox_id = $1",
    [one.mailboxId],
  );
  const ageMs = world.running.app.now().epochMilliseconds - (row?.received_at.getTime() ?? 0);
  assert.ok(Math.abs(ageMs) < 60_000, `received ${ageMs} ms ago on our clock`);
});

test("one that cannot be read steps back with its reason, and the others go on", async () => {
  const bad = await reachable("wrong-password");
  const good = await reachable();
  good.box.mail.deliver(replyTo(good.one, "Hello"));
  const trouble = () =>
    query<{ reading_error: string | null; reading_failures: number }>(
      "select reading_error, reading_failures from mailboxes where id = $1",
      [bad.one.mailboxId],
    );
  await whileReading(async () => {
    await untilRead(good.one, 1);
    await soon(trouble, ([row]) => row?.reading_error != null);
  });
  assert.match((await trouble())[0]?.reading_error ?? "", /^auth_failed/);

  await team.api.emailAccounts.update({ id: bad.one.mailboxId, imap: imapOf(bad.box), test: false });
  bad.box.mail.deliver(replyTo(bad.one, "Hello again"));
  await whileReading(() => untilRead(bad.one, 1));
  assert.deepEqual((await trouble())[0], { reading_error: null, reading_failures: 0 });
});

test("what another engine holds is left to it", async () => {
  const { box, one } = await reachable();
  box.mail.deliver(replyTo(one, "Hello"));
  const { db } = world.running.app;
  const other = newEngineId();
  const stopBeating = await startBeating(world.running.app, other);
  await db.inTeam(team.id, (inTeam) => takeForReading(inTeam, team.id, one.mailboxId, other));
  await whileReading(() => sleep(1_200));
  assert.deepEqual(await kindsOf(one), []);
  await stopBeating();
  await whileReading(() => untilRead(one, 1));
});

test("mails that make no sense are put aside, and the rest go on", async () => {
  const { box, one } = await reachable();
  box.mail.deliver(Buffer.from(""));
  box.mail.deliver(Buffer.from([0, 255, 0, 13, 10, 13, 10, 0]));
  box.mail.deliver(Buffer.concat([replyTo(one, ""), Buffer.alloc(51 * 1024 * 1024, "x")]));
  box.mail.deliver(replyTo(one, "Sounds good, call me tomorrow \ud83d please \u0000 and more".repeat(5)));
  box.mail.deliver(replyTo(one, "Hello"));
  await whileReading(() => untilRead(one, 5));
  const kinds = await kindsOf(one);
  assert.deepEqual(kinds.slice(-2), ["reply", "reply"]);
  const rows = await query<{ set_aside: string | null; kind: string }>(
    "select kind, set_aside from incoming_mails where mailbox_id = $1 order by uid",
    [one.mailboxId],
  );
  assert.deepEqual(rows[2], { kind: "reply", set_aside: "too_large" });
});

test("a mailbox that was listened to when the engine stopped is read first thing afterwards", async () => {
  const { box, one } = await reachable();
  await whileReading(async () => {
    box.mail.deliver(replyTo(one, "Tell me more."));
    await soon(
      () => kindsOf(one),
      ({ length }) => length === 1,
    );
  });
  const isDue = await query(
    "select 1 from mailboxes where id = $1 and reading_at <= $2 and reading_engine is null",
    [one.mailboxId, world.running.app.now().toString()],
  );
  assert.equal(isDue.length, 1);
});

test("more mailboxes than are listened to at once take turns, and each is read", async () => {
  const boxes = [await reachable(), await reachable(), await reachable()];
  await whileReading(
    async () => {
      for (const { box, one } of boxes) box.mail.deliver(replyTo(one, "Tell me more."));
      for (const { one } of boxes)
        await soon(
          () => kindsOf(one),
          ({ length }) => length === 1,
        );
      for (const { box, one } of boxes) box.mail.deliver(replyTo(one, "And once more."));
      for (const { one } of boxes)
        await soon(
          () => kindsOf(one),
          ({ length }) => length === 2,
        );
    },
    { mostAtOnce: 1 },
  );
});
