// Each claim about an address stands by itself: the address is barred while one of them does, for every contact that has it.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { byHand } from "../../../testing/by-hand.ts";
import { arrival, bounceOf, type Mailed, mailed, replyTo } from "../../../testing/incoming.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { takeIn } from "../../receiving/incoming/commands.ts";

let team: Team;
const world = useWorld({ mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});

function click(token: string, choice?: string) {
  const body = choice ? `choice=${choice}` : "List-Unsubscribe=One-Click";
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return call(`${world.url}/u/${token}`, { method: "POST", headers, body });
}

async function taken({ mailboxId }: Mailed, raw: Buffer) {
  const { app } = world.running;
  const one = await arrival(world, raw);
  const role = "inbox" as const;
  const folder = { role, path: "INBOX", uidValidity: 1, lastUid: one.uid, readsFrom: app.now() };
  const [row] = await takeIn(app, { teamId: team.id, mailboxId, folder }, [one]);
  return row?.id ?? "";
}

/** With a link that leads somewhere. */
async function written() {
  const token = randomBytes(32).toString("hex");
  return { ...(await mailed(world, team, { message: { token } })), token };
}

let members = 0;

async function memberOf() {
  const email = `member${++members}@norrland.example`;
  const { invitation_url } = await team.api.users.invite({ email, role: "member" });
  const password = "a long sentence is a good password";
  const token = tokenIn(invitation_url);
  await world.client().invitations.accept({ token, name: "Mia Member", password });
  return world.signIn(email, password);
}

async function isMarked(contactId: string) {
  return (await team.api.contacts.get({ id: contactId })).contact.email_unsubscribed === true;
}

async function entriesOf(email: string) {
  return (await team.api.suppressions.list({ q_keywords: email })).suppressions;
}

/** Why the contact cannot join a sequence of its own; null where it can. */
async function skippedWith(contactId: string, of = team) {
  const { id } = await newSequence(of);
  const mailbox = await newMailbox(of);
  const answer = await of.api.joining.addContacts({
    id,
    contact_ids: [contactId],
    send_email_from_email_account_id: mailbox.id,
    sequence_active_in_other_campaigns: true,
    sequence_finished_in_other_campaigns: true,
    sequence_unverified_email: true,
  });
  return (
    (answer as { skipped_contact_ids?: Record<string, string> }).skipped_contact_ids?.[contactId] ?? null
  );
}

test("an opt-out by the link of a deleted contact stops the mail of a new contact with the address, at the gate too", async () => {
  const hand = byHand(world);
  const made = await hand.scene();
  const [first = ""] = made.contactIds;
  const { contact } = await made.team.api.contacts.get({ id: first });
  const email = contact.email ?? "";
  const older = await made.team.api.contacts.create({ first_name: "Older", email });
  const token = randomBytes(32).toString("hex");
  const row = { contact_id: older.contact.id, token, to_email: email };
  await plantMessage(world, made.team, made.sequenceId, row);
  await made.team.api.contacts.delete({ id: older.contact.id });

  const claimed = await hand.claim(made);
  assert.match((await click(token)).text, /unsubscribed/i);
  const passage = await hand.gate(made, claimed);
  assert.deepEqual(
    [passage?.is, passage && "code" in passage && passage.code],
    ["fail", "contact_unsubscribed"],
  );
  assert.equal(await skippedWith(first, made.team), "contacts_unsubscribed");
  const { explain } = await made.team.api.explain.contact({ id: first });
  assert.ok(explain.held_by.some(({ code }) => code === "contact_unsubscribed"));
});

test("correcting an answer that was no opt-out leaves the opt-out by the link", async () => {
  const one = await written();
  const id = await taken(one, replyTo(one, "Please remove me from your list."));
  assert.equal(await isMarked(one.contactId), true);
  await click(one.token);
  await team.api.incomingMails.overrule({ id, kind: "reply" });
  assert.equal(await isMarked(one.contactId), true);
  assert.equal((await entriesOf(one.email)).length, 1);
  assert.equal(await skippedWith(one.contactId), "contacts_unsubscribed");
});

test("undoing the link leaves what an answer said, and the page says so", async () => {
  const one = await written();
  await click(one.token);
  await taken(one, replyTo(one, "Please remove me from your list."));
  assert.doesNotMatch((await click(one.token, "back")).text, /back on the list|will hear/i);
  assert.equal(await isMarked(one.contactId), true);
  assert.equal(await skippedWith(one.contactId), "contacts_unsubscribed");
});

test("undoing the link leaves what a person of the team put on the list", async () => {
  const one = await written();
  await click(one.token);
  await team.api.suppressions.create({ value: one.email });
  await click(one.token, "back");
  assert.equal(await isMarked(one.contactId), false);
  assert.deepEqual(
    (await entriesOf(one.email)).map(({ source }) => source),
    ["person"],
  );
  assert.equal(await skippedWith(one.contactId), "contacts_do_not_contact");
});

test("of two bounces the second one stands when the first is corrected", async () => {
  const one = await written();
  const id = await taken(one, bounceOf(one, "5.1.1", "550 5.1.1 no such user"));
  await taken(one, bounceOf(one, "5.1.1", "550 5.1.1 still no such user"));
  await team.api.incomingMails.overrule({ id, kind: "auto_reply" });
  assert.equal((await entriesOf(one.email)).length, 1);
  assert.equal(await skippedWith(one.contactId), "contacts_bounced");
});

