// Accounts shown with a deal, whole, and with a task or a call, in short.

import type { Act } from "../../../app.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { readOrganizations } from "../organizations/store.ts";
import { presentShownAccount } from "./present.ts";
import { findAccounts } from "./store.ts";

type Whole = ReturnType<typeof presentShownAccount>;

export async function accountsWhole({ db, caller }: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, Whole>();
  const { teamId } = caller;
  const rows = await findAccounts(db, teamId, [...new Set(ids)], viewerIn(caller));
  const companies = rows.flatMap(({ organizationId }) => organizationId ?? []);
  const [values, known] = await Promise.all([
    fieldValuesOf(db, teamId, "account", [...new Set(ids)]),
    companies.length > 0 ? readOrganizations(db, teamId, [...new Set(companies)]) : [],
  ]);
  const companyOf = new Map(known.map((company) => [company.id, company]));
  return new Map(
    rows.map((row) => {
      const company = companyOf.get(row.organizationId ?? "") ?? null;
      return [row.id, presentShownAccount(row, values.get(row.id) ?? {}, company)];
    }),
  );
}

export async function accountsBeside(asking: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  const whole = await accountsWhole(asking, ids);
  return new Map([...whole].map(([id, account]) => [id, inShort(account)]));
}

function inShort(account: Whole) {
  const { id, name, website_url, domain, linkedin_url, linkedin_uid, phone, phone_status } = account;
  const { owner_id, account_stage_id, organization_id, industry, estimated_num_employees } = account;
  const { label_ids, typed_custom_fields, account_queues, created_at } = account;
  return {
    id,
    name,
    website_url,
    domain,
    linkedin_url,
    linkedin_uid,
    phone,
    phone_status,
    owner_id,
    account_stage_id,
    organization_id,
    industry,
    estimated_num_employees,
    label_ids,
    typed_custom_fields,
    account_queues,
    created_at,
  };
}
