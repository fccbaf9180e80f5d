// Which addresses a user or caller may make us connect to by naming a host: of a mail server, or in the URL of a
// webhook. Facts in, verdict out; the network is asked elsewhere.
//
// The connection starts inside the operator's network. So addresses of the public internet are fine, private ones
// only where the operator lists them, and some never: those of cloud metadata, link-local ones, our own database.
// Easy to get wrong: judge the address that is connected to, not the name (`127.1`, `0x7f.1` and a hostile DNS server
// all say something else), and every address of a name, not the first. An unforeseen spelling must end in a refusal,
// never in a connection to the inside.

import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** What an operator opens: a range, one address, or a host by name or address at one port. */
export type AllowEntry = { range: [Address, number] } | { ip: string } | { host: string; port: number };

type CheckedAddress = { host: string; port: number; ip: string };

/** Ranges an operator may open. All others that are not public stay shut. */
const OPENABLE = new Set(["private", "loopback", "uniqueLocal", "carrierGradeNat"]);

/** Where clouds tell a machine its own secrets, outside the link-local range. */
const METADATA = new Set(["100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"]);

/** `10.1.0.0/16`, `10.1.2.3`, `10.1.2.3:587`, `[fd00::1]:587`, `hooks.internal:8080`; null for anything else. */
export function readAllowEntry(text: string): AllowEntry | null {
  if (ipaddr.isValidCIDR(text)) return { range: ipaddr.parseCIDR(text) };
  if (isAddress(text)) return { ip: text };
  const [, bracketed, name, digits] = /^(?:\[([^[\]]+)\]|([^\s[\]:/@]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? name;
  const port = Number(digits);
  if (!host || (bracketed && !isAddress(bracketed)) || !(port >= 1 && port <= 65535)) return null;
  return { host: host.toLowerCase(), port };
}

/**
 * Whether we connect there. `isOurs` says whether our own database answers at the address, `isOwn` whether it is one of this machine:
 * what listens for its neighbours answers there too, so such an address counts as loopback, public or not. `onlyListed`: public
 * addresses have to be listed as well.
 */
export function mayConnect(
  target: CheckedAddress,
  allowed: readonly AllowEntry[],
  { isOurs = false, isOwn = false, onlyListed = false } = {},
) {
  const address = read(target.ip);
  if (isOurs || address === null || METADATA.has(address.toString())) return false;
  // ipaddr.js calls unicast what no special range covers: 6to4, Teredo, NAT64 and the like are ranges of their own and
  // so refused, whatever address they embed.
  const range = address.range();
  const isPublic = range === "unicast" && isGlobal(address);
  if (isOwn && isPublic)
    return isListed(target, allowed) || isListed({ ...target, ip: "127.0.0.1" }, allowed);
  if (isPublic && !onlyListed) return true;
  return (isPublic || OPENABLE.has(range)) && isListed(target, allowed);
}

function isListed({ host, port, ip }: CheckedAddress, allowed: readonly AllowEntry[]) {
  return allowed.some((entry) => {
    if ("range" in entry) return isWithin(ip, entry.range);
    if ("ip" in entry) return isSame(ip, entry.ip);
    return (
      isAt(entry, host, port) || (isAddress(entry.host) && entry.port === port && isSame(ip, entry.host))
    );
  });
}

/** Listed by its own name and port. */
export function isListedHost(host: string, port: number, allowed: readonly AllowEntry[]) {
  return allowed.some((entry) => "host" in entry && isAt(entry, host, port));
}

function isAt(entry: { host: string; port: number }, host: string, port: number) {
  return entry.port === port && entry.host === host.toLowerCase().replace(/^\[|\]$/g, "");
}

/** Of IPv6, 2000::/3 is all that has been given out. What lies outside, ::7f00:1 for example, has other uses. */
function isGlobal(address: Address) {
  return address.kind() === "ipv4" || ((address as ipaddr.IPv6).parts[0] ?? 0) >> 13 === 1;
}

export function isLoopback(ip: string) {
  return read(ip)?.range() === "loopback";
}

export function isSame(a: string, b: string) {
  const known = read(a);
  return known !== null && known.toString() === read(b)?.toString();
}

export function isAddress(text: string) {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** Numeric, as a resolver answers it. An IPv4 address in the clothes of IPv6 is that IPv4 address. */
function read(ip: string): Address | null {
  const bare = ip.split("%", 1).join();
  return isAddress(bare) ? ipaddr.process(bare) : null;
}

function isWithin(ip: string, [base, bits]: [Address, number]) {
  const address = read(ip);
  return address !== null && address.kind() === base.kind() && address.match(base, bits);
}
