// Everybody who is to join, standing in line: held, looked at from all sides, the most promising first.

import type { Act } from "../../../app.ts";
import { type AddressBars, NO_BARS } from "../../../domain/contacts/address-claims.ts";
import { laterPause, pauseInForce } from "../../../domain/contacts/pausing.ts";
import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import type {
  AllowFlag,
  Barred,
  EnrollmentCandidate,
  EnrollmentEvidence,
  SkipEvidence,
} from "../../../domain/enrollments/eligibility.ts";
import { planAsUsual, planForAnyTeam } from "../../contacts/searching/store.ts";
import { barsAmong, digestOf } from "../../contacts/suppressions/barring.ts";
import type { EnrollmentCandidateRow } from "../../gate/facts/facts-store.ts";
import { otherOwnerOf, ownershipFor } from "../../identity/ownership/ownership.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import { leaversAmong } from "../enrollments/store.ts";
import * as store from "./store.ts";

export type EnrollingCandidate = EnrollmentCandidate & {
  row: EnrollmentCandidateRow;
  /** One more than the last time they were in this sequence. */
  generation: number;
};

export type CandidateFacts = {
  people: EnrollingCandidate[];
  /** By company, who of it is in the sequence; two are enough. */
  colleagues: Map<string, Omit<store.Colleague, "companyKey">[]>;
};

/** Work that adds people to sequences. Whom it has not come to yet is in its queue. */
export const QUEUES = ["sequence_add_contact", "contact_import"];

type EligibilityQuery = {
  sequence: Pick<SequenceRow, "id">;
  byMasterKey: boolean;
  ownWork: string | null;
  holds: boolean;
  /** A caller who waives this check is not told which colleagues are enrolled, and no query is made. */
  waived: ReadonlySet<AllowFlag>;
  isExplicit: boolean;
};

export async function formLine(
  act: Act,
  ids: readonly string[],
  asking: EligibilityQuery,
): Promise<CandidateFacts> {
  const { db, caller } = act;
  const { teamId } = caller;
  const rows = await (asking.holds ? store.holdCandidates : store.readCandidates)(db, teamId, ids);
  const present = rows.map(({ id }) => id);
  const keys = [...new Set(rows.flatMap(({ companyKey }) => companyKey ?? []))];
  const here = present.map((contactId) => ({ contactId, sequenceId: asking.sequence.id }));
  const addresses = new Map(
    rows.flatMap(({ id, email }) => (email === null ? [] : [[id, addressOf(email)]])),
  );
  const [, memberships, queued, company, barring, ownership, leavers, twins, reached] = await Promise.all([
    planForAnyTeam(db),
    store.membershipsOf(db, teamId, present),
    store.queuedElsewhere(db, teamId, present, QUEUES, asking.ownWork),
    asking.waived.has("sequence_same_company_in_same_campaign")
      ? []
      : store.colleaguesIn(db, teamId, asking.sequence.id, keys),
    barringOf(act, rows),
    ownershipFor(act, asking.byMasterKey),
    leaversAmong(db, teamId, here),
    store.sharersIn(db, teamId, asking.sequence.id, [...new Set(addresses.values())]),
    asking.isExplicit ? new Map() : reachedIn(act, asking.sequence.id, addresses),
    planAsUsual(db),
  ]);
  const twinsOf = Map.groupBy(twins, ({ address }) => address);
  const places = placesIn(asking.sequence.id, memberships);
  const works = new Map(queued.map(({ contactId, progressId }) => [contactId, progressId]));
  const people = rows.map((row): EnrollingCandidate => {
    return {
      row,
      ...places(row.id),
      address: addresses.get(row.id) ?? null,
      twin: twinsOf.get(addresses.get(row.id) ?? "")?.find(({ contactId }) => contactId !== row.id) ?? null,
      takenOutAt: places(row.id).takenOutAt ?? reached.get(row.id) ?? null,
      id: row.id,
      email: row.email,
      emailStatus: row.emailStatus,
      isUserManaged: row.emailFromCustomer === true,
      barredBy: [
        ...barring(row),
        ...(leavers.has(`${asking.sequence.id} ${row.id}`) ? [LEFT_THIS_SEQUENCE] : []),
      ],
      otherOwner: otherOwnerOf(row.ownerId, ownership(row.ownerId)),
      jobChangedAt: row.jobChangeDetectedAt,
      companyKey: row.companyKey,
      queuedIn: works.get(row.id) ?? null,
    };
  });
  // Sorting keeps the order of those who are worth the same: they stand as they were named.
  const place = new Map(ids.map((id, n) => [id, n]));
  people.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  people.sort((a, b) => b.row.prospectScore - a.row.prospectScore);
  return { people, colleagues: byCompany(company) };
}

