// The company that an address, a website or a record belongs to.
//
// A domain is stored as people compare it: no scheme, no www, no path, lower case, international letters in their ASCII
// form. Free-mail hosts say nothing about a company, so they never link a contact to one.

import { createRequire } from "node:module";
import { remembered } from "./address-spelling.ts";

// Both lists are read when the first address comes: they are large, and a process that only searches needs neither.
const require = createRequire(import.meta.url);
const parse = (host: string, options?: { allowPrivateDomains: boolean }) =>
  (require("tldts") as typeof import("tldts")).parse(host, options);
let freeMailHosts: ReadonlySet<string> | undefined;

function isFreeHost(host: string) {
  freeMailHosts ??= new Set(require("free-email-domains") as string[]);
  return freeMailHosts.has(host);
}

/** `https://www.Norrland.example/about` is `norrland.example`; null where no domain is meant. */
export function normalizeDomain(given: string | null | undefined): string | null {
  return readDomain(given ?? "");
}

const readDomain = remembered((given) => {
  const text = given.trim().toLowerCase();
  const host = text
    .replace(/^[a-z][a-z0-9+.-]*:\/*/, "")
    .replace(/^\/+/, "")
    .split(/[/?#\s]/)[0]
    ?.split("@")
    .at(-1);
  const ascii = host ? asciiHost(host) : null;
  const bare = ascii?.replace(/^(?:www\d?\.)+(?=[^.]+\.)/, "").replace(/\.$/, "") ?? "";
  const { hostname, isIp, publicSuffix } = parse(bare);
  const isDomain =
    hostname === bare && !isIp && bare !== publicSuffix && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(bare);
  return isDomain && bare.length <= 253 ? bare : null;
});

/** The platform's own parser turns `bücher.example` into `xn--bcher-kva.example`, and drops a port. */
function asciiHost(host: string) {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return null;
  }
}

export function hostOfEmail(email: string | null | undefined) {
  return email?.includes("@") ? normalizeDomain(email.slice(email.lastIndexOf("@") + 1)) : null;
}

export function isFreeMail(email: string | null | undefined) {
  const host = hostOfEmail(email);
  return host !== null && isFreeHost(host);
}

/** The domain of a company's own address: `ines@mail.norrland.example` is of `norrland.example`. */
export function companyDomainOf(email: string | null | undefined) {
  const host = hostOfEmail(email);
  return host === null || isFreeHost(host) ? null : registeredDomain(host);
}

/** What was registered with a registry. Customers of one host, such as shops, are companies of their own. */
export const registeredDomain = remembered(
  (host) => parse(host, { allowPrivateDomains: true }).domain ?? host,
);

/** Whether a word is something that could be opened: a name under a suffix that registries know, or an address of a machine. */
export function isHostName(word: string) {
  const { domain, isIcann, isIp } = parse(word.toLowerCase());
  return isIp === true || (isIcann === true && domain !== null);
}

export type CompanyFacts = { accountId: string | null; organizationId: string | null; email: string | null };

/** Equal keys mean the same company. Null: the company is unknown. */
export function companyKeyOf({ accountId, organizationId, email }: CompanyFacts): string | null {
  if (accountId) return `account ${accountId}`;
  if (organizationId) return `organization ${organizationId}`;
  const domain = companyDomainOf(email);
  return domain && `domain ${domain}`;
}

export type Clue = {
  domain?: string | null | undefined; // of the website that was sent
  email?: string | null | undefined;
  name?: string | null | undefined;
};

/** Under which domains, then under which name, an account of this contact would be found. */
export function accountClues({ domain, email, name }: Clue) {
  const host = isFreeHost(hostOfEmail(email) ?? "") ? null : hostOfEmail(email);
  // "website_url is ignored when a valid email is given", unless the address tells nothing.
  const wanted = host ? [host, registeredDomain(host)] : [normalizeDomain(domain)];
  return {
    domains: [...new Set(wanted.filter((one): one is string => one !== null))],
    name: name?.trim().toLowerCase() || null,
  };
}
