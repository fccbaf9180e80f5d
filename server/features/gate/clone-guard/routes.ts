import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { confirmSending, holdNow, mayConfirm } from "./commands.ts";
import { presentInstallation } from "./present.ts";
import { readDatabaseVersion, readFence } from "./store.ts";

export const routes = [
  route(contract.installation.show, async ({ input: _, ...act }) => ({
    installation: presentInstallation({
      held: await holdNow(act),
      fence: await readFence(act.db),
      mayConfirm: await mayConfirm(act),
      databaseVersion: await readDatabaseVersion(act.db),
    }),
  })),

  route(contract.installation.confirmSending, async ({ input: _, ...act }) => ({
    installation: presentInstallation({
      held: await confirmSending(act),
      fence: await readFence(act.db),
      mayConfirm: true,
      databaseVersion: await readDatabaseVersion(act.db),
    }),
  })),
];
