// A DMARC aggregate report (RFC 7489, 7.2 and appendix C): what a receiver of mail tells a domain about the emails that came in under
// its name. It is never an answer, even if a contact's company sent it; only what is about a domain of ours is kept.
//
// Easy to get wrong: a person who answers may attach a report, so a mail that answers another mail is read as an answer. Any sender can
// write a report, so it proves nothing about who sent it.

import { hostOfEmail, registeredDomain } from "../contacts/companies.ts";
import type { InboundFacts } from "./inbound-facts.ts";
import type { IncomingMail } from "./incoming-mail.ts";

export type DmarcPolicy = "none" | "quarantine" | "reject";

/** Emails with the same source and the same results. */
export type ReportedSource = {
  /** Null: of the many sources beyond those that are kept, added up. */
  ip: string | null;
  emails: number;
  disposition: DmarcPolicy;
  dkimAligned: boolean;
  spfAligned: boolean;
  dkimResult: string | null;
  dkimDomain: string | null;
  spfResult: string | null;
  spfDomain: string | null;
  headerFrom: string | null;
  /** Why the receiver did not follow the policy. */
  reasons: string[];
};

export type AggregateReport = {
  organization: string;
  organizationEmail: string | null;
  reportId: string;
  domain: string;
  /** Seconds since 1970. */
  beginsAt: number;
  endsAt: number;
  policy: DmarcPolicy;
  subdomainPolicy: DmarcPolicy | null;
  percent: number;
  dkimAlignment: "relaxed" | "strict";
  spfAlignment: "relaxed" | "strict";
  sources: ReportedSource[];
  /** Rows without a sound address or number. */
  unreadRows: number;
};

/** What a mail attached that calls itself a report; `fault` says why it could not be read. */
export type AttachedReport =
  | { domain: string; report: AggregateReport; fault: null }
  | { domain: string; report: null; fault: string };

const DAY = 86_400;
/** Clocks of receivers are wrong, and reports come late. */
const AHEAD = 2 * DAY;
const LONGEST_AGO = 400 * DAY;

/** Null where the mail is no report about a domain of ours. */
export function reportAboutUs(
  mail: Pick<IncomingMail, "attachedReport" | "inReplyTo" | "references">,
  { ownAddresses, receivedAt }: Pick<InboundFacts, "ownAddresses" | "receivedAt">,
): AttachedReport | null {
  const { attachedReport, inReplyTo, references } = mail;
  if (!attachedReport || inReplyTo.length > 0 || references.length > 0) return null;
  if (!isOurs(attachedReport.domain, ownAddresses)) return null;
  if (!attachedReport.report) return attachedReport;
  const { beginsAt, endsAt } = attachedReport.report;
  const now = Math.floor(receivedAt.epochMilliseconds / 1000);
  const isOfOurTime = beginsAt <= now + DAY && endsAt <= now + AHEAD && endsAt >= now - LONGEST_AGO;
  return isOfOurTime ? attachedReport : { domain: attachedReport.domain, report: null, fault: "wrong dates" };
}

/** A domain that a mailbox sends from, or the registered domain above it, whose record holds for it. */
function isOurs(domain: string, ownAddresses: ReadonlySet<string>) {
  for (const address of ownAddresses) {
    const host = hostOfEmail(address);
    if (host !== null && (host === domain || registeredDomain(host) === domain)) return true;
  }
  return false;
}
