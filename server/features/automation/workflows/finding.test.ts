// Whose those are whom a batch finds, and which contacts, however it finds them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newContact } from "../../../testing/sequenced.ts";
import { newWorkflow, ran } from "../../../testing/workflowing.ts";
import { tokenIn, useWorld } from "../../../testing/world.ts";

const world = useWorld();
const NIGHTLY = { type: "schedule", cron: "0 3 * * *" } as const;

for (const [by, filters] of [
  ["a list alone", {}],
  ["a list and a stage", { stage: true }],
  ["a list and an address", { q_keywords: "finding.example" }],
] as const)
  test(`the cap of each owner holds for whom ${by} finds`, async () => {
    const team = await world.newTeam();
    const { user, invitation_url } = await team.api.users.invite({
      email: `mate${Math.random()}@finding.example.no`,
      role: "member",
    });
    const password = "a long sentence is a good password";
    await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Mate", password });
    const { contact_stages } = await team.api.contactStages.list();
    const contact_stage_id = contact_stages[0]?.id ?? "";
    const { label } = await team.api.labels.create({ name: "Found", modality: "contacts" });
    for (let n = 0; n < 6; n++) {
      const id = await newContact(team, { email: `person${n}@finding.example`, label_names: ["Found"] });
      const owner_id = n % 2 ? user.id : team.owner.id;
      await team.api.contacts.update({ id, owner_id, contact_stage_id });
    }
    const { stage = false, ...rest } = filters as { stage?: boolean; q_keywords?: string };
    const { workflow } = await newWorkflow(team, {
      trigger: NIGHTLY,
      actions: [{ type: "notify", text: "Found" }],
      caps: { per_owner: 2 },
      filters: {
        contact_label_ids: [label.id],
        ...rest,
        ...(stage && { contact_stage_ids: [contact_stage_id] }),
      },
    });
    const { run, candidates } = await ran(team, workflow.id);
    assert.deepEqual([run.counts.done, run.counts.skipped], [4, 2]);
    assert.ok(candidates.every(({ contact_id, entity_id }) => contact_id === entity_id));
  });
