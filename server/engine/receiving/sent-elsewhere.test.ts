// What people send from a mailbox with another program counts against its limits, where its switch is on: found in the Sent
// folder of a real IMAP server of ours.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Input } from "@cadenza/sdk";
import { listLanes } from "../../features/insight/forecasts/snapshot-store.ts";
import { insertSeen } from "../../features/mailboxes/sent-elsewhere/store.ts";
import { type ImapMailbox, MemoryMail, openImapMailbox } from "../../testing/imap-mailbox.ts";
import { mailOf } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { LOGIN } from "../../testing/post-office.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { type MailboxWish, newContacts, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { startMailing } from "../loop.ts";
import { sweep } from "../upkeep/sweep.ts";

const witness = useWitness();
let team: Team;
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK, imapPollMs: 300 }, async (opened) => {
  team = await opened.newTeam();
});
const open: (() => unknown)[] = [];
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const ON = { count_sent_elsewhere: true };
const DAY_MS = 24 * 3_600_000;
const imapOf = ({ port }: ImapMailbox) => ({
  host: "localhost",
  port,
  security: "none" as const,
  username: LOGIN.username,
  password: LOGIN.password,
});

/** Mails in the Sent folder, the last of them so many minutes old and each a minute older than the next. */
function sendElsewhere(box: ImapMailbox, count: number, { minutes = 0, ids = [] as string[] } = {}) {
  const moments: Temporal.Instant[] = [];
  for (let n = count - 1; n >= 0; n--) {
    const at = Temporal.Now.instant().subtract({ minutes: minutes + n });
    const raw = mailOf({
      from: "Ole <ole@norrland.example>",
      text: "By hand",
      ...(ids[n] && { id: ids[n] }),
    });
    box.mail.deliver(raw, { folder: "Sent", at });
    moments.push(at);
  }
  return moments;
}

/** A mailbox that sends to the witness and is read on a server of its own. */
async function readable(rest: MailboxWish = {}, mail = new MemoryMail(), whose = team) {
  const box = await openImapMailbox({ mail });
  open.push(() => box.close());
  return { box, mailbox: await newSendingMailbox(whose, witness, { imap: imapOf(box), ...rest }) };
}

const standing = async (id: string) => (await team.api.explain.mailbox({ id })).explain;
const elsewhereOf = async (id: string) => (await standing(id)).sending.sent_elsewhere_last_day;
const untilElsewhere = (id: string, count: number) => until(async () => (await elsewhereOf(id)) === count);

async function enroll(mailboxIds: string[], count: number, whose = team) {
  const { id } = await newSequence(whose, { emailer_schedule_id: await alwaysOpen(whose) });
  const contact_ids = await newContacts(whose, count);
  const wish = { id, contact_ids, send_email_from_email_account_id: mailboxIds };
  const added = await whose.api.joining.addContacts({ ...wish, sequence_unverified_email: true });
  return { id, added };
}

async function query<T>(sql: string, params: unknown[]) {
  const { rows } = await asOwner(world, (client) => client.query(sql, params));
  return rows as T[];
}

const mailsOf = (sequenceId: string) =>
  query<{
    delivery: string;
    hold_code: string | null;
    internet_message_id: string | null;
    released_at: Date | null;
  }>("select delivery, hold_code, internet_message_id, released_at from messages where sequence_id = $1", [
    sequenceId,
  ]);

test("a mail sent elsewhere counts once, though it is seen twice and numbered anew, and ours count as ours", async () => {
  const { box, mailbox } = await readable({ ...ON, email_daily_threshold: 50 });
  const { id } = await enroll([mailbox.id], 1);
  const ours = await until(async () => (await mailsOf(id)).find(({ delivery }) => delivery === "sent"));
  sendElsewhere(box, 1, { ids: [ours.internet_message_id as string] });
  sendElsewhere(box, 3, { minutes: 5 });
  sendElsewhere(box, 2, { minutes: 5, ids: ["<twice@a.example>", "<twice@a.example>"] });
  sendElsewhere(box, 4, { minutes: 25 * 60 });
  await untilElsewhere(mailbox.id, 4);
  box.mail.changeUidValidity("Sent", { firstUid: 900 });
  sendElsewhere(box, 1);
  await untilElsewhere(mailbox.id, 5);
  const { sending, sentence } = await standing(mailbox.id);
  assert.deepEqual([sending.sent_last_day, sending.sent_last_hour], [6, 6]);
  assert.match(
    sentence,
    /has sent 6 of 50 emails in the last 24 hours, of which 5 were sent with another program, and 6 in/,
  );
  const kept = await query<Record<string, unknown>>(
    "select * from mails_sent_elsewhere where mailbox_id = $1",
    [mailbox.id],
  );
  assert.equal(kept.length, 5);
  assert.deepEqual(Object.keys(kept[0] ?? {}).sort(), ["mail_key", "mailbox_id", "sent_at", "team_id"]);
  const { email_accounts } = await team.api.emailAccounts.list();
  const told = email_accounts.find((one) => one.id === mailbox.id);
  assert.equal(told?.count_sent_elsewhere, true);
  assert.notEqual(told?.sent_folder?.looked_at, null);
  assert.deepEqual(told?.sent_folder?.trouble, null);
  const { today } = await team.api.today.show();
  const today_ = today.mailboxes.find((one) => one.id === mailbox.id);
  assert.deepEqual([today_?.sent_last_day, today_?.sent_elsewhere_last_day], [6, 5]);
});