/** In its one spelling; what is no address is compared as it is. */
function addressOf(email: string) {
  return canonicalAddress(email) ?? email.trim().toLowerCase();
}

/** When mails of this sequence last reached these addresses, also for contacts who are deleted by now. */
async function reachedIn({ db, caller }: Act, sequenceId: string, addresses: ReadonlyMap<string, string>) {
  const digests = new Map(
    [...addresses].map(([id, address]) => [id, digestOf(db, caller.teamId, address) ?? ""]),
  );
  const rows = await store.reachedBy(db, caller.teamId, sequenceId, [...new Set(digests.values())]);
  const known = new Map(rows.map(({ digest, at }) => [digest, at]));
  return new Map(
    [...digests].flatMap(([id, digest]) => (known.has(digest) ? [[id, known.get(digest)]] : [])),
  );
}

const LEFT_THIS_SEQUENCE = {
  reason: "contacts_unsubscribed",
  evidence: { by: "contact", scope: "sequence" },
} as const;

function byCompany(found: readonly store.Colleague[]) {
  const colleagues: CandidateFacts["colleagues"] = new Map();
  for (const { companyKey, ...colleague } of found)
    colleagues.set(companyKey, [...(colleagues.get(companyKey) ?? []), colleague]);
  return colleagues;
}

/** Where each of them is and was. */
function placesIn(sequenceId: string, memberships: readonly store.MembershipRow[]) {
  const byContact = Map.groupBy(memberships, ({ contactId }) => contactId);
  return (contactId: string) => {
    const all = byContact.get(contactId) ?? [];
    const live = all.filter(
      (one): one is store.MembershipRow & EnrollmentEvidence => one.state !== "removed",
    );
    const here = all.filter((one) => one.sequenceId === sequenceId);
    return {
      here: live.find((one) => one.sequenceId === sequenceId) ?? null,
      elsewhere: live.filter((one) => one.sequenceId !== sequenceId && !one.isArchived),
      takenOutAt: here.some(({ state }) => state === "removed")
        ? (here.map(({ addedAt }) => addedAt).at(-1) ?? null)
        : null,
      generation: 1 + Math.max(0, ...here.map(({ generation }) => generation)),
    };
  };
}

const SOURCES: Partial<Record<string, Barred>> = {
  unsubscribe: "contacts_unsubscribed",
  complaint: "contacts_unsubscribed",
  bounce: "contacts_bounced",
};

function reasonsIn({ optOut, bounced, doNotContact }: AddressBars) {
  return [
    ["contacts_unsubscribed", optOut],
    ["contacts_bounced", bounced],
    ["contacts_do_not_contact", doNotContact],
  ] as const;
}

/** What bars each of them: what the contact itself says, and what the team's suppressions say of the address. */
export async function barringOf(
  { db, caller, now }: Pick<Act, "db" | "caller" | "now">,
  rows: readonly Pick<EnrollmentCandidateRow, "email">[],
) {
  const emails = rows.flatMap(({ email }) => email ?? []);
  const barred = await barsAmong(db, caller.teamId, emails);
  return (row: EnrollmentCandidateRow) => {
    const found: { reason: Barred; evidence: SkipEvidence }[] = [];
    if (row.emailUnsubscribed) found.push({ reason: "contacts_unsubscribed", evidence: { by: "contact" } });
    if (row.bouncedAt || row.emailStatus === "bounced")
      found.push({ reason: "contacts_bounced", evidence: { at: row.bouncedAt?.toString() ?? null } });
    const claims = row.email === null ? NO_BARS : barred.claims(row.email);
    const pausedUntil = pauseInForce(laterPause(row.pausedUntil, claims.pausedUntil), now);
    if (pausedUntil)
      found.push({ reason: "contacts_paused", evidence: { pausedUntil: pausedUntil.toString() } });
    if (row.doNotContact) found.push({ reason: "contacts_do_not_contact", evidence: { by: "contact" } });
    const suppression = row.email === null ? null : barred(row.email);
    if (suppression) {
      const reason = SOURCES[suppression.source] ?? "contacts_do_not_contact";
      const { id, kind, source } = suppression;
      if (!found.some((one) => one.reason === reason))
        found.push({ reason, evidence: { suppressionId: id, kind, source } });
    }
    for (const [reason, claim] of reasonsIn(claims))
      if (claim && !found.some((one) => one.reason === reason))
        found.push({ reason, evidence: { by: "address", source: claim.source, at: claim.at.toString() } });
    return found;
  };
}
