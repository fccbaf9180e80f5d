import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { confirmSending, holdNow, mayConfirm } from "./commands.ts";
import { presentInstallation } from "./present.ts";
import { readDatabaseVersion } from "./store.ts";

export const routes = [
  route(contract.installation.show, async ({ input: _, ...act }) => ({
    installation: presentInstallation({
      held: await holdNow(act),
      mayConfirm: await mayConfirm(act),
      databaseVersion: await readDatabaseVersion(act.db),
    }),
  })),

  route(contract.installation.confirmSending, async ({ input: _, ...act }) => ({
    installation: presentInstallation({
      held: await confirmSending(act),
      mayConfirm: true,
      databaseVersion: await readDatabaseVersion(act.db),
    }),
  })),
];
