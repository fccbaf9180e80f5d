// A reader chooses by the link while their contact is being merged or deleted: it holds for the contact that they are after that.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Act } from "../../../app.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { mailed } from "../../../testing/mails.ts";
import { plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { deleteContacts } from "../../removal/contact-removal/deleting.ts";
import { mergeContacts } from "../../removal/contact-removal/merging.ts";

const world = useWorld();
let team: Team;
beforeEach(async () => {
  team = await world.newTeam();
});

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const choose = (token: string, body: string) =>
  call(`${world.url}/u/${token}`, { method: "POST", headers: FORM, body });
const contactOf = async (id: string) => (await team.api.contacts.get({ id })).contact;

/** The reader chooses while this is done, and before it is committed. */
async function chosenDuring(work: (act: Act) => Promise<unknown>, token: string, body: string) {
  const whose = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  const [, page] = await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, whose, async (act) => {
        await work(act);
        await beforeCommit();
      }),
    () => choose(token, body),
  );
  return page.text;
}

async function aboutToMerge() {
  const reader = await mailed(world, team);
  const winner = await newContact(team, { email: "kept@merging.example" });
  const merging = (act: Act) => mergeContacts(act, winner, [reader.contactId]);
  return { ...reader, winner, merging };
}

test("a reader who unsubscribes while they are merged into another contact is out as that contact", async () => {
  const { token, enrollmentId, winner, merging } = await aboutToMerge();
  assert.match(await chosenDuring(merging, token, "choice=all"), /You are unsubscribed/);
  assert.equal((await contactOf(winner)).email_unsubscribed, true);
  assert.equal(await stateOf(enrollmentId), "finished");
  assert.match((await choose(token, "choice=back")).text, /You are subscribed again/);
  assert.notEqual((await contactOf(winner)).email_unsubscribed, true);
});

test("a reader who asks for a pause while they are merged is paused as that contact", async () => {
  const { token, winner, merging } = await aboutToMerge();
  assert.match(await chosenDuring(merging, token, "choice=pause"), /Emails are paused until/);
  assert.notEqual((await contactOf(winner)).paused_until, null);
});

test("who shares the reader's address, and is merged at that moment, is out too", async () => {
  const { token, email } = await mailed(world, team);
  const sharing = await newContact(team, { email });
  const winner = await newContact(team, { email: "kept@merging.example" });
  await chosenDuring((act) => mergeContacts(act, winner, [sharing]), token, "choice=all");
  assert.equal((await contactOf(winner)).email_unsubscribed, true);
});

test("the address of a reader who unsubscribes while they are deleted is not written down again", async () => {
  const { token, contactId, email } = await mailed(world, team);
  const text = await chosenDuring((act) => deleteContacts(act, [contactId]), token, "choice=all");
  assert.match(text, /You are unsubscribed/);
  const { suppressions } = await team.api.suppressions.list({});
  assert.deepEqual(suppressions, []);
  const again = await newContact(team, { email });
  assert.deepEqual(
    (await team.api.suppressions.list({})).suppressions.map(({ value }) => value),
    [email],
    `suppressed as before for ${again}`,
  );
});

test("a contact who leaves a sequence while being merged with another contact of it leaves it as the one that is kept", async () => {
  const { token, sequenceId, winner, merging } = await aboutToMerge();
  const kept = await plantEnrollment(world, team, sequenceId, { contact_id: winner });
  await chosenDuring(merging, token, "choice=sequence");
  assert.equal(await stateOf(kept), "finished");
});

test("who leaves a sequence after a merge that ended their own place in it leaves it all the same", async () => {
  const { token, contactId, sequenceId, enrollmentId } = await mailed(world, team);
  const other = await newContact(team, { email: "other@merging.example" });
  const further = await plantEnrollment(world, team, sequenceId, { contact_id: other });
  await sendStep(sequenceId, { contact_id: other, enrollment_id: further });
  await team.api.contacts.merge({ winner_id: contactId, loser_ids: [other] });
  assert.deepEqual([await stateOf(enrollmentId), await stateOf(further)], ["removed", "active"]);
  await choose(token, "choice=sequence");
  assert.equal(await stateOf(further), "finished");
});

async function sendStep(sequenceId: string, row: Record<string, unknown>) {
  const step_id = await asOwner(world, async (client) => {
    const { rows } = await client.query("select id from sequence_steps where sequence_id = $1", [sequenceId]);
    return rows[0].id as string;
  });
  await plantMessage(world, team, sequenceId, { ...row, step_id, completed_at: new Date().toISOString() });
}

async function stateOf(enrollmentId: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query("select state from enrollments where id = $1", [enrollmentId]);
    return rows[0]?.state as string | undefined;
  });
}
