// What a caller says of accounts, in our words.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { listStages } from "../../contacts/stages/store.ts";
import type { AccountInput } from "./commands.ts";

type Attributes = z.output<typeof contract.accounts.create.input>;
type Row = NonNullable<z.output<typeof contract.accounts.bulkUpdate.input>["accounts"]>[number];

export async function readOne(asking: Pick<Act, "db" | "caller">, input: Attributes): Promise<AccountInput> {
  const [asked] = await readAll(asking, [input]);
  return asked as AccountInput;
}

/** A stage may be said by its name. */
export async function readAll({ db, caller }: Pick<Act, "db" | "caller">, rows: readonly Attributes[]) {
  const isNamed = rows.some((row) => row.account_stage_id === undefined && row.account_stage_name?.trim());
  const stages = isNamed ? await listStages(db, caller.teamId, "account") : [];
  return rows.map((row) => {
    const word = row.account_stage_name?.trim().toLowerCase();
    if (row.account_stage_id !== undefined || !word) return readAttributes(row);
    const stage = stages.find(({ id, name }) => id === word || name.toLowerCase() === word);
    if (!stage) throw new Refusal("stage_not_found", { id: row.account_stage_name ?? "" });
    return readAttributes({ ...row, account_stage_id: stage.id });
  });
}

function readAttributes(input: Attributes): AccountInput {
  return {
    ...readAccountChange(input),
    domain: input.domain,
    phone: input.phone === undefined ? input.phone_number : input.phone,
    rawAddress: input.raw_address,
    websiteUrl: input.website_url,
    linkedinUrl: input.linkedin_url,
    twitterUrl: input.twitter_url,
    facebookUrl: input.facebook_url,
    logoUrl: input.logo_url,
    industry: input.industry,
    estimatedNumEmployees: input.estimated_num_employees,
    annualRevenue: input.annual_revenue,
    foundedYear: input.founded_year,
    organizationId: input.organization_id,
    parentAccountId: input.parent_account_id,
    phoneStatus: input.phone_status_cd,
    crmOwnerId: input.crm_owner_id,
    salesforceId: input.salesforce_id,
    hubspotId: input.hubspot_id,
    mergedCrmIds: input.merged_crm_ids,
    labelNames: input.label_names,
  };
}

/** One of many that are changed, each in its own way. */
export function readRow(row: Row): AccountInput {
  return { ...readAccountChange(row), domain: row.domain, phone: row.phone };
}

type Changeable = Pick<Attributes, "name" | "owner_id" | "account_stage_id" | "typed_custom_fields">;

export function readAccountChange(input: Changeable): AccountInput {
  return {
    name: input.name,
    ownerId: input.owner_id,
    accountStageId: input.account_stage_id,
    fields: input.typed_custom_fields ?? undefined,
  };
}
