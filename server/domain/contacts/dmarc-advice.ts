// What to do about the DMARC record of a domain, by what receivers reported and by what the DNS says.

import { registeredDomain } from "./companies.ts";
import type { DnsRecord } from "./dns-advice.ts";
import type { DomainFacts } from "./domain-facts.ts";

const DMARC = /^v=DMARC1\s*;/i;
const LEAST_EMAILS = 20;
const LEAST_DAYS = 7;

type DmarcRecord = { name: string; value: string };

/** The record that holds for the domain: its own, or that of the registered domain above it. Undefined: not known. */
export function dmarcRecordOf(domain: string, facts: DomainFacts | null): DmarcRecord | null | undefined {
  if (!facts || facts.isReserved) return undefined;
  const parent = registeredDomain(domain) ?? domain;
  for (const [told, name] of [[facts.dmarc, domain] as const, [facts.parentDmarc, parent] as const]) {
    if (told?.kind === "failed") return undefined;
    const value = told?.kind === "found" ? told.texts.find((text) => DMARC.test(text)) : undefined;
    if (value !== undefined) return { name: `_dmarc.${name}`, value };
  }
  return null;
}

/** To which addresses the record asks for reports. */
export function reportAddressesIn({ value }: DmarcRecord) {
  const [, list = ""] = /;\s*rua\s*=([^;]*)/i.exec(value) ?? [];
  return list.split(",").flatMap((one) => {
    const [, address] = /^\s*mailto:([^!\s]{3,254})/i.exec(one) ?? [];
    return address ? [address.toLowerCase()] : [];
  });
}

/** Mail to `box+anything@` comes to `box@`. */
export function isReadBy(address: string, read: readonly string[]) {
  const [plus, at] = [address.indexOf("+"), address.lastIndexOf("@")];
  const untagged = plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
  return read.includes(address) || read.includes(untagged);
}

export type DmarcAdvice = {
  code:
    | "unknown"
    | "publish"
    | "add_address"
    | "not_read"
    | "wait_for_reports"
    | "look_at_source"
    | "wait_longer"
    | "tighten"
    | "keep";
  emails: number;
  ip: string | null;
  policy: "quarantine" | "reject" | null;
  record: DnsRecord | null;
};

type ReportedTotals = {
  emails: number;
  days: number;
  /** Emails that failed and that nobody forwarded, of the source with the most of them. */
  failing: { ip: string | null; emails: number } | null;
};

type Known = {
  domain: string;
  record: DmarcRecord | null | undefined;
  /** Addresses of mailboxes that are read; one of the domain stands first. */
  read: readonly string[];
};

export function dmarcAdvice(
  { domain, record, read }: Known,
  { emails, days, failing }: ReportedTotals,
): DmarcAdvice {
  const advise = (code: DmarcAdvice["code"], rest: Partial<DmarcAdvice> = {}): DmarcAdvice => ({
    code,
    emails,
    ip: null,
    policy: null,
    record: null,
    ...rest,
  });
  if (emails > 0 && failing) return advise("look_at_source", { emails: failing.emails, ip: failing.ip });
  if (emails > 0) return byPolicy(record, emails < LEAST_EMAILS || days < LEAST_DAYS, advise);
  if (record === undefined) return advise("unknown");
  const address = read.find((one) => one.endsWith(`@${domain}`)) ?? read[0];
  const rua = address === undefined ? "" : `; rua=mailto:${address}`;
  if (record === null)
    return advise("publish", {
      record: { name: `_dmarc.${domain}`, type: "TXT", value: `v=DMARC1; p=none${rua}` },
    });
  const addresses = reportAddressesIn(record);
  if (addresses.some((one) => isReadBy(one, read))) return advise("wait_for_reports");
  const added = address === undefined ? null : asRecord(record.name, withAddress(record.value, address));
  return advise(addresses.length === 0 ? "add_address" : "not_read", { record: added });
}

function byPolicy(
  record: DmarcRecord | null | undefined,
  isEarly: boolean,
  advise: (code: DmarcAdvice["code"], rest?: Partial<DmarcAdvice>) => DmarcAdvice,
) {
  const policy = record
    ? /;\s*p\s*=\s*(none|quarantine|reject)/i.exec(record.value)?.[1]?.toLowerCase()
    : undefined;
  if (!record || policy === undefined || policy === "reject") return advise("keep");
  if (isEarly) return advise("wait_longer");
  const next = policy === "none" ? "quarantine" : "reject";
  const value = record.value.replace(/(;\s*p\s*=\s*)(?:none|quarantine)/i, `$1${next}`);
  return advise("tighten", { policy: next, record: asRecord(record.name, value) });
}

const asRecord = (name: string, value: string): DnsRecord => ({ name, type: "TXT", value });

function withAddress(value: string, address: string) {
  return /;\s*rua\s*=/i.test(value)
    ? value.replace(/(;\s*rua\s*=\s*)([^;]*)/i, (_, tag: string, list: string) =>
        list.trim() === "" ? `${tag}mailto:${address}` : `${tag}${list.trim()},mailto:${address}`,
      )
    : `${value.trim().replace(/;$/, "")}; rua=mailto:${address}`;
}
