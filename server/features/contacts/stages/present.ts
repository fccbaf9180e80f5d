import type { StageRow } from "./store.ts";

// Apollo counts contact stages from 0 and account stages from 1.

export function presentContactStage(stage: StageRow) {
  return {
    id: stage.id,
    team_id: stage.teamId,
    display_name: stage.name,
    name: stage.name,
    display_order: stage.position,
    ignore_trigger_override: stage.isSpecial,
    category: stage.category,
    is_meeting_set: stage.isMeetingSet,
  };
}

export function presentAccountStage(stage: StageRow) {
  return {
    id: stage.id,
    team_id: stage.teamId,
    display_name: stage.name,
    name: stage.name,
    display_order: stage.position + 1,
    default_exclude_for_leadgen: stage.isSpecial,
    category: stage.category,
    is_meeting_set: stage.isMeetingSet,
  };
}
