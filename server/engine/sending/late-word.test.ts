// Mails in doubt, and word of them that comes late, or before anybody doubts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { takeIn } from "../../features/receiving/incoming/commands.ts";
import { noteOpen } from "../../features/receiving/tracking/commands.ts";
import type { ClaimedOutgoingMail } from "../../features/sending/outbox/claiming.ts";
import { noteEnded } from "../../features/sending/outbox/mail-life.ts";
import { proveSent, sendAgain } from "../../features/sending/outbox/reconciliation.ts";
import { takeDoubts } from "../../features/sending/outbox/reconciliation-store.ts";
import { byHand, TAKEN, UNCLEAR } from "../../testing/by-hand.ts";
import { bothAtOnce } from "../../testing/held-open.ts";
import { arrival, mailOf } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import type { TortureScene } from "../../testing/torture/scene.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, useWorld } from "../../testing/world.ts";
import { openSender } from "./open-sender.ts";
import { reconcileOnce } from "./reconcile.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, inTeam, claim, claimAll, gate, ended, delivery } = byHand(world);

const NEVER_LOST = { sequence: { delivery_policy: "never_lost" as const } };

async function letGo(made: TortureScene) {
  const claimed = await claim(made);
  assert.equal((await gate(made, claimed))?.is, "pass");
  return claimed;
}

function again(made: TortureScene, { slot, claim }: ClaimedOutgoingMail) {
  return inTeam(made, (by) => sendAgain(by, [{ id: slot.id, attemptId: claim.attemptId }], "never_lost"));
}

async function isPlannedOrSent(made: TortureScene) {
  return (await delivery(made)).delivery;
}

/** To the released mail, by its recipient. */
async function answers(made: TortureScene, { claim }: ClaimedOutgoingMail, headers: readonly string[]) {
  const { app } = world.running;
  const raw = mailOf({
    from: `Them <${claim.toEmail}>`,
    text: "I am out of the office until the 27th.",
    headers: [`In-Reply-To: ${claim.internetMessageId}`, ...headers],
  });
  const place = {
    teamId: made.team.id,
    mailboxId: made.mailboxIds[0] ?? "",
    folder: { role: "inbox" as const, path: "INBOX", uidValidity: 1, lastUid: 1, readsFrom: app.now() },
  };
  await takeIn(app, place, [await arrival(world, raw)]);
}

test("a server's late word is believed of a mail that was to be sent again", async () => {
  const made = await scene();
  const claimed = await letGo(made);
  await ended(made, claimed, UNCLEAR);
  await again(made, claimed);
  assert.equal(await isPlannedOrSent(made), "planned");
  await ended(made, claimed, TAKEN);
  assert.equal(await isPlannedOrSent(made), "sent");
});

test("a server's late reply stops the attempt that is about to be made instead", async () => {
  const made = await scene();
  const first = await letGo(made);
  await ended(made, first, UNCLEAR);
  await again(made, first);
  const second = await claim(made);
  await ended(made, first, TAKEN);
  const passage = await gate(made, second);
  assert.equal(passage?.is, "lost");
  await ended(made, second, { kind: "held_back" }, passage);
  assert.equal(await isPlannedOrSent(made), "sent");
});

test("a server's late word counts also where the attempt that was made instead is refused", async () => {
  const made = await scene();
  const first = await letGo(made);
  await ended(made, first, UNCLEAR);
  await again(made, first);
  const second = await letGo(made);
  await ended(made, first, TAKEN);
  const later = { kind: "refused", phase: "dot", permanent: false, code: 451, enhanced: null } as const;
  await ended(made, second, { ...later, serverSaid: "451 later" });
  assert.equal(await isPlannedOrSent(made), "sent");
});

test("an answer that comes before the server's own proves a mail that is in doubt afterwards", async () => {
  const made = await scene(NEVER_LOST);
  const claimed = await letGo(made);
  await answers(made, claimed, ["Auto-Submitted: auto-replied"]);
  assert.equal(await isPlannedOrSent(made), "dot", "its server may still answer");
  await ended(made, claimed, UNCLEAR);
  world.advance({ minutes: 20 });
  await reconcileOnce(world.running);
  assert.equal(await isPlannedOrSent(made), "sent");
});

test("a picture that is fetched before the server's own answer proves a mail that is in doubt afterwards", async () => {
  const made = await scene(NEVER_LOST);
  const claimed = await letGo(made);
  const origin = { requestId: null, address: null, cause: "test" };
  const visitor = { method: "GET", userAgent: "Mozilla/5.0", purpose: null };
  assert.ok(await noteOpen(world.running.app, origin, claimed.claim.token ?? "", visitor));
  await ended(made, claimed, UNCLEAR);
  world.advance({ minutes: 20 });
  await reconcileOnce(world.running);
  assert.equal(await isPlannedOrSent(made), "sent");
});

