// A contact whom a workflow has had, as the engine leaves them behind: a run, a line for them, and a notice.

import { plant, plantContact } from "./planted.ts";
import type { Team, World } from "./world.ts";

export async function plantTaken(world: Pick<World, "ownerConnection">, team: Team) {
  const { workflow } = await team.api.workflows.create({
    name: "made",
    trigger: { type: "event", event: "contact.stage_changed" },
    actions: [{ type: "notify", text: "Moved" }],
  });
  const contact = await plantContact(world, team, { first_name: "made" });
  const at = new Date().toISOString();
  const about = { workflow_id: workflow.id, version: 1, trigger_key: "manual:made" };
  const run = await plant(world, team, "workflow_runs", {
    ...about,
    cause: "manual",
    status: "running",
    started_at: at,
  });
  const candidate = await plant(world, team, "workflow_candidates", {
    ...about,
    run_id: run,
    entity_id: contact,
    contact_id: contact,
    verdict: "done",
    chain: [workflow.id],
    created_at: at,
    finished_at: at,
  });
  const notice = await plant(world, team, "workflow_notices", {
    user_id: team.owner.id,
    workflow_id: workflow.id,
    candidate_id: candidate,
    entity_id: contact,
    contact_id: contact,
    text: "Moved",
    created_at: at,
  });
  return { workflow: workflow.id, run, candidate, notice, contact };
}
