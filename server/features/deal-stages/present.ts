import { typeOfStage } from "../../domain/deal.ts";
import type { StageRow } from "./store.ts";

export function presentStage(stage: StageRow) {
  return {
    id: stage.id,
    team_id: stage.teamId,
    name: stage.name,
    display_order: stage.position,
    forecast_category_cd: stage.forecast,
    is_won: stage.isWon,
    is_closed: stage.isClosed,
    probability: stage.probability,
    description: stage.description,
    salesforce_id: null,
    is_meeting_set: stage.isMeetingSet,
    opportunity_pipeline_id: null,
    is_editable: true,
    type: typeOfStage(stage),
  };
}