test("a mail in doubt of which nothing came back is sent again where it must not be lost", async () => {
  const made = await scene(NEVER_LOST);
  await ended(made, await letGo(made), UNCLEAR);
  world.advance({ minutes: 20 });
  await reconcileOnce(world.running);
  assert.equal(await isPlannedOrSent(made), "planned");
});

async function sentAgain(wish: Parameters<typeof scene>[0] = NEVER_LOST) {
  const made = await scene(wish);
  const first = await letGo(made);
  await ended(made, first, UNCLEAR);
  world.advance({ minutes: 20 });
  await reconcileOnce(world.running);
  assert.equal(await isPlannedOrSent(made), "planned");
  return { made, first };
}

const opened = (made: TortureScene, { slot }: ClaimedOutgoingMail) =>
  asOwner(world, (client) =>
    client.query(
      "insert into message_events (team_id, id, message_id, type, at) values ($1, new_ident(), $2, 'open', cadenza_now())",
      [made.team.id, slot.id],
    ),
  );

test("a picture that is fetched after a mail was planned once more settles it, and the second copy never leaves", async () => {
  const { made, first } = await sentAgain();
  const origin = { requestId: null, address: null, cause: "test" };
  const visitor = { method: "GET", userAgent: "Mozilla/5.0", purpose: null };
  const second = await claim(made);
  assert.ok(await noteOpen(world.running.app, origin, first.claim.token ?? "", visitor));
  assert.equal(await isPlannedOrSent(made), "sent");
  const passage = await gate(made, second);
  assert.equal(passage?.is, "lost");
  await ended(made, second, { kind: "held_back" }, passage);
  assert.equal(await isPlannedOrSent(made), "sent");
});

test("proof of the first copy is asked for again at the claim of the second, and at its gate", async () => {
  const claimedAfter = await sentAgain();
  await opened(claimedAfter.made, claimedAfter.first);
  assert.deepEqual(await claimAll(claimedAfter.made), []);
  const claimedBefore = await sentAgain();
  const second = await claim(claimedBefore.made);
  await opened(claimedBefore.made, claimedBefore.first);
  const passage = await gate(claimedBefore.made, second);
  assert.equal(passage?.is, "lost");
  await ended(claimedBefore.made, second, { kind: "held_back" }, passage);
  assert.deepEqual(await claimAll(claimedBefore.made), []);
});

/** A limit of a day counts one day of the calendar: what follows stands on one, at whatever hour the test runs. */
function goToNoon() {
  const now = world.running.app.now().toZonedDateTimeISO("UTC");
  const noon = now.startOfDay().add({ hours: 36 });
  world.advance({ seconds: Math.ceil(now.until(noon).total("seconds")) });
}

test("the first copy keeps its place in the limits of mailbox, sequence, company and contact", async () => {
  goToNoon();
  const limits = { email_daily_threshold: 1 };
  const { made } = await sentAgain({ ...NEVER_LOST, mailbox: limits });
  assert.deepEqual(await claimAll(made), []);
  await made.team.api.emailAccounts.update({ id: made.mailboxIds[0] ?? "", email_daily_threshold: 2 });
  const set = async (what: string, wish: Record<string, unknown>, code: string) => {
    await made.team.api.teams.update(wish);
    assert.deepEqual(await claimAll(made), [], what);
    const { rows } = await asOwner(world, (client) =>
      client.query("select hold_code from messages where team_id = $1", [made.team.id]),
    );
    assert.equal(rows[0]?.hold_code, code);
    await made.team.api.teams.update({ max_emails_per_recipient_domain_per_day: null, touch_limits: [] });
    await asOwner(world, (client) =>
      client.query("update messages set is_queued = true where team_id = $1", [made.team.id]),
    );
  };
  await set("company", { max_emails_per_recipient_domain_per_day: 1 }, "limit:domain_day");
  const touches = [{ scope: "person", counts: "emails", most: 1, days: 7 }];
  await set("contact", { touch_limits: touches }, "limit:touches");
  await made.team.api.sequences.update({ id: made.sequenceId, max_emails_per_day: 1 });
  assert.deepEqual(await claimAll(made), []);
});

test("a mail in doubt from a mailbox without a Sent folder is assumed delivered a day later, and its history says so", async () => {
  const made = await scene();
  const claimed = await letGo(made);
  await ended(made, claimed, UNCLEAR);
  world.advance({ hours: 23 });
  await reconcileOnce(world.running);
  assert.equal(await isPlannedOrSent(made), "unconfirmed");
  world.advance({ hours: 2 });
  await reconcileOnce(world.running);
  const { emailer_message } = await made.team.api.emailerMessages.show({ id: claimed.slot.id });
  assert.equal(emailer_message.delivery_confirmation, "assumed");
  const { rows } = await asOwner(world, (client) =>
    client.query("select data from events where team_id = $1 and type = 'message.resolved'", [made.team.id]),
  );
  assert.equal(rows[0]?.data.as, "assumed");
});

