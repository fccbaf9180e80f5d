// The record that would mend what is missing or wrong, ready to be published. Where only the mail server's provider knows the
// right record, nothing is proposed.

import type { DnsHealth } from "./dns-health.ts";
import type { DomainFacts } from "./domain-facts.ts";
import { spfRecordsOf } from "./spf-record.ts";

export type DnsRecord = { name: string; type: "TXT"; value: string };

const INCLUDES: Record<string, string> = {
  gmail: "include:_spf.google.com",
  microsoft: "include:spf.protection.outlook.com",
};

export function spfRecordFor(
  domain: string,
  { code }: DnsHealth,
  facts: DomainFacts | null,
  type: string,
): DnsRecord | null {
  const value = spfValue(code, facts ? spfRecordsOf(facts.spf) : [], INCLUDES[type]);
  return value === null ? null : { name: domain, type: "TXT", value };
}

function spfValue(code: DnsHealth["code"], records: readonly string[], include: string | undefined) {
  const [record = "", ...others] = records;
  if (code === "spf_missing") return include ? `v=spf1 ${include} ~all` : null;
  if (code === "spf_open") return record.replace(/(\s)\+?all(?=\s|$)/i, "$1~all");
  if (code === "spf_without_provider" && include) return withTerms(record, [include]);
  if (code === "spf_several") return withTerms(record, others.flatMap(termsOf));
  return null;
}

const isAll = (term: string) => /^[+?~-]?all$/i.test(term);

function termsOf(record: string) {
  return record.split(/\s+/).slice(1).filter(Boolean);
}

/** Before the term that ends it, each once. */
function withTerms(record: string, more: readonly string[]) {
  const terms = [...new Set([...termsOf(record), ...more])];
  const end = terms.find(isAll) ?? "~all";
  return ["v=spf1", ...terms.filter((term) => !isAll(term)), end].join(" ");
}

export function dmarcRecordFor(domain: string, { code }: DnsHealth): DnsRecord | null {
  return code === "dmarc_missing" || code === "dmarc_faulty"
    ? { name: `_dmarc.${domain}`, type: "TXT", value: "v=DMARC1; p=none" }
    : null;
}
