// Holding people after their answers: which answers hold and for how long, how each is settled, and the lock that makes a
// hold wait for the gates that are open.

import assert from "node:assert/strict";
import { test } from "node:test";
import { countWaiting } from "../../../testing/held-open.ts";
import {
  bounceOf,
  type Mailed,
  mailed,
  mailOf,
  replyTo,
  taken as takenAt,
} from "../../../testing/incoming.ts";
import { until } from "../../../testing/sending.ts";
import { newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { byMail } from "../../receiving/incoming/commands.ts";
import { addressKey, endPassedHolds } from "./commands.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

const taken = (one: Mailed, raw: Buffer, own: Team = team) => takenAt(world, own, one, raw);

const holdOf = async (id: string, own: Team = team) =>
  (await own.api.incomingMails.get({ id })).incoming_mail.hold;
const heldBy = async (id: string, own: Team = team) =>
  (await own.api.explain.contact({ id })).explain.held_by.some(({ code }) => code === "answer_unsettled");
function days(hold: { since: string; until: string | null } | null) {
  return hold?.until ? Math.round((Date.parse(hold.until) - Date.parse(hold.since)) / 86_400_000) : null;
}

const MACHINE = ["Auto-Submitted: auto-replied"];

const CASES: [what: string, raw: (one: Mailed) => Buffer, reason: string | null, days: number | null][] = [
  ["a person's answer", (one) => replyTo(one, "Call me on Monday, I have a question."), "answered", 7],
  [
    "a sure opt-out, which bars the address",
    (one) => replyTo(one, "Please remove me from your list."),
    null,
    null,
  ],
  [
    "a machine's answer that is no acknowledgement",
    (one) => replyTo(one, "Our office has moved to a new building.", MACHINE),
    "automatic",
    7,
  ],
  [
    "a plain acknowledgement by a ticket desk",
    (one) => replyTo(one, "We have received your request and will get back to you. Ticket 12345", MACHINE),
    null,
    null,
  ],
  [
    "an absence without a day",
    (one) => replyTo(one, "I am out of the office and will answer later.", MACHINE),
    "automatic",
    7,
  ],
  [
    "a temporary bounce with an id of ours",
    (one) => bounceOf(one, "4.2.2", "452 4.2.2 mailbox full"),
    null,
    null,
  ],
  [
    "a demand for proof that a person wrote",
    (one) => replyTo(one, "Click here to be let through.", ["X-Boxbe-Challenge: 1"]),
    "unclear",
    7,
  ],
];

for (const [what, raw, reason, lasts] of CASES)
  test(`${what}: ${reason ? `held as ${reason}` : "not held"}`, async () => {
    const one = await mailed(world, team);
    const hold = await holdOf(await taken(one, raw(one)));
    assert.deepEqual([hold?.reason ?? null, days(hold)], [reason, lasts]);
    assert.equal(await heldBy(one.contactId), reason !== null);
  });

test("a colleague's answer is only probable: the contact is held, and settling it as read ends the sequence", async () => {
  const one = await mailed(world, team);
  const from = `Colleague <other@${one.email.split("@")[1]}>`;
  const [{ subject }] = await rows<{ subject: string }>("select subject from messages where id = $1", [
    one.messageId,
  ]);
  const id = await taken(one, mailOf({ from, subject: `Re: ${subject}`, text: "We would like to meet." }));
  assert.equal((await holdOf(id))?.reason, "maybe_answered");
  await team.api.incomingMails.settle({ id });
  assert.equal(await holdOf(id), null);
  const { incoming_mail } = await team.api.incomingMails.get({ id });
  assert.deepEqual([incoming_mail.certainty, incoming_mail.counts_as_response], ["sure", true]);
  assert.equal(await heldBy(one.contactId), false);
});

test("a team that switched it off holds only possible opt-outs, and switching it off releases the others", async () => {
  const own = await world.newTeam("Impatient");
  const one = await mailed(world, own);
  const id = await taken(one, replyTo(one, "Call me on Monday, I have a question."), own);
  assert.notEqual(await holdOf(id, own), null);
  await own.api.teams.update({ answer_hold_days: 3 });
  const second = await taken(one, replyTo(one, "Could you send me the prices for two sites?"), own);
  assert.equal(days(await holdOf(second, own)), 3);
  const { team: changed } = await own.api.teams.update({ hold_after_answer: false });
  assert.deepEqual([changed.hold_after_answer, changed.answer_hold_days], [false, 3]);
  assert.deepEqual([await holdOf(id, own), await holdOf(second, own)], [null, null]);
  assert.equal(await holdOf(await taken(one, replyTo(one, "When could you come by?"), own), own), null);
  const from = `Colleague <other@${one.email.split("@")[1]}>`;
  const [{ subject }] = await rows<{ subject: string }>("select subject from messages where id = $1", [
    one.messageId,
  ]);
  const optOut = mailOf({ from, subject: `Re: ${subject}`, text: "Please remove us from your list." });
  assert.equal((await holdOf(await taken(one, optOut, own), own))?.reason, "maybe_opted_out");
});

test("what holds a person is listed first, possible opt-outs before all, and pages keep that order", async () => {
  const own = await world.newTeam("Orderly");
  const [plain, optOut, unclear] = [
    await mailed(world, own),
    await mailed(world, own),
    await mailed(world, own),
  ];
  const from = `Colleague <other@${optOut.email.split("@")[1]}>`;
  const [{ subject }] = await rows<{ subject: string }>("select subject from messages where id = $1", [
    optOut.messageId,
  ]);
  const first = await taken(
    optOut,
    mailOf({ from, subject: `Re: ${subject}`, text: "Please remove us from your list." }),
    own,
  );
  const second = await taken(
    unclear,
    replyTo(unclear, "Click here to be let through.", ["X-Boxbe-Challenge: 1"]),
    own,
  );
  const third = await taken(plain, replyTo(plain, "Tell me more."), own);
  const fourth = await taken(plain, replyTo(plain, "What does it cost for ten people?"), own);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await own.api.incomingMails.list({
      holds_first: true,
      is_open: true,
      per_page: 1,
      ...(cursor && { cursor }),
    });
    seen.push(...page.incoming_mails.map(({ id }) => id));
    cursor = page.pagination.next_cursor ?? undefined;
  } while (cursor);
  assert.deepEqual(seen, [first, second, fourth, third]);
  assert.equal((await own.api.incomingMails.list({ holds: true })).pagination.total_entries, 4);
});

