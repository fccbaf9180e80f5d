import assert from "node:assert/strict";
import { test } from "node:test";
import { sweep } from "../../../engine/upkeep/sweep.ts";
import {
  atOnce,
  type MemberRow,
  memberOf,
  membersOf,
  newSequence,
  plantMembers,
  toldOf,
} from "../../../testing/members.ts";
import { plant } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const NEVER = "64f0aa0000000000000000ff";
const idsOf = (rows: readonly MemberRow[]) => rows.map(({ contact_id }) => contact_id);
const inHours = (hours: number) => new Date(world.running.app.now().epochMilliseconds + hours * 3_600_000);

/** What a row is, without what any change of it counts up, since when it is so, and when the engine looks at it. */
function standing({ revision: _, ...row }: MemberRow) {
  const {
    updated_at: __,
    state_since: ___,
    plan_at: ____,
    ...rest
  } = row as typeof row & Record<string, unknown>;
  return rest;
}

async function changed(answer: Promise<object>) {
  const { change } = atOnce(await answer) as {
    change: { id: string; undo_until: string | null } | null;
  };
  assert.ok(change);
  return change;
}

test("whatever was done to many is put back as it was", async () => {
  const { id, steps } = await newSequence(team);
  const at = { current_step_id: steps[1], due_at: inHours(30) };
  const members = [
    ...(await plantMembers(world, team, id, 2, at)),
    ...(await plantMembers(world, team, id, 1, {
      ...at,
      state: "paused",
      inactive_reason: "out of office",
      paused_at: inHours(-5),
      resume_at: inHours(50),
    })),
    ...(await plantMembers(world, team, id, 1, {
      ...at,
      state: "failed",
      failure_reason: "snippets_missing",
      failed_at: inHours(-5),
    })),
    ...(await plantMembers(world, team, id, 1, {
      ...at,
      due_at: null,
      state: "finished",
      inactive_reason: "replied",
      finished_at: inHours(-5),
    })),
  ];
  const contact_ids = idsOf(members);
  const { api } = team;
  const changes: [what: string, make: () => Promise<object>][] = [
    [
      "pause",
      () =>
        api.enrollments.pause({
          id,
          contact_ids,
          auto_unpause_at: inHours(9).toISOString(),
          reason: "trade fair",
        }),
    ],
    ["resume", () => api.enrollments.resume({ id, contact_ids })],
    ["retry", () => api.enrollments.retry({ id, contact_ids })],
    ["restart", () => api.enrollments.restart({ id, contact_ids })],
    ...(["mark_as_finished", "stop", "remove"] as const).map((mode): [string, () => Promise<object>] => [
      mode,
      () => api.enrollments.removeOrStop({ emailer_campaign_ids: [id], contact_ids, mode }),
    ]),
  ];
  for (const [what, make] of changes) {
    const began = Date.now();
    const change = await changed(make());
    assert.ok(change.undo_until && Date.parse(change.undo_until) > began + 25_000, what);
    const undone = await api.changes.undo({ id: change.id });
    assert.deepEqual(undone.skipped_contact_ids, {}, what);
    assert.ok(undone.undone_contact_ids.length > 0);
    for (const member of members)
      assert.deepEqual(standing(await memberOf(world, member.id)), standing(member), what);
    const live = (await membersOf(world, id)).filter(({ state }) => state !== "removed");
    assert.equal(live.length, members.length, `${what} leaves nobody twice`);
    assert.equal((await refused(api.changes.undo({ id: change.id }))).code, "change_undone_already");
  }
  const told = (await toldOf(world, id)).filter(({ data }) => data.reason === "undone");
  assert.ok(
    told.some(({ type }) => type === "enrollment.resumed") &&
      told.some(({ type }) => type === "enrollment.failed"),
  );
});

test("an undo skips and names contacts who have moved on since, and puts the others back", async () => {
  const { id } = await newSequence(team);
  const members = await plantMembers(world, team, id, 3);
  const [first, second, third] = idsOf(members) as [string, string, string];
  const { id: change } = await changed(team.api.enrollments.pause({ id, all: true }));
  await team.api.enrollments.resume({ id, contact_ids: [second] });
  const undone = await team.api.changes.undo({ id: change });
  assert.deepEqual(undone.skipped_contact_ids, { [second]: "changed_since" });
  assert.deepEqual(undone.undone_contact_ids.sort(), [first, third].sort());
});

