import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { changeSubteam, createSubteam, deleteSubteam } from "./commands.ts";
import { presentSubteam } from "./present.ts";
import { listSubteams } from "./store.ts";

export const routes = [
  route(contract.subteams.list, async ({ db, caller }) => ({
    subteams: (await listSubteams(db, caller.teamId)).map(presentSubteam),
  })),

  route(contract.subteams.create, async ({ input, ...act }) => {
    const wish = { name: input.name, userIds: input.user_ids ?? [] };
    return { subteam: presentSubteam(await createSubteam(act, wish)) };
  }),

  route(contract.subteams.update, async ({ input, ...act }) => {
    const change = { name: input.name, userIds: input.user_ids };
    return { subteam: presentSubteam(await changeSubteam(act, input.id, change)) };
  }),

  route(contract.subteams.delete, async ({ input, ...act }) => ({
    subteam: presentSubteam(await deleteSubteam(act, input.id)),
  })),
];
