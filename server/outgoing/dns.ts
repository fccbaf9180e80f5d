// What a domain says of itself in the DNS. A name that does not exist is an answer; a server that says nothing is none.

import { Resolver } from "node:dns/promises";
import { domainToASCII } from "node:url";

export type Told = { kind: "found"; texts: string[] } | { kind: "none" } | { kind: "failed"; why: string };

export type Dns = {
  /** Each record whole, however many pieces it came in. */
  textsOf(name: string): Promise<Told>;
};

const LONGEST_MS = 3_000;
const MOST_RECORDS = 20;
const LONGEST_RECORD = 4_000;
const NOT_THERE = new Set(["ENOTFOUND", "ENODATA"]);

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
        const code = (error as NodeJS.ErrnoException).code ?? "";
        return NOT_THERE.has(code) ? { kind: "none" } : { kind: "failed", why: code || "no answer" };
      }
    },
  };
}
