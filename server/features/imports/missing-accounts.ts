// The companies that contacts name and nobody knows, made before the contacts are, so that they find them there. Answers
// their ids.

import type { Act } from "../../app.ts";
import { accountClues, companyDomainOf, normalizeDomain } from "../../domain/companies.ts";
import { findAccountsBy } from "../account-matching/store.ts";
import { type Asked, createAccounts } from "../accounts/commands.ts";
import type { Wish } from "../contact-writing/commands.ts";

export async function addMissingAccounts(act: Act, wishes: readonly Wish[]): Promise<string[]> {
  const naming = wishes.filter(({ organizationName, websiteUrl }) => organizationName ?? websiteUrl);
  if (naming.length === 0) return [];
  const clues = naming.map(({ email, websiteUrl, organizationName }) =>
    accountClues({ email, domain: websiteUrl, name: organizationName }),
  );
  const found = await findAccountsBy(act.db, act.caller.teamId, clues);
  const wanted = new Map<string, Asked>();
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
