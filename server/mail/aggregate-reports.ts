// DMARC aggregate reports in the attachments of mails (RFC 7489, appendix C). Written by strangers: sizes, numbers, names and times are
// bounded, what declares entities is refused, and of many sources the largest are kept and the rest is added up.
//
// Receivers differ: Google sends the archive as the whole mail, Mail.ru separates the subject with semicolons, and some name the file
// only. So a mail counts by its subject or by the name of its file, and the file by its first bytes.

import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import type { XmlElement } from "../domain/basics/xml-element.ts";
import type {
  AggregateReport,
  AttachedReport,
  DmarcPolicy,
  ReportedSource,
} from "../domain/receiving/aggregate-report.ts";
import { readElements } from "../kernel/xml.ts";
import { printable } from "./header-block.ts";
import { ArchiveFault, unpacked } from "./report-archive.ts";

const LIMITS = { longest: 48 * 1024 * 1024, elements: 4_000_000, deepest: 12 };
const MOST_ROWS = 100_000;
const MOST_SOURCES = 1_000;
const MOST_EMAILS = 1_000_000_000;
const LONGEST_PERIOD = 32 * 86_400;

const SUBJECT = /\breport[ _-]?domain\s*:\s*<?([^\s;,>]{1,255})/i;
/** receiver!domain!begin!end!id.xml.gz */
const FILE = /^[^!]{1,255}!([^!]{1,255})!\d{1,20}!\d{1,20}(?:![^!]{0,255})?\.(?:xml|xml\.gz|gz|zip)$/i;
const ANY_FILE = /\.(?:xml|gz|zip)$/i;
const TYPE = /^(?:application\/(?:x-)?(?:gzip|gunzip|zip|zip-compressed|xml|octet-stream)|text\/xml)$/;

export type FilePart = { name: string; type: string; bytes: Buffer };

/** Whether an attachment may be a report, before it is known what the mail says. */
export const mayBeReport = (name: string, type: string) =>
  TYPE.test(type) && (name === "" || ANY_FILE.test(name));

/** Null: the mail does not call itself a report, or has no file that could be one. */
export function attachedReportOf(subject: string, files: readonly FilePart[]): AttachedReport | null {
  const [, bySubject] = SUBJECT.exec(subject) ?? [];
  for (const { name, bytes } of files) {
    const [, byName] = FILE.exec(name.trim()) ?? [];
    const domain = hostIn(bySubject ?? byName ?? "");
    if (domain === null) continue;
    try {
      const report = readReport(unpacked(bytes));
      return { domain: report.domain, report, fault: null };
    } catch (error) {
      if (error instanceof ArchiveFault) return { domain, report: null, fault: error.message };
      throw error;
    }
  }
  return null;
}

export function readReport(bytes: Buffer): AggregateReport {
  const sources = new Map<string, ReportedSource>();
  let rows = 0;
  let unreadRows = 0;
  const take = (record: XmlElement) => {
    if (++rows > MOST_ROWS) throw new ArchiveFault("too many rows");
    const source = sourceOf(record);
    if (!source) unreadRows++;
    else add(sources, source);
  };
  const { outermost, isWhole, hasDoctype } = readElements(decoded(bytes), LIMITS, { name: "record", take });
  if (hasDoctype) throw new ArchiveFault("declares entities");
  if (!isWhole || outermost?.name !== "feedback") throw new ArchiveFault("no report");
  return { ...headOf(outermost), sources: largest([...sources.values()]), unreadRows };
}

