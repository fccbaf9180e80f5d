// Workflows and copilots do nothing that the key or person who saves them may not do by a call.

import assert from "node:assert/strict";
import { test } from "node:test";
import { workflowAction } from "@cadenza/contract";
import type { Input, shapes } from "@cadenza/sdk";
import { proposeOnce } from "../../../engine/automation/run-copilots.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { overOf } from "../../../testing/workflowing.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let sequence: string;
let mailbox: string;
let stage: string;
let field: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  sequence = (await newSequence(team)).id;
  mailbox = (await newMailbox(team)).id;
  stage = (await team.api.contactStages.list({})).contact_stages[0]?.id ?? "";
  const wish = { label: "Plant", type: "string", modality: "contact" } as const;
  field = (await team.api.customFields.create(wish)).typed_custom_fields[0]?.id ?? "";
});

const scope = (name: string) => `api/v1/${name}`;
const WORKFLOWS = ["create", "update", "activate", "run", "show", "index"].map((verb) =>
  scope(`workflows/${verb}`),
);

async function keyWith(scopes: readonly string[]) {
  const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes: [...scopes] });
  return { id: api_key.id, api: world.client({ apiKey: api_key.key }) as unknown as Team["api"] };
}

type Action = shapes.WorkflowAction;
type Wish<Type> = {
  needs: string | null;
  said: () => Omit<Extract<Action, { type: Type }>, "type">;
  entity?: "person";
};

const NOTICE = { type: "notify", text: "Here" };

/** Every action, with the call whose permission it needs; null: every user who may save workflows may use it. */
const ACTIONS: { [Type in Action["type"]]: Wish<Type> } = {
  enrich: { needs: "contacts/enrich", said: () => ({}) },
  save_as_contact: { needs: "mixed_people/add_to_contacts", said: () => ({}), entity: "person" },
  add_to_sequence: {
    needs: "emailer_campaigns/add_contact_ids",
    said: () => ({ emailer_campaign_id: sequence, send_email_from_email_account_id: [mailbox] }),
  },
  remove_from_sequence: {
    needs: "emailer_campaigns/remove_or_stop_contact_ids",
    said: () => ({ emailer_campaign_ids: [sequence] }),
  },
  add_to_list: { needs: "labels/add_entity_ids_to_label_names", said: () => ({ label_names: ["A"] }) },
  remove_from_list: {
    needs: "labels/remove_entity_ids_from_label_names",
    said: () => ({ label_names: ["A"] }),
  },
  set_stage: { needs: "contacts/update_stages", said: () => ({ stage_id: stage }) },
  set_field: { needs: "contacts/bulk_update", said: () => ({ typed_custom_fields: { [field]: "x" } }) },
  set_owner: { needs: "contacts/update_owners", said: () => ({ owner_ids: [team.owner.id] }) },
  create_task: { needs: "tasks/bulk_create", said: () => ({ task_type: "call" }) },
  create_deal: { needs: "opportunities/create", said: () => ({ name: "Deal" }) },
  call_webhook: {
    needs: "webhook_subscriptions/create",
    said: () => ({ url: "https://example.com/hook" }),
  },
  notify: { needs: null, said: () => ({ text: "Here" }) },
  wait: { needs: null, said: () => ({ days: 1 }) },
  branch: { needs: null, said: () => ({ filters: {}, yes: [NOTICE] }) },
  split: { needs: null, said: () => ({ paths: [{ actions: [NOTICE] }, { actions: [NOTICE] }] }) },
};

const wishOf = (type: string): Input<"workflows", "create"> => {
  const { said, entity = "contact" } = ACTIONS[type as Action["type"]];
  const trigger = { type: "schedule", cron: "0 3 * * *" } as const;
  return { name: `Does ${type}`, entity, trigger, actions: [{ type, ...said() } as Action] };
};

test("every action of the contract is asked about here", () => {
  const types = workflowAction.options.map((one) => one.shape.type.value as string);
  assert.deepEqual(Object.keys(ACTIONS).sort(), types.sort());
});

