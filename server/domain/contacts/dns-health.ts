// How what was found about a mailbox and its domain is judged, in words.

import { texts } from "../../kernel/say.ts";
import type { DomainFacts } from "./domain-facts.ts";

export type DnsHealth = {
  state: "good" | "missing" | "faulty" | "unset" | "unknown";
  code: keyof typeof HEALTH_WORDS;
  evidence: string | null;
};

export const HEALTH_WORDS = texts({
  not_checked: "Not checked yet.",
  reserved_domain: "This domain is reserved for examples and tests, so it is not checked.",
  dns_failed: "The name server did not answer. The check runs again later.",
  spf_good: "The SPF record says which servers may send for the domain.",
  spf_missing: "The domain has no SPF record, so receivers do not know which servers may send for it.",
  spf_several: "The domain has several SPF records, which receivers treat as an error. Merge them into one.",
  spf_open: "The SPF record lets every server send for the domain. End it with ~all or -all.",
  spf_too_long:
    "Receivers need more than ten DNS lookups for the SPF record, which they treat as an error. Remove includes that are not used.",
  spf_include_broken:
    "The SPF record includes a name that has no SPF record, which receivers treat as an error.",
  spf_without_provider: "The SPF record does not include the mailbox's email provider.",
  dkim_good: "The DKIM key is published, and emails are signed with it.",
  dkim_missing:
    "Emails are signed, but the DKIM key is not published in DNS, so receivers cannot check the signature.",
  dkim_differs: "The DKIM key in DNS is not the key that emails are signed with.",
  dkim_revoked: "The DKIM key in DNS is empty, which means that it was revoked.",
  dkim_of_provider: "The email provider signs the emails, and its DKIM key is published.",
  dkim_unset: "No DKIM key is set in Cadenza. The mail server may sign the emails itself.",
  dmarc_good: "The DMARC record says what receivers do with emails that fail SPF and DKIM.",
  dmarc_watching:
    "The DMARC record asks receivers to deliver emails that fail SPF and DKIM all the same. Once all your emails pass, use p=quarantine.",
  dmarc_missing:
    "The domain has no DMARC record, so receivers do not know what to do with emails that fail SPF and DKIM.",
  dmarc_faulty: "The DMARC record cannot be read, or there is more than one.",
  mx_good: "The domain receives email, so replies and bounces can arrive.",
  mx_missing: "The domain has no mail server (MX), so replies and bounces to it cannot arrive.",
  mx_refuses: "The domain says that it takes no email (null MX), so replies and bounces to it cannot arrive.",
  blocklists_clear: "The domain is on none of the blocklists.",
  blocklists_listed:
    "The domain is on a blocklist. Find the reason and ask to be removed on the list's website.",
  blocklists_silent: "A blocklist did not answer. Many do not answer public name servers.",
  blocklists_unset: "No blocklists are configured (CADENZA_BLOCKLISTS).",
  mta_sts_good: "The domain asks others to send to it with TLS only (MTA-STS).",
  mta_sts_unset: "Optional: MTA-STS asks others to send to the domain with TLS only.",
  tls_reports_good: "The domain asks for reports about failed TLS connections.",
  tls_reports_unset: "Optional: a TLS-RPT record asks for reports about failed TLS connections.",
  bimi_good: "The domain has a logo for mail programs (BIMI).",
  bimi_unset:
    "Optional: a BIMI record shows a logo in some mail programs. It needs a DMARC policy of quarantine or reject.",
  login_good: "Signing in to the mailbox works.",
  login_untried: "The connection to the mailbox has not been tested yet.",
  login_refused: "The email provider rejects the sign-in. Sign in to the mailbox again.",
  smtp_failing: "The mail server could not be reached, or it asked Cadenza to wait.",
  imap_failing: "The mailbox cannot be read.",
} as const);

/** Not asked so far, or not to be asked. */
export function unasked(facts: DomainFacts | null): DnsHealth {
  return { state: "unknown", code: facts ? "reserved_domain" : "not_checked", evidence: null };
}

export function unanswered(why: string): DnsHealth {
  return { state: "unknown", code: "dns_failed", evidence: why };
}
