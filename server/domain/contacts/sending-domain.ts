// What the DNS says of a domain that mail is sent from, judged as receivers judge it: SPF, DKIM and DMARC.
//
// Easy to get wrong: two SPF records are as good as none; a DKIM record with an empty key takes the key back; DMARC of the
// registered domain holds where a subdomain says nothing; and a name server that does not answer proves nothing.

export type TxtAnswer =
  | { kind: "found"; texts: readonly string[] }
  | { kind: "none" }
  | { kind: "failed"; why: string };

/** What was asked and answered. */
export type DomainFacts = {
  /** Reserved for examples and tests: no name server is asked. */
  isReserved: boolean;
  spf: TxtAnswer;
  dmarc: TxtAnswer;
  /** Of the registered domain, where that is another one. */
  parentDmarc: TxtAnswer | null;
  /** For the key that was set when it was asked. */
  dkim: { selector: string; told: TxtAnswer } | null;
  /** Keys of providers that sign by themselves, under their usual names. */
  providers: Partial<Record<MailProvider, TxtAnswer>>;
};

type MailProvider = "gmail" | "microsoft";
export type KeyType = "rsa" | "ed25519";
type DomainKey = { selector: string; publicKey: string };

export type DnsHealth = {
  state: "good" | "missing" | "faulty" | "unset" | "unknown";
  code: keyof typeof HEALTH_WORDS;
  evidence: string | null;
};

export const HEALTH_WORDS = {
  not_checked: "Not checked yet.",
  reserved_domain: "This domain is reserved for examples and tests, so it is not checked.",
  dns_failed: "The name server did not answer. The check runs again later.",
  spf_good: "The SPF record says which servers may send for the domain.",
  spf_missing: "The domain has no SPF record, so receivers do not know which servers may send for it.",
  spf_several: "The domain has several SPF records, which receivers treat as an error. Merge them into one.",
  spf_open: "The SPF record lets every server send for the domain. End it with ~all or -all.",
  spf_without_provider: "The SPF record does not include the mailbox's email provider.",
  dkim_good: "The DKIM key is published, and emails are signed with it.",
  dkim_missing:
    "Emails are signed, but the DKIM key is not published in DNS, so receivers cannot check the signature.",
  dkim_differs: "The DKIM key in DNS is not the key that emails are signed with.",
  dkim_revoked: "The DKIM key in DNS is empty, which means that it was revoked.",
  dkim_of_provider: "The email provider signs the emails, and its DKIM key is published.",
  dkim_unset: "No DKIM key is set in Cadenza. The mail server may sign the emails itself.",
  dmarc_good: "The DMARC record says what receivers do with emails that fail SPF and DKIM.",
  dmarc_missing:
    "The domain has no DMARC record, so receivers do not know what to do with emails that fail SPF and DKIM.",
  dmarc_faulty: "The DMARC record cannot be read, or there is more than one.",
  login_good: "Signing in to the mailbox works.",
  login_untried: "The connection to the mailbox has not been tested yet.",
  login_refused: "The email provider rejects the sign-in. Sign in to the mailbox again.",
  smtp_failing: "The mail server could not be reached, or it asked Cadenza to wait.",
  imap_failing: "The mailbox cannot be read.",
} as const;

const SPF = /^v=spf1(?:\s|$)/i;
const DMARC = /^v=DMARC1\s*;/i;
const SENDERS: Record<MailProvider, RegExp> = {
  gmail: /(?:include:|redirect=)_spf\.google\.com/i,
  microsoft: /(?:include:|redirect=)spf\.protection\.outlook\.com/i,
};

export function spfOf(facts: DomainFacts | null, type: string): DnsHealth {
  if (!facts || facts.isReserved) return unasked(facts);
  if (facts.spf.kind === "failed") return unanswered(facts.spf.why);
  const records = matching(facts.spf, SPF);
  const [record] = records;
  if (record === undefined) return { state: "missing", code: "spf_missing", evidence: null };
  if (records.length > 1) return { state: "faulty", code: "spf_several", evidence: records.join("\n") };
  if (/\s\+?all(?:\s|$)/i.test(record)) return { state: "faulty", code: "spf_open", evidence: record };
  const named = isProvider(type) ? SENDERS[type] : null;
  // What another record includes is not followed: the provider may be named there.
  const isKnown = named === null || named.test(record) || /include:|redirect=/i.test(record);
  return isKnown
    ? { state: "good", code: "spf_good", evidence: record }
    : { state: "faulty", code: "spf_without_provider", evidence: record };
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
    return isSound
      ? { state: "good", code: "dmarc_good", evidence: record }
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
export function isUnsure({ spf, dmarc, parentDmarc, dkim }: DomainFacts) {
  return [spf, dmarc, parentDmarc, dkim?.told].some((told) => told?.kind === "failed");
}

function matching(told: TxtAnswer, pattern: RegExp) {
  return told.kind === "found" ? told.texts.filter((text) => pattern.test(text)) : [];
}

function isProvider(type: string): type is MailProvider {
  return type === "gmail" || type === "microsoft";
}

function unasked(facts: DomainFacts | null): DnsHealth {
  return { state: "unknown", code: facts ? "reserved_domain" : "not_checked", evidence: null };
}

function unanswered(why: string): DnsHealth {
  return { state: "unknown", code: "dns_failed", evidence: why };
}
