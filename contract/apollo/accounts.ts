// Companies of the team.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { startedBulkUpdate } from "../extras/progress.ts";
import * as fields from "../fields.ts";
import { account, accountCrumb, changedAccount, createdAccount, shownAccount } from "./account.ts";
import { ofCompany } from "./company-filters.ts";
import { label } from "./labels.ts";

/** Names something outside the team's own records, so there is nothing here to look it up in. */
const outsideId = fields
  .sized(24, fields.NOT_AN_ID)
  .toLowerCase()
  .refine((text) => /^[0-9a-f]{24}$/.test(text), fields.NOT_AN_ID);

const text = (max = 500) => fields.text(max).nullish();
const id = fields.id.nullish();
const customFields = fields.freeForm(z.unknown()).nullish();
const number = z.int().min(0).max(2_000_000_000).nullish();

/** What can be said of an account; null and empty text clear. */
export const accountAttributes = {
  name: text(),
  domain: text(2000).describe("A host such as acme.com; a website address is reduced to its host"),
  owner_id: id,
  account_stage_id: id,
  account_stage_name: fields
    .text(200)
    .optional()
    .describe("Stage by name or id, as Apollo's n8n node sends it"),
  phone: text(100),
  phone_number: text(100).describe("Used if `phone` is empty"),
  raw_address: text(),
  website_url: text(2000).describe("Sets the domain if `domain` is empty"),
  linkedin_url: text(2000),
  twitter_url: text(2000),
  facebook_url: text(2000),
  logo_url: text(2000),
  industry: text().describe("Cadenza's own: industry of the company"),
  estimated_num_employees: number.describe("Cadenza's own: number of employees"),
  annual_revenue: z.number().min(0).max(1e15).nullish().describe("Cadenza's own: annual revenue"),
  founded_year: z.int().min(1).max(9999).nullish().describe("Cadenza's own: year the company was founded"),
  organization_id: outsideId.nullish().describe("Id of the company in the people database"),
  parent_account_id: id,
  phone_status_cd: text(50),
  crm_owner_id: text(100),
  salesforce_id: text(100),
  hubspot_id: text(100),
  merged_crm_ids: z.array(fields.text(100)).max(100).nullish(),
  typed_custom_fields: customFields,
};

const labelNames = z.array(fields.text(200)).max(200).optional();

export const bulkRow = z.object({ ...accountAttributes, label_names: labelNames });

const bulkChange = {
  name: text(),
  owner_id: id,
  account_stage_id: id,
  typed_custom_fields: customFields,
};

/** One of many that are changed, each in its own way. */
export const changeRow = z.object({ id: fields.id, ...bulkChange, domain: text(2000), phone: text(100) });

/** What a search of accounts is narrowed by. */
export const accountFilters = {
  q_organization_name: fields.text(200).optional().describe("Part of the name"),
  q_keywords: fields.text(200).optional().describe("Cadenza's own: part of the name or domain"),
  account_stage_ids: z.array(fields.text(200)).max(1000).optional(),
  account_label_ids: z.array(fields.id).max(1000).optional(),
  account_owner_ids: z
    .array(fields.id)
    .max(1000)
    .optional()
    .describe("Cadenza's own: user ids of the owners"),
  account_ids: z.array(fields.id).max(10_000).optional().describe("Cadenza's own: only these accounts"),
  q_organization_domains_list: z
    .array(fields.text(300))
    .max(1000)
    .optional()
    .describe("Cadenza's own: exact domains"),
  ...ofCompany,
};

/** As a change answers it, with the tag of the account as it is shown by itself. */
const changed = account.extend({ etag: shownAccount.shape.etag });

