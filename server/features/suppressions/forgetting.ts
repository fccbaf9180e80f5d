// What is left of a person who is deleted: nothing that can be read. An address that must not be mailed is kept as a keyed
// digest, and known again if it comes back; the key is not in the database.

import type { Act } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { canonicalAddress } from "../../domain/suppression.ts";
import { newId } from "../../ids.ts";
import type { Secrets } from "../../secrets.ts";
import * as store from "./store.ts";

export type Forgotten = {
  addresses: readonly string[];
  isUnsubscribed: boolean;
  hasBounced: boolean;
  isBarred: boolean;
};

/** Addresses that somebody else still has are not forgotten: ask without those. */
export async function forgetAddresses(act: Act, people: readonly Forgotten[]) {
  const { db, now, caller } = act;
  const all = hashedAll(
    act,
    people.flatMap(({ addresses }) => addresses),
  );
  if (all.length === 0) return;
  const digests = new Map(all.map(({ address, digest }) => [address, digest]));
  const barred = people.flatMap((person) => {
    const source = sourceOf(person);
    if (source === null) return [];
    return person.addresses.flatMap((text) => {
      const digest = digests.get(canonicalAddress(text) ?? "");
      return digest === undefined ? [] : [{ id: newId(), digest, source }];
    });
  });
  await store.hideAddresses(db, caller.teamId, all);
  if (barred.length > 0) await store.insertHidden(db, caller.teamId, barred, { userId: caller.userId, now });
}

function sourceOf({ isUnsubscribed, hasBounced, isBarred }: Forgotten): store.Source | null {
  if (isUnsubscribed) return "unsubscribe";
  if (hasBounced) return "bounce";
  return isBarred ? "deletion" : null;
}

/** By address, by what it is known once nobody can read it any more. */
export function digestsOf(act: Act, addresses: readonly string[]) {
  const digests = new Map(hashedAll(act, addresses).map(({ address, digest }) => [address, digest]));
  return (address: string) => digests.get(canonicalAddress(address) ?? "") ?? null;
}

/** Asked of every address that comes in. */
export async function recognizeAddresses(act: Act, addresses: readonly string[]) {
  const hashed = hashedAll(act, addresses);
  if (hashed.length > 0) await store.recognizeHidden(act.db, act.caller.teamId, hashed);
}

/** Addresses in their one spelling, without those of people who were deleted and are barred. */
export async function withoutForgotten(
  { db, teamId, secrets }: { db: Db; teamId: string; secrets: Secrets },
  addresses: readonly string[],
) {
  if (addresses.length === 0) return [];
  const hashed = hashedWith(secrets, teamId, addresses);
  const hidden = await store.knownHidden(
    db,
    teamId,
    hashed.map(({ digest }) => digest),
  );
  return hashed.flatMap(({ address, digest }) => (hidden.has(digest) ? [] : [address]));
}

function hashedAll({ app, caller }: Act, addresses: readonly string[]): store.Hashed[] {
  return hashedWith(app.secrets, caller.teamId, addresses);
}

function hashedWith(secrets: Secrets, teamId: string, addresses: readonly string[]): store.Hashed[] {
  const canonical = new Set(addresses.flatMap((address) => canonicalAddress(address) ?? []));
  return [...canonical].map((address) => ({
    address,
    digest: secrets.digest(`suppression ${teamId} ${address}`).toString("hex"),
  }));
}
