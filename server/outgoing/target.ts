// Whether a URL that a caller gave us may be called at all, before a resolver is asked. The URL parser has already
// turned 2130706433, 0x7f.1 and full-width digits into the address they mean.

import { type AllowEntry, isListedHost } from "../network-policy/addresses.ts";

export type TargetFault = "not_a_url" | "not_http" | "has_credentials" | "bad_host" | "bad_port";

export type UrlTarget = { url: URL; hostname: string; port: number };

// Mail, shells and databases understand enough HTTP to be harmed by it.
const REFUSED_PORTS = new Set([
  21, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 587, 636, 993, 995, 1433, 1521, 2375, 2379,
  3306, 3389, 5432, 5433, 5984, 6379, 6380, 9042, 9200, 9300, 11211, 27017, 27018,
]);

/** `isSandbox`: programs on the same machine are called by its usual name. */
export function readTarget(
  text: string,
  allowed: readonly AllowEntry[],
  isSandbox = false,
): UrlTarget | TargetFault {
  const url = URL.parse(text);
  if (!url) return "not_a_url";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "not_http";
  if (url.username || url.password) return "has_credentials";
  const { hostname } = url;
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const isListed = isListedHost(hostname, port, allowed) || (isSandbox && hostname === "localhost");
  if (!isListed && isInwardName(hostname)) return "bad_host";
  if (!isListed && REFUSED_PORTS.has(port)) return "bad_port";
  return { url, hostname: hostname.replace(/^\[|\]$/g, ""), port };
}

/** Names that mean this machine or this network wherever they are asked, and the trailing dot that hides them. */
function isInwardName(hostname: string) {
  return (
    hostname === "" || /\.$|(?:^|\.)(?:localhost|local|internal|localdomain|home\.arpa)$/i.test(hostname)
  );
}