for (const [type, { needs }] of Object.entries(ACTIONS))
  test(`a key saves a workflow with ${type} ${needs ? "only if it may make that call" : "by itself"}`, async () => {
    const narrow = await keyWith(WORKFLOWS);
    if (needs === null) {
      await narrow.api.workflows.create(wishOf(type));
      return;
    }
    const { status, code, message } = await refused(narrow.api.workflows.create(wishOf(type)));
    assert.deepEqual([status, code], [403, "scope_missing"]);
    assert.ok(message.includes(scope(needs)), message);
    const { workflow } = await narrow.api.workflows.create(wishOf("notify"));
    const actions = [{ type: "branch" as const, filters: {}, yes: wishOf(type).actions }];
    if (type !== "save_as_contact")
      assert.equal(
        (await refused(narrow.api.workflows.update({ id: workflow.id, actions }))).code,
        "scope_missing",
        "nor inside a branch of one that it may change",
      );
    if (type === "call_webhook") return; // no scope: only admins and master keys
    const wide = await keyWith([...WORKFLOWS, scope(needs)]);
    const made = (await wide.api.workflows.create(wishOf(type))).workflow;
    assert.equal(
      (await refused(narrow.api.workflows.activate({ id: made.id, everybody: true }))).status,
      403,
    );
    assert.equal((await refused(narrow.api.workflows.run({ id: made.id, entity_ids: [] }))).status, 403);
  });

test("a workflow stops when the key it was saved with is revoked, and goes on once a person switches it on again", async () => {
  const key = await keyWith([...WORKFLOWS, scope("contacts/update_owners")]);
  const { workflow } = await key.api.workflows.create(wishOf("set_owner"));
  await key.api.workflows.activate({ id: workflow.id, everybody: true });
  const run = async () => {
    const contact = await newContact(team);
    const { workflow_run } = await team.api.workflows.run({ id: workflow.id, entity_ids: [contact] });
    return (await overOf(team, workflow_run.id)).candidates[0];
  };
  assert.equal((await run())?.verdict, "done");
  await team.api.apiKeys.revoke({ id: key.id });
  const stopped = await run();
  assert.deepEqual([stopped?.verdict, stopped?.code], ["failed", "key_ended"]);
  const off = (await team.api.workflows.get({ id: workflow.id })).workflow;
  assert.deepEqual([off.active, off.inactive_reason], [false, "key_ended"]);
  await team.api.workflows.activate({ id: workflow.id, everybody: true });
  assert.equal((await run())?.verdict, "done");
});

test("a member calls no webhook by a workflow, as they make none by a call", async () => {
  const { invitation_url, user } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia", password });
  const member = (await world.signIn("mia@example.no", password)).api;
  assert.equal((await refused(member.workflows.create(wishOf("call_webhook")))).code, "admin_only");
  const { workflow } = await team.api.workflows.create(wishOf("call_webhook"));
  await team.api.workflows.update({ id: workflow.id, user_id: user.id });
  const { workflow_run } = await team.api.workflows.run({
    id: workflow.id,
    entity_ids: [await newContact(team)],
  });
  const { candidates } = await overOf(team, workflow_run.id);
  assert.deepEqual([candidates[0]?.verdict, candidates[0]?.code], ["failed", "right_missing"]);
});

test("a key makes, changes and approves a copilot only if it may add contacts to sequences", async () => {
  const copilots = ["create", "update", "approve", "propose"].map((verb) => scope(`copilots/${verb}`));
  const narrow = await keyWith(copilots);
  const wide = await keyWith([...copilots, scope("emailer_campaigns/add_contact_ids")]);
  const wish = {
    name: "Whom next",
    emailer_campaign_id: sequence,
    email_account_ids: [mailbox],
    per_day: 5,
    filters: { q_keywords: "plant" },
    review: false,
    hour: 7,
    active: false,
  };
  assert.equal((await refused(narrow.api.copilots.create(wish))).code, "scope_missing");
  const { copilot } = await wide.api.copilots.create(wish);
  const { id } = copilot;
  const NOBODY = "64f0aa00000000000000ffff";
  for (const attempt of [
    () => narrow.api.copilots.update({ id, per_day: 6 }),
    () => narrow.api.copilots.propose({ id }),
    () => narrow.api.copilots.approve({ id, proposal_ids: [NOBODY] }),
  ])
    assert.equal((await refused(attempt())).code, "scope_missing");
  await wide.api.copilots.update({ id, active: true });
  await team.api.apiKeys.revoke({ id: wide.id });
  world.advance({ hours: 48 });
  while ((await proposeOnce(world.running)) > 0);
  const off = (await team.api.copilots.show({ id })).copilot;
  assert.equal(off.active, false);
  assert.match(off.said ?? "", /is no longer valid/);
});
