import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../http/route.ts";
import { changeStage, createStage, deleteStage, reorderStages, type StageWish } from "./commands.ts";
import { presentStage } from "./present.ts";
import { listStages } from "./store.ts";

const { opportunityStages } = contract;

export const routes = [
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

function readWish(input: Omit<z.output<typeof opportunityStages.update.input>, "id">): StageWish {
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
