// Asks the DNS who takes the mail of recipients' domains, outside any transaction, and writes the answers down.

import type { App } from "../../../app.ts";
import { providerOfExchanger } from "../../../domain/contacts/mail-servers/recipient-providers.ts";
import type { By } from "../../events/events/store.ts";
import * as store from "./store.ts";

const SURE_FOR = { hours: 7 * 24 };
const UNSURE_FOR = { hours: 1 };
const TAKEN_FOR = { minutes: 10 };
const AT_ONCE = 25;

export async function lookUpDue(app: App, teamId: string): Promise<store.LookedUpDomain[]> {
  const now = app.now();
  const due = await app.db.inTeam(teamId, async (db) => {
    await store.dropUnused(db, teamId, now);
    return store.takeDue(db, teamId, { now, again: now.add(TAKEN_FOR), limit: AT_ONCE });
  });
  return Promise.all(due.map(({ domain }) => lookUp(app, domain)));
}

async function lookUp({ dns, now }: Pick<App, "dns" | "now">, domain: string): Promise<store.LookedUpDomain> {
  const told = await dns.mailServersOf(domain);
  const exchanger = told.kind === "found" ? (told.hosts[0] ?? null) : null;
  return {
    domain,
    provider: exchanger && providerOfExchanger(exchanger),
    exchanger,
    lookedAt: now(),
    lookAt: now().add(told.kind === "failed" ? UNSURE_FOR : SURE_FOR),
  };
}

/** And the emails that wait for the answers go on. */
export async function noteLookUps({ db, teamId }: By, looked: readonly store.LookedUpDomain[]) {
  await store.writeLookUps(db, teamId, looked);
  await store.lookAgainAtRecipients(
    db,
    teamId,
    looked.map(({ domain }) => domain),
  );
}
