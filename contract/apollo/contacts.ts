// The people a team works with.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { startedBulkUpdate } from "../extras/progress.ts";
import * as fields from "../fields.ts";
import { contact, foundContact } from "./contact.ts";
import { label } from "./labels.ts";

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

const typedCustomFields = z
  .record(z.string().max(100), z.unknown())
  .optional()
  .describe("By the field's id; null and empty text clear");

/** What can be said of a contact, whether it is made or changed. Empty text and null clear. */
const attributes = {
  first_name: text(),
  last_name: text(),
  name: text().describe("The full name, read where neither first nor last name is given"),
  email: fields.text(320).nullish().describe("What is not an email address is ignored"),
  title: text(),
  headline: text(5000),
  organization_name: text(),
  organization_id: id,
  website_url: text(2000).describe("Finds the account, where the email address does not"),
  account_id: id,
  contact_stage_id: id,
  contact_stage_name: fields.text(200).optional().describe("A stage by its name, or its id"),
  owner_id: id.describe("The acting person unless said"),
  label_names: z.array(fields.text(200)).max(200).optional().describe("Lists; missing ones are made"),
  label_ids: z.array(fields.id).max(200).optional(),
  present_raw_address: text(),
  direct_phone: text(100),
  corporate_phone: text(100),
  mobile_phone: text(100),
  home_phone: text(100),
  other_phone: text(100),
  phone: text(100).describe("As other_phone"),
  phone_number: text(100).describe("As other_phone"),
  phone_numbers: z
    .array(
      z.union([
        z.object({
          raw_number: z.coerce.string().max(100),
          position: z.coerce.number().int().optional(),
          type: phoneType.optional(),
        }),
        z.coerce.string().max(100),
      ]),
    )
    .max(50)
    .optional(),
  contact_emails: z
    .array(
      z.union([
        z.object({ email: fields.text(320), position: z.coerce.number().int().optional() }),
        fields.text(320),
      ]),
    )
    .max(50)
    .optional()
    .describe("All addresses; the one at position 0 is the first"),
  typed_custom_fields: typedCustomFields,
  person_id: id.describe("Cannot be changed once set"),
  linkedin_url: text(2000),
  twitter_url: text(2000),
  facebook_url: text(2000),
  github_url: text(2000),
  photo_url: text(2000),
  salesforce_id: text(100),
  salesforce_lead_id: text(100).describe("Cannot be changed once set"),
  salesforce_contact_id: text(100).describe("Cannot be changed once set"),
  salesforce_account_id: text(100),
  hubspot_vid: text(100),
  hubspot_id: text(100).describe("As hubspot_vid"),
  hubspot_company_id: text(100),
  crm_id: text(100),
  crm_owner_id: text(100),
  outreach_id: text(100),
  salesloft_id: text(100),
  visibility: text(50).describe("Accepted and ignored"),
  email_status: z.enum(EMAIL_STATUSES).nullish().describe("Cadenza's own"),
  email_unsubscribed: fields.flag.nullish().describe("Cadenza's own"),
  do_not_contact: fields.flag.nullish().describe("Cadenza's own"),
  paused_until: fields.moment
    .nullish()
    .describe(
      "Cadenza's own: nothing reaches this person before; null lifts a pause, also one they asked for",
    ),
  time_zone: z
    .union([fields.timeZone, z.literal("")])
    .nullish()
    .describe("Cadenza's own: read off the address unless said"),
  job_change_event: z
    .object({ organization_name: text(), title: text(), detected_at: moment })
    .nullish()
    .describe("Cadenza's own: a change of job that was noticed"),
};

const found = z.strictObject({ contact, labels: z.array(label) });

const upserted = z.strictObject({
  contact,
  labels: z.array(label),
  dedupe_result: z
    .strictObject({
      found_existing: z.boolean(),
      match_reason: z
        .enum(["id_match", "crm_id_match", "person_id_match", "email_match", "name_and_company_match"])
        .nullable(),
      existing_contact_id: fields.id.nullable(),
    })
    .optional(),
});

const createdContact = z.strictObject({
  id: fields.id,
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  organization_name: z.string().nullable(),
  team_id: fields.id,
  owner_id: fields.id.nullable(),
  contact_stage_id: fields.id.nullable(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
});

const updatedContact = z.strictObject({
  id: fields.id,
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  organization_name: z.string().nullable(),
  owner_id: fields.id.nullable(),
  account_id: fields.id.nullable(),
  present_raw_address: z.string().nullable(),
  linkedin_url: z.string().nullable(),
  updated_at: fields.stamp,
});

const { visibility: _, label_ids: __, ...changes } = attributes;
const { owner_id, account_id, contact_stage_id, person_id, organization_id, ...alike } = changes;
const bulkRow = z.object({
  ...attributes,
  id: fields.id.optional(),
  primary_title: text().describe("Wins over title"),
  phone_status_cd: text(50),
  merged_crm_ids: z.array(fields.text(100)).max(50).optional(),
  contact_role_type_ids: z.array(fields.text(100)).max(50).optional().describe("Accepted and ignored"),
});
const changeRow = z.object({ ...changes, id: fields.id });

const ids = z.array(fields.id).max(1000);
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
    .object({ min: z.number().optional(), max: z.number().optional() })
    .optional()
    .describe("Cadenza's own: 0 to 100"),
  typed_custom_fields: z.array(fieldFilter).max(20).optional().describe("Cadenza's own: all must hold"),
};

