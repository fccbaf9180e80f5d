import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { askForBackup, showBackups } from "./commands.ts";
import { presentBackups } from "./present.ts";

export const routes = [
  route(contract.installation.backups, async ({ input: _, ...act }) => ({
    backups: presentBackups(await showBackups(act)),
  })),

  route(contract.installation.backUp, async ({ input: _, ...act }) => ({
    backups: presentBackups(await askForBackup(act)),
  })),
];