test("seeing to a sure answer settles it, and putting it back holds again", async () => {
  const one = await mailed(world, team);
  const id = await taken(one, replyTo(one, "Tell me more."));
  await team.api.incomingMails.handle({ id });
  assert.deepEqual([await holdOf(id), await heldBy(one.contactId)], [null, false]);
  await team.api.incomingMails.handle({ id, handled: false });
  assert.equal((await holdOf(id))?.reason, "answered");
  assert.equal(await heldBy(one.contactId), true);
});

test("a contact who is deleted and comes back is held as before, and so is the winner of a merge", async () => {
  const one = await mailed(world, team);
  await taken(one, replyTo(one, "Tell me more."));
  const winner = await newContact(team, { email: `winner.of.${one.email}` });
  await team.api.contacts.merge({ winner_id: winner, loser_ids: [one.contactId] });
  assert.equal(await heldBy(winner), true);
  await team.api.contacts.delete({ id: winner });
  const back = await newContact(team, { email: one.email.toUpperCase() });
  assert.equal(await heldBy(back), true);
  const answer = await rows(
    "select contact_id from answer_holds h join answer_hold_keys k on k.hold_id = h.id where k.key = $1",
    [addressKey(team.id, one.email)],
  );
  assert.deepEqual(answer, [{ contact_id: null }]);
});

