// What can be said of a contact: where one is made or changed, alone or with others.

import { z } from "zod";
import * as fields from "../fields.ts";

const text = (max = 1000) => fields.text(max).nullish();
const id = fields.id.nullish();
const moment = fields.moment.nullish();

const EMAIL_STATUSES = [
  "verified",
  "unverified",
  "likely to engage",
  "unavailable",
  "guessed",
  "bounced",
  "pending_manual_fulfillment",
  "extrapolated",
  "user_managed",
  "do_not_email",
  "spam_block",
] as const;

const phoneType = z.enum(["work_direct", "work_hq", "mobile", "home", "other"]);

const typedCustomFields = fields
  .freeForm(z.unknown(), z.string().max(100))
  .optional()
  .describe("By field id; null or empty text clears the field");

/** What can be said of a contact, whether it is made or changed. Empty text and null clear. */
export const attributes = {
  first_name: text().describe("Given name"),
  last_name: text().describe("Family name"),
  name: text().describe("Full name, used if first and last name are empty"),
  email: fields.text(320).nullish().describe("Invalid email addresses are ignored"),
  title: text().describe("Job title"),
  headline: text(5000).describe("Headline of the profile"),
  organization_name: text().describe("Company name; finds an account, and creates none"),
  organization_id: id.describe("Company in the people database"),
  website_url: text(2000).describe("Finds the account if the email address does not"),
  account_id: id.describe(
    "Default of a new contact: an account found by email domain, website or company name",
  ),
  contact_stage_id: id.describe("Default of a new contact: the first stage"),
  contact_stage_name: fields.text(200).optional().describe("Stage by name or id"),
  owner_id: id.describe("Default: the caller"),
  label_names: z
    .array(fields.text(200))
    .max(200)
    .optional()
    .describe("Lists by name; missing lists are created"),
  label_ids: z.array(fields.id).max(200).optional().describe("Lists by id; unknown ids are skipped"),
  present_raw_address: text().describe("City, state and country; sets the time zone"),
  direct_phone: text(100).describe("Type `work_direct`"),
  corporate_phone: text(100).describe("Type `work_hq`"),
  mobile_phone: text(100).describe("Type `mobile`"),
  home_phone: text(100).describe("Type `home`"),
  other_phone: text(100).describe("Type `other`"),
  phone: text(100).describe("Same as `other_phone`"),
  phone_number: text(100).describe("Same as `other_phone`"),
  phone_numbers: z
    .array(
      z.union([
        z.object({
          raw_number: z.coerce.string().max(100),
          position: z.coerce.number().int().min(-fields.MOST_WHOLE).max(fields.MOST_WHOLE).optional(),
          type: phoneType.optional(),
        }),
        z.coerce.string().max(100),
      ]),
    )
    .max(50)
    .optional()
    .describe("All phone numbers; default type: `other`"),
  contact_emails: z
    .array(
      z.union([
        z.object({
          email: fields.text(320),
          position: z.coerce.number().int().min(-fields.MOST_WHOLE).max(fields.MOST_WHOLE).optional(),
        }),
        fields.text(320),
      ]),
    )
    .max(50)
    .optional()
    .describe("All email addresses; position 0 is the main one"),
  typed_custom_fields: typedCustomFields,
  person_id: id.describe(
    "Cannot be changed once set. A new contact takes missing values from this person in the people database. A verified email address of a new person costs one credit",
  ),
  linkedin_url: text(2000).describe("Profile address"),
  twitter_url: text(2000).describe("Profile address"),
  facebook_url: text(2000).describe("Profile address"),
  github_url: text(2000).describe("Profile address"),
  photo_url: text(2000).describe("Address of a picture"),
  salesforce_id: text(100).describe("Id in Salesforce"),
  salesforce_lead_id: text(100).describe("Cannot be changed once set"),
  salesforce_contact_id: text(100).describe("Cannot be changed once set"),
  salesforce_account_id: text(100).describe("The company's id in Salesforce"),
  hubspot_vid: text(100).describe("Id in HubSpot"),
  hubspot_id: text(100).describe("Same as `hubspot_vid`"),
  hubspot_company_id: text(100).describe("The company's id in HubSpot"),
  crm_id: text(100).describe("Id in a CRM"),
  crm_owner_id: text(100).describe("The owner's id in a CRM"),
  outreach_id: text(100).describe("Id in Outreach"),
  salesloft_id: text(100).describe("Id in Salesloft"),
  visibility: text(50).describe("Accepted without effect"),
  email_status: z
    .enum(EMAIL_STATUSES)
    .nullish()
    .describe("Cadenza's own: status of the email address; default for a new address: `verified`"),
  email_unsubscribed: fields.flag.nullish().describe("Cadenza's own: the contact unsubscribed"),
  do_not_contact: fields.flag.nullish().describe("Cadenza's own: never contact this contact"),
  paused_until: fields.moment
    .nullish()
    .describe(
      "Cadenza's own: no emails before this time. null ends the pause, also one the contact asked for",
    ),
  time_zone: z
    .union([fields.timeZone, z.literal("")])
    .nullish()
    .describe("Cadenza's own; default: derived from the address"),
  job_change_event: z
    .object({ organization_name: text(), title: text(), detected_at: moment })
    .nullish()
    .describe("Cadenza's own: a detected job change"),
};

const { visibility: _, label_ids: __, ...changeable } = attributes;

/** What can be said of one that is there. */
export const changes = changeable;

/** One of many that are made. */
export const bulkRow = z.object({
  ...attributes,
  id: fields.id.optional(),
  primary_title: text().describe("Used instead of `title`"),
  phone_status_cd: text(50),
  merged_crm_ids: z.array(fields.text(100)).max(50).optional(),
  contact_role_type_ids: z.array(fields.text(100)).max(50).optional().describe("Accepted without effect"),
});

/** One of many that are changed, each in its own way. */
export const changeRow = z.object({ ...changes, id: fields.id });

const { owner_id, account_id, contact_stage_id, person_id, organization_id, ...same } = changes;

/** What many can be told in the same words. */
export const alike = z.object(same);
