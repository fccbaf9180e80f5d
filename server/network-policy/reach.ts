// From a host's name to the addresses we connect to. The name is looked up once, every address it has is judged, and
// the connection is made to an address that was judged: a DNS server that would answer differently the second time is
// not asked again.

import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { type AllowEntry, isLoopback, isSame, mayConnect } from "./addresses.ts";

export type Lookup = (host: string) => Promise<string[]>;

/** The rules for hosts that users and callers name: one set, for every kind of connection. */
export type Reach = {
  allowed: readonly AllowEntry[];
  /** Its servers: refused whatever is allowed. */
  ownDatabase: readonly { host: string; port: number }[];
  /** A sandbox: nothing is reached but what is listed. */
  onlyListed?: boolean;
  lookup?: Lookup;
  longestLookupMs?: number;
  /** Of this machine, where they are not asked of the system. */
  ownAddresses?(): readonly string[];
};

export type ReachOutcome =
  | { kind: "found"; ips: [string, ...string[]] }
  | { kind: "private" }
  | { kind: "unknown" };

const LONGEST_LOOKUP_MS = 5_000;

/** Each address once, those of IPv4 first: few networks speak IPv6 to everybody. */
async function askSystem(host: string): Promise<string[]> {
  if (isIP(host)) return [host];
  const found = await systemLookup(host, { all: true, order: "ipv4first" });
  return [...new Set(found.map(({ address }) => address))];
}

export async function reach(
  { host, port }: { host: string; port: number },
  rules: Reach,
): Promise<ReachOutcome> {
  const [first, ...more] = await addressesOf(host, rules);
  if (first === undefined) return { kind: "unknown" };
  const ofDatabase = rules.ownDatabase.filter((server) => server.port === port);
  const areDatabase = await Promise.all(ofDatabase.map((server) => addressesOfDatabase(server, rules)));
  const ips: [string, ...string[]] = [first, ...more];
  const own = (rules.ownAddresses ?? addressesOfMachine)();
  const isSafe = ips.every((ip) => {
    const isOwn = own.some((one) => isSame(one, ip));
    return mayConnect({ host, port, ip }, rules.allowed, {
      isOurs: areDatabase.some((isIt) => isIt(ip)),
      isOwn,
      onlyListed: rules.onlyListed ?? false,
    });
  });
  return isSafe ? { kind: "found", ips } : { kind: "private" };
}

/** Whatever name the connection asks for, it gets the addresses that were judged. */
export function pinnedTo(ips: readonly string[]): LookupFunction {
  const addresses = ips.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
  };
}

/** None where the name is unknown, and where the answer is too late. */
async function addressesOf(host: string, { lookup = askSystem, longestLookupMs = LONGEST_LOOKUP_MS }: Reach) {
  const late = Promise.withResolvers<string[]>();
  const timer = setTimeout(() => late.resolve([]), longestLookupMs);
  try {
    return await Promise.race([lookup(host).catch(() => []), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function addressesOfMachine() {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
}

/** A database on this machine answers at every address the machine has. */
async function addressesOfDatabase(
  { host }: { host: string },
  rules: Reach,
): Promise<(ip: string) => boolean> {
  const ips = host.startsWith("/") ? [] : await addressesOf(host, rules);
  const isLocal = ips.length === 0 || ips.some(isLoopback);
  const known = [...ips, ...(isLocal ? addressesOfMachine() : [])];
  return (ip) => (isLocal && isLoopback(ip)) || known.some((own) => isSame(own, ip));
}
