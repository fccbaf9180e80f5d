// What else the DNS says of a domain that mail is sent from: where its own mail goes, whether it is on a blocklist, and what
// receivers may use where they know it.

import { type DnsHealth, unasked } from "./dns-health.ts";
import type { DomainFacts, Listing } from "./domain-facts.ts";

export function mailOf(facts: DomainFacts | null): DnsHealth {
  const services = servicesIn(facts);
  if (!services) return unasked(facts?.isReserved ? facts : null);
  const { mail } = services;
  if (mail.kind === "failed") return { state: "unknown", code: "dns_failed", evidence: mail.why };
  if (mail.kind === "found") return { state: "good", code: "mx_good", evidence: mail.hosts.join("\n") };
  return mail.kind === "null_mx"
    ? { state: "faulty", code: "mx_refuses", evidence: null }
    : { state: "missing", code: "mx_missing", evidence: null };
}

export function blocklistsOf(facts: DomainFacts | null): DnsHealth {
  const services = servicesIn(facts);
  if (!services) return unasked(facts?.isReserved ? facts : null);
  const { listings } = services;
  const told = (kind: Listing["told"]) => listings.filter((one) => one.told === kind);
  const say = (some: readonly Listing[]) =>
    some.map(({ list, why }) => (why ? `${list}: ${why}` : list)).join("\n");
  if (listings.length === 0) return { state: "unset", code: "blocklists_unset", evidence: null };
  if (told("listed").length > 0)
    return { state: "faulty", code: "blocklists_listed", evidence: say(told("listed")) };
  const unheard = [...told("refused"), ...told("failed")];
  if (unheard.length > 0) return { state: "unknown", code: "blocklists_silent", evidence: say(unheard) };
  return { state: "good", code: "blocklists_clear", evidence: say(listings) };
}

const OPTIONAL = {
  mtaSts: { begins: /^v=STSv1\s*;/i, good: "mta_sts_good", unset: "mta_sts_unset" },
  tlsReports: { begins: /^v=TLSRPTv1\s*;/i, good: "tls_reports_good", unset: "tls_reports_unset" },
  bimi: { begins: /^v=BIMI1\s*;/i, good: "bimi_good", unset: "bimi_unset" },
} as const;

/** A domain need not have it. */
export function optionalOf(facts: DomainFacts | null, which: keyof typeof OPTIONAL): DnsHealth {
  const services = servicesIn(facts);
  if (!services) return unasked(facts?.isReserved ? facts : null);
  const told = services[which];
  const { begins, good, unset } = OPTIONAL[which];
  if (told.kind === "failed") return { state: "unknown", code: "dns_failed", evidence: told.why };
  const record = told.kind === "found" ? told.texts.find((text) => begins.test(text)) : undefined;
  return record === undefined
    ? { state: "unset", code: unset, evidence: null }
    : { state: "good", code: good, evidence: record };
}

/** Whether it is worth asking again soon. */
export function areServicesUnsure({ services }: DomainFacts) {
  if (!services) return false;
  const { mail, mtaSts, tlsReports, bimi, listings } = services;
  return (
    [mail, mtaSts, tlsReports, bimi].some(({ kind }) => kind === "failed") ||
    listings.some(({ told }) => told === "failed")
  );
}

const servicesIn = (facts: DomainFacts | null) => (facts && !facts.isReserved ? facts.services : null);
