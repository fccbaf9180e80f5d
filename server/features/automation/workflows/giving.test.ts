// A workflow gets another owner: only an admin can do it, the new owner must be active, and it does what they may.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { candidatesOf, overOf, ran, untilHolds } from "../../../testing/workflowing.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { changeWorkflow } from "./commands.ts";

const world = useWorld();
const NIGHTLY = { type: "schedule", cron: "0 3 * * *" } as const;
const TELL: [{ type: "notify"; text: string }] = [{ type: "notify", text: "It happened" }];

let members = 0;

async function newMember(team: Team) {
  const email = `member${++members}@giving.example.no`;
  const { user, invitation_url } = await team.api.users.invite({ email, role: "member" });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  return { id: user.id, api: (await world.signIn(email, password)).api };
}

test("what it does is checked against the rights of its present owner", async () => {
  const team = await world.newTeam();
  const member = await newMember(team);
  const sequence = await newSequence(team);
  await team.api.sequences.update({
    id: sequence.id,
    sharing_permission: { visibility: "restricted" },
  });
  const box = await newMailbox(team);
  const [first, second] = [await newContact(team), await newContact(team)];
  const { workflow } = await team.api.workflows.create({
    name: "Reaching far",
    trigger: NIGHTLY,
    actions: [
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        sequence_unverified_email: true,
        send_email_from_email_account_id: [box.id],
      },
    ],
  });
  const { id } = workflow;
  const { workflow: given } = await team.api.workflows.update({ id, user_id: member.id });
  assert.deepEqual([given.user_id, given.version], [member.id, workflow.version]);
  const { workflow_run } = await team.api.workflows.run({ id, entity_ids: [first] });
  await untilHolds(
    () => candidatesOf(team, workflow_run.id),
    ([one]) => one !== undefined && (one.verdict === "failed" || one.held_up !== null),
  );
  const { contact: untouched } = await team.api.contacts.get({ id: first });
  assert.deepEqual(untouched.contact_campaign_statuses, [], "a member may not add to this sequence");
  await team.api.workflows.update({ id, user_id: team.owner.id });
  assert.equal((await ran(team, id, [second])).run.counts.done, 1);
  const { contact } = await team.api.contacts.get({ id: second });
  assert.equal(contact.contact_campaign_statuses[0]?.added_by_user_id, team.owner.id);
});

test("a workflow that is given away at the moment it stops for its owner's leaving goes on", async () => {
  const team = await world.newTeam();
  const member = await newMember(team);
  const contact = await newContact(team);
  const actions = [{ type: "wait" as const, minutes: 5 }, ...TELL];
  const { workflow } = await member.api.workflows.create({ name: "Kept", trigger: NIGHTLY, actions });
  const { id } = workflow;
  await member.api.workflows.activate({ id, everybody: true });
  const { workflow_run: run } = await member.api.workflows.run({ id, entity_ids: [contact] });
  await untilHolds(
    () => candidatesOf(team, run.id),
    ([one]) => one?.held_up?.code === "waiting",
  );
  await team.api.users.deactivate({ id: member.id });
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const [, { candidates }] = await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, onBehalf, async (act) => {
        await changeWorkflow(act, id, () => ({ ownerId: team.owner.id }), null);
        await beforeCommit();
      }),
    () => {
      world.advance({ minutes: 6 });
      return overOf(team, run.id);
    },
  );
  const { workflow: after } = await team.api.workflows.get({ id });
  assert.deepEqual(
    [after.user_id, after.active, candidates.map(({ verdict }) => verdict)],
    [team.owner.id, true, ["done"]],
  );
});

test("only an admin gives a workflow away, and only to an active user", async () => {
  const team = await world.newTeam();
  const [member, gone] = [await newMember(team), await newMember(team)];
  await team.api.users.deactivate({ id: gone.id });
  const stranger = await world.newTeam("Elsewhere");
  const { workflow } = await member.api.workflows.create({ name: "Mine", trigger: NIGHTLY, actions: TELL });
  const { id } = workflow;
  const byMember = await refused(member.api.workflows.update({ id, user_id: team.owner.id }));
  assert.deepEqual([byMember.status, byMember.code], [403, "workflow_given_by_admin"]);
  for (const user_id of [gone.id, stranger.owner.id, "64f0aa0000000000000000ff"]) {
    const { code } = await refused(team.api.workflows.update({ id, user_id, name: "Theirs" }));
    assert.equal(code, "unknown_id", user_id);
  }
  const { workflow: after } = await team.api.workflows.get({ id });
  assert.deepEqual([after.user_id, after.name], [member.id, "Mine"]);
  const { workflow: renamed } = await member.api.workflows.update({
    id,
    user_id: member.id,
    name: "Still mine",
  });
  assert.equal(renamed.name, "Still mine", "who has it already may be named");
});
