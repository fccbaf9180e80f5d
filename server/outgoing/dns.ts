// What a domain says of itself in the DNS. A name that does not exist is an answer; silence is not.

import { Resolver } from "node:dns/promises";
import { domainToASCII } from "node:url";

export type TxtAnswer =
  | { kind: "found"; texts: string[] }
  | { kind: "none" }
  | { kind: "failed"; why: string };

export type Dns = {
  /** Each record whole, however many pieces it came in. */
  textsOf(name: string): Promise<TxtAnswer>;
  /** The domain's mail servers, first choice first; the domain itself where it names none and has an address. */
  mailServersOf(domain: string): Promise<MailServers>;
  /** The target of the CNAME record; null without one, and where the name server does not answer. */
  aliasOf(name: string): Promise<string | null>;
  /** The servers that a name of a service stands for, such as `_imaps._tcp.example.com`; none where the service is not offered. */
  servicesOf(name: string): Promise<Services>;
  /** Whether a blocklist of domains has it. */
  listingOf(domain: string, list: string): Promise<Listing>;
};

/** `refused`: the list does not answer this name server. */
type Listing = { list: string; told: "listed" | "clear" | "refused" | "failed"; why: string | null };

type MailServers =
  | { kind: "found"; hosts: string[] }
  | { kind: "null_mx" }
  | { kind: "none" }
  | { kind: "failed"; why: string };

type Services =
  | { kind: "found"; records: { host: string; port: number; priority: number; weight: number }[] }
  | { kind: "none" }
  | { kind: "failed"; why: string };

const LONGEST_MS = 3_000;
const MOST_RECORDS = 20;
const LONGEST_RECORD = 4_000;
const MOST_SERVERS = 5;
/** Spamhaus: 127.255.255.0/24 and 127.0.1.255; SURBL and URIBL: 127.0.0.1. */
const SAYS_NOTHING = /^127\.(?:255\.255\.\d+|0\.1\.255|0\.0\.1)$/;
const NOT_THERE = new Set(["ENOTFOUND", "ENODATA"]);

/** A sandbox asks nobody. */
export const NO_DNS: Dns = {
  textsOf: async () => ({ kind: "failed", why: "a sandbox" }),
  mailServersOf: async () => ({ kind: "failed", why: "a sandbox" }),
  aliasOf: async () => null,
  servicesOf: async () => ({ kind: "failed", why: "a sandbox" }),
  listingOf: async (_, list) => ({ list, told: "failed", why: "a sandbox" }),
};

/** By the system's name servers, unless others are named. */
export function openDns({ dnsServers }: { dnsServers: readonly string[] }): Dns {
  const resolver = new Resolver({ timeout: LONGEST_MS, tries: 2 });
  if (dnsServers.length > 0) resolver.setServers(dnsServers);
  return {
    async textsOf(name) {
      try {
        const records = await resolver.resolveTxt(domainToASCII(name) || name);
        const texts = records
          .slice(0, MOST_RECORDS)
          .map((pieces) => pieces.join("").slice(0, LONGEST_RECORD));
        return { kind: "found", texts };
      } catch (error) {
        return noAnswer(error);
      }
    },
    async aliasOf(name) {
      const [alias = null] = await resolver.resolveCname(domainToASCII(name) || name).catch(() => []);
      return alias;
    },
    async servicesOf(name) {
      try {
        const records = (await resolver.resolveSrv(domainToASCII(name) || name)).slice(0, MOST_RECORDS);
        const offered = records.filter(({ name: host }) => host !== "" && host !== "."); // RFC 2782: no such service
        if (offered.length === 0) return { kind: "none" };
        return { kind: "found", records: offered.map(({ name: host, ...rest }) => ({ ...rest, host })) };
      } catch (error) {
        return noAnswer(error);
      }
    },
    listingOf: listed,
    async mailServersOf(domain) {
      const name = domainToASCII(domain) || domain;
      try {
        const records = await resolver.resolveMx(name);
        const hosts = records.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
        if (hosts.every((host) => host === "" || host === ".")) return { kind: "null_mx" }; // RFC 7505
        return { kind: "found", hosts: hosts.filter((host) => host.length > 1).slice(0, MOST_SERVERS) };
      } catch (error) {
        const told = noAnswer(error);
        return told.kind === "none" ? await itself(name) : told;
      }
    },
  };

  /** What a list has stands under its name with an address of 127.0.0.0/8; a few of those only say that it does not answer. */
  async function listed(domain: string, list: string): Promise<Listing> {
    const name = `${domainToASCII(domain) || domain}.${list}`;
    try {
      const addresses = await resolver.resolve4(name);
      const [refusal] = addresses.filter((address) => SAYS_NOTHING.test(address));
      if (refusal !== undefined) return { list, told: "refused", why: refusal };
      if (!addresses.every((address) => address.startsWith("127.")))
        return { list, told: "failed", why: `an answer that no blocklist gives (${addresses.join(", ")})` };
      const reasons = await resolver.resolveTxt(name).catch(() => []);
      return { list, told: "listed", why: reasons[0]?.join("").slice(0, 300) ?? addresses.join(", ") };
    } catch (error) {
      const told = noAnswer(error);
      return told.kind === "none"
        ? { list, told: "clear", why: null }
        : { list, told: "failed", why: told.why };
    }
  }

  async function itself(name: string): Promise<MailServers> {
    for (const resolve of [() => resolver.resolve4(name), () => resolver.resolve6(name)]) {
      try {
        if ((await resolve()).length > 0) return { kind: "found", hosts: [name] };
      } catch (error) {
        const told = noAnswer(error);
        if (told.kind === "failed") return told;
      }
    }
    return { kind: "none" };
  }
}

function noAnswer(error: unknown) {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return NOT_THERE.has(code)
    ? ({ kind: "none" } as const)
    : ({ kind: "failed", why: code || "no answer" } as const);
}
