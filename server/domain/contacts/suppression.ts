// Whom the team never mails: single addresses, whole domains, patterns.
//
// Easy to get wrong: an address is compared as mail servers see it, so capitals do not count and a domain in any
// script is its ASCII spelling; but `ines+news@` is another address than `ines@`, because only its owner's server
// knows whether the two are one mailbox. A domain stands for its subdomains, and not for names that merely end alike.

import { plainSpelling, remembered } from "./address-spelling.ts";

export const SUPPRESSION_KINDS = ["email", "domain", "pattern"] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];
export type SuppressedValue = { kind: SuppressionKind; value: string };

/** The value as it is stored and compared, or null where it is invalid for its kind. */
export function readSuppression(kind: SuppressionKind, text: string): string | null {
  switch (kind) {
    case "email":
      return canonicalAddress(text);
    case "domain":
      return canonicalDomain(text.trim().replace(/^@/, ""));
    case "pattern":
      return canonicalPattern(text);
  }
}

/** What a bare line of a list means. */
export function guessKind(text: string): SuppressionKind {
  if (text.includes("*")) return "pattern";
  return text.trim().lastIndexOf("@") > 0 ? "email" : "domain";
}

/** The narrowest suppression that bars the address, or null. What is no address can be barred by nothing. */
export function suppressionFor<T extends SuppressedValue>(
  address: string,
  suppressions: readonly T[],
): T | null {
  return barrier(suppressions)(address);
}

/** The same for many addresses: an address before a domain before a pattern. */
export function barrier<T extends SuppressedValue>(suppressions: readonly T[]) {
  const known = new Map<string, T>();
  for (const one of suppressions) {
    const key = `${one.kind} ${one.value}`;
    if (!known.has(key)) known.set(key, one);
  }
  const patterns = suppressions.filter(({ kind }) => kind === "pattern");
  return (address: string): T | null => {
    const canonical = canonicalAddress(address);
    if (canonical === null) return null;
    const domain = domainsOf(canonical).find((name) => known.has(`domain ${name}`));
    return (
      known.get(`email ${canonical}`) ??
      known.get(`domain ${domain}`) ??
      patterns.find(({ value }) => matches(value, canonical)) ??
      null
    );
  };
}

/** An address's domain and those above it, narrowest first: for asking which of them are barred. */
export function domainsOf(address: string): string[] {
  const labels = address.slice(address.lastIndexOf("@") + 1).split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}

export const canonicalAddress = remembered(readAddress);

function readAddress(text: string): string | null {
  const plain = plainSpelling(text);
  const at = plain.lastIndexOf("@");
  const domain = canonicalDomain(plain.slice(at + 1));
  const local = plain.slice(0, at).toLowerCase();
  if (at < 1 || domain === null || local.length > 64 || /[\s@"'<>()[\],;:\\\p{Cc}]/u.test(local)) return null;
  return `${local}@${domain}`;
}

/** Each address once, in the spelling that comes first. */
export function distinctAddresses(texts: readonly string[]) {
  const byAddress = new Map<string, string>();
  for (const text of texts) {
    const address = canonicalAddress(text) ?? text.trim().toLowerCase();
    if (!byAddress.has(address)) byAddress.set(address, text);
  }
  return [...byAddress.values()];
}

/**
 * The ASCII spelling, in lower case. At least two labels, so that no user suppresses a whole top-level domain by
 * accident.
 */
export function canonicalDomain(text: string): string | null {
  const name = text.trim().toLowerCase().replace(/\.$/, "");
  if (!/^[\p{L}\p{N}\p{M}.-]{1,253}$/u.test(name) || !/\p{L}/u.test(name.slice(name.lastIndexOf("."))))
    return null;
  const ascii = URL.parse(`http://${name}`)?.hostname ?? "";
  return /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(ascii) ? ascii : null;
}

const MOST_STARS = 10;
const LEAST_LETTERS = 3;

function canonicalPattern(text: string): string | null {
  const pattern = text.trim().toLowerCase().replace(/\*+/g, "*");
  const stars = pattern.split("*").length - 1;
  const letters = pattern.replace(/[*@.]/g, "").length;
  const isSound = stars > 0 && stars <= MOST_STARS && letters >= LEAST_LETTERS && pattern.length <= 254;
  return isSound && !/[\s\p{Cc}]/u.test(pattern) ? pattern : null;
}

// Each literal part is found in turn, as early as possible: no regular expression, so no pattern takes long.
function matches(pattern: string, address: string) {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop() ?? "";
  if (!address.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = address.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return address.length - last.length >= from && address.endsWith(last);
}
