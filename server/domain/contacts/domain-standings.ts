// What each check of a sending domain last proved, and what of it is otherwise now. A name server that does not answer proves nothing,
// so what was known before stays known.

import { texts } from "../../kernel/say.ts";
import type { DnsHealth } from "./dns-health.ts";
import { blocklistsOf, mailOf, optionalOf } from "./domain-checks.ts";
import type { DomainFacts } from "./domain-facts.ts";
import { type DomainKey, dkimOf, dmarcOf, spfOf } from "./sending-domain.ts";

export const CHECK_NAMES = texts({
  spf: "SPF",
  dkim: "DKIM",
  dmarc: "DMARC",
  mx: "mail servers",
  blocklists: "blocklists",
} as const);

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

/** What can be told of a domain over time: the checks, and what is optional. */
export type DomainFinding = {
  check: FindingName;
  state: Exclude<DnsHealth["state"], "unknown">;
  code: DnsHealth["code"];
  evidence: string | null;
};
type FindingName = CheckName | "mta_sts" | "tls_reports" | "bimi";

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
  const optional: Record<Exclude<FindingName, CheckName>, DnsHealth> = {
    mta_sts: optionalOf(facts, "mtaSts"),
    tls_reports: optionalOf(facts, "tlsReports"),
    bimi: optionalOf(facts, "bimi"),
  };
  return { standings, changes, findings: provedIn({ ...now, ...optional }) };
}

function provedIn(all: Readonly<Record<FindingName, DnsHealth | undefined>>): DomainFinding[] {
  return (Object.keys(all) as FindingName[]).flatMap((check) => {
    const health = all[check];
    if (!health || health.state === "unknown") return [];
    const { state, code, evidence } = health;
    return [{ check, state, code, evidence }];
  });
}

/** Name servers give several records in any order. */
export function isSameFinding(one: Omit<DomainFinding, "check">, other: Omit<DomainFinding, "check">) {
  const lines = ({ evidence }: Omit<DomainFinding, "check">) =>
    evidence?.split("\n").sort().join("\n") ?? null;
  return one.state === other.state && one.code === other.code && lines(one) === lines(other);
}