function decoded(bytes: Buffer) {
  const mark = bytes.subarray(0, 2).toString("hex");
  const encoding = mark === "fffe" ? "utf-16le" : mark === "feff" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

function headOf(feedback: XmlElement): Omit<AggregateReport, "sources" | "unreadRows"> {
  const [metadata, published] = [inside(feedback, "report_metadata"), inside(feedback, "policy_published")];
  const period = inside(metadata, "date_range");
  const [beginsAt, endsAt] = [secondsIn(period, "begin"), secondsIn(period, "end")];
  const organization = wordsOf(metadata, "org_name", 200);
  const reportId = wordsOf(metadata, "report_id", 255);
  const domain = hostIn(wordsOf(published, "domain", 255) ?? "");
  if (organization === null || reportId === null || domain === null) throw new ArchiveFault("no report");
  if (beginsAt === null || endsAt === null || endsAt < beginsAt || endsAt - beginsAt > LONGEST_PERIOD)
    throw new ArchiveFault("wrong dates");
  const percent = Number(wordsOf(published, "pct", 10) ?? 100);
  return {
    organization,
    organizationEmail: wordsOf(metadata, "email", 254),
    reportId,
    domain,
    beginsAt,
    endsAt,
    policy: policyIn(published, "p") ?? "none",
    subdomainPolicy: policyIn(published, "sp"),
    percent: Number.isInteger(percent) && percent >= 0 && percent <= 100 ? percent : 100,
    dkimAlignment: wordsOf(published, "adkim", 10) === "s" ? "strict" : "relaxed",
    spfAlignment: wordsOf(published, "aspf", 10) === "s" ? "strict" : "relaxed",
  };
}

/** Null without a sound address or number. */
function sourceOf(record: XmlElement): ReportedSource | null {
  const row = inside(record, "row");
  const judged = inside(row, "policy_evaluated");
  const ip = wordsOf(row, "source_ip", 64)?.toLowerCase() ?? "";
  const count = wordsOf(row, "count", 12) ?? "";
  const emails = /^\d{1,10}$/.test(count) ? Number(count) : 0;
  if (isIP(ip) === 0 || emails < 1 || emails > MOST_EMAILS) return null;
  const results = inside(record, "auth_results");
  const [dkim, spf] = [best(results, "dkim"), best(results, "spf")];
  return {
    ip,
    emails,
    disposition: policyIn(judged, "disposition") ?? "none",
    dkimAligned: wordsOf(judged, "dkim", 20)?.toLowerCase() === "pass",
    spfAligned: wordsOf(judged, "spf", 20)?.toLowerCase() === "pass",
    dkimResult: wordsOf(dkim, "result", 20)?.toLowerCase() ?? null,
    dkimDomain: hostIn(wordsOf(dkim, "domain", 255) ?? ""),
    spfResult: wordsOf(spf, "result", 20)?.toLowerCase() ?? null,
    spfDomain: hostIn(wordsOf(spf, "domain", 255) ?? ""),
    headerFrom: hostIn(wordsOf(inside(record, "identifiers"), "header_from", 255) ?? ""),
    reasons: reasonsIn(judged),
  };
}

const REASONS = /^(?:forwarded|sampled_out|trusted_forwarder|mailing_list|local_policy|other)$/;

function reasonsIn(judged: XmlElement | undefined) {
  const named = each(judged, "reason").slice(0, 10);
  const types = named.map((reason) => wordsOf(reason, "type", 30)?.toLowerCase() ?? "other");
  return [...new Set(types.map((type) => (REASONS.test(type) ? type : "other")))].sort();
}

/** Of several signatures the one that holds. */
function best(results: XmlElement | undefined, name: string) {
  const all = each(results, name);
  return all.find((one) => wordsOf(one, "result", 20)?.toLowerCase() === "pass") ?? all[0];
}

function add(sources: Map<string, ReportedSource>, { emails, ...source }: ReportedSource) {
  const key = JSON.stringify(Object.values(source));
  const known = sources.get(key);
  if (known) known.emails = Math.min(known.emails + emails, MOST_EMAILS);
  else sources.set(key, { ...source, emails });
}

function largest(all: readonly ReportedSource[]) {
  const sorted = all.toSorted((one, other) => other.emails - one.emails);
  const rest = new Map<string, ReportedSource>();
  for (const { emails, disposition, dkimAligned, spfAligned } of sorted.slice(MOST_SOURCES))
    add(rest, { ...NO_SOURCE, emails, disposition, dkimAligned, spfAligned });
  return [...sorted.slice(0, MOST_SOURCES), ...rest.values()];
}

const NO_SOURCE = {
  ip: null,
  dkimResult: null,
  dkimDomain: null,
  spfResult: null,
  spfDomain: null,
  headerFrom: null,
  reasons: [],
};

function policyIn(element: XmlElement | undefined, name: string): DmarcPolicy | null {
  const value = wordsOf(element, name, 20)?.toLowerCase();
  return value === "none" || value === "quarantine" || value === "reject" ? value : null;
}

function secondsIn(element: XmlElement | undefined, name: string) {
  const value = wordsOf(element, name, 20) ?? "";
  return /^\d{9,11}$/.test(value) ? Number(value) : null;
}

function hostIn(value: string) {
  const host = domainToASCII(value.trim().replace(/\.$/, "").toLowerCase());
  return /^(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z0-9-]{2,63}$/.test(host) && host.length <= 253
    ? host
    : null;
}

function each(element: XmlElement | undefined, name: string) {
  return element?.children.filter((child) => child.name === name) ?? [];
}

function inside(element: XmlElement | undefined, name: string) {
  return element?.children.find((child) => child.name === name);
}

function wordsOf(element: XmlElement | undefined, name: string, most: number) {
  return (
    printable(inside(element, name)?.text ?? "")
      .slice(0, most)
      .toWellFormed() || null
  );
}
