// What a workflow would do, before it is turned on.

import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { namesOf } from "../workflows/candidates-log-store.ts";
import { refuseOfAnother, workflowAsked } from "./asked.ts";
import { lookBack } from "./look-back.ts";
import { groupsOf, presentLookBack, shownOf } from "./present.ts";
import { presentTrial } from "./present-trial.ts";
import { tryOut } from "./trying.ts";

const { workflowTrials } = contract;

export const routes = [
  route(workflowTrials.lookBack, async ({ input, ...act }) => {
    const looked = await lookBack(act, await workflowAsked(act, input));
    const groups = groupsOf(looked.replayed.leftOut);
    const names = await namesOf(act.db, act.caller.teamId, shownOf(looked, groups));
    return { look_back: presentLookBack(looked, groups, names) };
  }),

  route(workflowTrials.tryOut, async ({ input, ...act }) => {
    const { entity_id: entityId, ...asked } = input;
    const workflow = await workflowAsked(act, asked);
    await refuseOfAnother(act, workflow);
    return { trial: presentTrial(await tryOut(act, workflow, entityId)) };
  }),
];
