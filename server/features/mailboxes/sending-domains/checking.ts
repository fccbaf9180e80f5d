// The DNS records of the domains we send from, read once a day and stored: looking at a mailbox never waits for them.
// While a name server does not answer, it is asked every hour.

import type { App } from "../../../app.ts";
import { registeredDomain } from "../../../domain/contacts/companies.ts";
import { isReservedAddress } from "../../../domain/contacts/reserved-addresses.ts";
import { type DomainFacts, isUnsure } from "../../../domain/contacts/sending-domain.ts";
import type { DomainToCheck } from "./store.ts";
import * as store from "./store.ts";

const SURE_FOR = { hours: 24 };
const UNSURE_FOR = { hours: 1 };
const AT_ONCE = 10;

// The selectors under which providers publish their keys, unless the admin names another.
const USUAL = { gmail: "google", microsoft: "selector1" } as const;

/** What the DNS says of a few of one team's domains. */
export async function checkDue(app: App, teamId: string) {
  const now = app.now();
  const wish = { now, again: now.add(UNSURE_FOR), limit: AT_ONCE };
  const due = await app.db.inTeam(teamId, (db) => store.takeDue(db, teamId, wish));
  return Promise.all(due.map((domain) => lookUp(app, domain)));
}

/** `askedAt`: a later question is newer, even if its answer comes first. */
export type CheckedDomain = store.FactsToWrite;

export async function lookUp(app: Pick<App, "dns" | "now">, wish: DomainToCheck): Promise<CheckedDomain> {
  const { domain } = wish;
  const askedAt = app.now();
  const facts = isReservedAddress(`@${domain}`) ? RESERVED : await ask(app, wish);
  return { domain, facts, askedAt, checkAt: app.now().add(isUnsure(facts) ? UNSURE_FOR : SURE_FOR) };
}

async function ask(
  { dns }: Pick<App, "dns">,
  { domain, selector, types }: DomainToCheck,
): Promise<DomainFacts> {
  const parent = registeredDomain(domain);
  const keyAt = (name: string) => dns.textsOf(`${name}._domainkey.${domain}`);
  const providers = (["gmail", "microsoft"] as const).filter((type) => types.includes(type));
  const [spf, dmarc, parentDmarc, own, ...theirs] = await Promise.all([
    dns.textsOf(domain),
    dns.textsOf(`_dmarc.${domain}`),
    parent !== null && parent !== domain ? dns.textsOf(`_dmarc.${parent}`) : null,
    selector === null ? null : keyAt(selector),
    ...providers.map((type) => keyAt(USUAL[type])),
  ]);
  return {
    isReserved: false,
    spf,
    dmarc,
    parentDmarc,
    dkim: selector === null || own === null ? null : { selector, told: own },
    providers: Object.fromEntries(providers.map((type, n) => [type, theirs[n]])),
  };
}

const NOBODY = { kind: "none" } as const;
const RESERVED: DomainFacts = {
  isReserved: true,
  spf: NOBODY,
  dmarc: NOBODY,
  parentDmarc: null,
  dkim: null,
  providers: {},
};
