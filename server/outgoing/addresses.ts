// Which addresses somebody else's URL may lead us to. Everything that is not plainly a public address is
// refused: a spelling nobody thought of must end in a refusal, never in a visit to the inside.

import ipaddr from "ipaddr.js";

export type AllowEntry = { range: [ipaddr.IPv4 | ipaddr.IPv6, number] } | { host: string; port: number };

/** Public, or within a range that the operator allows. `address` is numeric, as a resolver answers it. */
export function mayVisit(address: string, allowed: readonly AllowEntry[]) {
  if (!ipaddr.isValid(address)) return false;
  // process() turns an IPv4 address in IPv6 clothes (::ffff:127.0.0.1) into what it is.
  const parsed = ipaddr.process(address);
  return isPublic(parsed) || allowed.some((entry) => "range" in entry && isWithin(parsed, entry.range));
}

// ipaddr.js calls unicast what no special range covers: 6to4, Teredo, NAT64 and the like are ranges of
// their own and so refused, whatever address they embed.
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6) {
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || isGlobal(address as ipaddr.IPv6);
}

/** 2000::/3 is all that has been given out. What lies outside, ::7f00:1 for example, has other uses. */
function isGlobal(address: ipaddr.IPv6) {
  return ((address.parts[0] ?? 0) & 0xe000) === 0x2000;
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [base, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]) {
  return address.kind() === base.kind() && address.match(base as never, bits);
}

/** `10.0.0.0/8`, `fd00::/8`, `127.0.0.1:9000`, `hooks.internal:8080`; null for anything else. */
export function readAllowEntry(text: string): AllowEntry | null {
  if (ipaddr.isValidCIDR(text)) return { range: ipaddr.parseCIDR(text) };
  const url = URL.parse(`http://${text}`);
  const port = /:(\d{1,5})$/.exec(text)?.[1];
  if (!url || !port || url.pathname !== "/" || url.username) return null;
  return { host: url.hostname, port: Number(port) };
}
