// An account as Apollo prints it: its own keys, then those of the organization it is linked to, then what is counted.

import { z } from "zod";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { organization } from "./organization.ts";

const text = z.string().nullable();
const id = fields.id.nullable();
const number = z.number().nullable();

export const account = z.strictObject({
  id: fields.id,
  domain: text,
  name: text,
  team_id: fields.id,
  organization_id: id,
  account_stage_id: id,
  source: z.string(),
  original_source: z.string(),
  creator_id: id,
  owner_id: id,
  created_at: fields.stamp,
  updated_at: fields.stamp,
  phone: text,
  phone_status: z.string(),
  hubspot_id: text,
  salesforce_id: text,
  merged_crm_ids: z.array(z.string()).nullable(),
  crm_owner_id: text,
  parent_account_id: id,
  linkedin_url: text,
  sanitized_phone: text,
  account_playbook_statuses: z.array(z.never()),
  account_rule_config_statuses: z.array(z.never()),
  existence_level: z.literal("full"),
  label_ids: z.array(fields.id),
  typed_custom_fields: z.record(z.string(), z.unknown()),
  custom_field_errors: z.record(z.string(), z.string()),
  field_errors: fields.fieldErrors,
  modality: z.literal("account"),
  source_display_name: z.string(),
  crm_record_url: text,
  show_intent: z.boolean(),
  has_intent_signal_account: z.boolean(),
  intent_signal_account: z.null(),

  website_url: text,
  primary_domain: text,
  twitter_url: text,
  facebook_url: text,
  logo_url: text,
  industry: text,
  estimated_num_employees: z.int().nullable(),
  annual_revenue: number,
  founded_year: z.int().nullable(),
  raw_address: text,
  street_address: text,
  city: text,
  state: text,
  postal_code: text,
  country: text,
  organization_city: text,
  organization_state: text,
  organization_country: text,

  contact_emailer_campaign_ids: z.array(fields.id),
  contact_campaign_status_tally: z.record(z.string(), z.int()),
  num_contacts: z.int(),
  last_activity_date: fields.stamp.nullable(),
  stage_updated_at: fields.stamp.nullable(),
});

const { id: _, name: __, account_id: ___, source: ____, ...told } = organization.shape;

/** With all that is told of the organization it is linked to; what the team says of the account itself holds. */
export const shownAccount = z.strictObject({
  ...told,
  ...account.shape,
  account_queues: z.array(z.never()),
  engagement_graph: z.array(z.never()),
  suggest_location_enrichment: z.boolean(),
  etag: etag(),
});

/** The account as it is shown beside a task or a call. */
export const accountBeside = shownAccount.pick({
  ...({ id: true, name: true, website_url: true, domain: true, linkedin_url: true } as const),
  ...({ linkedin_uid: true, phone: true, phone_status: true, owner_id: true } as const),
  ...({ account_stage_id: true, organization_id: true, industry: true } as const),
  ...({ estimated_num_employees: true, label_ids: true, typed_custom_fields: true } as const),
  ...({ account_queues: true, created_at: true } as const),
});

/** The row of a bulk creation. */
export const createdAccount = z.strictObject({
  id: fields.id,
  name: text,
  domain: text,
  team_id: fields.id,
  owner_id: id,
  account_stage_id: id,
  phone: text,
  linkedin_url: text,
  created_at: fields.stamp,
  updated_at: fields.stamp,
});

/** The row of a bulk change: only what was asked for. */
export const changedAccount = z.strictObject({
  id: fields.id,
  name: text.optional(),
  domain: text.optional(),
  phone: text.optional(),
  owner_id: id.optional(),
  account_stage_id: id.optional(),
  typed_custom_fields: z.record(z.string(), z.unknown()).optional(),
  field_errors: fields.fieldErrors.optional(),
});

export const accountCrumb = z.strictObject({
  label: z.string(),
  signal_field_name: z.string(),
  value: z.string(),
  display_name: z.string(),
});
