// A contact as Apollo prints it, and what hangs on it.

import { z } from "zod";
import * as fields from "../fields.ts";
import { account } from "./account.ts";
import { organization } from "./organization.ts";

const text = z.string().nullable();
const id = fields.id.nullable();
const stamp = fields.stamp.nullable();

/** One enrollment, as it shows inside its contact: the only place where Apollo shows it. */
export const contactCampaignStatus = z.strictObject({
  id: fields.id,
  emailer_campaign_id: fields.id,
  send_email_from_user_id: id,
  inactive_reason: text,
  status: z.enum(["active", "paused", "finished", "failed"]),
  added_at: fields.stamp,
  added_by_user_id: id,
  finished_at: stamp,
  paused_at: stamp,
  auto_unpause_at: stamp,
  send_email_from_email_address: text,
  send_email_from_email_account_id: id,
  manually_set_unpause: z.boolean().nullable(),
  failure_reason: text,
  current_step_id: id,
  in_response_to_emailer_message_id: id,
  cc_emails: z.null(),
  bcc_emails: z.null(),
  to_emails: z.null(),
  current_step_position: z.int().nullable(),
});

export const contactEmail = z.strictObject({
  email: z.string(),
  email_md5: z.string(),
  email_sha256: z.string(),
  email_status: text,
  email_source: text,
  email_true_status: text,
  extrapolated_email_confidence: z.null(),
  email_status_unavailable_reason: z.null(),
  email_from_customer: z.boolean().nullable(),
  email_needs_tickling: z.null(),
  position: z.int(),
  free_domain: z.boolean(),
  source: text,
  third_party_vendor_name: z.null(),
  vendor_validation_statuses: z.array(z.never()),
});

export const phoneNumber = z.strictObject({
  raw_number: z.string(),
  sanitized_number: text,
  type: z.enum(["work_direct", "work_hq", "mobile", "home", "other"]),
  position: z.int(),
  status: z.string(),
  dnc_status: text,
  dnc_other_info: z.null(),
  dialer_flags: z.null(),
  source_name: text,
  vendor_validation_statuses: z.array(z.never()),
  third_party_vendor_name: z.null(),
});

export const jobChange = z.strictObject({
  organization_name: text,
  title: text,
  detected_at: fields.stamp,
});

export const contact = z.strictObject({
  contact_roles: z.array(z.never()),
  id: fields.id,
  first_name: text,
  last_name: text,
  name: text,
  linkedin_url: text,
  title: text,
  contact_stage_id: id,
  owner_id: id,
  creator_id: id,
  person_id: id,
  email_needs_tickling: z.null(),
  organization_name: text,
  source: z.string(),
  original_source: z.string(),
  organization_id: id,
  headline: text,
  photo_url: text,
  present_raw_address: text,
  linkedin_uid: text,
  extrapolated_email_confidence: z.null(),
  salesforce_id: text,
  salesforce_lead_id: text,
  salesforce_contact_id: text,
  salesforce_account_id: text,
  crm_owner_id: text,
  created_at: fields.stamp,
  emailer_campaign_ids: z.array(fields.id),
  direct_dial_status: z.null(),
  direct_dial_enrichment_failed_at: z.null(),
  city: text,
  state: text,
  country: text,
  email_status: text,
  email_source: text,
  account_id: id,
  last_activity_date: stamp,
  hubspot_vid: text,
  hubspot_company_id: text,
  crm_id: text,
  sanitized_phone: text,
  merged_crm_ids: z.array(z.string()).nullable(),
  updated_at: fields.stamp,
  queued_for_crm_push: z.boolean(),
  suggested_from_rule_engine_config_id: z.null(),
  email_unsubscribed: z.boolean().nullable(),
  person_deleted: z.null(),
  call_opted_out: z.boolean().nullable(),
  label_ids: z.array(fields.id),
  has_pending_email_arcgate_request: z.boolean(),
  has_email_arcgate_request: z.boolean(),
  existence_level: z.literal("full"),
  email: text,
  email_from_customer: z.boolean().nullable(),
  typed_custom_fields: z.record(z.string(), z.unknown()),
  custom_field_errors: z.record(z.string(), z.string()).describe("By key sent: why the value was not saved"),
  field_errors: fields.fieldErrors,
  crm_record_url: z.null(),
  salesforce_record_url: z.null(),
  email_status_unavailable_reason: z.null(),
  email_true_status: text,
  updated_email_true_status: z.boolean(),
  contact_rule_config_statuses: z.array(z.never()),
  source_display_name: z.string(),
  twitter_url: text,
  facebook_url: text,
  github_url: text,
  contact_campaign_statuses: z.array(contactCampaignStatus),
  contact_emails: z.array(contactEmail),
  next_contact_id: z.null(),
  time_zone: text,
  show_intent: z.boolean(),
  phone_numbers: z.array(phoneNumber),
  account_phone_note: z.null(),
  free_domain: z.boolean(),
  is_likely_to_engage: z.boolean(),
  email_domain_catchall: z.boolean(),
  contact_job_change_event: jobChange.nullable(),
  do_not_contact: z.boolean().describe("Cadenza's own: true means no emails, calls or other steps, ever"),
  paused_until: stamp.describe("Cadenza's own: no emails before this time; null or past: no pause"),
  prospect_score: z.int().describe("Cadenza's own: 0 to 100; the points out of `prospect_score_out_of`"),
  prospect_score_parts: z
    .array(
      z.strictObject({
        code: z.string(),
        signal: z.int().nullable().describe("Position in the formula, counted from 1"),
        points: z.int(),
        says: z.string(),
        seen: z.string().nullable().describe("The value that earned the points"),
      }),
    )
    .describe("Cadenza's own: the points that make up the score"),
  prospect_score_out_of: z.int().describe("Cadenza's own: points that make a score of 100"),
});

