// Placement tests with real mail servers: where emails arrive, what limits hold, and what happens where an answer or an engine
// is lost.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findTestsOnce } from "../../../engine/receiving/find-placement-tests.ts";
import { sendTestsOnce } from "../../../engine/sending/send-placement-tests.ts";
import { sweep } from "../../../engine/upkeep/sweep.ts";
import { mailOf, taken } from "../../../testing/incoming.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { newSeed, openProvider, smtpOf } from "../../../testing/placement.ts";
import { newSendingMailbox, openWitness } from "../../../testing/sending.ts";
import { MAIL_STEP, type MailboxWish, newContacts, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { insertSeen } from "../../mailboxes/sent-elsewhere/store.ts";

const world = useWorld({ role: "api", mailAllow: LOOPBACK });
const provider = await openProvider();
after(() => provider.close());

const TEXT = { subject: "A question", body_html: "<p>Hello, one question.</p>" };
const fence = { leave: null, seen: 0, isOpen: true, hasSent: false };
const send = () => sendTestsOnce({ app: world.running.app, fence });
const find = () => findTestsOnce({ app: world.running.app });
const sql = async (text: string, params: unknown[]) =>
  (await asOwner(world, (client) => client.query(text, params))).rows;

let names = 0;
const address = (domain: string) => `seed${++names}@${domain}`;
const newSender = (team: Team, rest: MailboxWish = {}) =>
  newSendingMailbox(team, provider.smtp, { smtp: smtpOf(provider), ...rest });

async function show({ api }: Team, id: string) {
  const { placement_test } = await api.placementTests.show({ id });
  return { ...placement_test, places: placement_test.results.map(({ place }) => place) };
}

async function started(team: Team, email_account_id: string, rest: object = {}) {
  const wish = { email_account_id, ...TEXT, ...rest };
  return (await team.api.placementTests.start(wish)).placement_test.id;
}

async function soon() {
  world.advance({ seconds: 6 });
  await find();
}

test("a test shows in which folder of each seed the email arrived, and what the servers said of it", async () => {
  const team = await world.newTeam();
  const own = await newSeed(team, provider, address("gmail.com"));
  const results = "spf=pass (sender) smtp.mailfrom=x; dkim=pass; dmarc=fail action=none;compauth=fail";
  await newSeed(team, provider, address("outlook.com"), { folder: "Junk", results });
  await newSeed(team, provider, address("yahoo.com"), { folder: "Newsletters" });
  await newSeed(team, provider, address("own.example"), { folder: "" });
  const sender = await newSender(team);
  const id = await started(team, sender.id);
  assert.equal((await show(team, id)).counts.open, 4);
  await send();
  await soon();
  const half = await show(team, id);
  assert.deepEqual(half.places, ["inbox", "spam", "folder", null]);
  assert.equal(half.finished_at, null);
  assert.deepEqual(
    half.results.map(({ provider: at, folder, spf, dkim, dmarc }) => [at, folder, spf, dkim, dmarc]),
    [
      ["google", "INBOX", "pass", "pass", "pass"],
      ["microsoft", "Junk", "pass", "pass", "fail"],
      ["yahoo", "Newsletters", "pass", "pass", "pass"],
      ["other", null, null, null, null],
    ],
  );
  assert.ok((half.results[0]?.seconds ?? 99) < 60);
  world.advance({ hours: 1 });
  await find();
  const whole = await show(team, id);
  assert.deepEqual(whole.places, ["inbox", "spam", "folder", "missing"]);
  assert.ok(whole.finished_at);
  assert.equal(whole.inbox_percent, 25);
  assert.deepEqual(
    whole.advice.map(({ code, providers }) => [code, providers.join()]),
    [
      ["auth", "microsoft"],
      ["spam", "microsoft"],
      ["missing", "other"],
    ],
  );
  const said = await sql(
    "select type, data from events where team_id = $1 and type like 'placement%' order by id",
    [team.id],
  );
  assert.deepEqual(
    said.map(({ type, data }) => [type, data.seeds, data.inbox]),
    [
      ["placement_test.started", 4, undefined],
      ["placement_test.finished", 4, 1],
    ],
  );

  // It is nobody's email and no answer.
  const box = provider.boxes.get(own.email);
  const raw = await box?.mail.get("INBOX", 1);
  assert.ok(raw);
  const incoming = await taken(world, team, { mailboxId: own.id }, raw);
  const [row] = await sql("select kind, contact_id from incoming_mails where id = $1", [incoming]);
  assert.deepEqual(row, { kind: "own", contact_id: null });
  assert.equal((await team.api.contacts.search({})).contacts.length, 0);
  assert.equal((await sql("select 1 from messages where team_id = $1", [team.id])).length, 0);
  const key = "00";
  const mail = { messageId: provider.came[0] ?? "", key, sentAt: world.running.app.now() };
  const seen = await world.running.app.db.inTeam(team.id, (db) => insertSeen(db, team.id, sender.id, [mail]));
  assert.equal(seen, 0, "not sent with another program");

  // Again, to the same seeds with the same text.
  const { placement_test: again } = await team.api.placementTests.start({ like_id: id });
  assert.equal(again.subject, TEXT.subject);
  const { placement_tests } = await team.api.placementTests.list({ email_account_id: sender.id });
  assert.deepEqual(
    placement_tests.map((one) => one.id),
    [again.id, id],
  );
});

test("a seed on the Do not email list gets no test, also where it came onto the list after the start", async () => {
  const team = await world.newTeam();
  const seed = await newSeed(team, provider, address("gmail.com"));
  const other = await newSeed(team, provider, address("outlook.com"));
  const sender = await newSender(team);
  const id = await started(team, sender.id);
  await team.api.suppressions.create({ kind: "email", value: seed.email });
  await send();
  const came = async (to: string) => Boolean(await provider.boxes.get(to)?.mail.get("INBOX", 1));
  assert.deepEqual([await came(seed.email), await came(other.email)], [false, true]);
  const { results } = await show(team, id);
  assert.deepEqual(
    results.map(({ email, delivery, place, trouble }) => [email, delivery, place, trouble]),
    [
      [seed.email, "failed", "unsent", "suppressed"],
      [other.email, "sent", null, null],
    ],
  );

  const refusal = await refused(started(team, sender.id));
  assert.equal(refusal.code, "placement_seed_suppressed");
  assert.match(refusal.message, new RegExp(seed.email));
  await started(team, sender.id, { seed_ids: [other.id] });
});

test("a bounce of a test email changes no contact and no figure", async () => {
  const team = await world.newTeam();
  await newSeed(team, provider, address("gmail.com"));
  const sender = await newSender(team);
  await started(team, sender.id);
  await send();
  const id = provider.came.at(-1) ?? "";
  const raw = mailOf({
    from: "MAILER-DAEMON@mx.example",
    subject: "Undelivered Mail Returned to Sender",
    headers: ["Auto-Submitted: auto-replied", `In-Reply-To: ${id}`, `References: ${id}`],
    text: "The mailbox does not exist. 550 5.1.1",
  });
  const incoming = await taken(world, team, { mailboxId: sender.id }, raw);
  const [row] = await sql("select contact_id, message_id from incoming_mails where id = $1", [incoming]);
  assert.deepEqual(row, { contact_id: null, message_id: null });
});

test("test emails count toward the limits of their mailbox, and those over a limit wait", async () => {
  const team = await world.newTeam();
  for (const domain of ["gmail.com", "yahoo.com", "web.de"]) await newSeed(team, provider, address(domain));
  const sender = await newSender(team, { email_daily_threshold: 2 });
  const before = provider.came.length;
  const id = await started(team, sender.id);
  await send();
  assert.equal(provider.came.length - before, 2);
  const { results } = await show(team, id);
  assert.deepEqual(results.map(({ waits_for }) => waits_for).sort(), ["limit", null, null]);
  const { standings } = await team.api.emailAccounts.standings({});
  const own = standings.find(({ email_account_id }) => email_account_id === sender.id);
  assert.equal(own?.sending.sent_last_day, 2);
  world.advance({ hours: 25 });
  await send();
  assert.equal(provider.came.length - before, 3);
  await soon();
  assert.deepEqual((await show(team, id)).counts.open, 0);
});

test("a pause between emails holds for test emails too", async () => {
  const team = await world.newTeam();
  for (const domain of ["gmail.com", "yahoo.com"]) await newSeed(team, provider, address(domain));
  const sender = await newSender(team, { seconds_delay_between_emails: 600 });
  const before = provider.came.length;
  await started(team, sender.id);
  await send();
  await send();
  assert.equal(provider.came.length - before, 1);
  world.advance({ minutes: 11 });
  await send();
  assert.equal(provider.came.length - before, 2);
});

test("a seed whose password is wrong is said, and the others go on", async () => {
  const team = await world.newTeam();
  await newSeed(team, provider, "a-wrong@gmail.com", { password: "wrong" });
  await newSeed(team, provider, "b-right@gmail.com");
  const sender = await newSender(team);
  const id = await started(team, sender.id);
  await send();
  await soon();
  const first = await show(team, id);
  assert.deepEqual(first.places, [null, "inbox"]);
  assert.equal(first.results[0]?.trouble, "auth_failed");
  await soon();
  await soon();
  const whole = await show(team, id);
  assert.deepEqual(whole.places, ["unread", "inbox"]);
  assert.deepEqual([whole.results[0]?.trouble, whole.results[0]?.delivery], ["auth_failed", "sent"]);
  assert.ok(whole.finished_at);
  assert.equal(whole.inbox_percent, 100);
});

test("an email whose answer is lost is never sent again, and what is found was sent", async () => {
  const team = await world.newTeam();
  const lossy = await openWitness({ dropAfter: 1 });
  after(() => lossy.close());
  const seed = await newSeed(team, provider, address("gmail.com"));
  const sender = await newSendingMailbox(team, lossy);
  const [found, lost] = [await started(team, sender.id), await started(team, sender.id)];
  await send();
  const lines = await lossy.waitFor(2);
  assert.equal((await show(team, found)).results[0]?.delivery, "unconfirmed");
  const named = await sql("select internet_message_id as id from placement_mails where test_id = $1", [
    found,
  ]);
  const raw = mailOf({ id: named[0].id, from: sender.email, text: "Hello" });
  provider.boxes.get(seed.email)?.mail.deliver(raw);
  await soon();
  world.advance({ minutes: 30 });
  await Promise.all([send(), find()]);
  world.advance({ hours: 1 });
  await Promise.all([send(), find()]);
  const [one, other] = [await show(team, found), await show(team, lost)];
  assert.deepEqual([one.places, one.results[0]?.delivery], [["inbox"], "sent"]);
  assert.deepEqual([other.places, other.results[0]?.delivery], [["missing"], "unconfirmed"]);
  assert.equal(lossy.lines().length, 2);
  assert.notEqual(lines[0]?.message_id, lines[1]?.message_id);
});

test("what a server refuses for good is not sent, and what it refuses for now is tried again", async () => {
  const team = await world.newTeam();
  await newSeed(team, provider, address("gmail.com"));
  const refuses = await openWitness({ refuse: "rcpt=550" });
  const delays = await openWitness({ refuse: "end=451" });
  after(() => Promise.all([refuses.close(), delays.close()]));
  const [never, later] = [await newSendingMailbox(team, refuses), await newSendingMailbox(team, delays)];
  const ids = [await started(team, never.id), await started(team, later.id)];
  await send();
  const [one, other] = await Promise.all(ids.map((id) => show(team, id)));
  assert.deepEqual([one?.places, one?.results[0]?.delivery], [["unsent"], "failed"]);
  assert.match(one?.results[0]?.server_said ?? "", /550/);
  assert.deepEqual([other?.places, other?.results[0]?.waits_for], [[null], "server"]);
  for (const minutes of [1, 5, 15, 30, 60]) {
    world.advance({ minutes });
    await send();
  }
  assert.deepEqual((await show(team, ids[1] ?? "")).places, ["unsent"]);
});

test("two engines and two tests at once send each email once", async () => {
  const team = await world.newTeam();
  for (const domain of ["gmail.com", "yahoo.com", "web.de"]) await newSeed(team, provider, address(domain));
  const sender = await newSender(team);
  const before = provider.came.length;
  const ids = await Promise.all([started(team, sender.id), started(team, sender.id)]);
  await Promise.all([send(), send(), send()]);
  await send();
  world.advance({ seconds: 6 });
  await Promise.all([find(), find()]);
  await soon();
  const came = provider.came.slice(before);
  assert.equal(came.length, 6);
  assert.equal(new Set(came).size, 6);
  for (const id of ids) {
    const { places, finished_at } = await show(team, id);
    assert.deepEqual(places, ["inbox", "inbox", "inbox"]);
    assert.ok(finished_at, "seeds that are looked into together end the test");
  }
});

test("the email of a step is tested as it would leave, filled for an invented contact", async () => {
  const team = await world.newTeam();
  const seed = await newSeed(team, provider, address("gmail.com"));
  const sender = await newSender(team, { open_tracking: true });
  const { id } = await newSequence(team, { emailer_steps: [MAIL_STEP] });
  const { emailer_touches } = await team.api.sequences.show({ id });
  const touch = emailer_touches[0]?.id ?? "";
  await team.api.placementTests.start({ email_account_id: sender.id, emailer_touch_id: touch });
  await started(team, sender.id);
  await send();
  const box = provider.boxes.get(seed.email);
  const mails = await Promise.all([1, 2].map(async (uid) => String(await box?.mail.get("INBOX", uid))));
  const [step = "", own = ""] = /list-unsubscribe/i.test(mails[0] ?? "") ? mails : mails.toReversed();
  assert.match(step, /Hello Ines/);
  assert.match(step.replaceAll("=\r\n", ""), /\/o\/[0-9a-f]+\.gif/);
  assert.match(step, /^List-Unsubscribe:/im);
  assert.doesNotMatch(own, /\.gif|List-Unsubscribe/i);
});

test("a seed mailbox sends nothing: it is no sender, no default, and cannot send while contacts wait for it", async () => {
  const team = await world.newTeam();
  const seed = await newSeed(team, provider, address("gmail.com"));
  assert.deepEqual([seed.seed, seed.default, seed.smtp], [true, false, null]);
  const sender = await newSender(team);
  assert.equal(sender.default, true);
  const { id } = await newSequence(team, { emailer_steps: [MAIL_STEP] });
  const contact_ids = await newContacts(team, 1);
  const add = (mailbox: string) =>
    team.api.joining.addContacts({
      id,
      contact_ids,
      sequence_unverified_email: true,
      send_email_from_email_account_id: mailbox,
    });
  assert.match((await refused(add(seed.id))).message, /no longer active/);
  await add(sender.id);
  const mark = (mailbox: string, isSeed: boolean) =>
    team.api.emailAccounts.update({ id: mailbox, seed: isSeed, test: false });
  const { message } = await refused(mark(sender.id, true));
  assert.match(message, /does not read this mailbox/);
  const imap = { host: "localhost", port: 1, security: "none" as const, username: "u", password: "p" };
  await team.api.emailAccounts.update({ id: sender.id, imap, test: false });
  assert.match((await refused(mark(sender.id, true))).message, /sends emails of sequences/);
  const tried = await refused(team.api.placementTests.start({ email_account_id: seed.id, ...TEXT }));
  assert.equal(tried.status, 422);
  assert.match((await refused(mark(seed.id, false))).message, /smtp/);
});

test("a test is refused where there is no seed, no text, or no right to the mailbox", async () => {
  const team = await world.newTeam();
  const sender = await newSender(team);
  const without = await refused(team.api.placementTests.start({ email_account_id: sender.id, ...TEXT }));
  assert.match(without.message, /no seed mailbox/);
  await newSeed(team, provider, address("gmail.com"));
  const empty = { email_account_id: sender.id, subject: "Hi", body_html: "<p> </p>" };
  assert.equal((await refused(team.api.placementTests.start(empty))).status, 422);
  const other = await world.newTeam();
  const id = await started(team, sender.id);
  assert.equal((await refused(other.api.placementTests.show({ id }))).status, 404);
  assert.deepEqual((await other.api.placementTests.list({})).placement_tests, []);
  await newSeed(other, provider, address("gmail.com"));
  for (const wish of [{ email_account_id: sender.id, ...TEXT }, { like_id: id }])
    assert.ok((await refused(other.api.placementTests.start(wish))).status >= 400);
});

test("a test is deleted with its emails a year after it ended, and one that still runs stays", async () => {
  const team = await world.newTeam();
  await newSeed(team, provider, address("gmail.com"));
  const sender = await newSender(team);
  const ended = await started(team, sender.id);
  await send();
  await soon();
  assert.ok((await show(team, ended)).finished_at);
  const running = await started(team, sender.id);
  await sweep(world.running.app);
  assert.ok(await show(team, ended));
  await sql("update placement_tests set finished_at = finished_at - interval '366 days' where id = $1", [
    ended,
  ]);
  await sweep(world.running.app);
  assert.equal((await refused(team.api.placementTests.show({ id: ended }))).status, 404);
  const [{ count } = { count: null }] = await sql(
    "select count(*)::int as count from placement_mails where team_id = $1 and test_id = $2",
    [team.id, ended],
  );
  assert.equal(count, 0);
  assert.equal((await show(team, running)).finished_at, null);
});
