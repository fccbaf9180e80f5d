// What follows from all that was found out about an address. Only a mail server that says no to somebody unknown and yes to
// this address shows that there is somebody; only a clear no shows that there is nobody. Everything else is left open.
//
// Easy to get wrong: a server may say no to whoever asks and not to the address; a domain may say yes to everything; and
// an address that was right for a person who knows it must not become doubtful because a machine could not tell.

import { isDisposableDomain, isRoleAddress } from "./address-names.ts";
import { isFreeMail } from "./companies.ts";
import { canonicalAddress, canonicalDomain } from "./suppression.ts";

/** Who takes mail for a domain. */
export type DomainTold =
  | { kind: "found"; hosts: string[] }
  | { kind: "null_mx" } // it says that it takes none
  | { kind: "none" } // there is no such domain, or nobody who would take it
  | { kind: "failed"; why: string }
  | { kind: "reserved" };

export type ProbeReply = { code: number; enhanced: string | null; text: string };

/** What the domain's server said; null where it was not asked. */
export type Probed =
  | { kind: "answered"; host: string; address: ProbeReply; isCatchAll: boolean | null }
  | { kind: "failed"; why: string }
  | { kind: "over_limit" };

export type AddressFacts = { email: string; isSound: boolean; domain: DomainTold; probed: Probed | null };

export type VerdictCode =
  | "syntax_invalid"
  | "domain_reserved"
  | "domain_unknown"
  | "domain_takes_no_mail"
  | "mailbox_unknown"
  | "disposable"
  | "catch_all"
  | "mailbox_exists"
  | "domain_takes_mail"
  | "server_would_not_say"
  | "server_not_reached"
  | "probe_limit_reached"
  | "dns_failed";

export type AddressStatus = "verified" | "unverified" | "unavailable";

export type Verdict = {
  /** Null: nothing is known that was not known before. */
  status: AddressStatus | null;
  code: VerdictCode;
  isRole: boolean;
  isDisposable: boolean;
  isFree: boolean;
  isCatchAll: boolean | null;
};

const STATUS_OF: Record<VerdictCode, AddressStatus | null> = {
  syntax_invalid: "unavailable",
  domain_reserved: null,
  domain_unknown: "unavailable",
  domain_takes_no_mail: "unavailable",
  mailbox_unknown: "unavailable",
  disposable: "unverified",
  catch_all: null,
  mailbox_exists: "verified",
  domain_takes_mail: null,
  server_would_not_say: null,
  server_not_reached: null,
  probe_limit_reached: null,
  dns_failed: null,
};

export function verdictOn(facts: AddressFacts): Verdict {
  const { email, isSound, probed } = facts;
  const isDisposable = isSound && isDisposableDomain(domainOf(email));
  const code = codeFor(facts, isDisposable);
  return {
    code,
    status: STATUS_OF[code],
    isRole: isSound && isRoleAddress(email),
    isDisposable,
    isFree: isSound && isFreeMail(email),
    isCatchAll: probed?.kind === "answered" ? probed.isCatchAll : null,
  };
}

function codeFor({ isSound, domain, probed }: AddressFacts, isDisposable: boolean): VerdictCode {
  if (!isSound) return "syntax_invalid";
  if (domain.kind === "reserved") return "domain_reserved";
  if (domain.kind === "none") return "domain_unknown";
  if (domain.kind === "null_mx") return "domain_takes_no_mail";
  if (probed?.kind === "answered" && meaningOf(probed.address) === "unknown") return "mailbox_unknown";
  if (isDisposable) return "disposable";
  if (domain.kind === "failed") return "dns_failed";
  if (probed === null) return "domain_takes_mail";
  if (probed.kind === "over_limit") return "probe_limit_reached";
  if (probed.kind === "failed") return "server_not_reached";
  if (probed.isCatchAll) return "catch_all";
  return meaningOf(probed.address) === "taken" && probed.isCatchAll === false
    ? "mailbox_exists"
    : "server_would_not_say";
}

// Words with which servers turn away whoever asks, whomever it is about.
const ABOUT_US =
  /block|spam|black ?list|reputation|policy|denied|spf|dkim|dmarc|rdns|reverse|relay|grey|not allowed|rate/i;

/** What a reply to RCPT says of the address, and not of whoever asked. */
export function meaningOf({ code, enhanced, text }: ProbeReply): "taken" | "unknown" | "unclear" {
  if (code === 250 || code === 251) return "taken";
  if (code < 500) return "unclear";
  if (enhanced !== null) return /^5\.1\.(?:1|2|3|6|10)$|^5\.2\.1$/.test(enhanced) ? "unknown" : "unclear";
  return [550, 551, 553].includes(code) && !ABOUT_US.test(text) ? "unknown" : "unclear";
}

/** The status an address has afterwards. What came back as dead stays so, whatever a server says now. */
export function statusAfter(current: string | null, { status }: Verdict): string {
  if (current === "bounced" || current === "spam_block" || current === "do_not_email") return current;
  return status ?? current ?? "unverified";
}

/** One "@", a dotted host, and nothing that a mail server would read as something else. */
export function isSoundAddress(email: string) {
  return canonicalAddress(email) !== null;
}

/** In its ASCII spelling. */
export function domainOf(email: string) {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  return canonicalDomain(domain) ?? domain.toLowerCase();
}

/** As it is said to a mail server; null where it would need more than plain letters. */
export function spoken(email: string): string | null {
  const trimmed = email.trim();
  const local = trimmed.slice(0, trimmed.lastIndexOf("@"));
  return /^[\x21-\x7e]+$/.test(local) ? `${local}@${domainOf(trimmed)}` : null;
}

export const VERDICT_SENTENCES: Record<VerdictCode, string> = {
  syntax_invalid: "It is not an email address.",
  domain_reserved: "Its domain is set aside for examples and tests, and nobody was asked.",
  domain_unknown: "Its domain does not exist, or nobody takes mail for it.",
  domain_takes_no_mail: "Its domain says that it takes no mail at all.",
  mailbox_unknown: "The domain's mail server says that there is nobody of that name.",
  disposable: "Its domain hands out addresses that are thrown away.",
  catch_all: "The domain's mail server takes mail for any name, so it cannot tell.",
  mailbox_exists: "The domain's mail server takes mail for it, and not for names that are made up.",
  domain_takes_mail: "Its domain takes mail. Whether there is somebody of that name was not asked.",
  server_would_not_say: "The domain's mail server would not say.",
  server_not_reached: "The domain's mail server could not be reached.",
  probe_limit_reached: "The domain's mail server has been asked as often as it may be in an hour.",
  dns_failed: "The name servers did not answer.",
};
