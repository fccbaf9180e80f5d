// Claims written down and taken back. Each comes with its source, and is taken back by that source alone.

import {
  type AddressClaim,
  type ClaimKind,
  LISTED,
  OPT_OUTS,
} from "../../../domain/contacts/address-claims.ts";
import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { newId } from "../../../kernel/ids.ts";
import type { By } from "../../events/events/store.ts";
import { digestOf } from "./barring.ts";
import * as store from "./claims-store.ts";
import { deleteByValue, holdSuppressions, relabel, type SuppressionSource } from "./store.ts";

type Saying = Pick<By, "db" | "teamId" | "userId" | "now">;

/** Which mail, person or file said it. */
export type ClaimSource = { source: string; sourceId: string };

export type ClaimInput = {
  address: string;
  kind: ClaimKind;
  contactId?: string | null;
  until?: Temporal.Instant;
};

/**
 * Locks the list of suppressions first, which the gate holds shared: a mail leaves before the claim, or not at all.
 * Callers that also lock contacts take this lock before them. A pause does not use it: its contact's own lock protects
 * it.
 */
export async function claimAddresses(by: Saying, said: ClaimSource, wanted: readonly ClaimInput[]) {
  const { db, teamId } = by;
  if (wanted.length === 0) return;
  if (wanted.some(({ kind }) => kind !== "paused")) await holdSuppressions(db, teamId);
  await store.insertClaims(db, teamId, distinct(claimsOf(by, said, wanted)), by);
}

/** The same of an address that only its digest is left of. Answers whether it is news. */
export async function claimErased(by: Saying, said: ClaimSource, digest: string, kind: ClaimKind) {
  await holdSuppressions(by.db, by.teamId);
  const one = { ...said, id: newId(), digest, kind, contactId: null, until: null, isErased: true };
  return (await store.insertClaims(by.db, by.teamId, [one], by)) > 0;
}

function claimsOf(
  { db, teamId }: Saying,
  said: ClaimSource,
  wanted: readonly ClaimInput[],
): store.NewClaim[] {
  return wanted.flatMap(({ address, kind, contactId = null, until = null }) => {
    const digest = digestOf(db, teamId, address);
    return digest === null ? [] : [{ ...said, id: newId(), digest, kind, contactId, until, isErased: false }];
  });
}

function distinct(claims: readonly store.NewClaim[]) {
  const keyOf = ({ digest, kind, contactId }: store.NewClaim) => `${digest} ${kind} ${contactId}`;
  return [...new Map(claims.map((one) => [keyOf(one), one])).values()];
}

type TakenBack = {
  /** Contacts that carry no opt-out any more, of those that carried this one. */
  freed: string[];
  /** Entries of the list without any claim left. */
  delisted: string[];
  hasLifted: boolean;
};

/** Removes what this source has said of these addresses. Claims by other sources stay, and so does the suppression. */
export async function takeBackClaims(
  by: Saying,
  of: store.OfSource,
  { addresses, because }: { addresses: readonly string[]; because: string },
): Promise<TakenBack> {
  const { db, teamId, userId, now } = by;
  const lifted = await store.liftOfSource(db, teamId, of, { userId, because, now });
  const marked = [
    ...new Set(lifted.flatMap(({ contactId, kind }) => (OPT_OUTS.includes(kind) && contactId) || [])),
  ];
  const still = await store.stillMarked(db, teamId, marked, OPT_OUTS);
  return {
    freed: marked.filter((id) => !still.has(id)),
    delisted: await followList(by, addresses),
    hasLifted: lifted.length > 0,
  };
}

/** Updates the list from the claims on these addresses. Answers the deleted entries. */
async function followList({ db, teamId }: Pick<By, "db" | "teamId">, addresses: readonly string[]) {
  const byDigest = new Map(
    addresses.flatMap((address) => {
      const digest = digestOf(db, teamId, address);
      const value = canonicalAddress(address);
      return digest !== null && value !== null ? [[digest, value] as const] : [];
    }),
  );
  const standing = await store.standingClaims(db, teamId, [...byDigest.keys()]);
  const reasons = new Map<string, AddressClaim>();
  for (const one of standing)
    if (one.contactId === null && LISTED.includes(one.kind) && !reasons.has(one.digest))
      reasons.set(one.digest, one);
  const gone: string[] = [];
  for (const [digest, value] of byDigest) {
    const reason = reasons.get(digest);
    if (reason) await relabel(db, teamId, value, listSourceOf(reason));
    else gone.push(...(await deleteByValue(db, teamId, value)));
  }
  return gone;
}

const LIST_SOURCES: Record<ClaimKind, SuppressionSource> = {
  unsubscribed: "unsubscribe",
  complaint: "complaint",
  bounced: "bounce",
  do_not_contact: "deletion",
  suppressed: "person",
  paused: "deletion",
};

export function listSourceOf({
  kind,
  source,
}: Pick<AddressClaim, "kind"> & { source?: string }): SuppressionSource {
  return kind === "suppressed" && source === "import" ? "import" : LIST_SOURCES[kind];
}
