// Creates the unknown companies that contacts or deals name, before them, so that they find them. Answers their ids.

import type { Act } from "../../../app.ts";
import { accountClues, companyDomainOf, normalizeDomain } from "../../../domain/contacts/companies.ts";
import { findAccountsBy } from "../../contacts/account-matching/store.ts";
import type { Byproduct } from "../../prospecting/import-rows/byproducts-store.ts";
import { type AccountInput, createAccounts } from "../../saving/accounts/commands.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";

type Naming = Pick<ContactWrite, "organizationName" | "websiteUrl" | "email">;

export async function addMissingAccounts(act: Act, wishes: readonly Naming[]): Promise<string[]> {
  const naming = wishes.filter(({ organizationName, websiteUrl }) => organizationName ?? websiteUrl);
  if (naming.length === 0) return [];
  const clues = naming.map(({ email, websiteUrl, organizationName }) =>
    accountClues({ email, domain: websiteUrl, name: organizationName }),
  );
  const found = await findAccountsBy(act.db, act.caller.teamId, clues);
  const wanted = new Map<string, AccountInput>();
  for (const [at, { organizationName, websiteUrl, email }] of naming.entries()) {
    if (found.has(at)) continue;
    const domain = normalizeDomain(websiteUrl) ?? companyDomainOf(email);
    const key = domain ?? organizationName?.trim().toLowerCase();
    if (key !== undefined && !wanted.has(key)) wanted.set(key, { name: organizationName, domain });
  }
  const rows = [...wanted.values()].filter(({ name, domain }) => name?.trim() || domain);
  if (rows.length === 0) return [];
  const { created } = await createAccounts(act, { rows, labelNames: [], dedupe: true }, "csv_import");
  return created.map(({ id }) => id);
}

/** Contacts that are there already come to it as soon as it is made. */
export function accountMade(recordId: string, linked: readonly { id: string }[]): Byproduct {
  const after = { linked: linked.map(({ id }) => id) };
  return { kind: "account", recordId, wasMade: true, differences: [{ before: {}, after }] };
}
