// What each check of a sending domain last proved, and what of it is otherwise now. A name server that does not answer proves nothing,
// so what was known before stays known.

import type { DnsHealth } from "./dns-health.ts";
import { blocklistsOf, mailOf } from "./domain-checks.ts";
import type { DomainFacts } from "./domain-facts.ts";
import { type DomainKey, dkimOf, dmarcOf, spfOf } from "./sending-domain.ts";

export const CHECK_NAMES = {
  spf: "SPF",
  dkim: "DKIM",
  dmarc: "DMARC",
  mx: "mail servers",
  blocklists: "blocklists",
} as const;

type CheckName = keyof typeof CHECK_NAMES;

/** Those that were proved. */
export type Standings = Partial<Record<CheckName, Pick<DnsHealth, "state" | "code">>>;

type StandingChange = {
  check: CheckName;
  was: DnsHealth["state"];
  is: DnsHealth["state"];
  code: DnsHealth["code"];
};

const WORST: readonly DnsHealth["state"][] = ["faulty", "missing", "unset", "good", "unknown"];

/** `types`: of the mailboxes that send from the domain. Their providers may ask for different records; the worst counts. */
export function followStandings(
  before: Standings,
  facts: DomainFacts,
  { key, types }: { key: DomainKey | null; types: readonly string[] },
) {
  const worst = (judge: (type: string) => DnsHealth) =>
    types.map(judge).toSorted((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state))[0];
  const now: Record<CheckName, DnsHealth | undefined> = {
    spf: worst((type) => spfOf(facts, type)),
    dkim: worst((type) => dkimOf(facts, key, type)),
    dmarc: dmarcOf(facts),
    mx: mailOf(facts),
    blocklists: blocklistsOf(facts),
  };
  const standings: Standings = { ...before };
  const changes: StandingChange[] = [];
  for (const check of Object.keys(CHECK_NAMES) as CheckName[]) {
    const health = now[check];
    if (!health || health.state === "unknown") continue;
    const { state, code } = health;
    const was = before[check]?.state;
    if (was !== undefined && was !== state) changes.push({ check, was, is: state, code });
    standings[check] = { state, code };
  }
  return { standings, changes };
}