/** The contact as it is shown beside a task or a call. */
export const contactBeside = contact.pick({
  ...({ id: true, first_name: true, last_name: true, name: true, email: true, title: true } as const),
  ...({ organization_name: true, account_id: true, owner_id: true, contact_stage_id: true } as const),
  ...({ linkedin_url: true, phone_numbers: true, contact_emails: true } as const),
  ...({ typed_custom_fields: true, label_ids: true, created_at: true, updated_at: true } as const),
});

/** The company of a contact, as a search shows it beside the person. */
export const contactAccount = account.pick({
  ...({ id: true, domain: true, name: true, team_id: true } as const),
  ...({ organization_id: true, account_stage_id: true, source: true, original_source: true } as const),
  ...({ creator_id: true, owner_id: true, created_at: true, phone: true } as const),
  ...({ phone_status: true, hubspot_id: true, salesforce_id: true, crm_owner_id: true } as const),
  ...({ parent_account_id: true, linkedin_url: true, sanitized_phone: true, website_url: true } as const),
  ...({ logo_url: true, industry: true, estimated_num_employees: true, existence_level: true } as const),
  ...({ modality: true } as const),
});

export const contactOrganization = z.strictObject({
  id: fields.id,
  name: text,
  website_url: text,
  primary_domain: text,
  linkedin_url: text,
  phone: text,
  logo_url: text,
  industry: text,
  estimated_num_employees: z.int().nullable(),
});

const { id: _, name: __, account_id: ___, source: ____, ...told } = organization.shape;

/** In a search, with what the people database says of the company. */
const companyTold = z.strictObject(told).pick({
  ...({ blog_url: true, angellist_url: true, twitter_url: true, facebook_url: true } as const),
  ...({ crunchbase_url: true, primary_phone: true, languages: true, alexa_ranking: true } as const),
  ...({ linkedin_uid: true, founded_year: true, publicly_traded_symbol: true } as const),
  ...({ publicly_traded_exchange: true, primary_domain: true } as const),
});

export const searchedAccount = z.strictObject({
  ...contactAccount.shape,
  ...companyTold.shape,
  label_ids: z.array(fields.id),
  typed_custom_fields: z.record(z.string(), z.unknown()),
  custom_field_errors: z.record(z.string(), z.string()),
  account_playbook_statuses: z.array(z.never()),
  account_rule_config_statuses: z.array(z.never()),
  source_display_name: z.string(),
  crm_record_url: text,
});

export const foundContact = z.strictObject({
  ...contact.shape,
  organization_logo_url: text,
  account: contactAccount.nullable(),
  organization: contactOrganization.nullable(),
});

/** A contact in a search. */
export const searchedContact = z.strictObject({
  ...foundContact.shape,
  account: searchedAccount.nullable(),
  organization: z.strictObject({ ...contactOrganization.shape, ...companyTold.shape }).nullable(),
});
