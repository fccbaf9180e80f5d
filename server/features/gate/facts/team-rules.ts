// What a whole team keeps to, whichever sequence and mailbox it is: how much goes to one company, how often anybody is
// touched, and that invented people are never mailed for real.

import type { Db } from "../../../db/connect.ts";
import { hostOfEmail, isFreeMail } from "../../../domain/contacts/companies.ts";
import { mayPass } from "../../../domain/contacts/reserved-addresses.ts";
import { type ActiveBrake, type BrakedMail, brakesOn } from "../../../domain/gate/brake-changes.ts";
import type { GateFacts } from "../../../domain/gate/gate-facts.ts";
import type { RecipientLimit } from "../../../domain/gate/recipient-limits.ts";
import {
  type Touched,
  type TouchLimit,
  type TouchStanding,
  touchKeyOf,
} from "../../../domain/sequences/touches.ts";
import type { LinkedInLimits } from "../../../domain/work/linkedin-limits.ts";
import { reachedBy } from "../../contacts/suppressions/barring.ts";
import { findTeam, holdLimits } from "../../identity/teams/store.ts";
import { countTouches, type DomainRow, sentToDomains, type TouchAsk } from "./company-counts-store.ts";
import type { SendingRow } from "./sending-store.ts";

/**
 * Without a moment, what was released by now is counted, by the database's clock: for sending. `holds`: the limits
 * stay as they are until the transaction ends. A caller that records how long a contact waits for limits must hold
 * them. Otherwise the record would come after waiting contacts were released by changed limits.
 */
type Asking = { db: Db; teamId: string; now: Temporal.Instant | null; holds: boolean };

export type TeamRules = {
  /** Of each mailbox, by provider and domain of the recipient. */
  recipientLimits: readonly RecipientLimit[];
  /** How many LinkedIn tasks of each type a user gets in a day, and in which zone that day is. */
  linkedIn: { limits: LinkedInLimits; timeZone: string };
  /** Those that hold a mail of this sequence from this mailbox. */
  brakes(mail: BrakedMail): readonly ActiveBrake[];
  /** Null for hosts of free mail, which belong to no company, and where nothing is limited. */
  domain(email: string | null): GateFacts["domain"];
  /** How often they have been touched, as each limit of the team counts it. */
  touches(whom: Touched): readonly TouchStanding[];
  /** This mailbox would send real mail, and the contact is invented. */
  isInvented(
    mailbox: Pick<SendingRow, "type"> | null,
    person: { email: string | null; isInvented: boolean },
  ): boolean;
};

export async function teamRules(
  { db, teamId, now, holds }: Asking,
  readers: readonly Touched[],
): Promise<TeamRules> {
  const team = await findTeam(db, teamId);
  const hasLimits = team !== null && (team.touchLimits.length > 0 || team.domainDailyLimit !== null);
  const held = holds && hasLimits ? await holdLimits(db, teamId) : team;
  const limits = held?.touchLimits ?? [];
  const limit = held?.domainDailyLimit ?? null;
  const hasSample = (team?.samplePlantedAt ?? null) !== null;
  const hosts = limit === null ? [] : [...new Set(readers.flatMap(({ email }) => companyHost(email) ?? []))];
  const rows =
    hosts.length > 0 ? await sentToDomains(db, teamId, knownHosts(db, teamId, hosts), limit ?? 0, now) : [];
  const byHost = new Map<string, DomainRow>(rows.map((row) => [row.domain, row]));
  const touches = await touchesOf({ db, teamId, now }, limits, readers);
  const brakes = team?.brakes ?? [];
  return {
    recipientLimits: team?.recipientLimits ?? [],
    linkedIn: { limits: team?.linkedinLimits ?? {}, timeZone: team?.timeZone ?? "UTC" },
    touches,
    brakes: (mail) => (brakes.length === 0 ? brakes : brakesOn(brakes, mail)),
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

/** One statement for all of them and every limit; none where the team has set no limit. */
async function touchesOf(
  { db, teamId, now }: Pick<Asking, "db" | "teamId" | "now">,
  limits: readonly TouchLimit[],
  readers: readonly Touched[],
): Promise<TeamRules["touches"]> {
  const asks = new Map<string, TouchAsk>();
  for (const [n, { scope, counts, most, days }] of limits.entries())
    for (const reader of readers) {
      const key = touchKeyOf({ scope, counts }, reader);
      if (!key) continue;
      const digest = digestFor(scope, reachedBy({ db, teamId }, reader));
      asks.set(`${n} ${key}`, { scope, key, digest, counts, most, days });
    }
  const rows = asks.size > 0 ? await countTouches(db, [...asks.values()], now) : [];
  const names = [...asks.keys()];
  const byName = new Map(rows.map((row) => [names[row.place], row]));
  return (whom) =>
    limits.flatMap((limit, n): TouchStanding[] => {
      const key = touchKeyOf(limit, whom);
      const row = byName.get(`${n} ${key}`);
      if (!key || !row) return [];
      const { touches: sent, oldestInTheWay } = row;
      // Two contacts with one address are one person: they share the allowance, and its lock.
      const shared = limit.scope === "person" ? asks.get(`${n} ${key}`)?.digest : null;
      return [{ ...limit, key: shared ?? key, window: { limit: limit.most, sent, oldestInTheWay } }];
    });
}

function digestFor(scope: TouchLimit["scope"], reached: ReturnType<typeof reachedBy>) {
  if (scope === "person") return reached.readerDigest;
  return scope === "company" ? reached.companyDigest : reached.hostDigest;
}

function knownHosts(db: Db, teamId: string, hosts: readonly string[]) {
  return hosts.map((host) => ({
    host,
    digest: reachedBy({ db, teamId }, { email: `x@${host}`, companyKey: null }).hostDigest,
  }));
}

function companyHost(email: string | null) {
  return isFreeMail(email) ? null : hostOfEmail(email);
}
