// The verdict on an address from all evidence. Only a mail server that refuses an unknown name and accepts this address
// shows that the address exists. Only a clear refusal shows that it does not. Everything else stays open.
//
// Easy to get wrong: a server may refuse us and not the address; a domain may accept everything. And an address that a
// user knows to be right must not become doubtful because a check could not tell.

import { texts } from "../../kernel/say.ts";
import { isDisposableDomain, isRoleAddress } from "../contacts/address-names.ts";
import { isFreeMail } from "../contacts/companies.ts";
import { canonicalAddress, canonicalDomain } from "../contacts/suppression.ts";

/** Who takes mail for a domain. */
export type DomainTold =
  | { kind: "found"; hosts: string[] }
  | { kind: "null_mx" } // it says that it takes none
  | { kind: "none" } // no such domain, or no mail server for it
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

export type AddressVerdict = {
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

export function verdictOn(facts: AddressFacts): AddressVerdict {
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

// Words with which servers refuse the asking server, whatever the address.
const ABOUT_US =
  /block|spam|black ?list|reputation|policy|denied|spf|dkim|dmarc|rdns|reverse|relay|grey|not allowed|rate/i;

/** What a reply to RCPT says of the address, and not of the asking server. */
export function meaningOf({ code, enhanced, text }: ProbeReply): "taken" | "unknown" | "unclear" {
  if (code === 250 || code === 251) return "taken";
  if (code < 500) return "unclear";
  if (enhanced !== null) return /^5\.1\.(?:1|2|3|6|10)$|^5\.2\.1$/.test(enhanced) ? "unknown" : "unclear";
  return [550, 551, 553].includes(code) && !ABOUT_US.test(text) ? "unknown" : "unclear";
}

/** The status an address has afterwards. What came back as dead stays so, whatever a server says now. */
export function statusAfter(current: string | null, { status }: AddressVerdict): string {
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

export const VERDICT_SENTENCES: Record<VerdictCode, string> = texts({
  syntax_invalid: "This is not a valid email address.",
  domain_reserved: "Its domain is reserved for examples and tests, so no server was asked.",
  domain_unknown: "Its domain does not exist or has no mail server.",
  domain_takes_no_mail: "Its domain accepts no email at all.",
  mailbox_unknown: "The mail server says that this address does not exist.",
  disposable: "Its domain offers disposable email addresses.",
  catch_all:
    "The mail server accepts every address of this domain (catch-all), so the address cannot be verified.",
  mailbox_exists: "The mail server accepts this address and rejects made-up ones.",
  domain_takes_mail: "Its domain can receive email. The mail server was not asked about this address.",
  server_would_not_say: "The mail server did not say whether the address exists.",
  server_not_reached: "The mail server could not be reached.",
  probe_limit_reached: "The hourly limit of requests to this mail server is reached.",
  dns_failed: "The name servers did not answer.",
});