test("where the team assumes nothing, or a bounce came, a mail in doubt stays in doubt", async () => {
  const asked = await scene();
  await asked.team.api.teams.update({ assume_delivered_after_hours: null });
  await ended(asked, await letGo(asked), UNCLEAR);
  const bounced = await scene();
  await ended(bounced, await letGo(bounced), UNCLEAR);
  await asOwner(world, (client) =>
    client.query("update messages set has_bounced = true where team_id = $1", [bounced.team.id]),
  );
  world.advance({ hours: 25 });
  await reconcileOnce(world.running);
  assert.equal(await isPlannedOrSent(asked), "unconfirmed");
  assert.equal(await isPlannedOrSent(bounced), "unconfirmed");
});

test("an engine whose own clock is ahead does not send a mail in doubt again before its time", async () => {
  const made = await scene(NEVER_LOST);
  await ended(made, await letGo(made), UNCLEAR);
  const { app } = world.running;
  const ahead = { ...app, now: () => app.now().add({ minutes: 20 }) };
  await reconcileOnce({ app: ahead });
  await asOwner(world, (client) =>
    client.query("update messages set next_check_at = now() where team_id = $1", [made.team.id]),
  );
  await reconcileOnce({ app: ahead });
  assert.equal(await isPlannedOrSent(made), "unconfirmed");
});

test("an engine that has looked for a mail for long does not send it again while another attempt is in doubt", async () => {
  const made = await scene(NEVER_LOST);
  const first = await letGo(made);
  await ended(made, first, UNCLEAR);
  world.advance({ minutes: 20 });
  const [doubt] = await inTeam(made, ({ db, teamId, now }) => takeDoubts(db, teamId, now, [first.slot.id]));
  assert.ok(doubt?.isLongAgo, "somebody goes and looks in its mailbox");
  await made.team.api.emailerMessages.resolve({ id: first.slot.id, as: "send_again" });
  await ended(made, await letGo(made), UNCLEAR);
  assert.equal(await inTeam(made, (by) => sendAgain(by, [doubt], "not in the Sent folder")), 0);
  assert.equal(await isPlannedOrSent(made), "unconfirmed");
});

test("a mail that is proved while a user wants it sent again is not sent, and they are told", async () => {
  const made = await scene();
  const claimed = await letGo(made);
  await ended(made, claimed, UNCLEAR);
  const { id } = claimed.slot;
  const [, wanted] = await bothAtOnce(
    world,
    (beforeCommit) =>
      inTeam(made, async (by) => {
        await proveSent(by, [id], "sent_folder");
        await beforeCommit();
      }),
    () => refused(made.team.api.emailerMessages.resolve({ id, as: "send_again" })),
  );
  assert.equal(wanted.code, "message_not_unconfirmed");
  const { rows } = await asOwner(world, (client) =>
    client.query("select outcome, proved_absent_at from send_attempts where team_id = $1", [made.team.id]),
  );
  assert.deepEqual(rows, [{ outcome: "ambiguous", proved_absent_at: null }]);
  assert.equal(await isPlannedOrSent(made), "sent");
});

test("a mailbox is lost by the password it has, and not by the one it had", async () => {
  const made = await scene({ contacts: 2 });
  const [mailboxId = ""] = made.mailboxIds;
  const login = { kind: "refused", phase: "login", permanent: true, code: 535, enhanced: null } as const;
  const outcome = { ...login, serverSaid: "535 no" };
  const { app } = world.running;
  const refusedAs = async (meanwhile: () => Promise<unknown>) => {
    const { signsInWith } = await openSender(app, made.team.id, mailboxId);
    const [claimed] = await claimAll(made);
    assert.ok(claimed && signsInWith);
    await meanwhile();
    const ended = { claimed, outcome, passage: null, signedInWith: signsInWith };
    await inTeam(made, (by) => noteEnded(by, ended));
    const { rows } = await asOwner(world, (client) =>
      client.query("select is_active from mailboxes where id = $1", [mailboxId]),
    );
    return rows[0]?.is_active;
  };
  const anew = { host: "127.0.0.1", port: 9, security: "none" as const, username: "u", password: "another" };
  const change = () => made.team.api.emailAccounts.update({ id: mailboxId, smtp: anew, test: false });
  assert.equal(await refusedAs(change), true);
  assert.equal(await refusedAs(async () => {}), false);
});
