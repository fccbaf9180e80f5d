// Which addresses mail may go to. Facts in, verdict out; the network is asked elsewhere.
//
// Whoever may set up a mailbox names a host, and we connect to it from inside the operator's network. So
// addresses of the public internet are fine, private ones only where the operator lists them, and some
// never: those of cloud metadata, link-local ones, our own database. Easy to get wrong: judge the address
// that is connected to, not the name (`127.1`, `0x7f.1` and a hostile DNS server all say something else),
// and every address of a name, not the first.

import ipaddr from "ipaddr.js";
import { BadConfiguration } from "../config.ts";

export type Address = { ip: string; port: number };

export type Judged = { host: string; port: number; ip: string };

export type Allowed = (target: Judged) => boolean;

type Entry = { covers: Allowed };

/** Ranges an operator may open. All others that are not public stay shut. */
const OPENABLE = new Set(["private", "loopback", "uniqueLocal", "carrierGradeNat"]);

/** Where clouds tell a machine its own secrets, outside the link-local range. */
const METADATA = new Set(["100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"]);

/** Reads the operator's list: `10.1.0.0/16`, `10.1.2.3`, `10.1.2.3:587`, `[fd00::1]:587`, `mail.internal:587`. */
export function readAllowList(entries: readonly string[]): Allowed {
  const read = entries.map(readEntry);
  return (target) => read.some((entry) => entry.covers(target));
}

function readEntry(text: string): Entry {
  if (ipaddr.isValidCIDR(text)) {
    const [base, bits] = ipaddr.parseCIDR(text);
    return { covers: ({ ip }) => isWithin(ip, base, bits) };
  }
  if (isAddress(text)) return { covers: ({ ip }) => isSame(ip, text) };
  const [, host = "", port = ""] = /^\[?([^[\]]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (!host || Number(port) < 1 || Number(port) > 65535) {
    throw new BadConfiguration(`CADENZA_MAIL_ALLOW takes CIDR ranges and host:port, not "${text}".`);
  }
  return {
    covers: (target) =>
      target.port === Number(port) &&
      (isAddress(host) ? isSame(target.ip, host) : target.host.toLowerCase() === host.toLowerCase()),
  };
}

/** Whether we connect there. `isOurs` says whether our own database answers at the address. */
export function mayConnect(target: Judged, isListed: Allowed, isOurs: boolean) {
  if (isOurs || METADATA.has(plain(target.ip).toString())) return false;
  const range = plain(target.ip).range();
  return (range === "unicast" && isGlobal(plain(target.ip))) || (OPENABLE.has(range) && isListed(target));
}

/** Of IPv6, 2000::/3 is all that has been given out. What lies outside, ::7f00:1 for example, has other uses. */
function isGlobal(address: ipaddr.IPv4 | ipaddr.IPv6) {
  return address.kind() === "ipv4" || ((address as ipaddr.IPv6).parts[0] ?? 0) >> 13 === 1;
}

export function isLoopback(ip: string) {
  return plain(ip).range() === "loopback";
}

export function isSame(a: string, b: string) {
  return plain(a).toString() === plain(b).toString();
}

export function isAddress(text: string) {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** An IPv4 address in the clothes of IPv6 is that IPv4 address. */
function plain(ip: string) {
  return ipaddr.process(ip.replace(/%.*$/, ""));
}

function isWithin(ip: string, base: ipaddr.IPv4 | ipaddr.IPv6, bits: number) {
  const address = plain(ip);
  return address.kind() === base.kind() && address.match(base as ipaddr.IPv4 & ipaddr.IPv6, bits);
}