test("the day's limit that is reached elsewhere is waited for until its moment, and says why", async () => {
  const { box, mailbox } = await readable({ ...ON, email_daily_threshold: 3 });
  const [oldest] = sendElsewhere(box, 3, { minutes: 90 });
  await untilElsewhere(mailbox.id, 3);
  const { id } = await enroll([mailbox.id], 1);
  const explained = await standing(mailbox.id);
  const [hold] = explained.held_by;
  assert.equal(explained.state, "resting");
  assert.deepEqual([hold?.code, hold?.evidence.sent, hold?.evidence.elsewhere], ["limit:mailbox_day", 3, 3]);
  assert.match(
    hold?.rule ?? "",
    /has reached its daily limit: 3 of 3 emails sent in 24 hours, of which 3 were sent with another program\.$/,
  );
  const freeAt = Math.floor((oldest?.epochMilliseconds ?? 0) / 1000) * 1000 + DAY_MS; // servers tell whole seconds
  assert.ok(Math.abs(Date.parse(hold?.until ?? "") - freeAt) < 2_000, `${hold?.until}`);
  await sleep(1_500);
  assert.deepEqual(
    (await mailsOf(id)).map(({ delivery }) => delivery),
    ["planned"],
  );
  const [contact_id] = await newContacts(team, 1);
  const wish = { contact_id, subject: "Hi", body_html: "<p>Hi</p>", email_account_id: mailbox.id };
  const { emailer_message } = await team.api.emailerMessages.create(wish);
  await assert.rejects(
    team.api.emailerMessages.sendNow({ id: emailer_message.id }),
    /has reached its limit of 3 emails in 24 hours/,
  );
  const [who] = await query<{ id: string }>("select id from enrollments where sequence_id = $1", [id]);
  const { explain } = await team.api.explain.enrollment({ id: who?.id as string });
  assert.match(explain.sentence, /of which 3 were sent with another program/);
  assert.equal(explain.next?.at, hold?.until);
});

test("when the oldest has left the day, the mail that waited goes out", async () => {
  const { box, mailbox } = await readable({ ...ON, email_daily_threshold: 1 });
  const at = Temporal.Now.instant().subtract({ hours: 23, minutes: 59, seconds: 30 });
  box.mail.deliver(mailOf({ text: "long ago" }), { folder: "Sent", at });
  await until(
    async () =>
      (await query("select 1 from mails_sent_elsewhere where mailbox_id = $1", [mailbox.id])).length,
  );
  const { id } = await enroll([mailbox.id], 1);
  const sent = await until(async () => (await mailsOf(id)).find(({ delivery }) => delivery === "sent"));
  const freeAt = Math.floor(at.epochMilliseconds / 1000) * 1000 + DAY_MS;
  assert.ok((sent.released_at as Date).getTime() >= freeAt);
});

