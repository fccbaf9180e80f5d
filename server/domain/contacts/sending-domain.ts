// What the DNS says of a domain that mail is sent from, judged as receivers judge it: SPF, DKIM and DMARC.
//
// Easy to get wrong: two SPF records are as good as none; a DKIM record with an empty key takes the key back; DMARC of the
// registered domain holds where a subdomain says nothing; and a name server that does not answer proves nothing.

import { type DnsHealth, unanswered, unasked } from "./dns-health.ts";
import type { DomainFacts, MailProvider, TxtAnswer } from "./domain-facts.ts";
import { followSpf, needsTooMany, type SpfTree, spfRecordsOf } from "./spf-record.ts";

export type KeyType = "rsa" | "ed25519";
export type DomainKey = { selector: string; publicKey: string };

const DMARC = /^v=DMARC1\s*;/i;
const SENDERS: Record<MailProvider, RegExp> = {
  gmail: /(?:include:|redirect=)_spf\.google\.com/i,
  microsoft: /(?:include:|redirect=)spf\.protection\.outlook\.com/i,
};

export function spfOf(facts: DomainFacts | null, type: string): DnsHealth {
  if (!facts || facts.isReserved) return unasked(facts);
  if (facts.spf.kind === "failed") return unanswered(facts.spf.why);
  const records = spfRecordsOf(facts.spf);
  const [record] = records;
  if (record === undefined) return { state: "missing", code: "spf_missing", evidence: null };
  if (records.length > 1) return { state: "faulty", code: "spf_several", evidence: records.join("\n") };
  if (/\s\+?all(?:\s|$)/i.test(record)) return { state: "faulty", code: "spf_open", evidence: record };
  const named = isProvider(type) ? SENDERS[type] : null;
  const included = Object.values(facts.spfTree ?? {}).flatMap(spfRecordsOf);
  // Where a record that it includes did not answer, the provider may be named there.
  const isKnown =
    named === null ||
    [record, ...included].some((text) => named.test(text)) ||
    (/include:|redirect=/i.test(record) && !isFollowed(facts));
  if (!isKnown) return { state: "faulty", code: "spf_without_provider", evidence: record };
  return facts.spfTree
    ? followed(record, facts.spfTree)
    : { state: "good", code: "spf_good", evidence: record };
}

function isFollowed({ spfTree }: DomainFacts) {
  return spfTree !== undefined && Object.values(spfTree).every(({ kind }) => kind !== "failed");
}

function followed(record: string, tree: SpfTree): DnsHealth {
  const counted = followSpf(record, tree);
  if (counted.broken !== null)
    return { state: "faulty", code: "spf_include_broken", evidence: `${record}\n${counted.broken}` };
  if (!needsTooMany(counted)) return { state: "good", code: "spf_good", evidence: record };
  const costs = counted.costs.map(({ name, lookups }) => `${name}: ${lookups}`);
  return { state: "faulty", code: "spf_too_long", evidence: [record, ...costs].join("\n") };
}

export function dkimOf(facts: DomainFacts | null, key: DomainKey | null, type: string): DnsHealth {
  if (!facts || facts.isReserved) return unasked(facts);
  if (!key) return dkimOfProvider(facts, type);
  if (facts.dkim?.selector !== key.selector) return unasked(null); // asked before the key was changed
  const { told } = facts.dkim;
  if (told.kind === "failed") return unanswered(told.why);
  const records = told.kind === "found" ? told.texts.filter((text) => /(?:^|;)\s*p=/i.test(text)) : [];
  const keys = records.map((text) => /(?:^|;)\s*p=([^;]*)/i.exec(text)?.[1]?.replace(/\s+/g, "") ?? "");
  const evidence = records.join("\n") || null;
  if (keys.includes(key.publicKey)) return { state: "good", code: "dkim_good", evidence };
  if (keys.length === 0) return { state: "missing", code: "dkim_missing", evidence };
  return {
    state: "faulty",
    code: keys.every((one) => one === "") ? "dkim_revoked" : "dkim_differs",
    evidence,
  };
}

function dkimOfProvider({ providers }: DomainFacts, type: string): DnsHealth {
  const told = isProvider(type) ? providers[type] : undefined;
  const published =
    told?.kind === "found" ? told.texts.find((text) => /(?:^|;)\s*p=[^;\s]/i.test(text)) : null;
  return published
    ? { state: "good", code: "dkim_of_provider", evidence: published }
    : { state: "unset", code: "dkim_unset", evidence: null };
}

export function dmarcOf(facts: DomainFacts | null): DnsHealth {
  if (!facts || facts.isReserved) return unasked(facts);
  for (const told of [facts.dmarc, facts.parentDmarc]) {
    if (!told) continue;
    if (told.kind === "failed") return unanswered(told.why);
    const records = matching(told, DMARC);
    const [record] = records;
    if (record === undefined) continue;
    const isSound = records.length === 1 && /;\s*p\s*=\s*(?:none|quarantine|reject)\s*(?:;|$)/i.test(record);
    const isWatching = /;\s*p\s*=\s*none\s*(?:;|$)/i.test(record);
    return isSound
      ? { state: "good", code: isWatching ? "dmarc_watching" : "dmarc_good", evidence: record }
      : { state: "faulty", code: "dmarc_faulty", evidence: records.join("\n") };
  }
  return { state: "missing", code: "dmarc_missing", evidence: null };
}

export type LoginFacts = {
  isActive: boolean;
  inactiveReason: string | null;
  backoffReason: string | null;
  readingError: string | null;
  hasSignedIn: boolean;
};

export function loginOf({
  isActive,
  inactiveReason,
  backoffReason,
  readingError,
  hasSignedIn,
}: LoginFacts): DnsHealth {
  if (!isActive) return { state: "faulty", code: "login_refused", evidence: inactiveReason };
  if (backoffReason !== null) return { state: "faulty", code: "smtp_failing", evidence: backoffReason };
  if (readingError !== null) return { state: "faulty", code: "imap_failing", evidence: readingError };
  return hasSignedIn
    ? { state: "good", code: "login_good", evidence: null }
    : { state: "unknown", code: "login_untried", evidence: null };
}

/** Whether it is worth asking again soon. */
export function isUnsure({ spf, dmarc, parentDmarc, dkim, spfTree = {} }: DomainFacts) {
  return [spf, dmarc, parentDmarc, dkim?.told, ...Object.values(spfTree)].some(
    (told) => told?.kind === "failed",
  );
}

function matching(told: TxtAnswer, pattern: RegExp) {
  return told.kind === "found" ? told.texts.filter((text) => pattern.test(text)) : [];
}

function isProvider(type: string): type is MailProvider {
  return type === "gmail" || type === "microsoft";
}
