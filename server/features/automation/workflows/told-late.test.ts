// Events that a workflow looks at after what they are about was merged, or that its author may not see.

import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { followActivityOnce } from "../../../engine/upkeep/follow-activity.ts";
import { feedSettles } from "../../../testing/feed.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { allCandidates, lookedAt, onWorkflow, settled, untilHolds } from "../../../testing/workflowing.ts";
import { type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const world = useWorld();
const TELL = () => [{ type: "notify", text: "It happened" }] as [{ type: "notify"; text: string }];
const EVERY = "every_time" as const;

/** No reader sees these events before all have happened: the feed ends at an open transaction. */
async function beforeAnyoneLooks<T>(act: () => Promise<T>) {
  const client = new pg.Client(world.ownerConnection);
  await client.connect();
  try {
    await client.query("begin; select pg_current_xact_id()");
    return await act();
  } finally {
    await client.end();
  }
}

function activeAt(team: Team, id: string) {
  return untilHolds(
    async () => {
      await followActivityOnce(world.running);
      return (await team.api.contacts.get({ id })).contact.last_activity_date;
    },
    (at) => at !== null,
  );
}

test("what is told of a contact that was merged before a workflow looked goes on as the winner", async () => {
  const team = await world.newTeam();
  const [winner, loser, chained] = [await newContact(team), await newContact(team), await newContact(team)];
  await feedSettles(world);
  const trigger = (event: string) => ({ type: "event" as const, event });
  const updated = await onWorkflow(team, {
    trigger: trigger("contact.updated"),
    reentry: EVERY,
    actions: TELL(),
  });
  const called = await onWorkflow(team, {
    trigger: trigger("call.logged"),
    reentry: EVERY,
    actions: TELL(),
  });
  await beforeAnyoneLooks(async () => {
    await team.api.contacts.update({ id: chained, title: "Boss" });
    await team.api.phoneCalls.create({ contact_id: loser, status: "completed", logged: true });
    await team.api.contacts.merge({ winner_id: loser, loser_ids: [chained] });
    await team.api.contacts.merge({ winner_id: winner, loser_ids: [loser] });
  });
  for (const { id } of [updated, called]) {
    const [line] = await settled(team, id, 1);
    assert.deepEqual([line?.entity_id, line?.verdict, line?.code], [winner, "done", null]);
  }
  await activeAt(team, winner);
});

test("so is what is told of an account, and what came by webhook for the contact's old id", async () => {
  const team = await world.newTeam();
  const made = async (name: string) => (await team.api.accounts.create({ name })).account.id;
  const [winner, loser] = [await made("One"), await made("Other")];
  const trigger = { type: "event", event: "account.updated" } as const;
  const { id } = await onWorkflow(team, { entity: "account", trigger, reentry: EVERY, actions: TELL() });
  await beforeAnyoneLooks(async () => {
    await team.api.accounts.update({ id: loser, phone: "+47 22 33 44 55" });
    await team.api.accounts.merge({ winner_id: winner, loser_ids: [loser] });
  });
  const [line] = await settled(team, id, 1);
  assert.deepEqual([line?.entity_id, line?.verdict], [winner, "done"]);

  const [kept, gone] = [await newContact(team), await newContact(team)];
  await team.api.contacts.merge({ winner_id: kept, loser_ids: [gone] });
  const hook = await onWorkflow(team, { trigger: { type: "webhook" }, reentry: EVERY, actions: TELL() });
  const url = (hook.secrets.hook_url ?? "").replace(/^https?:\/\/[^/]+/, world.url);
  const body = JSON.stringify({ contact_id: gone });
  const sent = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  assert.equal(sent.status, 202);
  const [received] = await settled(team, hook.id, 1);
  assert.deepEqual([received?.entity_id, received?.verdict], [kept, "done"]);
});

test("a contact was last active when the latest of those was that it was merged from", async () => {
  const team = await world.newTeam();
  const [winner, loser] = [await newContact(team), await newContact(team)];
  await team.api.phoneCalls.create({ contact_id: loser, status: "completed", logged: true });
  const at = await activeAt(team, loser);
  await team.api.contacts.merge({ winner_id: winner, loser_ids: [loser] });
  assert.equal((await team.api.contacts.get({ id: winner })).contact.last_activity_date, at);
});

async function memberOf(team: Team) {
  const email = `mia-${crypto.randomUUID()}@example.no`;
  const { user, invitation_url } = await team.api.users.invite({ email, role: "member" });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  return { ...team, api: (await world.signIn(email, password)).api, owner: { ...team.owner, id: user.id } };
}

test("a member's workflow reacts to what its author may see, and passes over the rest", async () => {
  const team = await world.newTeam();
  const member = await memberOf(team);
  const box = await newMailbox(team);
  const [hidden, open] = [await newSequence(team), await newSequence(team)];
  const sharing_permission = { visibility: "everyone", access_type: "can_edit" } as const;
  await team.api.sequences.update({ id: open.id, sharing_permission });
  const [secret, shown] = [await newContact(team), await newContact(team)];
  const add = (id: string, contact: string) =>
    team.api.joining.addContacts({
      id,
      contact_ids: [contact],
      sequence_unverified_email: true,
      send_email_from_email_account_id: [box.id],
    });
  const trigger = { type: "event", event: "enrollment.added" } as const;
  const wish = { trigger, reentry: EVERY, actions: TELL() };
  const [theirs, admins] = [await onWorkflow(member, wish), await onWorkflow(team, wish)];
  await add(hidden.id, secret);
  await add(open.id, shown);
  await lookedAt(world, team);
  await settled(team, admins.id, 2);
  const reacted = async () => (await allCandidates(team, theirs.id)).map(({ entity_id }) => entity_id);
  assert.deepEqual(await reacted(), [shown]);

  // With another author it is another view.
  await team.api.workflows.update({ id: theirs.id, user_id: team.owner.id });
  const later = await newContact(team);
  await add(hidden.id, later);
  await settled(team, theirs.id, 2);
  assert.deepEqual((await reacted()).sort(), [shown, later].sort());
});
