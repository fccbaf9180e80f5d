import type { Act, App } from "../../../app.ts";
import { reachesAnotherServer } from "../../../domain/basics/secret-destinations.ts";
import { normalizeDomain } from "../../../domain/contacts/companies.ts";
import { faultInMapping } from "../../../domain/prospecting/provider-mapping.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { askProvider, canAnswer, type ProviderQuestion, placeOfProviderKey } from "./asking.ts";
import * as store from "./store.ts";

/** Waits for no network but a resolver's; called before the transaction. */
export async function refuseUnfitUrls({ outgoing }: App, urls: readonly (string | null | undefined)[]) {
  for (const url of urls) {
    if (!url) continue;
    const fault = await outgoing.check(url);
    if (fault) throw new Refusal("provider_url_refused", { url, why: fault });
  }
}

export async function addProvider(
  act: Act,
  wish: store.ProviderWords & { kind: store.ProviderRow["kind"]; key: string },
) {
  const { app, db, now, caller } = act;
  refuseFaulty(wish);
  const id = newId();
  const sealedKey = app.secrets.seal(placeOfProviderKey(caller.teamId, id), wish.key);
  if (!(await store.insertProvider(db, caller.teamId, { ...wish, id, sealedKey }, now)))
    throw new Refusal("provider_name_taken", { name: wish.name });
  await tell(act, "provider.created", id, wish.name);
  return getProvider(act, id);
}

export async function changeProvider(
  act: Act,
  id: string,
  {
    key,
    asksLostAgain = false,
    ...change
  }: Partial<store.ProviderWords> & { key?: string | undefined; asksLostAgain?: boolean },
) {
  const { app, db, now, caller } = act;
  const before = await store.findWithKey(db, caller.teamId, id);
  if (!before) throw new Refusal("record_not_found");
  const next = { ...before, ...change };
  refuseFaulty(next);
  if (key === undefined && reachesAnotherServer(addressesOf(before), addressesOf(next)))
    throw new Refusal("provider_key_needed");
  const sealedKey =
    key === undefined ? before.sealedKey : app.secrets.seal(placeOfProviderKey(caller.teamId, id), key);
  if (!(await store.updateProvider(db, caller.teamId, { ...next, sealedKey }, now)))
    throw new Refusal("provider_name_taken", { name: next.name });
  if (asksLostAgain) await store.forgetLost(db, caller.teamId, id);
  await tell(act, "provider.changed", id, next.name);
  return getProvider(act, id);
}

function addressesOf({ baseUrl, mapping }: store.ProviderWords) {
  return [baseUrl, mapping?.person?.url, mapping?.organization?.url];
}

export async function removeProvider(act: Act, id: string) {
  const { name } = await getProvider(act, id);
  await store.deleteProvider(act.db, act.caller.teamId, id);
  await tell(act, "provider.deleted", id, name);
}

/** The named ones first, in this order; the others after them, as before. */
export async function orderProviders(act: Act, ids: readonly string[]) {
  const { db, caller } = act;
  const there = await store.listProviders(db, caller.teamId);
  const known = new Set(there.map(({ id }) => id));
  if (!ids.every((id) => known.has(id))) throw new Refusal("record_not_found");
  await store.placeProviders(db, caller.teamId, [...new Set([...ids, ...known])]);
  await tell(act, "provider.ordered", caller.teamId, null);
}

async function getProvider({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const provider = await store.findWithKey(db, caller.teamId, id);
  if (!provider) throw new Refusal("record_not_found");
  return provider;
}

/** Asks the provider before the transaction, with the sample that the admin gives. */
export async function tryProvider(
  app: App,
  teamId: string,
  id: string,
  wish: { email: string | null; domain: string | null },
) {
  const provider = await app.db.inTeam(teamId, (db) => store.findWithKey(db, teamId, id));
  if (!provider) throw new Refusal("record_not_found");
  const question = questionFor(wish);
  if (!canAnswer(provider, question)) throw new Refusal("provider_cannot_answer", { about: question.about });
  return askProvider(app, teamId, provider, question, newId());
}

function questionFor({ email, domain }: { email: string | null; domain: string | null }): ProviderQuestion {
  const nobody = { id: null, firstName: null, lastName: null, name: null, hashedEmail: null };
  if (email)
    return {
      about: "person",
      wantsPhone: false,
      person: { ...nobody, email, organizationName: null, domain: null, linkedinUrl: null },
    };
  const bare = normalizeDomain(domain);
  if (bare === null) throw new Refusal("domain_invalid", { domain: domain ?? "" });
  return { about: "organization", organization: { id: null, domain: bare, linkedinUrl: null, name: null } };
}

export function noteProviderTried(act: Act, id: string, outcome: string) {
  return record(byCaller(act), {
    type: "provider.tested",
    subject: { type: "provider", id },
    data: { outcome },
  });
}

function refuseFaulty({ kind, baseUrl, mapping }: store.ProviderWords & { kind: store.ProviderRow["kind"] }) {
  if (kind === "apollo" && !baseUrl) throw new Refusal("parameter_missing", { name: "base_url" });
  if (kind === "http" && !mapping) throw new Refusal("parameter_missing", { name: "mapping" });
  const fault = mapping && faultInMapping(mapping);
  if (fault) throw new Refusal("provider_mapping_unfit", fault);
}

function tell(act: Act, type: EventType, id: string, name: string | null) {
  const isOne = name !== null;
  return record(byCaller(act), {
    type,
    subject: isOne ? { type: "provider", id } : { type: "team", id },
    data: isOne ? { name } : {},
  });
}
