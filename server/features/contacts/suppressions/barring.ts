// Finds which addresses are suppressed, in one statement for all of them. Used by planning, the gate, enrolling,
// drafts, copies, guards, forecasts and explanations. Looks at the address where it is readable, and at its digest.
// The digests by which addresses are known where they may not be read are made here as well.

import type { Db } from "../../../db/connect.ts";
import { type AddressBars, barsOf, isBarredBy, NO_BARS } from "../../../domain/contacts/address-claims.ts";
import { hostOfEmail, isFreeMail } from "../../../domain/contacts/companies.ts";
import { barrier, canonicalAddress, domainsOf } from "../../../domain/contacts/suppression.ts";
import type { By } from "../../events/events/store.ts";
import { barsAbout, type SuppressionRow } from "./store.ts";

export type Barring = {
  /** The narrowest entry of the list that bars the address. */
  (address: string): SuppressionRow | null;
  /** What was said of it, whether an entry of the list shows it or not. */
  claims(address: string): AddressBars;
  isBarred(address: string): boolean;
};

export async function barsAmong(db: Db, teamId: string, emails: readonly string[]): Promise<Barring> {
  const addresses = [...new Set(emails.flatMap((email) => canonicalAddress(email) ?? []))];
  const domains = [...new Set(addresses.flatMap(domainsOf))];
  const digests = new Map(addresses.map((address) => [address, digestOf(db, teamId, address) ?? ""]));
  const { suppressions, claims } = await barsAbout(db, teamId, addresses, domains, [...digests.values()]);
  const onList = barrier<SuppressionRow>(suppressions);
  const byDigest = Map.groupBy(claims, ({ digest }) => digest);
  const claimsOf = (address: string) => {
    const own = byDigest.get(digests.get(canonicalAddress(address) ?? "") ?? "");
    return own ? barsOf(own) : NO_BARS;
  };
  return Object.assign((address: string) => onList(address), {
    claims: claimsOf,
    isBarred: (address: string) => onList(address) !== null || isBarredBy(claimsOf(address)),
  });
}

/** Identifies an address once its text is erased; null for what is no address. */
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
