import { lookAgainAtLimits } from "../../features/gate/mailbox-limits/store.ts";
import { listTeamIds } from "../../features/identity/teams/store.ts";
import type { Engine } from "../running/engine.ts";

/** Emails that wait for a limit of their mailbox are judged anew: all, or those of mailboxes that were changed meanwhile. */
export async function lookAtLimits({ app }: Pick<Engine, "app">, which: { all: boolean }) {
  let did = 0;
  for (const teamId of await app.db.inTransaction(listTeamIds))
    did += await app.db.inTeam(teamId, (db) => lookAgainAtLimits(db, teamId, which));
  return did;
}
