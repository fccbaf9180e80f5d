// Everything that can be done to contacts in a sequence, by many callers at the same instant. In any order, nothing is
// lost and nothing is done twice: the rows and the events agree.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "@cadenza/sdk";
import { type MemberRow, memberOf, newSequence, plantMembers } from "../../../testing/members.ts";
import { rounds } from "../../../testing/rounds.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({ databaseConnections: 10 }, async (opened) => {
  team = await opened.newTeam();
});

const ROUNDS = rounds(6, 20);
const PARALLEL = 50;

/** Answered, or refused with one of the given codes. */
async function answered(call: Promise<unknown>, ...codes: string[]) {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Refused && ["sequence_busy", ...codes].includes(error.code ?? "")) return null;
    throw error;
  }
}

const BROKEN = {
  "somebody is in a sequence twice": `
    select sequence_id, contact_id from enrollments where state <> 'removed' and sequence_id = any($1)
     group by 1, 2 having count(*) > 1`,
  "a change is told twice, or not at all": `
    select e.id from enrollments e where e.sequence_id = any($1)
       and e.revision - 1 <> (select count(*) from events v where v.subject_id = e.id and v.type <> 'enrollment.added')`,
  "the columns do not fit the state": `
    select id from enrollments where sequence_id = any($1) and not case state
       when 'active' then inactive_reason is null and paused_at is null and resume_at is null and finished_at is null
       when 'paused' then inactive_reason is not null and paused_at is not null
       when 'finished' then inactive_reason is not null and finished_at is not null and due_at is null and resume_at is null
       when 'removed' then removed_at is not null and due_at is null and resume_at is null end`,
  "somebody goes on in a sequence that is off, or waits for one that is on": `
    select e.id from enrollments e join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
     where s.id = any($1) and (e.state = 'active' and not s.is_active
                               or e.state = 'paused' and e.inactive_reason = 'Sequence inactive' and s.is_active)`,
  "generations do not follow each other": `
    select sequence_id, contact_id from enrollments where sequence_id = any($1)
     group by 1, 2 having count(*) <> max(generation)`,
};

function assertWhole(sequenceIds: readonly string[]) {
  return asOwner(world, async (client) => {
    for (const [what, sql] of Object.entries(BROKEN))
      assert.deepEqual((await client.query(sql, [sequenceIds])).rows, [], what);
  });
}

test(`${ROUNDS} rounds of ${PARALLEL}: pause, resume, finish, remove, start over, and the sequence off and on`, async () => {
  const { api } = team;
  const statuses: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team, { steps: 1 });
    const contact_ids = (await plantMembers(world, team, id, 4)).map((row) => row.contact_id);
    const wish = { id, contact_ids };
    const remove = (mode: "remove" | "mark_as_finished") =>
      api.enrollments.removeOrStop({ emailer_campaign_ids: [id], contact_ids, mode });
    const calls: (() => Promise<unknown>)[] = [
      () => answered(api.enrollments.pause(wish)),
      () => answered(api.enrollments.resume(wish)),
      () => answered(api.enrollments.restart({ id, contact_ids: contact_ids.slice(0, 2) })),
      () => answered(api.enrollments.pause({ id, all: true })),
      () => answered(api.enrollments.resume({ id, statuses: ["paused"] })),
      () => answered(remove(round % 2 === 0 ? "remove" : "mark_as_finished")),
      () => answered(api.sequences.abort({ id }), "sequence_inactive_already"),
      () => answered(api.sequences.approve({ id }), "sequence_active_already"),
    ];
    await Promise.all(Array.from({ length: PARALLEL }, (_, n) => calls[(n * 7 + round) % calls.length]?.()));
    await assertWhole([id]);
    const { emailer_campaign } = await api.sequences.show({ id });
    for (const [status, count] of Object.entries(emailer_campaign.contact_statuses))
      statuses[status] = (statuses[status] ?? 0) + count;
  }
  assert.ok((statuses.active ?? 0) + (statuses.paused ?? 0) + (statuses.finished ?? 0) > 0);
});

test(`${ROUNDS} rounds: an undo against a later change, and against a contact who unsubscribes`, async () => {
  const { api } = team;
  const sequences: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team, { steps: 1 });
    sequences.push(id);
    const members = await plantMembers(world, team, id, 3);
    const contact_ids = members.map((row) => row.contact_id);
    const paused = await api.enrollments.pause({ id, contact_ids });
    const change = paused.change?.id ?? "";
    const [first, second, third] = members as [MemberRow, MemberRow, MemberRow];
    const undo = () => answered(api.changes.undo({ id: change }), "change_undone_already");
    const [one, other] = await Promise.all([
      undo(),
      undo(),
      answered(api.contacts.update({ id: first.contact_id, email_unsubscribed: true })),
      answered(api.enrollments.removeContacts({ emailer_campaign_id: id, contact_ids: [second.contact_id] })),
      answered(api.enrollments.resume({ id, contact_ids: [third.contact_id] })),
    ]);
    assert.ok((one === null) !== (other === null), "once is enough");
    const states = await Promise.all(members.map(async (row) => (await memberOf(world, row.id)).state));
    assert.deepEqual(states, ["finished", "removed", "active"]);
  }
  await assertWhole(sequences);
});

test(`${ROUNDS} rounds: contacts are deleted, merged and unsubscribed while they are paused, resumed and started over`, async () => {
  const { api } = team;
  const sequences: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team, { steps: 1 });
    sequences.push(id);
    const members = await plantMembers(world, team, id, 5);
    const contact_ids = members.map((row) => row.contact_id);
    const [a, b, c, d] = contact_ids as [string, string, string, string];
    const wish = { id, contact_ids };
    const gone = ["contact_unknown", "contact_deleted", "contact_deleted_cannot_update"];
    await Promise.all([
      ...Array.from({ length: 3 }, () => answered(api.enrollments.pause(wish))),
      ...Array.from({ length: 3 }, () => answered(api.enrollments.resume(wish))),
      ...Array.from({ length: 2 }, () => answered(api.enrollments.restart(wish))),
      answered(api.contacts.delete({ id: a }), ...gone),
      answered(api.contacts.merge({ winner_id: b, loser_ids: [c] }), ...gone),
      answered(api.contacts.update({ id: d, email_unsubscribed: true }), ...gone),
    ]);
    const states = await asOwner(world, async (client) => {
      const { rows } = await client.query<{ contact_id: string; state: string }>(
        "select contact_id, state from enrollments where sequence_id = $1 and state in ('active', 'paused')",
        [id],
      );
      return rows;
    });
    assert.ok(
      states.every(({ contact_id }) => contact_id !== d),
      "nobody who has unsubscribed is live",
    );
    assert.ok(states.every(({ contact_id }) => contact_id !== a && contact_id !== c));
  }
  await assertOnce(sequences);
});

/** A merge moves rows without a word of their own, so here only the rows are asked. */
function assertOnce(sequenceIds: readonly string[]) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query(BROKEN["somebody is in a sequence twice"], [sequenceIds]);
    assert.deepEqual(rows, []);
  });
}
