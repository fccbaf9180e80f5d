import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { showStorage } from "./commands.ts";
import { presentStorage } from "./present.ts";

export const routes = [
  route(contract.installation.storage, async ({ input: _, ...act }) => ({
    storage: presentStorage(await showStorage(act)),
  })),
];
