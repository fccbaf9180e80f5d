// How much went to each company of late, where the team limits that. Hosts of free mail are nobody's company.

import type { Db } from "../../db/connect.ts";
import { hostOfEmail, isFreeMail } from "../../domain/companies.ts";
import type { GateFacts } from "../../domain/gate-facts.ts";
import { findTeam } from "../teams/store.ts";
import { type DomainRow, sentToDomains } from "./store.ts";

type Asking = { db: Db; teamId: string; now: Temporal.Instant };

export type DomainWindows = (email: string | null) => GateFacts["domain"];

const NO_LIMIT: DomainWindows = () => null;

export async function domainWindows(
  { db, teamId, now }: Asking,
  emails: readonly (string | null)[],
): Promise<DomainWindows> {
  const limit = (await findTeam(db, teamId))?.domainDailyLimit ?? null;
  if (limit === null) return NO_LIMIT;
  const hosts = [...new Set(emails.flatMap((email) => companyHost(email) ?? []))];
  const rows = hosts.length > 0 ? await sentToDomains(db, teamId, hosts, limit, now) : [];
  const byHost = new Map<string, DomainRow>(rows.map((row) => [row.domain, row]));
  return (email) => {
    const name = companyHost(email);
    if (name === null) return null;
    const row = byHost.get(name);
    return { name, lastDay: { limit, sent: row?.sent ?? 0, oldestInTheWay: row?.oldestInTheWay ?? null } };
  };
}

function companyHost(email: string | null) {
  return isFreeMail(email) ? null : hostOfEmail(email);
}
