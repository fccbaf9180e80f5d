// What a search of contacts is narrowed by, and the crumbs it answers with.

import { z } from "zod";
import * as fields from "../fields.ts";
import { ofCompany } from "./company-filters.ts";

const idTexts = z.array(fields.id).max(1000).optional();
const range = z.object({ min: fields.moment.optional(), max: fields.moment.optional() }).optional();

export const crumb = z.strictObject({
  label: z.string(),
  signal_field_name: z.string(),
  value: z.union([z.string(), z.boolean()]),
  display_name: z.string(),
});

export const fieldFilter = z.object({
  id: fields.id.describe("Id of the custom field"),
  values: z
    .array(fields.text(200))
    .max(100)
    .optional()
    .describe("Matches any value: part of a text, an option's id, a number, true or false"),
  min: fields.text(40).optional().describe("Lowest number or earliest day; times are in UTC"),
  max: fields.text(40).optional(),
  is_set: fields.flag.optional().describe("True: only with a value. False: only without a value"),
});

/** What a search of contacts is narrowed by. */
export const contactFilters = {
  q_keywords: fields.text(200).optional().describe("Words in the name, title, company or email address"),
  q_name: fields.text(200).optional(),
  display_name: fields.text(200).optional().describe("Same as `q_name`, for Apollo's n8n node"),
  q_organization_name: fields.text(200).optional(),
  q_organization_domains: z
    .union([fields.text(20_000), z.array(fields.text(300)).max(1000)])
    .optional()
    .describe("Domains, one per line or as a list"),
  contact_stage_ids: idTexts,
  contact_label_ids: idTexts,
  label_names: z.array(fields.text(200)).max(200).optional(),
  contact_owner_ids: idTexts,
  account_ids: idTexts,
  account_id: fields.id.optional(),
  contact_ids: z.array(fields.id).max(10_000).optional(),
  contact_emails: z
    .array(fields.text(320))
    .max(1000)
    .optional()
    .describe("Exact email addresses; any address of a contact counts"),
  email: fields.text(320).optional(),
  linkedin_url: fields
    .text(2000)
    .optional()
    .describe("LinkedIn profile address in any spelling; other texts match no contact"),
  person_linkedin_urls: z
    .array(fields.text(2000))
    .max(1000)
    .optional()
    .describe("Several LinkedIn profile addresses"),
  emailer_campaign_ids: idTexts,
  contact_campaign_statuses_or_failure_reasons: z
    .array(fields.text(100))
    .max(200)
    .optional()
    .describe(
      "A sequence id plus a status: active, paused, finished, failed, not_sent, bounced, spam_blocked",
    ),
  email_statuses: z
    .array(fields.text(50))
    .max(20)
    .optional()
    .describe("Cadenza's own: statuses of the email address"),
  contact_email_status: z.array(fields.text(50)).max(20).optional().describe("Same as `email_statuses`"),
  do_not_contact: fields.flag.optional().describe("Cadenza's own: marked as do not contact"),
  email_unsubscribed: fields.flag.optional().describe("Cadenza's own: unsubscribed"),
  has_phone_number: fields.flag.optional().describe("Cadenza's own: with or without a phone number"),
  has_linkedin_url: fields.flag.optional().describe("Cadenza's own: with or without a LinkedIn profile"),
  contact_created_at_range: range.describe("Cadenza's own: time created"),
  contact_updated_at_range: range.describe("Cadenza's own: time of the last change"),
  contact_last_activity_date_range: range.describe("Cadenza's own: time of the last activity"),
  q_title: fields.text(200).optional().describe("Cadenza's own: words that must all be in the title"),
  q_location: fields
    .text(200)
    .optional()
    .describe("Cadenza's own: words in the address, city, state or country"),
  ...ofCompany,
  prospect_score_range: z
    .object({ min: fields.amount.optional(), max: fields.amount.optional() })
    .optional()
    .describe("Cadenza's own: score from 0 to 100"),
  typed_custom_fields: z
    .array(fieldFilter)
    .max(20)
    .optional()
    .describe("Cadenza's own: a contact must match all"),
};
