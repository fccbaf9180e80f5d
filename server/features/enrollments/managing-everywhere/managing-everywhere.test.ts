import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { memberOf, newSequence, plantMembers } from "../../../testing/members.ts";
import { newMailbox } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let member: Team["api"];
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  await newMailbox(team);
  const { invitation_url } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await opened.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  member = (await opened.signIn("mia@example.no", password)).api;
});

type Wish = Input<"enrollments", "manageEverywhere">;

async function manage(wish: Wish, api = team.api, options = {}) {
  const answer = await api.enrollments.manageEverywhere(wish, options);
  assert.ok("changed_contact_ids" in answer);
  return answer;
}

/** A company with people in two sequences: two in the first, one of them paused, and one in the second. */
async function company() {
  const { account } = await team.api.accounts.create({ name: "Borealis Kraft" });
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const [active] = await plantMembers(world, team, first.id, 1, { current_step_id: first.steps[0] });
  const [paused] = await plantMembers(world, team, first.id, 1, {
    current_step_id: first.steps[0],
    state: "paused",
    inactive_reason: "manually paused",
  });
  const [other] = await plantMembers(world, team, second.id, 1, { current_step_id: second.steps[0] });
  const [stranger] = await plantMembers(world, team, second.id, 1, { current_step_id: second.steps[0] });
  assert.ok(active && paused && other && stranger);
  const people = [active, paused, other].map(({ contact_id }) => contact_id);
  await asOwner(world, (client) =>
    client.query("update contacts set account_id = $2 where id = any ($1::text[])", [people, account.id]),
  );
  return { account: account.id, first, second, active, paused, other, stranger };
}

async function states(...rows: { id: string }[]) {
  const found: string[] = [];
  for (const { id } of rows) found.push((await memberOf(world, id)).state as string);
  return found;
}

test("a company's people are paused in all sequences at once, and one undo brings them back", async () => {
  const { account, first, second, active, paused, other, stranger } = await company();
  const answer = await manage({ action: "pause", account_ids: [account] });
  assert.deepEqual(await states(active, paused, other, stranger), ["paused", "paused", "paused", "active"]);
  assert.deepEqual(
    new Map(
      answer.emailer_campaigns.map(({ id, num_contacts, num_changed }) => [id, [num_contacts, num_changed]]),
    ),
    new Map([
      [first.id, [2, 1]],
      [second.id, [1, 1]],
    ]),
  );
  assert.deepEqual(
    [answer.num_contacts, answer.changed_contact_ids.toSorted(), answer.num_not_permitted],
    [2, [active.contact_id, other.contact_id].toSorted(), 0],
  );
  assert.deepEqual(answer.skipped_contact_ids, { [paused.contact_id]: "already_paused" });
  await team.api.changes.undo({ id: answer.change?.id ?? "" });
  assert.deepEqual(await states(active, paused, other, stranger), ["active", "paused", "active", "active"]);
});

test("a dry run names the sequences and the people, and changes nothing", async () => {
  const { account, active, other } = await company();
  const answer = await manage({ action: "finish", account_ids: [account] }, team.api, { dryRun: true });
  assert.deepEqual([answer.num_contacts, answer.emailer_campaigns.length], [3, 2]);
  assert.deepEqual(await states(active, other), ["active", "active"]);
});

test("they are resumed, finished and removed in the same way, by company or by name", async () => {
  const { account, active, paused, other } = await company();
  await manage({ action: "resume", account_ids: [account] });
  assert.deepEqual(await states(active, paused, other), ["active", "active", "active"]);
  await manage({ action: "finish", contact_ids: [active.contact_id, other.contact_id] });
  assert.deepEqual(await states(active, paused, other), ["finished", "active", "finished"]);
  await manage({ action: "remove", account_ids: [account] });
  assert.deepEqual(await states(active, paused, other), ["removed", "removed", "removed"]);
});

test("many are changed by a job, which names the sequences too", async () => {
  const { account } = await company();
  const answer = await team.api.enrollments.manageEverywhere({
    action: "pause",
    account_ids: [account],
    async: true,
  });
  assert.ok("entity_progress_job" in answer);
  assert.deepEqual(
    [answer.emailer_campaigns.length, answer.num_contacts, answer.change.undo_until],
    [2, 3, null],
  );
});

test("a member changes only sequences that they may change, and learns nothing of those that are hidden", async () => {
  const { account, first, second, active, other } = await company();
  await team.api.sequences.update({
    id: first.id,
    sharing_permission: { visibility: "everyone", access_type: "can_edit" },
  });
  await team.api.sequences.update({
    id: second.id,
    sharing_permission: { visibility: "restricted" },
  });
  const answer = await manage({ action: "pause", account_ids: [account] }, member);
  assert.deepEqual([answer.emailer_campaigns.map(({ id }) => id), answer.num_not_permitted], [[first.id], 0]);
  assert.ok(!JSON.stringify(answer).includes(second.id));
  assert.deepEqual(await states(active, other), ["paused", "active"]);
  await team.api.sequences.update({
    id: second.id,
    sharing_permission: { visibility: "everyone", access_type: "can_view" },
  });
  const seen = await manage({ action: "pause", account_ids: [account] }, member);
  assert.equal(seen.num_not_permitted, 1, "of a sequence that they see, the number of contacts is said");
  assert.deepEqual(await states(active, other), ["paused", "active"]);
});

test("without people it is refused, and with people in no sequence nothing changes", async () => {
  assert.equal(
    (await refused(team.api.enrollments.manageEverywhere({ action: "pause" }))).code,
    "selection_empty",
  );
  const { account } = await team.api.accounts.create({ name: "Nobody there" });
  const answer = await manage({ action: "pause", account_ids: [account.id] });
  assert.deepEqual([answer.emailer_campaigns, answer.num_contacts, answer.change], [[], 0, null]);
});

test("another team's company and contacts are not there", async () => {
  const { account, active } = await company();
  const stranger = await world.newTeam();
  const wish: Wish = { action: "pause", account_ids: [account], contact_ids: [active.contact_id] };
  assert.equal((await manage(wish, stranger.api)).num_contacts, 0);
  assert.deepEqual(await states(active), ["active"]);
});
