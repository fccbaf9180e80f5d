import type { Act } from "../../../app.ts";
import type { StageTriggers } from "../../../domain/sequences/rules.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as store from "./store.ts";

/** Part of whatever makes or changes the ruleset or the sequence. Nothing said leaves what there is. */
export async function setStageTriggers(
  { db, caller }: Act,
  kind: "ruleset" | "sequence",
  id: string,
  triggers: StageTriggers | undefined,
) {
  if (!triggers) return;
  const wished = Object.values(triggers);
  const held = await store.holdContactStages(db, caller.teamId, wished);
  const missing = wished.find((stageId) => !held.has(stageId));
  if (missing) throw new Refusal("stage_not_found", { id: missing });
  await store.replaceStageTriggers(db, caller.teamId, kind, id, triggers);
}
