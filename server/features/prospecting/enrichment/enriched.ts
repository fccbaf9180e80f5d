// A company with its owners, the companies it owns, and the team's account of it.

import type { Act } from "../../../app.ts";
import { accountsWhole } from "../../contacts/accounts/beside.ts";
import { type Relative, readOwned, readOwners } from "../../contacts/organizations/family-store.ts";
import { presentOrganization } from "../../contacts/organizations/present.ts";
import type { OrganizationRow } from "../../contacts/organizations/store.ts";

/** In the order of the rows. */
export async function presentEnriched(act: Pick<Act, "db" | "caller">, rows: readonly OrganizationRow[]) {
  const { db, caller } = act;
  const ids = rows.map(({ id }) => id);
  const owners = ids.length > 0 ? await readOwners(db, caller.teamId, ids) : [];
  const owned = ids.length > 0 ? await readOwned(db, caller.teamId, ids) : [];
  const accounts = await accountsWhole(
    act,
    rows.flatMap(({ accountId }) => accountId ?? []),
  );
  return rows.map((row) => ({
    ...presentOrganization(row),
    ...presentFamily(
      owners.filter(({ of }) => of === row.id),
      owned.filter(({ of }) => of === row.id),
    ),
    account: accounts.get(row.accountId ?? "") ?? null,
  }));
}

function presentFamily(owners: readonly Relative[], owned: readonly Relative[]) {
  const chain = owners.map(presentRelative);
  return {
    owned_by_organization: chain[0] ?? null,
    owned_by_chain: chain,
    ultimate_parent_organization: chain.at(-1) ?? null,
    suborganizations: owned.map((one) => ({
      ...presentRelative(one),
      industries: industriesOf(one),
      estimated_num_employees: one.estimatedNumEmployees,
      country: one.country,
    })),
    num_suborganizations: owned.length,
    subsidiary_rollups: {
      total_estimated_employee_count: owned.reduce(
        (sum, { estimatedNumEmployees: n }) => sum + Number(n ?? 0),
        0,
      ),
      countries: [...new Set(owned.flatMap(({ country }) => country ?? []))],
      industries: [...new Set(owned.flatMap(industriesOf))],
    },
  };
}

function presentRelative({ id, name, websiteUrl, domain }: Relative) {
  return { id, name, website_url: websiteUrl ?? (domain && `https://${domain}`) };
}

const industriesOf = ({ industry, secondaryIndustries }: Relative) => [
  ...(industry ? [industry] : []),
  ...(secondaryIndustries ?? []),
];
