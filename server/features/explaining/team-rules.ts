// What a whole team keeps to, whichever sequence and mailbox it is: how much goes to one company, and that invented people
// are never mailed for real.

import type { Db } from "../../db/connect.ts";
import { hostOfEmail, isFreeMail } from "../../domain/companies.ts";
import type { GateFacts } from "../../domain/gate-facts.ts";
import { mayPass } from "../../domain/reserved-addresses.ts";
import { findTeam } from "../teams/store.ts";
import { type DomainRow, type SendingRow, sentToDomains } from "./sending-store.ts";

/** Without a moment, what was let go by now is counted, by the database's clock: for whoever is about to send. */
type Asking = { db: Db; teamId: string; now: Temporal.Instant | null };

export type TeamRules = {
  /** Null for hosts of free mail, which are nobody's company, and where nothing is limited. */
  domain(email: string | null): GateFacts["domain"];
  /** This mailbox would carry the mail out of the house, and whom it is for is invented. */
  isInvented(
    mailbox: Pick<SendingRow, "type"> | null,
    person: { email: string | null; isInvented: boolean },
  ): boolean;
};

export async function teamRules(
  { db, teamId, now }: Asking,
  emails: readonly (string | null)[],
): Promise<TeamRules> {
  const team = await findTeam(db, teamId);
  const limit = team?.domainDailyLimit ?? null;
  const hasSample = (team?.samplePlantedAt ?? null) !== null;
  const hosts = limit === null ? [] : [...new Set(emails.flatMap((email) => companyHost(email) ?? []))];
  const rows = hosts.length > 0 ? await sentToDomains(db, teamId, hosts, limit ?? 0, now) : [];
  const byHost = new Map<string, DomainRow>(rows.map((row) => [row.domain, row]));
  return {
    domain(email) {
      const name = limit === null ? null : companyHost(email);
      if (name === null) return null;
      const row = byHost.get(name);
      return { name, lastDay: { limit, sent: row?.sent ?? 0, oldestInTheWay: row?.oldestInTheWay ?? null } };
    },
    isInvented: (mailbox, { email, isInvented }) =>
      mailbox !== null &&
      email !== null &&
      !mayPass({ mailboxType: mailbox.type, hasSample }, { email, isInvented }),
  };
}

function companyHost(email: string | null) {
  return isFreeMail(email) ? null : hostOfEmail(email);
}
