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
};

type MailServers =
  | { kind: "found"; hosts: string[] }
  | { kind: "null_mx" }
  | { kind: "none" }
  | { kind: "failed"; why: string };

const LONGEST_MS = 3_000;
const MOST_RECORDS = 20;
const LONGEST_RECORD = 4_000;
const MOST_SERVERS = 5;
const NOT_THERE = new Set(["ENOTFOUND", "ENODATA"]);

/** A sandbox asks nobody. */
export const NO_DNS: Dns = {
  textsOf: async () => ({ kind: "failed", why: "a sandbox" }),
  mailServersOf: async () => ({ kind: "failed", why: "a sandbox" }),
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