test("the hour and the pause count what was sent elsewhere as well", async () => {
  const hour = await readable({ ...ON, max_outbound_emails_per_hour: 2 });
  const gap = await readable({ ...ON, seconds_delay_between_emails: 600 });
  sendElsewhere(hour.box, 2, { minutes: 10 });
  const [last] = sendElsewhere(gap.box, 1, { minutes: 2 });
  await untilElsewhere(hour.mailbox.id, 2);
  await untilElsewhere(gap.mailbox.id, 1);
  const codes = async (id: string) => (await standing(id)).held_by.map(({ code }) => code);
  assert.deepEqual(await codes(hour.mailbox.id), ["limit:mailbox_hour"]);
  assert.deepEqual(await codes(gap.mailbox.id), ["limit:mailbox_gap"]);
  const [pause] = (await standing(gap.mailbox.id)).held_by;
  assert.match(
    pause?.rule ?? "",
    /waits 10 minutes between two emails\. The last one was sent with another program on /,
  );
  const { free_at, last_sent_at } = (await standing(gap.mailbox.id)).sending;
  assert.ok(Math.abs(Date.parse(last_sent_at ?? "") - Number(last?.epochMilliseconds)) < 2_000);
  assert.ok(Date.parse(free_at ?? "") >= Date.parse(last_sent_at ?? "") + 600_000);
  const sequences = [await enroll([hour.mailbox.id], 1), await enroll([gap.mailbox.id], 1)];
  await sleep(1_500);
  for (const { id } of sequences)
    assert.deepEqual(
      (await mailsOf(id)).map(({ delivery }) => delivery),
      ["planned"],
    );
});

class WatchedMail extends MemoryMail {
  readonly listed: string[] = [];
  override async list(folder: string, fromUid: number) {
    this.listed.push(folder);
    return super.list(folder, fromUid);
  }
}

test("when off, the Sent folder is not read, and what was found before does not count", async () => {
  const mail = new WatchedMail();
  const { box, mailbox } = await readable({ email_daily_threshold: 2 }, mail);
  assert.deepEqual([mailbox.count_sent_elsewhere, mailbox.sent_folder], [false, null]);
  sendElsewhere(box, 2);
  await until(async () => mail.listed.filter((folder) => folder === "INBOX").length > 0);
  await sleep(1_200);
  assert.deepEqual(
    mail.listed.filter((folder) => folder === "Sent"),
    [],
  );
  const change = (wish: Partial<Input<"emailAccounts", "update">>) =>
    team.api.emailAccounts.update({ id: mailbox.id, test: false, ...wish });
  const { email_account } = await change(ON);
  assert.match(email_account.sent_folder?.sentence ?? "", /has not been read yet/);
  await untilElsewhere(mailbox.id, 2);
  assert.equal((await standing(mailbox.id)).state, "resting");
  await change({ count_sent_elsewhere: false });
  assert.match((await change(ON)).email_account.sent_folder?.sentence ?? "", /has not been read yet/);
  await change({ count_sent_elsewhere: false });
  const off = await standing(mailbox.id);
  assert.deepEqual(
    [off.state, off.sending.sent_last_day, off.sending.sent_elsewhere_last_day],
    ["ready", 0, 0],
  );
  const { id } = await enroll([mailbox.id], 1);
  await until(async () => (await mailsOf(id))[0]?.delivery === "sent");
});

test("of two mailboxes a new enrollment gets the one that has sent less elsewhere, and forecasts know of it", async () => {
  const [busy, idle] = [
    await readable({ ...ON, email_daily_threshold: 30 }),
    await readable({ ...ON, email_daily_threshold: 30 }),
  ];
  sendElsewhere(busy.box, 12, { minutes: 3 });
  await untilElsewhere(busy.mailbox.id, 12);
  const { added } = await enroll([busy.mailbox.id, idle.mailbox.id], 8);
  const split = (added.mailbox_split ?? []).map((share) => [
    share.email_account_id,
    share.added,
    share.remaining_today,
  ]);
  const { lanes } = await world.running.app.db.inTeam(team.id, async (db) => ({
    lanes: await listLanes(db, team.id, world.running.app.now()),
  }));
  assert.deepEqual(
    split.sort(),
    [
      [busy.mailbox.id, 0, 18],
      [idle.mailbox.id, 8, 22],
    ].sort(),
  );
  assert.equal(lanes.find(({ id }) => id === busy.mailbox.id)?.sentAt.length, 12);
});

test("a mailbox without a Sent folder is told plainly, and one that is not read cannot have the switch", async () => {
  const { mailbox } = await readable(ON, new MemoryMail({ INBOX: null, Archive: null }));
  const told = await until(async () => {
    const { email_accounts } = await team.api.emailAccounts.list();
    const { sent_folder } = email_accounts.find(({ id }) => id === mailbox.id) ?? {};
    return sent_folder?.trouble ? sent_folder : null;
  });
  assert.deepEqual([told.trouble, told.looked_at], ["no_folder", null]);
  assert.match(told.sentence, /No Sent folder was found/);
  assert.equal((await standing(mailbox.id)).state, "ready");

  const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code;
  await assert.rejects(newSendingMailbox(team, witness, ON), refused("mailbox_not_read"));
  const wish = { id: mailbox.id, test: false, imap: null };
  await assert.rejects(team.api.emailAccounts.update({ ...wish, ...ON }), refused("mailbox_not_read"));
  const { email_account } = await team.api.emailAccounts.update(wish);
  assert.deepEqual([email_account.imap, email_account.count_sent_elsewhere], [null, false]);
});