test("what a contact is marked with bars every contact that has the address, also after the first is deleted", async () => {
  for (const [mark, reason] of [
    [{ do_not_contact: true }, "contacts_do_not_contact"],
    [{ email_unsubscribed: true }, "contacts_unsubscribed"],
  ] as const) {
    const email = `${reason}@shared.example`;
    const one = await team.api.contacts.create({ first_name: "One", email });
    const two = await team.api.contacts.create({ first_name: "Two", email });
    await team.api.contacts.update({ id: one.contact.id, ...mark });
    assert.equal(await skippedWith(two.contact.id), reason);
    await team.api.contacts.delete({ id: one.contact.id });
    assert.equal(await skippedWith(two.contact.id), reason);
    await team.api.contacts.delete({ id: two.contact.id });
    const three = await team.api.contacts.create({ first_name: "Three", email });
    assert.equal(await skippedWith(three.contact.id), reason);
  }
});

test("a pause by the link holds for a contact that is made with the address after the first was deleted", async () => {
  const one = await written();
  await click(one.token, "pause");
  await team.api.contacts.delete({ id: one.contactId });
  const again = await team.api.contacts.create({ first_name: "Again", email: one.email });
  assert.equal(await skippedWith(again.contact.id), "contacts_paused");
});

test("a member, a workflow and an undone import lift no opt-out; an admin does, and the contact says so", async () => {
  const { contact } = await team.api.contacts.create({
    first_name: "Out",
    email: "out@lifting.example",
    email_unsubscribed: true,
  });
  const { suppression } = await team.api.suppressions.create({ value: contact.email ?? "" });
  const { api } = await memberOf();
  const update = { id: contact.id, email_unsubscribed: false };
  assert.equal((await refused(api.contacts.update(update))).code, "opt_out_lifted_by_admins");
  assert.equal(await isMarked(contact.id), true);
  await team.api.contacts.update(update);
  assert.equal(await isMarked(contact.id), false);
  const { audit_log } = await team.api.auditLog.list({ subject_id: contact.id });
  const lifted = audit_log.find(({ type }) => type === "contact.resubscribed");
  assert.equal(lifted?.actor.user_id, team.owner.id);
  assert.equal(await skippedWith(contact.id), "contacts_do_not_contact", "the entry of the list stands");
  await team.api.suppressions.remove({ id: suppression.id });
  assert.equal(await skippedWith(contact.id), null);
});

test("a member corrects no answer that was an opt-out, and removes no such entry from the list", async () => {
  const one = await written();
  const id = await taken(one, replyTo(one, "Please remove me from your list."));
  await team.api.sequences.change({ id: one.sequenceId, permissions: "team_can_use" });
  const { api } = await memberOf();
  const wish = { id, kind: "reply" } as const;
  assert.equal((await refused(api.incomingMails.overrule(wish))).code, "opt_out_lifted_by_admins");
  const [entry] = await entriesOf(one.email);
  const removing = api.suppressions.remove({ id: entry?.id ?? "" });
  assert.equal((await refused(removing)).code, "opt_out_lifted_by_admins");
  assert.equal((await entriesOf(one.email)).length, 1);
  assert.equal(await isMarked(one.contactId), true);
});

test("a thousand barred contacts are deleted while a client makes them again, and none of them can be mailed", async () => {
  const mine = await world.newTeam("Racing");
  const emails = Array.from({ length: 1_000 }, (_, n) => `p${n}@racing.example`);
  const pages = Array.from({ length: 10 }, (_, n) => emails.slice(n * 100, n * 100 + 100));
  const make = (page: readonly string[], more = {}) =>
    mine.api.contacts.bulkCreate({
      contact_attributes: page.map((email) => ({ first_name: "P", email, ...more })),
    });
  const ids: string[] = [];
  for (const page of pages)
    ids.push(...(await make(page, { email_unsubscribed: true })).created_contacts.map(({ id }) => id));
  const deleting = mine.api.contacts.bulkDelete({ contact_ids: ids });
  const again: string[] = [];
  for (const page of pages) again.push(...(await make(page)).created_contacts.map(({ id }) => id));
  await deleting;
  assert.equal(again.length, 1_000);
  const { barred } = await asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select count(distinct digest)::int as barred from address_claims where team_id = $1 and lifted_at is null",
      [mine.id],
    );
    return rows[0] as { barred: number };
  });
  assert.equal(barred, 1_000);
  const { id } = await newSequence(mine);
  const mailbox = await newMailbox(mine);
  const answer = (await mine.api.joining.addContacts({
    id,
    contact_ids: again,
    send_email_from_email_account_id: mailbox.id,
    sequence_unverified_email: true,
    sequence_same_company_in_same_campaign: true,
  })) as { skipped_contact_ids: Record<string, string> };
  assert.equal(Object.keys(answer.skipped_contact_ids).length, 1_000);
  assert.ok(Object.values(answer.skipped_contact_ids).every((code) => code === "contacts_unsubscribed"));
});