test("its time passes by the database's clock, whether or not anything has noted it", async () => {
  const own = await world.newTeam("Later");
  const one = await mailed(world, own);
  const id = await taken(one, replyTo(one, "Tell me more."), own);
  world.advance({ hours: 24 * 7 + 1 });
  assert.deepEqual([await holdOf(id, own), await heldBy(one.contactId, own)], [null, false]);
  const { app } = world.running;
  await app.db.inTeam(own.id, (db) => endPassedHolds(byMail(app, db, own.id)));
  const [row] = await rows<{ settled_as: string; isThen: boolean }>(
    `select settled_as, settled_at = until_at as "isThen" from answer_holds where incoming_mail_id = $1`,
    [id],
  );
  assert.deepEqual(row, { settled_as: "time", isThen: true });
});

test("a held contact is added, with a warning, shows as paused, and goes on once it is settled", async () => {
  const one = await mailed(world, team);
  const id = await taken(one, replyTo(one, "Call me on Monday, I have a question."));
  const { id: sequenceId } = await newSequence(team);
  const answer = await team.api.joining.addContacts({
    id: sequenceId,
    contact_ids: [one.contactId],
    send_email_from_email_account_id: [one.mailboxId],
    sequence_finished_in_other_campaigns: true,
    sequence_unverified_email: true,
  });
  assert.ok("warnings" in answer);
  assert.deepEqual(
    answer.warnings?.filter(({ code }) => code === "answer_unsettled").map(({ contact_id }) => contact_id),
    [one.contactId],
  );
  const standing = async () => {
    const { contact } = await team.api.contacts.get({ id: one.contactId });
    const found = contact.contact_campaign_statuses.find((own) => own.emailer_campaign_id === sequenceId);
    return [found?.status, found?.inactive_reason];
  };
  assert.deepEqual(await standing(), ["paused", "answer not settled"]);
  await team.api.incomingMails.settle({ id });
  assert.deepEqual(await standing(), ["active", null]);
});

test("a hold waits for a gate that is open for the address, and is written when the gate has closed", async () => {
  const one = await mailed(world, team);
  const lock = "select pg_advisory_xact_lock_shared(hashtextextended('answers of ' || $1 || ' ' || $2, 0))";
  await asOwner(world, async (gate) => {
    await gate.query("begin");
    await gate.query(lock, [team.id, addressKey(team.id, one.email)]);
    const taking = taken(one, replyTo(one, "Tell me more."));
    await until(async () => (await countWaiting(world)) > 0);
    assert.deepEqual(await rows("select 1 from answer_holds where contact_id = $1", [one.contactId]), []);
    await gate.query("commit");
    assert.equal((await holdOf(await taking))?.reason, "answered");
  });
});

test("who switches holds off while an answer is taken in lets its contact go on as well", async () => {
  const own = await world.newTeam("Off");
  const one = await mailed(world, own);
  const waiting = () => countWaiting(world);
  await asOwner(world, async (gate) => {
    await gate.query("begin");
    await gate.query(
      "select pg_advisory_xact_lock_shared(hashtextextended('answers of ' || $1 || ' ' || $2, 0))",
      [...[own.id, addressKey(own.id, one.email)]],
    );
    const taking = taken(one, replyTo(one, "Tell me more."), own);
    await until(async () => (await waiting()) === 1);
    let isOff = false;
    const switching = own.api.teams.update({ hold_after_answer: false }).finally(() => {
      isOff = true;
    });
    await until(async () => isOff || (await waiting()) === 2);
    await gate.query("commit");
    await switching;
    assert.equal(await holdOf(await taking, own), null);
    assert.equal(await heldBy(one.contactId, own), false);
  });
});

async function rows<Row = Record<string, unknown>>(sql: string, params: unknown[]) {
  const found = await asOwner(world, (client) => client.query(sql, params));
  return found.rows as [Row, ...Row[]];
}
