import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { presentProgress } from "../../events/progress/present.ts";
import { plantInvented, removeInvented } from "./commands.ts";
import { countInvented } from "./store.ts";

const { inventedPeople } = contract;

export const routes = [
  route(inventedPeople.count, async ({ db, caller }) => ({
    invented: await countInvented(db, caller.teamId),
  })),

  route(inventedPeople.plant, async ({ input, ...act }) => presentProgress(await plantInvented(act, input))),

  route(inventedPeople.remove, async ({ input: _, ...act }) => {
    const { removed, job } = await removeInvented(act);
    return { removed, entity_progress_job: job && presentProgress(job).entity_progress_job };
  }),
];
