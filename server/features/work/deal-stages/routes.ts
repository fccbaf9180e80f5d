import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { changeStage, createStage, type DealStageInput, deleteStage, reorderStages } from "./commands.ts";
import { presentPipeline, presentStage } from "./present.ts";
import { listStages } from "./store.ts";

const { opportunityPipelines, opportunityStages } = contract;

export const routes = [
  route(opportunityPipelines.list, async ({ caller }) => ({
    opportunity_pipelines: [presentPipeline(caller.teamId)],
  })),
  route(opportunityPipelines.get, async ({ caller, input }) => {
    const pipeline = presentPipeline(caller.teamId);
    if (pipeline.id !== input.id) throw new Refusal("record_not_found");
    return { opportunity_pipeline: pipeline };
  }),
  route(opportunityStages.list, async ({ db, caller }) => ({
    opportunity_stages: (await listStages(db, caller.teamId)).map(presentStage),
  })),
  route(opportunityStages.create, async ({ input, ...act }) => ({
    opportunity_stage: presentStage(await createStage(act, { ...readWish(input), name: input.name })),
  })),
  route(opportunityStages.update, async ({ input, ...act }) => ({
    opportunity_stage: presentStage(await changeStage(act, input.id, readWish(input))),
  })),
  route(opportunityStages.reorder, async ({ input, ...act }) => ({
    opportunity_stages: (await reorderStages(act, input.ids)).map(presentStage),
  })),
  route(opportunityStages.delete, async ({ input, ...act }) => ({
    opportunity_stage: presentStage(await deleteStage(act, input.id, input.reassign_to ?? null)),
  })),
];

function readWish(input: Omit<z.output<typeof opportunityStages.update.input>, "id">): DealStageInput {
  return {
    name: input.name,
    type: input.type,
    probability: input.probability,
    forecast: input.forecast_category_cd,
    description: input.description,
    isMeetingSet: input.is_meeting_set,
    position: input.display_order,
  };
}
