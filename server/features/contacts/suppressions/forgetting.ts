// What is left of a person who is deleted: nothing that can be read. What bars their addresses is kept by keyed digests, and
// the addresses are known again if they come back; the key is not in the database.

import type { Act } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { type ClaimKind, LISTED } from "../../../domain/contacts/address-claims.ts";
import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { newId } from "../../../kernel/ids.ts";
import type { By } from "../../events/events/store.ts";
import { digestOf, digestsAmong } from "./barring.ts";
import { listSourceOf } from "./claims.ts";
import * as claims from "./claims-store.ts";
import * as store from "./store.ts";

export type Forgotten = {
  id: string;
  /** `isShared`: another contact of the team has it too. */
  addresses: readonly { email: string; isShared: boolean }[];
  isUnsubscribed: boolean;
  hasBounced: boolean;
  isBarred: boolean;
};

/** The list of suppressions is held. Addresses that another contact has stay readable. */
export async function forgetAddresses({ db, now, teamId, userId }: By, people: readonly Forgotten[]) {
  if (people.length === 0) return;
  const marks = people.flatMap((person) =>
    kindsOf(person).flatMap((kind) =>
      person.addresses.flatMap(({ email }) => {
        const digest = digestOf(db, teamId, email);
        return digest === null ? [] : [{ digest, kind }];
      }),
    ),
  );
  const ids = people.map(({ id }) => id);
  await claims.leaveWithAddresses(db, teamId, ids, now);
  if (marks.length > 0) await claims.insertWhereNone(db, teamId, marks, { userId, now });
  const own = people.flatMap(({ addresses }) =>
    addresses.flatMap(({ email, isShared }) => (isShared ? [] : [email])),
  );
  if (own.length === 0) return;
  await claims.eraseAddresses(db, teamId, digestsAmong(db, teamId, own));
  await store.deleteByValues(
    db,
    teamId,
    own.flatMap((email) => canonicalAddress(email) ?? []),
  );
}

function kindsOf({ isUnsubscribed, hasBounced, isBarred }: Forgotten): ClaimKind[] {
  return [
    ...(isUnsubscribed ? ["unsubscribed" as const] : []),
    ...(hasBounced ? ["bounced" as const] : []),
    ...(isBarred ? ["do_not_contact" as const] : []),
  ];
}

/** Asked of every address that comes in: what bars it may be read again. */
export async function recognizeAddresses({ db, caller, now }: Act, addresses: readonly string[]) {
  const { teamId } = caller;
  const byDigest = new Map(
    addresses.flatMap((address) => {
      const digest = digestOf(db, teamId, address);
      return digest === null ? [] : [[digest, canonicalAddress(address) ?? ""] as const];
    }),
  );
  if (byDigest.size === 0) return;
  const known = await claims.recognizeClaims(db, teamId, [...byDigest.keys()], LISTED);
  const rows = known.map((one) => ({
    id: newId(),
    kind: "email" as const,
    value: byDigest.get(one.digest) ?? "",
    reason: null,
    source: listSourceOf(one),
  }));
  for (const [source, own] of Map.groupBy(rows, (row) => row.source))
    await store.insertSuppressions(db, teamId, own, { source, userId: null, now });
}

/** Addresses in their one spelling, without those of contacts who were deleted and are barred. */
export async function withoutForgotten(
  { db, teamId }: { db: Db; teamId: string },
  addresses: readonly string[],
) {
  const canonical = [...new Set(addresses.flatMap((address) => canonicalAddress(address) ?? []))];
  if (canonical.length === 0) return [];
  const erased = await claims.erasedAmong(db, teamId, digestsAmong(db, teamId, canonical));
  return canonical.filter((address) => !erased.has(digestOf(db, teamId, address) ?? ""));
}
