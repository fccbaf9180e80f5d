// A reply with a class that a language model suggested.

import { plantIncoming } from "./incoming.ts";
import { plant } from "./planted.ts";
import type { Team, World } from "./world.ts";

/** Answers the id of the reply. */
export async function plantSuggested(world: World, team: Team) {
  const { id } = await plantIncoming(world, team);
  const now = world.running.app.now().toString();
  await plant(world, team, "model_suggestions", {
    incoming_mail_id: id,
    state: "suggested",
    reply_class: "not_interested",
    reason: "They decline.",
    model: "small-1",
    prompt: "class-1",
    answered_at: now,
    created_at: now,
  });
  return id;
}
