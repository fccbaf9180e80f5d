// Asks the DNS about the domains that mailboxes send from, once a day for each.

import { teamsWithDomainsToCheck } from "../../features/gate/engines/store.ts";
import { checkDue } from "../../features/mailboxes/sending-domains/checking.ts";
import { noteFacts } from "../../features/mailboxes/sending-domains/noting.ts";
import { eachOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 15_000;

export function startChecking(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "checking domains" }, () => checkOnce(engine));
}

/** A few of each team that has some. Answers how many it dealt with. */
export async function checkOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithDomainsToCheck(db, app.now()));
  return eachTeam(looping, "check-domains", teams, async (teamId) => {
    const checked = (await checkDue(app, teamId)).map((facts) => ({ ...facts, id: facts.domain }));
    await eachOf(app, { teamId, loop: "check-domains" }, checked, noteFacts);
    return checked.length;
  });
}
