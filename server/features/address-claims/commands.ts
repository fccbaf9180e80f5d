// Claims written down and taken back. Each comes with its source, and is taken back by that source alone.

import type { Db } from "../../db/connect.ts";
import { type Claim, type ClaimKind, LISTED, OPT_OUTS } from "../../domain/address-claims.ts";
import { hostOfEmail, isFreeMail } from "../../domain/companies.ts";
import { canonicalAddress } from "../../domain/suppression.ts";
import { newId } from "../../ids.ts";
import type { By } from "../events/store.ts";
import {
  deleteByValue,
  holdSuppressions,
  type Source as ListSource,
  relabel,
} from "../suppressions/store.ts";
import * as store from "./store.ts";

type Saying = Pick<By, "db" | "teamId" | "userId" | "now">;

/** Which mail, person or file said it. */
export type Said = { source: string; sourceId: string };

export type Wanted = {
  address: string;
  kind: ClaimKind;
  contactId?: string | null;
  until?: Temporal.Instant;
};

/** By what an address is known once nobody may read it; null for what is no address. */
export function digestOf(db: Pick<Db, "digest">, teamId: string, address: string) {
  const canonical = canonicalAddress(address);
  return canonical === null ? null : db.digest(`suppression ${teamId} ${canonical}`);
}

export function digestsAmong(db: Pick<Db, "digest">, teamId: string, addresses: readonly string[]) {
  return [...new Set(addresses.flatMap((address) => digestOf(db, teamId, address) ?? []))];
}

/** By what the addressee, their host and their company are known where they may not be read. */
export function reachedBy(
  { db, teamId }: Pick<By, "db" | "teamId">,
  { email, companyKey }: { email: string | null; companyKey: string | null },
) {
  const host = isFreeMail(email) ? null : hostOfEmail(email); // hosts of free mail are no company's
  return {
    readerDigest: email === null ? null : digestOf(db, teamId, email),
    hostDigest: host === null ? null : db.digest(`host ${teamId} ${host}`),
    companyDigest: companyKey === null ? null : db.digest(`company ${teamId} ${companyKey}`),
  };
}

/**
 * Takes the list of suppressions first, which the gate holds shared: a mail goes before the claim, or not at all. Whoever
 * locks contacts takes it before them. A pause does not: it is kept by its contact's own lock.
 */
export async function claim(by: Saying, said: Said, wanted: readonly Wanted[]) {
  const { db, teamId } = by;
  if (wanted.length === 0) return;
  if (wanted.some(({ kind }) => kind !== "paused")) await holdSuppressions(db, teamId);
  await store.insertClaims(db, teamId, distinct(claimsOf(by, said, wanted)), by);
}

/** The same of an address that only its digest is left of. Answers whether it is news. */
export async function claimErased(by: Saying, said: Said, digest: string, kind: ClaimKind) {
  await holdSuppressions(by.db, by.teamId);
  const one = { ...said, id: newId(), digest, kind, contactId: null, until: null, isErased: true };
  return (await store.insertClaims(by.db, by.teamId, [one], by)) > 0;
}

function claimsOf({ db, teamId }: Saying, said: Said, wanted: readonly Wanted[]): store.NewClaim[] {
  return wanted.flatMap(({ address, kind, contactId = null, until = null }) => {
    const digest = digestOf(db, teamId, address);
    return digest === null ? [] : [{ ...said, id: newId(), digest, kind, contactId, until, isErased: false }];
  });
}

function distinct(claims: readonly store.NewClaim[]) {
  const keyOf = ({ digest, kind, contactId }: store.NewClaim) => `${digest} ${kind} ${contactId}`;
  return [...new Map(claims.map((one) => [keyOf(one), one])).values()];
}

export type TakenBack = {
  /** Contacts that carry no opt-out any more, of those that carried this one. */
  freed: string[];
  /** Entries of the list that nothing stands behind any more. */
  delisted: string[];
  hasLifted: boolean;
};

/** Exactly what this source has said, of these addresses. What others said stands, and the bar with it. */
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

/** The list says of each of these addresses what its claims do. Answers the entries that are gone. */
export async function followList({ db, teamId }: Pick<By, "db" | "teamId">, addresses: readonly string[]) {
  const byDigest = new Map(
    addresses.flatMap((address) => {
      const digest = digestOf(db, teamId, address);
      const value = canonicalAddress(address);
      return digest !== null && value !== null ? [[digest, value] as const] : [];
    }),
  );
  const standing = await store.standingClaims(db, teamId, [...byDigest.keys()]);
  const reasons = new Map<string, Claim>();
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

const LIST_SOURCES: Record<ClaimKind, ListSource> = {
  unsubscribed: "unsubscribe",
  complaint: "complaint",
  bounced: "bounce",
  do_not_contact: "deletion",
  suppressed: "person",
  paused: "deletion",
};

export function listSourceOf({ kind, source }: Pick<Claim, "kind"> & { source?: string }): ListSource {
  return kind === "suppressed" && source === "import" ? "import" : LIST_SOURCES[kind];
}