export const contacts = {
  create: endpoint({
    method: "POST",
    path: "/contacts",
    scope: "contacts/create",
    oauth: "contact_write",
    access: "scoped",
    effect: "write",
    summary: "Makes a contact, or with run_dedupe changes the one that is there",
    input: z.object({
      ...attributes,
      id: fields.id.optional().describe("Looked for by run_dedupe"),
      run_dedupe: fields.flag.default(false),
    }),
    output: upserted,
  }),

  get: endpoint({
    method: "GET",
    path: "/contacts/{id}",
    scope: "contacts/show",
    oauth: "contact_read",
    access: "scoped",
    effect: "read",
    summary: "Shows a contact",
    input: z.object({ id: fields.id }),
    output: found,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/contacts/{id}",
    scope: "contacts/update",
    oauth: "contact_update",
    access: "scoped",
    effect: "write",
    summary: "Changes a contact; what is not sent stays, label_names replaces the whole set",
    input: z.object({ ...attributes, id: fields.id }),
    output: found,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/contacts/{id}",
    scope: "contacts/destroy",
    access: "scoped",
    effect: "write",
    summary: "Deletes a contact with its enrollments, tasks and calls",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ contact: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/contacts/search",
    scope: "contacts/search",
    oauth: "contacts_search",
    access: "scoped",
    effect: "read",
    summary: "Finds contacts",
    description:
      "Filters of different kinds must all hold; of several values of one filter, one must. Pages reach 50,000 contacts; " +
      "`next_cursor`, sent back as `cursor`, reaches all.",
    alsoCsv: true,
    input: z.object({
      ...fields.paging,
      ...contactFilters,
      sort_by_field: fields.text(100).optional(),
      sort_ascending: fields.flag.optional().describe("Newest first unless said; names begin with A"),
      cursor: fields.text(500).optional().describe("Cadenza's own: goes on after the last contact of a page"),
    }),
    output: z.strictObject({
      contacts: z.array(foundContact),
      breadcrumbs: z.array(crumb),
      partial_results_only: z
        .boolean()
        .describe(
          "True where more than 10,000 contacts are found: the total may then be ten seconds old, and is at most 50,000",
        ),
      has_join: z.boolean(),
      disable_eu_prospecting: z.boolean(),
      partial_results_limit: z.int(),
      pagination: fields.paginationOn,
      num_fetch_result: z.null(),
    }),
  }),

  bulkCreate: endpoint({
    method: "POST",
    path: "/contacts/bulk_create",
    scope: "contacts/bulk_create",
    oauth: "contacts_bulk_create",
    access: "scoped",
    effect: "write",
    summary: "Makes up to a hundred contacts; those that are there already are left as they are",
    input: z.object({
      contacts: z.array(bulkRow).optional(),
      contact_attributes: z.array(bulkRow).optional(),
      contacts_with_labels: z.array(bulkRow).optional(),
      append_label_names: z.array(fields.text(200)).max(200).optional(),
      owner_id: fields.id.optional(),
      run_dedupe: fields.flag.default(false),
    }),
    output: z.strictObject({
      created_contacts: z.array(createdContact),
      existing_contacts: z.array(createdContact),
    }),
  }),

  bulkUpdate: endpoint({
    method: "POST",
    path: "/contacts/bulk_update",
    scope: "contacts/bulk_update",
    oauth: "contacts_bulk_update",
    access: "scoped",
    effect: "write",
    summary: "Changes many contacts, alike or each in its own way; all of them or none",
    input: z.object({
      ...changes,
      contact_ids: z.array(fields.id).optional(),
      contact_attributes: z.union([z.array(changeRow), z.object(alike)]).optional(),
      contacts: z.array(changeRow).optional(),
      async: fields.flag.default(false),
      visible_entity_ids: z.array(fields.id).optional(),
    }),
    output: z.union([z.strictObject({ contacts: z.array(updatedContact) }), startedBulkUpdate]),
  }),

  updateStages: endpoint({
    method: "POST",
    path: "/contacts/update_stages",
    scope: "contacts/update_stages",
    oauth: "contact_stages_update",
    access: "scoped",
    effect: "write",
    summary: "Moves contacts to a stage",
    input: z.object({
      contact_ids: ids,
      contact_stage_id: fields.id.optional(),
      contact_stage_name: fields.text(200).optional().describe("A stage by its name, or its id"),
    }),
    output: z.strictObject({ contacts: z.array(contact) }),
  }),

  updateOwners: endpoint({
    method: "POST",
    path: "/contacts/update_owners",
    scope: "contacts/update_owners",
    oauth: "contact_owners_update",
    access: "scoped",
    effect: "write",
    summary: "Gives contacts to another person",
    input: z.object({ contact_ids: ids, owner_id: fields.id }),
    output: z.strictObject({
      contacts: z.array(
        z.strictObject({
          id: fields.id,
          owner_id: fields.id.nullable(),
          crm_owner_id: z.string().nullable(),
        }),
      ),
    }),
  }),
};
