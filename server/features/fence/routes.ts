import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { confirmSending } from "./commands.ts";
import { presentInstallation } from "./present.ts";
import { findHeldBack } from "./store.ts";

export const routes = [
  route(contract.installation.show, async ({ db }) => ({
    installation: presentInstallation(await findHeldBack(db)),
  })),

  route(contract.installation.confirmSending, async ({ input: _, ...act }) => ({
    installation: presentInstallation(await confirmSending(act)),
  })),
];
