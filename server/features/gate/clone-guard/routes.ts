import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { confirmSending, holdNow, mayConfirm } from "./commands.ts";
import { presentInstallation } from "./present.ts";

export const routes = [
  route(contract.installation.show, async ({ input: _, ...act }) => ({
    installation: presentInstallation(await holdNow(act), await mayConfirm(act)),
  })),

  route(contract.installation.confirmSending, async ({ input: _, ...act }) => ({
    installation: presentInstallation(await confirmSending(act), true),
  })),
];
