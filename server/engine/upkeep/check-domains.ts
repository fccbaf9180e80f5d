// Asks the DNS about the domains that mailboxes send from, once a day for each, looks whether tracking domains lead here, and who takes
// the mail of the domains that emails are to go to, where that is limited.

import {
  teamsWithDomainsToCheck,
  teamsWithRecipientDomainsDue,
  teamsWithTrackingDomainsDue,
} from "../../features/gate/engines/store.ts";
import { lookUpDue, noteLookUps } from "../../features/gate/recipients/looking.ts";
import { checkDue } from "../../features/mailboxes/sending-domains/checking.ts";
import { noteFacts } from "../../features/mailboxes/sending-domains/noting.ts";
import { lookAtDue } from "../../features/mailboxes/tracking-domains/looking.ts";
import { noteLooks } from "../../features/mailboxes/tracking-domains/noting.ts";
import { eachOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 15_000;

export function startChecking(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "checking domains" }, () => checkOnce(engine));
}

/** A few of each team that has some. Answers how many it dealt with. */
export async function checkOnce(looping: Looping) {
  const { app } = looping;
  const now = app.now();
  const teams = await app.db.inTransaction(async (db) => [
    ...(await teamsWithDomainsToCheck(db, now)),
    ...(await teamsWithTrackingDomainsDue(db, now)),
    ...(await teamsWithRecipientDomainsDue(db, now)),
  ]);
  return eachTeam(looping, "check-domains", [...new Set(teams)], async (teamId) => {
    const place = { teamId, loop: "check-domains" } as const;
    const checked = (await checkDue(app, teamId)).map((facts) => ({ ...facts, id: facts.domain }));
    await eachOf(app, place, checked, noteFacts);
    const looked = await lookAtDue(app, teamId);
    await eachOf(app, place, looked, noteLooks);
    const found = (await lookUpDue(app, teamId)).map((row) => ({ ...row, id: row.domain }));
    await eachOf(app, place, found, noteLookUps);
    return checked.length + looked.length + found.length;
  });
}
