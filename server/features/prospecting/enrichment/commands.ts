// Looks people and companies up, and pays for those found. The network calls are over: this only writes.

import { randomInt } from "node:crypto";
import type { Act, App, Caller } from "../../../app.ts";
import { PRICES, type PricedAction } from "../../../domain/identity/credit-prices.ts";
import {
  type OrganizationQuestion,
  type PersonQuestion,
  saysWho,
} from "../../../domain/prospecting/enrichment.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { accountsWhole } from "../../contacts/accounts/beside.ts";
import { readContacts } from "../../contacts/contacts/reading-store.ts";
import { readOrganizations } from "../../contacts/organizations/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { readPeople } from "../people/store.ts";
import { type EnrichmentResult, type LookingFor, lookForOrganizations, lookForPeople } from "./looking.ts";
import { payOnce } from "./paying.ts";
import * as store from "./store.ts";

const MOST_AT_ONCE = 10;
const KEPT_FOR = { hours: 30 * 24 };

export type Later = {
  phone: boolean;
  waterfall: boolean;
  /** Apollo refuses a request that reveals a number and names no callback; a waterfall's answer may be polled. */
  mustCall: boolean;
  webhookUrl: string | null;
};

type Before = { app: App; caller: Caller; isDryRun: boolean };

/** A question with too few clues to identify a person finds nothing, and no provider is asked. */
export async function lookForThese(
  { app, caller, isDryRun }: Before,
  people: readonly PersonQuestion[],
  later: Later,
) {
  refuseCount(people.length, isDryRun);
  await refuseCallback(app, later);
  const known = people.map((person, n) => ({ person, n })).filter(({ person }) => saysWho(person));
  const found = await lookForPeople(
    { app, caller },
    known.map(({ person }) => person),
    { asksNobody: isDryRun },
  );
  const places: EnrichmentResult[] = people.map(() => ({ id: null, paid: null }));
  for (const [at, { n }] of known.entries()) places[n] = found[at] ?? { id: null, paid: null };
  return places;
}

export async function lookForCompanies(
  { app, caller, isDryRun }: Before,
  organizations: readonly OrganizationQuestion[],
) {
  refuseCount(organizations.length, isDryRun);
  return lookForOrganizations({ app, caller }, organizations, { asksNobody: isDryRun });
}

function refuseCount(count: number, _isDryRun: boolean) {
  if (count > MOST_AT_ONCE) {
    const message = `cannot enrich more than ${MOST_AT_ONCE} in a single request`;
    const details = { status: "failed", error_code: "RECORD_LIMIT_EXCEEDED", error_message: message };
    throw new Refusal("too_many_to_enrich", { most: MOST_AT_ONCE }, details);
  }
  if (count === 0) {
    const message = "invalid request, missing details";
    const details = { status: "failed", error_code: "INVALID_REQUEST", error_message: message };
    throw new Refusal("nothing_to_enrich", {}, details);
  }
}

async function refuseCallback({ outgoing }: App, { mustCall, webhookUrl }: Later) {
  if (mustCall && !webhookUrl) throw new Refusal("webhook_url_missing");
  const fault = webhookUrl === null ? null : await outgoing.check(webhookUrl);
  if (fault) throw new Refusal("provider_url_refused", { url: webhookUrl ?? "", why: fault });
}

/** Who was found is paid for once, however often they were named; what a provider gave is paid already. */
export async function takePeople(act: Act, found: readonly EnrichmentResult[]) {
  const { db, caller } = act;
  const ids = idsOf(found);
  const people = await readPeople(db, caller.teamId, ids);
  const savedAs = new Map(people.map(({ id, contactId }) => [id, contactId]));
  const credits = await pay(act, "person_match", found, savedAs);
  const companies = present(people.map(({ organizationId }) => organizationId));
  const organizations = await readOrganizations(db, caller.teamId, companies);
  const saved = present(people.map(({ contactId }) => contactId));
  const contacts = await readContacts(db, caller.teamId, saved, viewerIn(caller));
  await record(byCaller(act), {
    type: "person.matched",
    subject: { type: "team", id: caller.teamId },
    data: { asked: found.length, found: ids.length, credits },
  });
  const accounts = await accountsWhole(
    act,
    organizations.flatMap(({ accountId }) => accountId ?? []),
  );
  return { people, organizations, contacts, accounts, credits };
}

export async function takeCompanies(act: Act, found: readonly EnrichmentResult[]) {
  const { db, caller } = act;
  const credits = await pay(act, "organization_enrich", found);
  const ids = idsOf(found);
  const organizations = await readOrganizations(db, caller.teamId, ids);
  await record(byCaller(act), {
    type: "organization.enriched",
    subject: { type: "team", id: caller.teamId },
    data: { asked: found.length, found: ids.length, credits },
  });
  return { organizations, credits };
}

/** Answers the total cost, with what providers were paid. A person who was paid for when saved counts as paid. */
async function pay(
  act: Act,
  action: PricedAction,
  found: readonly EnrichmentResult[],
  savedAs: ReadonlyMap<string, string | null> = new Map(),
) {
  const byStore = present(found.map(({ id, paid }) => (paid === null ? id : null)));
  const paid = await payOnce(
    act,
    action,
    byStore.map((subjectId) => {
      const alias = savedAs.get(subjectId);
      return { subjectId, ...(alias && { alias }) };
    }),
  );
  return paid * PRICES[action].each + found.reduce((sum, { paid }) => sum + (paid ?? 0), 0);
}

function idsOf(found: readonly EnrichmentResult[]) {
  return present(found.map(({ id }) => id));
}

function present(ids: readonly (string | null)[]) {
  return [...new Set(ids.flatMap((id) => id ?? []))];
}

/** Stored for the caller, and given to a worker once this is committed. */
export async function startLater(act: Act, people: readonly PersonQuestion[], later: Later) {
  if (!later.phone && !later.waterfall) return null;
  const { app, db, now, caller } = act;
  const id = String(randomInt(1, 2 ** 47)); // a whole number that every client can read
  const wish = { people, wantsPhone: later.phone };
  const type = later.waterfall ? "waterfall" : "phone";
  const one = { id, userId: caller.userId, type, wish, webhookUrl: later.webhookUrl } as const;
  await store.insertRequest(db, caller.teamId, { ...one, expiresAt: now.add(KEPT_FOR) }, now);
  await app.jobs.enqueue(db, "enrichment-request", { teamId: caller.teamId, requestId: id });
  return Number(id);
}

export async function readRequest({ db, now, caller }: Pick<Act, "db" | "now" | "caller">, id: string) {
  if (!/^-?\d{1,18}$/.test(id))
    throw new Refusal("invalid_request_id", {}, { error_code: "invalid_request_id" });
  const found = await store.findRequest(db, caller.teamId, id);
  if (!found) throw new Refusal("request_id_unknown", {}, { error_code: "request_id_unknown" });
  if (Temporal.Instant.compare(found.expiresAt, now) <= 0)
    throw new Refusal("request_id_expired", {}, { error_code: "request_id_expired" });
  if (found.status === "pending")
    throw new Refusal("result_pending", {}, { error_code: "result_pending", retry_after_seconds: 10 });
  return found;
}

export type { LookingFor };
