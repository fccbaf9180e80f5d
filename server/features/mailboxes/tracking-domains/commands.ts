// Domains of a team for the links in its emails come, are looked at, and go. Admins alone set them: they are of everybody's emails.

import type { Act, App, Caller } from "../../../app.ts";
import { normalizeDomain } from "../../../domain/contacts/companies.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { takeTrial } from "../mailboxes/trials.ts";
import { type LookedAt, lookAt } from "./looking.ts";
import { noteLooks } from "./noting.ts";
import * as store from "./store.ts";

const MOST = 20;

type Wish = { domain: string; isDefault?: boolean | undefined };

export async function addTrackingDomain(act: Act, wish: Wish): Promise<store.TrackingDomain> {
  const { db, caller, app, now } = act;
  const { teamId } = caller;
  refuseMembers(caller);
  const domain = normalizeDomain(wish.domain);
  if (domain === null) throw new Refusal("tracking_domain_unusable", { domain: wish.domain });
  if (domain === new URL(app.config.publicUrl).hostname) throw new Refusal("tracking_domain_own", { domain });
  await store.lockTeam(db, teamId);
  const known = await store.lockTrackingDomains(db, teamId);
  if (known.length >= MOST) throw new Refusal("too_many_tracking_domains", { limit: MOST });
  const id = newId();
  const isDefault = wish.isDefault ?? known.every((one) => !one.isDefault);
  if (isDefault) await store.setDefault(db, teamId, null);
  const by = caller.userId;
  if (!(await store.insertTrackingDomain(db, teamId, { id, domain, isDefault, by, now })))
    throw new Refusal("tracking_domain_taken", { domain });
  await tell(act, domain, { is: "added" });
  return getTrackingDomain(act, id);
}

export async function changeTrackingDomain(act: Act, id: string, isDefault: boolean | undefined) {
  const { db, caller } = act;
  refuseMembers(caller);
  const known = await store.lockTrackingDomains(db, caller.teamId);
  const domain = known.find((one) => one.id === id);
  if (!domain) throw new Refusal("record_not_found");
  if (isDefault === undefined || isDefault === domain.isDefault) return domain;
  await store.setDefault(db, caller.teamId, isDefault ? id : null);
  await tell(act, domain.domain, { is: isDefault ? "default" : "not_default" });
  return getTrackingDomain(act, id);
}

/** Links in emails that were sent go on working for as long as the name leads here. */
export async function removeTrackingDomain(act: Act, id: string) {
  const { db, caller } = act;
  refuseMembers(caller);
  await store.lockTrackingDomains(db, caller.teamId);
  const domain = await getTrackingDomain(act, id);
  await store.deleteTrackingDomain(db, caller.teamId, id);
  await tell(act, domain.domain, { is: "removed" });
  return domain;
}

/** At once, before the act. */
export async function lookAtOne(app: App, caller: Caller, id: string): Promise<LookedAt> {
  refuseMembers(caller);
  const { teamId } = caller;
  const domain = await app.db.inTeam(teamId, (db) => store.findTrackingDomain(db, teamId, id));
  if (!domain) throw new Refusal("record_not_found");
  takeTrial(teamId, app.now());
  return lookAt(app, teamId, domain);
}

export async function noteLook(act: Act, looked: LookedAt) {
  const { domain } = await getTrackingDomain(act, looked.id);
  await tell(act, domain, { is: "checked" });
  await noteLooks(byCaller(act), [looked]);
  return getTrackingDomain(act, looked.id);
}

async function getTrackingDomain({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const found = await store.findTrackingDomain(db, caller.teamId, id);
  if (!found) throw new Refusal("record_not_found");
  return found;
}

function refuseMembers({ role }: Caller) {
  if (role !== "admin") throw new Refusal("admin_only");
}

function tell(act: Act, domain: string, data: { is: string }) {
  return record(byCaller(act), {
    type: "tracking_domain.changed",
    subject: { type: "team", id: act.caller.teamId },
    data: { domain, ...data },
  });
}
