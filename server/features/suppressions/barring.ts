// What bars addresses, asked in one statement for all of them: by planning, the gate, joining, drafts, copies, guards, forecasts
// and whoever explains. By the address itself where it may be read, and by its digest.

import type { Db } from "../../db/connect.ts";
import { type AddressBars, barsOf, isBarredBy, NO_BARS } from "../../domain/address-claims.ts";
import { barrier, canonicalAddress, domainsOf } from "../../domain/suppression.ts";
import { digestOf } from "../address-claims/commands.ts";
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
