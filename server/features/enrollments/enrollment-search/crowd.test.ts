// Who is where in a sequence, counted, found by the same words, and managed by them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newSequence, plantMembers } from "../../../testing/members.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

async function crowd() {
  const { id, steps } = await newSequence(team);
  const at = { current_step_id: steps[0] };
  const active = await plantMembers(world, team, id, 3, at);
  const paused = await plantMembers(world, team, id, 2, {
    ...at,
    state: "paused",
    inactive_reason: "out of office",
  });
  const finished = await plantMembers(world, team, id, 1, {
    ...at,
    state: "finished",
    inactive_reason: "replied",
  });
  const failed = await plantMembers(world, team, id, 2, {
    ...at,
    state: "failed",
    failure_reason: "snippets_missing",
  });
  const bounced = await plantMembers(world, team, id, 1, {
    ...at,
    state: "failed",
    failure_reason: "bounced",
  });
  const [row] = bounced;
  await plantMessage(world, team, id, {
    contact_id: row?.contact_id,
    enrollment_id: row?.id,
    status: "completed",
    has_bounced: true,
    is_hard_bounce: true,
  });
  return { id, active, paused, finished, failed, bounced };
}

async function found(id: string, filter: Parameters<Team["api"]["enrollments"]["search"]>[0]) {
  const answer = await team.api.enrollments.search({ emailer_campaign_ids: [id], per_page: 100, ...filter });
  return answer.contact_campaign_statuses.map((one) => one.id).sort();
}

const idsOf = (rows: readonly { id: string }[]) => rows.map((row) => row.id).sort();

test("everybody is counted in one state, and the views beside them; reasons are told in words", async () => {
  const { id } = await crowd();
  const { num_contacts, contact_statuses, reasons } = await team.api.enrollments.counts({ id });
  const { active, paused, finished, failed, ...views } = contact_statuses;
  assert.deepEqual([active, paused, finished, failed, num_contacts], [3, 2, 1, 3, 9]);
  assert.deepEqual(views, { bounced: 1, hard_bounced: 1, spam_blocked: 0, not_sent: 2 });
  assert.deepEqual(
    reasons.map(({ status, reason, count }) => [status, reason, count]),
    [
      ["failed", "snippets_missing", 2],
      ["paused", "out of office", 2],
      ["failed", "bounced", 1],
      ["finished", "replied", 1],
    ],
  );
  assert.equal(reasons.find(({ reason }) => reason === "replied")?.says, "the contact replied");
});

test("an empty sequence has a count of zero, and another team's is not found", async () => {
  const { id } = await newSequence(team);
  const { num_contacts, reasons } = await team.api.enrollments.counts({ id });
  assert.deepEqual([num_contacts, reasons], [0, []]);
  const stranger = await world.newTeam();
  assert.equal((await refused(stranger.api.enrollments.counts({ id }))).status, 404);
});

test("views find whom the counts count, and words find whom they are about", async () => {
  const { id, failed, bounced, active } = await crowd();
  assert.deepEqual(await found(id, { views: ["bounced"] }), idsOf(bounced));
  assert.deepEqual(await found(id, { views: ["not_sent"] }), idsOf(failed));
  assert.deepEqual(await found(id, { views: ["not_sent", "hard_bounced"] }), idsOf([...failed, ...bounced]));
  assert.deepEqual(await found(id, { views: ["spam_blocked"] }), []);
  const wanted = active[0]?.contact_id ?? "";
  await team.api.contacts.update({ id: wanted, first_name: "Xanthippe", last_name: "Aas" });
  assert.deepEqual(await found(id, { q_keywords: "xanth aas" }), [active[0]?.id]);
  assert.deepEqual(await found(id, { q_keywords: "xanth nobody" }), []);
});

test("the same words choose who is finished, paused or removed", async () => {
  const { id, active, failed } = await crowd();
  const wanted = active[1]?.contact_id ?? "";
  await team.api.contacts.update({ id: wanted, first_name: "Xerxes" });
  await team.api.enrollments.finish({ id, q_keywords: "xerxes" });
  assert.deepEqual((await team.api.enrollments.counts({ id })).contact_statuses.finished, 2);
  await team.api.enrollments.remove({ id, views: ["not_sent"] });
  const counts = await team.api.enrollments.counts({ id });
  assert.deepEqual([counts.num_contacts, counts.contact_statuses.failed], [9 - failed.length, 1]);
  assert.equal((await refused(team.api.enrollments.remove({ id }))).code, "selection_empty");
  assert.equal((await refused(team.api.enrollments.finish({ id, q_keywords: " " }))).code, "selection_empty");
});
