import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { checkInstallation } from "./checking.ts";

export const routes = [
  route(contract.installation.checks, async ({ input: _, ...act }) => ({
    checks: await checkInstallation(act),
  })),
];
