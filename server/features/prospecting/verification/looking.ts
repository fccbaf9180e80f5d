// The network's part of verifying: who takes mail for a domain, and what its server says of an address. A domain at a time
// and one connection to it, many domains side by side; what is known is not asked again for a while.

import type { App } from "../../../app.ts";
import { isReservedAddress } from "../../../domain/contacts/reserved-addresses.ts";
import {
  type AddressFacts,
  type AddressVerdict,
  type DomainTold,
  domainOf,
  isSoundAddress,
  type Probed,
  spoken,
  verdictOn,
} from "../../../domain/prospecting/address-verdict.ts";
import { newId } from "../../../kernel/ids.ts";
import * as store from "./store.ts";

const TOLD_FOR = { hours: 24 };
const CATCH_ALL_FOR = { hours: 24 * 7 };
const DOMAINS_AT_ONCE = 100;
const ADDRESSES_ON_ONE_LINE = 50;
const SERVERS_TRIED = 2;

export type VerifiedAddress = { email: string; verdict: AddressVerdict; evidence: store.AddressEvidence };
type VerificationLookup = { checked: ReadonlyMap<string, VerifiedAddress>; learnt: store.LearntDomain[] };

type Domain = { domain: string; emails: string[]; known: store.KnownDomain | null; left: number };
type Team = { teamId: string; settings: store.Settings; now: Temporal.Instant; watch: Watch };

/** For callers that check many addresses. */
export type Watch = {
  /** What a mail server has said of some, while others are still asked for. */
  heard(checked: readonly VerifiedAddress[]): Promise<void>;
  /** Called before each connection: whether the result is still wanted. */
  goesOn(): Promise<boolean>;
};

const UNWATCHED: Watch = { heard: async () => {}, goesOn: async () => true };

/**
 * For addresses as they were written; only the number of questions to servers is stored. Addresses that no caller
 * wanted any more when their turn came are not in the result.
 */
export async function nextProbeAt(
  app: App,
  teamId: string,
  addresses: readonly string[],
  { mayProbe = true, watch = UNWATCHED }: { mayProbe?: boolean; watch?: Watch } = {},
): Promise<VerificationLookup> {
  const sound = [...new Set(addresses.filter(isSoundAddress))];
  const { settings, domains, now } = await gather(app, teamId, sound, mayProbe);
  const checked = new Map<string, VerifiedAddress>();
  const learnt: store.LearntDomain[] = [];
  for (const email of addresses)
    if (!isSoundAddress(email))
      checked.set(email, judge(email, { isSound: false, told: NOBODY, probed: null }));
  const waiting = [...domains];
  const lane = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const found = await lookUp(app, next, { teamId, settings, now, watch });
      for (const [email, probed] of found.probed)
        checked.set(email, judge(email, { isSound: true, told: found.told, probed }));
      learnt.push({
        domain: next.domain,
        told: found.isNew ? found.told : null,
        isCatchAll: found.isCatchAll,
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(DOMAINS_AT_ONCE, domains.length) }, lane));
  return { checked, learnt };
}

const NOBODY: DomainTold = { kind: "none" };

function gather(app: App, teamId: string, emails: readonly string[], mayProbe: boolean) {
  const byDomain = Map.groupBy(emails, domainOf);
  const names = [...byDomain.keys()].sort();
  return app.db.inTeam(teamId, async (db) => {
    const now = app.now();
    const wanted = await store.findSettings(db, teamId);
    const settings = { ...wanted, probes: wanted.probes && mayProbe };
    const known = new Map((await store.listDomains(db, teamId, names)).map((row) => [row.domain, row]));
    const counts = settings.probes
      ? await store.listProbes(db, teamId, names, now.subtract({ hours: 1 }))
      : new Map<string, number>();
    const domains: Domain[] = names.map((domain) => ({
      domain,
      emails: byDomain.get(domain) ?? [],
      known: known.get(domain) ?? null,
      left: Math.max(0, settings.probesPerDomain - (counts.get(domain) ?? 0)),
    }));
    return { settings, domains, now };
  });
}

async function lookUp(app: App, wish: Domain, team: Team) {
  const { domain, emails, known } = wish;
  const { settings, now, watch } = team;
  const isKnown = known?.told && isFresh(known.toldAt, TOLD_FOR, now);
  const told = isKnown ? (known.told as DomainTold) : await ask(app, domain);
  const isNew = !isKnown && told.kind !== "failed" && told.kind !== "reserved";
  const probed = new Map<string, Probed | null>(emails.map((email) => [email, null]));
  const base = { told, isNew, probed, isCatchAll: null as boolean | null };
  if (!settings.probes || told.kind !== "found" || isReservedAddress(`@${domain}`)) return base;
  const plain = emails.filter((email) => spoken(email) !== null);
  for (const email of plain.slice(wish.left)) probed.set(email, { kind: "over_limit" });
  const knownCatchAll = isFresh(known?.catchAllAt ?? null, CATCH_ALL_FOR, now)
    ? (known?.isCatchAll ?? null)
    : null;
  const asked = plain.slice(0, wish.left);
  const counted = new Counted(app, team, domain);
  for (let at = 0; at < asked.length; at += ADDRESSES_ON_ONE_LINE) {
    if (!(await watch.goesOn())) {
      for (const email of asked.slice(at)) probed.delete(email);
      break;
    }
    const part = asked.slice(at, at + ADDRESSES_ON_ONE_LINE);
    const answers = await probe(app, told.hosts, part, {
      settings,
      domain,
      isCatchAll: base.isCatchAll ?? knownCatchAll,
      mayAsk: (address) => counted.mayAsk(address),
      heard: (email, one) => watch.heard([judge(email, { isSound: true, told, probed: one })]),
    });
    base.isCatchAll = answers.isCatchAll ?? base.isCatchAll;
    for (const [email, one] of answers.probed) probed.set(email, one);
    // A server that does not answer now will not answer for the next fifty: asking would only wait once more.
    const [failed] = answers.probed.some(([, { kind }]) => kind === "answered") ? [] : answers.probed;
    if (failed) {
      for (const email of asked.slice(at + ADDRESSES_ON_ONE_LINE)) probed.set(email, failed[1]);
      break;
    }
  }
  return base;
}

