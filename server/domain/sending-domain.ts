// What the DNS says of a domain that mail is sent from, judged as receivers judge it: SPF, DKIM and DMARC.
//
// Easy to get wrong: two SPF records are as good as none; a DKIM record with an empty key takes the key back; DMARC of the
// registered domain holds where a subdomain says nothing; and a name server that does not answer proves nothing.

export type Told =
  | { kind: "found"; texts: readonly string[] }
  | { kind: "none" }
  | { kind: "failed"; why: string };

/** What was asked and answered. */
export type DomainFacts = {
  /** Set aside for examples and tests: nobody is asked. */
  isReserved: boolean;
  spf: Told;
  dmarc: Told;
  /** Of the registered domain, where that is another one. */
  parentDmarc: Told | null;
  /** For the key that was set when it was asked. */
  dkim: { selector: string; told: Told } | null;
  /** Keys of providers that sign by themselves, under their usual names. */
  providers: Partial<Record<Provider, Told>>;
};

export type Provider = "gmail" | "microsoft";
export type KeyType = "rsa" | "ed25519";
export type DomainKey = { selector: string; publicKey: string };

export type Health = {
  state: "good" | "missing" | "faulty" | "unset" | "unknown";
  code: keyof typeof HEALTH_WORDS;
  evidence: string | null;
};

export const HEALTH_WORDS = {
  not_checked: "It has not been looked up yet.",
  reserved_domain: "The domain is set aside for examples and tests, and is not looked up.",
  dns_failed: "The name server did not answer, so nothing is known.",
  spf_good: "The domain says which servers may send for it.",
  spf_missing: "The domain does not say which servers may send for it.",
  spf_several: "The domain has several SPF records, which receivers treat as an error.",
  spf_open: "The domain lets every server send in its name.",
  spf_without_provider: "The domain's SPF record does not name the mailbox's provider.",
  dkim_good: "The key is published, and mails are signed with it.",
  dkim_missing: "Mails are signed, but the key is not published: receivers cannot check the signature.",
  dkim_differs: "Another key is published than the one mails are signed with.",
  dkim_revoked: "The published key is empty: it was taken back.",
  dkim_of_provider: "The mailbox's provider signs by itself, and its key is published.",
  dkim_unset: "No key is set here. The mail server may sign by itself.",
  dmarc_good: "The domain says what receivers do with mail that fails both checks.",
  dmarc_missing: "The domain does not say what receivers do with mail that fails both checks.",
  dmarc_faulty: "The domain's DMARC record cannot be read, or there are several.",
  login_good: "The mailbox can be signed in to.",
  login_untried: "Nobody has signed in to the mailbox yet.",
  login_refused: "The provider no longer lets us in: somebody has to sign in again.",
  smtp_failing: "The mail server could not be reached, or asked for patience.",
  imap_failing: "The mailbox cannot be read.",
} as const;

const SPF = /^v=spf1(?:\s|$)/i;
const DMARC = /^v=DMARC1\s*;/i;
const SENDERS: Record<Provider, RegExp> = {
  gmail: /(?:include:|redirect=)_spf\.google\.com/i,
  microsoft: /(?:include:|redirect=)spf\.protection\.outlook\.com/i,
};

export function spfOf(facts: DomainFacts | null, type: string): Health {
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

export function dkimOf(facts: DomainFacts | null, key: DomainKey | null, type: string): Health {
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

function dkimOfProvider({ providers }: DomainFacts, type: string): Health {
  const told = isProvider(type) ? providers[type] : undefined;
  const published =
    told?.kind === "found" ? told.texts.find((text) => /(?:^|;)\s*p=[^;\s]/i.test(text)) : null;
  return published
    ? { state: "good", code: "dkim_of_provider", evidence: published }
    : { state: "unset", code: "dkim_unset", evidence: null };
}

export function dmarcOf(facts: DomainFacts | null): Health {
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
  restReason: string | null;
  readingError: string | null;
  hasSignedIn: boolean;
};

export function loginOf({
  isActive,
  inactiveReason,
  restReason,
  readingError,
  hasSignedIn,
}: LoginFacts): Health {
  if (!isActive) return { state: "faulty", code: "login_refused", evidence: inactiveReason };
  if (restReason !== null) return { state: "faulty", code: "smtp_failing", evidence: restReason };
  if (readingError !== null) return { state: "faulty", code: "imap_failing", evidence: readingError };
  return hasSignedIn
    ? { state: "good", code: "login_good", evidence: null }
    : { state: "unknown", code: "login_untried", evidence: null };
}

/** Whether it is worth asking again soon. */
export function isUnsure({ spf, dmarc, parentDmarc, dkim }: DomainFacts) {
  return [spf, dmarc, parentDmarc, dkim?.told].some((told) => told?.kind === "failed");
}

function matching(told: Told, pattern: RegExp) {
  return told.kind === "found" ? told.texts.filter((text) => pattern.test(text)) : [];
}

function isProvider(type: string): type is Provider {
  return type === "gmail" || type === "microsoft";
}

function unasked(facts: DomainFacts | null): Health {
  return { state: "unknown", code: facts ? "reserved_domain" : "not_checked", evidence: null };
}

function unanswered(why: string): Health {
  return { state: "unknown", code: "dns_failed", evidence: why };
}
