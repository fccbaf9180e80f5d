// From a host's name to the one address we connect to. The name is asked once, every address it has is
// judged, and the connection is made to an address that was judged: whoever answers differently the second
// time is not asked a second time.

import { lookup as systemLookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { type Allowed, isLoopback, isSame, mayConnect } from "./allowed-addresses.ts";

export type Lookup = (host: string) => Promise<string[]>;

export type Reach = {
  isListed: Allowed;
  allowPlaintext: boolean;
  ownDatabase: { host: string; port: number };
  lookup: Lookup;
};

export type Server = { host: string; port: number; security: "tls" | "starttls" | "none" };

export type Reached =
  | { ip: string }
  | { refused: "mail_host_refused" | "plaintext_mail_refused" }
  | { unknown: true };

const LOOKUP_MS = 10_000;

export async function askSystem(host: string): Promise<string[]> {
  const found = await systemLookup(host, { all: true, order: "ipv4first" });
  return found.map(({ address }) => address);
}

export async function reach(server: Server, rules: Reach): Promise<Reached> {
  const ips = await addressesOf(server.host, rules.lookup);
  const first = ips[0];
  if (first === undefined) return { unknown: true };
  const ours = await addressesOfDatabase(rules);
  for (const ip of ips) {
    const isOurs = server.port === rules.ownDatabase.port && ours(ip);
    if (!mayConnect({ host: server.host, port: server.port, ip }, rules.isListed, isOurs))
      return { refused: "mail_host_refused" };
  }
  if (server.security === "none" && !rules.allowPlaintext && !ips.every(isLoopback))
    return { refused: "plaintext_mail_refused" };
  return { ip: first };
}

async function addressesOf(host: string, lookup: Lookup): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(() => resolve([]), LOOKUP_MS);
  });
  try {
    return await Promise.race([lookup(host).catch(() => []), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A database on this machine answers at every address the machine has. */
async function addressesOfDatabase({ ownDatabase, lookup }: Reach): Promise<(ip: string) => boolean> {
  const ips = ownDatabase.host.startsWith("/") ? [] : await addressesOf(ownDatabase.host, lookup);
  const isLocal = ips.length === 0 || ips.some(isLoopback);
  const here = isLocal ? Object.values(networkInterfaces()).flatMap((list) => list ?? []) : [];
  const known = [...ips, ...here.map(({ address }) => address)];
  return (ip) => (isLocal && isLoopback(ip)) || known.some((own) => isSame(own, ip));
}
