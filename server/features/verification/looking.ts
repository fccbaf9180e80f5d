// The network's part of verifying: who takes mail for a domain, and what its server says of an address. A domain at a time
// and one connection to it, many domains side by side; what is known is not asked again for a while.

import type { App } from "../../app.ts";
import {
  type AddressFacts,
  type DomainTold,
  domainOf,
  isSoundAddress,
  type Probed,
  spoken,
  type Verdict,
  verdictOn,
} from "../../domain/address-verdict.ts";
import { isReservedAddress } from "../../domain/reserved-addresses.ts";
import { newId } from "../../ids.ts";
import * as store from "./store.ts";

const TOLD_FOR = { hours: 24 };
const CATCH_ALL_FOR = { hours: 24 * 7 };
const DOMAINS_AT_ONCE = 100;
const ADDRESSES_ON_ONE_LINE = 50;
const SERVERS_TRIED = 2;

export type Checked = { email: string; verdict: Verdict; evidence: store.Evidence };
export type Looked = { checked: ReadonlyMap<string, Checked>; learnt: store.LearntDomain[] };

type Domain = { domain: string; emails: string[]; known: store.KnownDomain | null; probes: number };
type Team = { settings: store.Settings; now: Temporal.Instant };

/** Of addresses as they were written; nothing is written down but how often servers are asked. */
export async function lookAt(
  app: App,
  teamId: string,
  addresses: readonly string[],
  { mayProbe = true } = {},
): Promise<Looked> {
  const sound = [...new Set(addresses.filter(isSoundAddress))];
  const { settings, domains, now } = await gather(app, teamId, sound, mayProbe);
  const checked = new Map<string, Checked>();
  const learnt: store.LearntDomain[] = [];
  for (const email of addresses)
    if (!isSoundAddress(email))
      checked.set(email, judge(email, { isSound: false, told: NOBODY, probed: null }));
  const waiting = [...domains];
  const lane = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const found = await lookUp(app, next, { settings, now });
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
      ? await store.lockProbes(db, teamId, names, now.subtract({ hours: 1 }))
      : new Map<string, number>();
    const domains: Domain[] = names.map((domain) => {
      const emails = byDomain.get(domain) ?? [];
      const left = Math.max(0, settings.probesPerDomain - (counts.get(domain) ?? 0));
      const probes = settings.probes && !isReservedAddress(`@${domain}`) ? Math.min(left, emails.length) : 0;
      return { domain, emails, known: known.get(domain) ?? null, probes };
    });
    if (settings.probes)
      await store.addProbes(
        db,
        teamId,
        domains.map(({ domain, probes }) => ({ domain, count: probes })),
        now,
      );
    return { settings, domains, now };
  });
}

async function lookUp(app: App, wish: Domain, { settings, now }: Team) {
  const { domain, emails, known } = wish;
  const isKnown = known?.told && isFresh(known.toldAt, TOLD_FOR, now);
  const told = isKnown ? (known.told as DomainTold) : await ask(app, domain);
  const isNew = !isKnown && told.kind !== "failed" && told.kind !== "reserved";
  const probed = new Map<string, Probed | null>(emails.map((email) => [email, null]));
  const base = { told, isNew, probed, isCatchAll: null as boolean | null };
  if (!settings.probes || told.kind !== "found") return base;
  const plain = emails.filter((email) => spoken(email) !== null);
  for (const email of plain.slice(wish.probes)) probed.set(email, { kind: "over_limit" });
  const knownCatchAll = isFresh(known?.catchAllAt ?? null, CATCH_ALL_FOR, now)
    ? (known?.isCatchAll ?? null)
    : null;
  const asked = plain.slice(0, wish.probes);
  for (let at = 0; at < asked.length; at += ADDRESSES_ON_ONE_LINE) {
    const part = asked.slice(at, at + ADDRESSES_ON_ONE_LINE);
    const answers = await probe(app, told.hosts, part, {
      settings,
      domain,
      isCatchAll: base.isCatchAll ?? knownCatchAll,
    });
    base.isCatchAll = answers.isCatchAll ?? base.isCatchAll;
    for (const [email, one] of answers.probed) probed.set(email, one);
  }
  return base;
}

async function ask(app: App, domain: string): Promise<DomainTold> {
  if (isReservedAddress(`@${domain}`)) return { kind: "reserved" };
  return app.dns.mailServersOf(domain);
}

type ProbeTerms = { settings: store.Settings; domain: string; isCatchAll: boolean | null };

async function probe(
  app: App,
  hosts: readonly string[],
  emails: readonly string[],
  { settings, domain, isCatchAll }: ProbeTerms,
) {
  const helo = new URL(app.config.publicUrl).hostname;
  const from = settings.probeFrom ?? "";
  const madeUp = isCatchAll === null ? `${newId()}@${domain}` : null;
  let why = "not_reached";
  for (const host of hosts.slice(0, SERVERS_TRIED)) {
    const addresses = emails.flatMap((email) => spoken(email) ?? []);
    const outcome = await app.mail.askServer(host, { helo, from, addresses, madeUp });
    if (outcome.kind === "failed") {
      why = outcome.why;
      continue;
    }
    const code = outcome.madeUp?.code;
    const takesAll = code === undefined ? isCatchAll : code < 300 ? true : code >= 500 ? false : null;
    const probed = emails.map((email): [string, Probed] => {
      const address = outcome.answers.get(spoken(email) ?? "");
      return [
        email,
        address
          ? { kind: "answered", host, address, isCatchAll: takesAll }
          : { kind: "failed", why: "not_reached" },
      ];
    });
    return { probed, isCatchAll: takesAll };
  }
  return {
    probed: emails.map((email): [string, Probed] => [email, { kind: "failed", why }]),
    isCatchAll: null,
  };
}

type Found = { isSound: boolean; told: DomainTold; probed: Probed | null };

function judge(email: string, { isSound, told, probed }: Found): Checked {
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
      said: answered?.address.text.slice(0, 300) ?? null,
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