/**
 * Each address counts when it is asked for, and once: one that was not asked for, because we were killed or canceled
 * before, has used up nothing.
 */
class Counted {
  readonly #app: App;
  readonly #team: Team;
  readonly #domain: string;
  readonly #seen = new Set<string>();

  constructor(app: App, team: Team, domain: string) {
    this.#app = app;
    this.#team = team;
    this.#domain = domain;
  }

  async mayAsk(address: string) {
    if (this.#seen.has(address)) return true;
    const { teamId, settings } = this.#team;
    const wish = { domain: this.#domain, most: settings.probesPerDomain };
    const may = await this.#app.db.inTeam(teamId, (db) => store.takeProbe(db, teamId, wish, this.#app.now()));
    if (may) this.#seen.add(address);
    return may;
  }
}

async function ask(app: App, domain: string): Promise<DomainTold> {
  if (isReservedAddress(`@${domain}`)) return { kind: "reserved" };
  return app.dns.mailServersOf(domain);
}

type ProbeTerms = {
  settings: store.Settings;
  domain: string;
  isCatchAll: boolean | null;
  mayAsk(address: string): Promise<boolean>;
  heard(email: string, probed: Probed): Promise<void>;
};

async function probe(app: App, hosts: readonly string[], emails: readonly string[], terms: ProbeTerms) {
  const { settings, domain, isCatchAll } = terms;
  const helo = new URL(app.config.publicUrl).hostname;
  const from = settings.probeFrom ?? "";
  const madeUp = isCatchAll === null ? `${newId()}@${domain}` : null;
  const emailOf = new Map(emails.map((email) => [spoken(email) ?? "", email]));
  let why = "not_reached";
  for (const host of hosts.slice(0, SERVERS_TRIED)) {
    let isOverLimit = false;
    let fault: unknown = null;
    /** What goes wrong on our side is not the server's doing. */
    const ours = async (work: () => Promise<boolean>) => {
      try {
        return await work();
      } catch (error) {
        fault = error;
        return false;
      }
    };
    const takesAllBy = (said: { code: number } | null) => takesAnything(said?.code, isCatchAll);
    const outcome = await app.mail.askServer(host, {
      helo,
      from,
      addresses: [...emailOf.keys()],
      madeUp,
      mayAsk: (address) =>
        ours(async () => {
          if (fault !== null) return false;
          isOverLimit = !(await terms.mayAsk(address));
          return !isOverLimit;
        }),
      heard: async (address, answer, said) => {
        const probed = { kind: "answered", host, address: answer, isCatchAll: takesAllBy(said) } as const;
        await ours(async () => {
          await terms.heard(emailOf.get(address) ?? "", probed);
          return true;
        });
      },
    });
    if (fault !== null) throw fault;
    if (outcome.kind === "failed") {
      why = outcome.why;
      continue;
    }
    const takesAll = takesAllBy(outcome.madeUp);
    const probed = emails.map((email): [string, Probed] => {
      const address = outcome.answers.get(spoken(email) ?? "");
      if (address) return [email, { kind: "answered", host, address, isCatchAll: takesAll }];
      return [email, isOverLimit ? { kind: "over_limit" } : { kind: "failed", why: "not_reached" }];
    });
    return { probed, isCatchAll: takesAll };
  }
  return {
    probed: emails.map((email): [string, Probed] => [email, { kind: "failed", why }]),
    isCatchAll: null,
  };
}

function takesAnything(code: number | undefined, isCatchAll: boolean | null) {
  return code === undefined ? isCatchAll : code < 300 ? true : code >= 500 ? false : null;
}

type Found = { isSound: boolean; told: DomainTold; probed: Probed | null };

function judge(email: string, { isSound, told, probed }: Found): VerifiedAddress {
  const facts: AddressFacts = { email, isSound, domain: told, probed };
  const verdict = verdictOn(facts);
  const { isRole, isDisposable, isFree, isCatchAll } = verdict;
  const answered = probed?.kind === "answered" ? probed : null;
  return {
    email,
    verdict,
    evidence: {
      mailServers: told.kind === "found" ? told.hosts : [],
      asked: answered?.host ?? null,
      said: answered?.address.text ?? null,
      isRole,
      isDisposable,
      isFree,
      isCatchAll,
    },
  };
}

function isFresh(at: Temporal.Instant | null, span: Temporal.DurationLike, now: Temporal.Instant) {
  return at !== null && Temporal.Instant.compare(at.add(span), now) > 0;
}
