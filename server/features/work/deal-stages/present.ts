import { hash } from "node:crypto";
import { typeOfStage } from "../../../domain/work/deal.ts";
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
    opportunity_pipeline_id: pipelineIdOf(stage.teamId),
    is_editable: true,
    type: typeOfStage(stage),
  };
}

/** Apollo knows several pipelines of deals. A team here has one, with all of its stages; its id follows from the team's. */
export function pipelineIdOf(teamId: string) {
  return hash("sha256", `pipeline ${teamId}`).slice(0, 24);
}

export function presentPipeline(teamId: string) {
  return {
    id: pipelineIdOf(teamId),
    title: "Sales Pipeline",
    default_pipeline: true as const,
    display_order: 0 as const,
    source: "apollo" as const,
    external_id: null,
    sync_enabled: false as const,
    team_id: teamId,
  };
}
