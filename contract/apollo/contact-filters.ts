// What a search of contacts is narrowed by, and the crumbs it answers with.

import { z } from "zod";
import * as fields from "../fields.ts";

const idTexts = z.array(fields.id).max(1000).optional();
const range = z.object({ min: fields.moment.optional(), max: fields.moment.optional() }).optional();

export const crumb = z.strictObject({
  label: z.string(),
  signal_field_name: z.string(),
  value: z.union([z.string(), z.boolean()]),
  display_name: z.string(),
});

const fieldFilter = z.object({
  id: fields.id.describe("The custom field"),
  values: z
    .array(fields.text(200))
    .max(100)
    .optional()
    .describe("Any of these: part of a text, a choice's id, a number, true or false"),
  min: fields.text(40).optional().describe("A number or a day; of a time, in UTC"),
  max: fields.text(40).optional(),
  is_set: fields.flag.optional().describe("Whether it has a value at all"),
});

/** What a search of contacts is narrowed by. */
export const contactFilters = {
  q_keywords: fields.text(200).optional().describe("Words of the name, title, company or email address"),
  q_name: fields.text(200).optional(),
  display_name: fields.text(200).optional().describe("As q_name: so Apollo's n8n node calls it"),
  q_organization_name: fields.text(200).optional(),
  q_organization_domains: z
    .union([fields.text(20_000), z.array(fields.text(300)).max(1000)])
    .optional()
    .describe("Domains, one to a line or as a list"),
  contact_stage_ids: idTexts,
  contact_label_ids: idTexts,
  label_names: z.array(fields.text(200)).max(200).optional(),
  contact_owner_ids: idTexts,
  account_ids: idTexts,
  account_id: fields.id.optional(),
  contact_ids: z.array(fields.id).max(10_000).optional(),
  contact_emails: z.array(fields.text(320)).max(1000).optional().describe("Any stored address, exactly"),
  email: fields.text(320).optional(),
  linkedin_url: fields
    .text(2000)
    .optional()
    .describe("A profile, however its address is written; what is none is nobody's"),
  person_linkedin_urls: z.array(fields.text(2000)).max(1000).optional().describe("Several of them"),
  emailer_campaign_ids: idTexts,
  contact_campaign_statuses_or_failure_reasons: z
    .array(fields.text(100))
    .max(200)
    .optional()
    .describe(
      "A sequence's id with a word at its end: active, paused, finished, failed, not_sent, bounced, spam_blocked",
    ),
  email_statuses: z.array(fields.text(50)).max(20).optional().describe("Cadenza's own"),
  contact_email_status: z.array(fields.text(50)).max(20).optional().describe("As email_statuses"),
  do_not_contact: fields.flag.optional().describe("Cadenza's own"),
  email_unsubscribed: fields.flag.optional().describe("Cadenza's own"),
  contact_created_at_range: range.describe("Cadenza's own"),
  contact_updated_at_range: range.describe("Cadenza's own"),
  contact_last_activity_date_range: range.describe("Cadenza's own"),
  q_title: fields.text(200).optional().describe("Cadenza's own: words that must each stand in the title"),
  q_location: fields
    .text(200)
    .optional()
    .describe("Cadenza's own: words of the address, city, state or country"),
  prospect_score_range: z
    .object({ min: fields.amount.optional(), max: fields.amount.optional() })
    .optional()
    .describe("Cadenza's own: 0 to 100"),
  typed_custom_fields: z.array(fieldFilter).max(20).optional().describe("Cadenza's own: all must hold"),
};