export const accounts = {
  create: endpoint({
    method: "POST",
    path: "/accounts",
    scope: "accounts/create",
    oauth: "account_write",
    access: "scoped",
    effect: "write",
    summary: "Create an account",
    description: "Duplicates are allowed: the same company may be created twice.",
    input: z.object({ ...accountAttributes, label_names: labelNames }),
    output: z.strictObject({ account }),
  }),

  get: endpoint({
    method: "GET",
    path: "/accounts/{id}",
    scope: "accounts/show",
    oauth: "account_read",
    access: "scoped",
    effect: "read",
    summary: "Show an account",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      account: shownAccount,
      salesforce_users: z.array(z.never()),
      hubspot_owners: z.array(z.never()),
    }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/accounts/{id}",
    scope: "accounts/update",
    oauth: "account_update",
    access: "scoped",
    effect: "write",
    summary: "Update an account",
    description: "Fields you leave out stay the same.",
    ifMatch: {
      record: shownAccount,
      shows: {
        account_stage_name: "account_stage_id",
        phone_number: "phone",
        phone_status_cd: "phone_status",
        label_names: "label_ids",
      },
    },
    input: z.object({
      ...accountAttributes,
      id: fields.id,
      label_names: labelNames.describe("Replaces the lists the account is on"),
    }),
    output: z.strictObject({ account: changed, labels: z.array(label) }),
  }),

  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/accounts/search",
    scope: "accounts/search",
    oauth: "accounts_search",
    access: "scoped",
    effect: "read",
    summary: "Search accounts",
    description:
      "An account must match all filters, and any value of each filter. With `Accept: text/csv` you get all results as a file.",
    alsoCsv: true,
    input: z.object({
      ...fields.paging,
      ...accountFilters,
      display_name: fields
        .text(200)
        .optional()
        .describe("Same as `q_organization_name`, for Apollo's n8n node"),
      domain: fields.text(300).optional().describe("Adds one domain to `q_organization_domains_list`"),
      label_names: labelNames.describe("Lists by name, in addition to `account_label_ids`"),
      sort_by_field: fields
        .text(100)
        .optional()
        .describe(
          "`account_last_activity_date`, `account_created_at`, `account_updated_at`; Cadenza's own: `account_name`, `domain`, `account_stage`, `owner`, `industry`, `estimated_num_employees`, `num_contacts`, `phone`, `city`, `country`, `field:<id>`",
        ),
      group_by: fields.groupBy(["stage", "owner", "industry"]),
      csv_columns: fields.csvColumns,
      sort_ascending: fields.flag.default(false).describe("Only together with `sort_by_field`"),
      cursor: fields
        .text(500)
        .optional()
        .describe("Cadenza's own: `next_cursor` of the previous page, to go beyond 50,000"),
    }),
    output: z.strictObject({
      accounts: z.array(account),
      breadcrumbs: z.array(accountCrumb),
      partial_results_only: z.boolean().describe("True if more than 50,000 accounts match"),
      ...fields.partialResults,
      pagination: fields.paginationOn,
      num_fetch_result: z.null(),
      groups: fields.groups.optional(),
    }),
  }),

  bulkCreate: endpoint({
    method: "POST",
    path: "/accounts/bulk_create",
    scope: "accounts/bulk_create",
    oauth: "account_bulk_create",
    access: "scoped",
    effect: "write",
    summary: "Create up to 100 accounts",
    description: "Existing accounts are left unchanged.",
    input: z.object({
      accounts: z.array(bulkRow).max(10_000).optional(),
      accounts_with_labels: z.array(bulkRow).max(10_000).optional(),
      append_label_names: labelNames.describe("Lists to add every created account to"),
      run_dedupe: fields.flag
        .default(false)
        .describe("Also match by domain, organization and name, not only by CRM ids"),
    }),
    output: z.strictObject({
      created_accounts: z.array(createdAccount),
      existing_accounts: z.array(createdAccount),
      field_errors: fields.rowErrors,
    }),
  }),

  bulkUpdate: endpoint({
    method: "POST",
    path: "/accounts/bulk_update",
    scope: "accounts/bulk_update",
    oauth: "account_stages_update",
    access: "scoped",
    effect: "write",
    summary: "Update several accounts",
    description: "The same values for all, or different values for each. Either all accounts change or none.",
    input: z.object({
      account_ids: z.array(fields.id).max(fields.MOST_IDS).optional(),
      ...bulkChange,
      account_attributes: z.array(changeRow).max(10_000).optional(),
      accounts: z
        .array(changeRow)
        .max(10_000)
        .optional()
        .describe("Same as `account_attributes`, for Apollo's n8n node"),
      async: fields.flag.default(false).describe("Only together with `account_ids`"),
    }),
    output: z.union([z.strictObject({ accounts: z.array(changedAccount) }), startedBulkUpdate]),
  }),

  updateOwners: endpoint({
    method: "POST",
    path: "/accounts/update_owners",
    scope: "accounts/update_owners",
    oauth: "account_owners_update",
    access: "scoped",
    effect: "write",
    summary: "Change the owner of accounts",
    input: z.object({ account_ids: z.array(fields.id).max(10_000), owner_id: fields.id }),
    output: z.strictObject({
      accounts: z.array(
        z.strictObject({
          id: fields.id,
          owner_id: fields.id.nullable(),
          crm_owner_id: z.string().nullable(),
        }),
      ),
    }),
  }),
};
