import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { confirmSending, holdNow } from "./commands.ts";
import { presentInstallation } from "./present.ts";

export const routes = [
  route(contract.installation.show, async ({ db }) => ({
    installation: presentInstallation(await holdNow({ db })),
  })),

  route(contract.installation.confirmSending, async ({ input: _, ...act }) => ({
    installation: presentInstallation(await confirmSending(act)),
  })),
];