test("an undo does not put back contacts who may no longer be emailed", async () => {
  const { id } = await newSequence(team);
  const members = await plantMembers(world, team, id, 4);
  const [free, out, again, gone] = idsOf(members) as [string, string, string, string];
  const { id: change } = await changed(
    team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [id],
      contact_ids: idsOf(members),
      mode: "remove",
    }),
  );
  await team.api.contacts.update({ id: out, email_unsubscribed: true });
  await asOwner(world, (client) =>
    client.query(
      "insert into enrollments (team_id, id, sequence_id, contact_id, generation, state, added_at, updated_at) values ($1, new_ident(), $2, $3, 2, 'active', now(), now())",
      [team.id, id, again],
    ),
  );
  await team.api.contacts.delete({ id: gone });
  await team.api.sequences.abort({ id });
  const undone = await team.api.changes.undo({ id: change });
  assert.deepEqual(undone.skipped_contact_ids, {
    [out]: "contact_unsubscribed",
    [again]: "in_sequence_again",
  });
  assert.deepEqual(undone.undone_contact_ids, [free]);
  const back = await memberOf(world, members[0]?.id ?? "");
  assert.deepEqual(
    [back.state, back.inactive_reason],
    ["paused", "Sequence inactive"],
    "the sequence is off now",
  );
});

test("a change can be undone for half a minute, by its author or an admin, and is then forgotten", async () => {
  const { id } = await newSequence(team);
  await team.api.sequences.update({
    id,
    sharing_permission: { visibility: "everyone", access_type: "can_edit" },
  });
  const [member] = await plantMembers(world, team, id, 1);
  const contact_ids = idsOf(member ? [member] : []);
  const person = async (email: string) => {
    const { user } = await team.api.users.invite({ email, role: "member" });
    const { api_key } = await team.api.apiKeys.create({ name: email, master: true, user_id: user.id });
    return world.client({ apiKey: api_key.key });
  };
  const [maker, other] = [await person("maker@example.no"), await person("other@example.no")];
  const { id: change } = await changed(maker.enrollments.pause({ id, contact_ids }));
  const refusal = await refused(other.changes.undo({ id: change }));
  assert.deepEqual([refusal.status, refusal.code], [403, "change_of_another"]);
  const stranger = await world.newTeam("Stranger");
  assert.equal((await refused(stranger.api.changes.undo({ id: change }))).status, 404);
  assert.equal((await refused(team.api.changes.undo({ id: NEVER }))).status, 404);
  await maker.changes.undo({ id: change });
  const { id: byMember } = await changed(maker.enrollments.pause({ id, contact_ids }));
  await team.api.changes.undo({ id: byMember });

  const { id: late } = await changed(team.api.enrollments.pause({ id, contact_ids }));
  world.advance({ seconds: 31 });
  assert.equal((await refused(team.api.changes.undo({ id: late }))).code, "change_too_old");
  world.advance({ hours: 25 });
  await sweep(world.running.app);
  assert.equal((await refused(team.api.changes.undo({ id: late }))).status, 404);
});

test("where nothing was changed there is nothing to take back", async () => {
  const { id } = await newSequence(team);
  const [member] = await plantMembers(world, team, id, 1);
  const answer = atOnce(
    await team.api.enrollments.resume({ id, contact_ids: idsOf(member ? [member] : []) }),
  );
  assert.equal(answer.change, null);
});

test("who has finished at a step that was deleted since is left alone and named", async () => {
  const { id, steps } = await newSequence(team);
  const [gone] = await plantMembers(world, team, id, 1, { current_step_id: steps[1] });
  const [kept] = await plantMembers(world, team, id, 1, { current_step_id: steps[0] });
  const contact_ids = [gone?.contact_id ?? "", kept?.contact_id ?? ""];
  const { id: change } = await changed(
    team.api.enrollments.removeOrStop({ emailer_campaign_ids: [id], contact_ids, mode: "mark_as_finished" }),
  );
  await team.api.steps.remove({ id: steps[1] ?? "" });
  const undone = await team.api.changes.undo({ id: change });
  assert.deepEqual(undone.skipped_contact_ids, { [contact_ids[0] ?? ""]: "step_removed" });
  assert.deepEqual(undone.undone_contact_ids, [contact_ids[1]]);
  assert.equal((await memberOf(world, gone?.id ?? "")).state, "finished");
});

test("no contact is put back into the mailbox of a user who has left since", async () => {
  const { id } = await newSequence(team);
  const { user } = await team.api.users.invite({ email: "bob@example.no", role: "member" });
  const at = new Date();
  const box = (user_id: string, email: string) =>
    plant(world, team, "mailboxes", { user_id, email, type: "smtp", created_at: at, updated_at: at });
  const [theirs, ours] = [await box(user.id, "bob@example.no"), await box(team.owner.id, "us@example.no")];
  const [member] = await plantMembers(world, team, id, 1, { mailbox_id: theirs });
  const contact_ids = idsOf(member ? [member] : []);
  const { id: change } = await changed(
    team.api.enrollments.move({ id, contact_ids, send_email_from_email_account_id: ours }),
  );
  await team.api.users.deactivate({ id: user.id });
  const undone = await team.api.changes.undo({ id: change });
  assert.deepEqual(undone.skipped_contact_ids, { [contact_ids[0] ?? ""]: "user_deleted" });
  const { state, mailbox_id } = await memberOf(world, member?.id ?? "");
  assert.deepEqual([state, mailbox_id], ["active", ours]);
});
