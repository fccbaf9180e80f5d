import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { readPause } from "../managing/managing-input.ts";
import { presentStarted } from "../managing/present.ts";
import { manageEverywhere } from "./commands.ts";
import { presentEverywhere, presentWhere } from "./present.ts";

export const routes = [
  route(contract.enrollments.manageEverywhere, async ({ input, ...act }) => {
    const { action } = input;
    const result = await manageEverywhere(act, {
      accountIds: input.account_ids ?? [],
      contactIds: input.contact_ids ?? [],
      action: action === "pause" ? readPause(input) : { is: action },
      isAsync: input.async,
    });
    if (!result.progress) return presentEverywhere(result, result.done);
    const { progress, change } = result.progress;
    return { ...presentStarted(progress, change), ...presentWhere(result, null, result.named.length) };
  }),
];
