// What a domain says of its mail in DNS: who may send it (SPF), how it is signed (DKIM), what to do with what is neither
// (DMARC). Large receivers refuse bulk mail without all three.

import { Resolver } from "node:dns/promises";
import type { Finding } from "./doctor.ts";

/** Where providers put their keys. Only the sender knows the selector, so these are guesses. */
const USUAL_SELECTORS =
  "default google selector1 selector2 s1 s2 k1 k2 k3 dkim mail smtp mandrill pm protonmail fm1 fm2 fm3 zoho cadenza".split(
    " ",
  );

/** Where keys may be: `own` is that of the key mails are signed with here. */
type Selectors = { own: string | null; selectors: readonly string[] };

type Records = string[] | "none" | "unknown";

export function openResolver(servers: string | undefined) {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  if (servers) resolver.setServers(servers.split(","));
  return resolver;
}

export async function checkDomain(resolver: Resolver, domain: string, where: Selectors): Promise<Finding[]> {
  const [spf, dkim, dmarc] = await Promise.all([
    textsOf(resolver, domain).then((records) => spfFinding(domain, records)),
    dkimFinding(resolver, domain, where),
    dmarcRecords(resolver, domain).then((records) => dmarcFinding(domain, records)),
  ]);
  return [spf, dkim, dmarc];
}

async function textsOf(resolver: Resolver, name: string): Promise<Records> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
  } catch (error) {
    const { code } = error as { code?: string };
    return code === "ENOTFOUND" || code === "ENODATA" ? "none" : "unknown";
  }
}

const unknown = (about: string): Finding => ({ about, verdict: "unsure", says: "DNS did not answer." });

/** A domain has one such record: with several, receivers obey none of them. */
function notOne(about: string, count: number, todo: { none: string; several: string }): Finding {
  if (count === 0) return { about, verdict: "trouble", says: "No record found.", todo: todo.none };
  return {
    about,
    verdict: "trouble",
    says: `${count} records found, so none is valid.`,
    todo: todo.several,
  };
}

function spfFinding(domain: string, records: Records): Finding {
  const about = `${domain} SPF`;
  if (records === "unknown") return unknown(about);
  const found = records === "none" ? [] : records.filter((text) => /^v=spf1(?:\s|$)/i.test(text));
  const [record = ""] = found;
  const todo = `Publish one TXT record at ${domain} with all servers that send for it, such as v=spf1 include:<your provider> ~all.`;
  if (found.length !== 1) return notOne(about, found.length, { none: todo, several: "Merge them into one." });
  if (/\s\+?all\b/i.test(record))
    return {
      about,
      verdict: "trouble",
      says: "Every server may send (+all).",
      todo: "End it with ~all or -all.",
    };
  if (!/[~-]all\b|redirect=/i.test(record))
    return {
      about,
      verdict: "unsure",
      says: `It has no rule for other servers: ${record}`,
      todo: "End it with ~all or -all.",
    };
  return { about, verdict: "well", says: record };
}

async function dkimFinding(
  resolver: Resolver,
  domain: string,
  { own, selectors }: Selectors,
): Promise<Finding> {
  const about = `${domain} DKIM`;
  const asked = await Promise.all(
    [...new Set([...(own ? [own] : []), ...selectors, ...USUAL_SELECTORS])].map(
      async (selector) => [selector, await textsOf(resolver, `${selector}._domainkey.${domain}`)] as const,
    ),
  );
  const isKey = (text: string) => /(?:^|;)\s*p=\s*[A-Za-z0-9+/]/.test(text);
  const found = asked
    .filter(([, records]) => Array.isArray(records) && records.some(isKey))
    .map(([selector]) => selector);
  if (own && !found.includes(own) && asked[0]?.[1] !== "unknown")
    return {
      about,
      verdict: "trouble",
      says: `Emails are signed with a key that is not published: ${own}._domainkey.${domain}.`,
      todo: "See the record to publish, under dkim: cadenza mailboxes list --json",
    };
  if (found.length > 0) return { about, verdict: "well", says: `Key found at ${found.join(", ")}.` };
  if (asked.every(([, records]) => records === "unknown")) return unknown(about);
  return {
    about,
    verdict: "unsure",
    says: "No key at the usual selectors.",
    todo: "Turn on DKIM at your email provider, or name the selector with --dkim-selector.",
  };
}

/** The domain's own, or that of the domain it belongs to. */
async function dmarcRecords(resolver: Resolver, domain: string): Promise<Records> {
  const labels = domain.split(".");
  let last: Records = "none";
  for (let skip = 0; labels.length - skip >= 2; skip++) {
    last = await textsOf(resolver, `_dmarc.${labels.slice(skip).join(".")}`);
    if (last === "unknown" || (last !== "none" && last.some(isDmarc))) return last;
  }
  return last;
}

const isDmarc = (text: string) => /^v=DMARC1\s*(?:;|$)/i.test(text);

function dmarcFinding(domain: string, records: Records): Finding {
  const about = `${domain} DMARC`;
  if (records === "unknown") return unknown(about);
  const found = records === "none" ? [] : records.filter(isDmarc);
  const [record = ""] = found;
  const todo = `Publish a TXT record at _dmarc.${domain}, such as v=DMARC1; p=none; rua=mailto:you@${domain}.`;
  if (found.length !== 1) return notOne(about, found.length, { none: todo, several: "Keep only one." });
  const policy = /;\s*p\s*=\s*(none|quarantine|reject)/i.exec(record)?.[1]?.toLowerCase();
  if (!policy) return { about, verdict: "trouble", says: `It has no policy: ${record}`, todo };
  if (policy === "none")
    return {
      about,
      verdict: "unsure",
      says: "It only monitors (p=none).",
      todo: "Change to p=quarantine once its reports are clean.",
    };
  return { about, verdict: "well", says: record };
}
