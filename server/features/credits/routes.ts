import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { readCredits } from "./commands.ts";
import { presentCredits } from "./present.ts";

export const routes = [
  route(contract.usageStats.creditUsage, async (act) => presentCredits(await readCredits(act))),
];