test("several engines let go as many as are left beside what was sent elsewhere, and not one more", async () => {
  const { box, mailbox } = await readable({ ...ON, email_daily_threshold: 12 });
  sendElsewhere(box, 5, { minutes: 2 });
  await untilElsewhere(mailbox.id, 5);
  const stops = [await startMailing(world.running.app), await startMailing(world.running.app)];
  try {
    const { id } = await enroll([mailbox.id], 20);
    const sent = async () => (await mailsOf(id)).filter(({ delivery }) => delivery === "sent").length;
    await until(async () => (await sent()) >= 7);
    await sleep(1_500);
    assert.equal(await sent(), 7);
    assert.equal((await standing(mailbox.id)).sending.sent_last_day, 12);
  } finally {
    for (const stop of stops) await stop();
  }
});

class StuckMail extends WatchedMail {
  override async list(folder: string, fromUid: number) {
    if (folder === "Sent") await new Promise(() => {});
    return super.list(folder, fromUid);
  }
}

test("a Sent folder that never answers does not delay reading the inbox", async () => {
  const mail = new StuckMail();
  const { mailbox } = await readable(ON, mail);
  await until(async () => mail.listed.includes("INBOX")); // what came before is left alone
  for (const n of [1, 2]) {
    mail.deliver(mailOf({ text: "An answer", id: `<stuck${n}@a.example>` }));
    await until(async () => {
      const rows = await query("select 1 from incoming_mails where mailbox_id = $1", [mailbox.id]);
      return rows.length === n;
    });
  }
  assert.equal((await standing(mailbox.id)).sending.sent_elsewhere_last_day, 0);
});

test("what is older than two days is swept", async () => {
  const { box, mailbox } = await readable(ON);
  sendElsewhere(box, 2);
  await untilElsewhere(mailbox.id, 2);
  await query(
    `update mails_sent_elsewhere set sent_at = sent_at - interval '49 hours' where (mailbox_id, mail_key) in (
       select mailbox_id, mail_key from mails_sent_elsewhere where mailbox_id = $1 limit 1)`,
    [mailbox.id],
  );
  await sweep(world.running.app);
  const left = await query("select 1 from mails_sent_elsewhere where mailbox_id = $1", [mailbox.id]);
  assert.equal(left.length, 1);
});

test("a look that failed is tried again at once after the mailbox was changed, and says what was in the way", async () => {
  const mail = new FailingMail();
  const { box, mailbox } = await readable(ON, mail);
  sendElsewhere(box, 1);
  const folderOf = async () => {
    const { email_accounts } = await team.api.emailAccounts.list();
    return email_accounts.find(({ id }) => id === mailbox.id)?.sent_folder;
  };
  await until(async () => (await folderOf())?.trouble === "dropped");
  assert.match((await folderOf())?.sentence ?? "", /its server closed the connection or took too long/);
  mail.isBroken = false;
  await sleep(800);
  assert.equal(await elsewhereOf(mailbox.id), 0, "it rests for ten seconds");
  await team.api.emailAccounts.update({ id: mailbox.id, test: false, display_name: "Ines" });
  await untilElsewhere(mailbox.id, 1);
  assert.equal((await folderOf())?.trouble, null);
});

test("of one mailbox only so many are kept, whatever lies in its Sent folder", async () => {
  const { mailbox } = await readable();
  const { app } = world.running;
  const seen = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => {
      const key = (from + n).toString(16).padStart(64, "0");
      return { messageId: `<${key}@a.example>`, key, sentAt: app.now() };
    });
  const insert = (from: number) =>
    app.db.inTeam(team.id, (db) => insertSeen(db, team.id, mailbox.id, seen(from, 5_000)));
  const written = [];
  for (let look = 0; look < 6; look++) written.push(await insert(look * 5_000));
  assert.deepEqual(written, [5_000, 5_000, 5_000, 5_000, 0, 0]);
});

class FailingMail extends MemoryMail {
  isBroken = true;
  override async list(folder: string, fromUid: number) {
    if (folder === "Sent" && this.isBroken) throw new Error("the disk is gone");
    return super.list(folder, fromUid);
  }
}
