import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { deleteGoal, listGoals, saveGoal } from "./commands.ts";
import { presentGoal } from "./present.ts";

export const routes = [
  route(contract.goals.list, async ({ input, ...act }) => {
    const userId = input.user_id ?? act.caller.userId;
    return { goals: (await listGoals(act, userId, input.time_zone)).map(presentGoal) };
  }),

  route(contract.goals.save, async ({ input, ...act }) => {
    const { user_id: userId = act.caller.userId, metric, period, target, time_zone } = input;
    return { goal: presentGoal(await saveGoal(act, { userId, metric, period, target }, time_zone)) };
  }),

  route(contract.goals.delete, async ({ input, ...act }) => {
    await deleteGoal(act, input.id);
    return { goal: { id: input.id, deleted: true as const } };
  }),
];
