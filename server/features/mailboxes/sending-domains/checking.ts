// The DNS records of the domains we send from, read once a day and stored: looking at a mailbox never waits for them.
// While a name server does not answer, it is asked every hour.

import type { App } from "../../../app.ts";
import { registeredDomain } from "../../../domain/contacts/companies.ts";
import { areServicesUnsure } from "../../../domain/contacts/domain-checks.ts";
import type { DomainFacts, TxtAnswer } from "../../../domain/contacts/domain-facts.ts";
import { isReservedAddress } from "../../../domain/contacts/reserved-addresses.ts";
import { isUnsure } from "../../../domain/contacts/sending-domain.ts";
import { includedIn, spfRecordsOf } from "../../../domain/contacts/spf-record.ts";
import type { Dns } from "../../../outgoing/dns.ts";
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

type Asking = Pick<App, "dns" | "now" | "config">;

export async function lookUp(app: Asking, wish: DomainToCheck): Promise<CheckedDomain> {
  const { domain, types } = wish;
  const askedAt = app.now();
  const facts = isReservedAddress(`@${domain}`) ? RESERVED : await ask(app, wish);
  return { domain, facts, types, askedAt, checkAt: app.now().add(isSure(facts) ? SURE_FOR : UNSURE_FOR) };
}

const isSure = (facts: DomainFacts) => !isUnsure(facts) && !areServicesUnsure(facts);

async function ask(
  { dns, config: { blocklists } }: Asking,
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
  const [spfTree, services] = await Promise.all([includedBy(dns, spf), servicesOf(dns, domain, blocklists)]);
  return {
    isReserved: false,
    spf,
    dmarc,
    parentDmarc,
    dkim: selector === null || own === null ? null : { selector, told: own },
    providers: Object.fromEntries(providers.map((type, n) => [type, theirs[n]])),
    spfTree,
    services,
  };
}

/** A few more than receivers follow, so that it can be said which include costs too much. */
const MOST_INCLUDED = 20;

async function includedBy(dns: Dns, spf: TxtAnswer) {
  const tree: Record<string, TxtAnswer> = Object.create(null); // names are strangers' words
  let names = spfRecordsOf(spf).flatMap(includedIn);
  while (names.length > 0) {
    const room = MOST_INCLUDED - Object.keys(tree).length;
    const asked = [...new Set(names)].filter((name) => !Object.hasOwn(tree, name)).slice(0, room);
    const told = await Promise.all(asked.map((name) => dns.textsOf(name)));
    for (const [n, name] of asked.entries()) tree[name] = told[n] as TxtAnswer;
    names = asked.flatMap((name) => spfRecordsOf(tree[name] as TxtAnswer).flatMap(includedIn));
  }
  return tree;
}

async function servicesOf(dns: Dns, domain: string, blocklists: readonly string[]) {
  const [mail, mtaSts, tlsReports, bimi, ...listings] = await Promise.all([
    dns.mailServersOf(domain),
    dns.textsOf(`_mta-sts.${domain}`),
    dns.textsOf(`_smtp._tls.${domain}`),
    dns.textsOf(`default._bimi.${domain}`),
    ...blocklists.map((list) => dns.listingOf(domain, list)),
  ]);
  return { mail, mtaSts, tlsReports, bimi, listings };
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
