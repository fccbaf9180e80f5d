// The people a team works with.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import { startedBulkUpdate } from "../extras/progress.ts";
import * as fields from "../fields.ts";
import { contact, searchedContact } from "./contact.ts";
import { alike, attributes, bulkRow, changeRow, changes } from "./contact-attributes.ts";
import { contactFilters, crumb } from "./contact-filters.ts";
import { label } from "./labels.ts";

const ids = z.array(fields.id).max(1000);

/** Each says one number; all of them are in one list. */
const PHONES = {
  direct_phone: "phone_numbers",
  corporate_phone: "phone_numbers",
  mobile_phone: "phone_numbers",
  home_phone: "phone_numbers",
  other_phone: "phone_numbers",
  phone: "phone_numbers",
  phone_number: "phone_numbers",
};

/** As it is shown by itself, to be changed. */
export const wholeContact = contact.extend({ etag: etag() });

const found = z.strictObject({ contact: wholeContact, labels: z.array(label) });

const upserted = z.strictObject({
  contact: wholeContact,
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

export const createdContact = z.strictObject({
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

export const updatedContact = z.strictObject({
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

export const contacts = {
  create: endpoint({
    method: "POST",
    path: "/contacts",
    scope: "contacts/create",
    oauth: "contact_write",
    access: "scoped",
    effect: "write",
    summary: "Create a contact",
    description: "With `run_dedupe`, an existing contact is updated instead.",
    input: z.object({
      ...attributes,
      id: fields.id.optional().describe("Existing contact to look for with `run_dedupe`"),
      run_dedupe: fields.flag
        .default(false)
        .describe(
          "Look for an existing contact by id, CRM id, `person_id`, email address, or name and company, and update it",
        ),
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
    summary: "Show a contact",
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
    summary: "Update a contact",
    description: "Fields you leave out stay the same. `label_names` replaces all lists of the contact.",
    ifMatch: {
      record: wholeContact,
      shows: {
        ...PHONES,
        website_url: null,
        contact_stage_name: "contact_stage_id",
        label_names: "label_ids",
        hubspot_id: "hubspot_vid",
        outreach_id: null,
        salesloft_id: null,
        visibility: null,
        job_change_event: "contact_job_change_event",
      },
      within: {
        phone_numbers: ["raw_number", "type", "position"],
        contact_emails: ["email", "position"],
        contact_job_change_event: ["organization_name", "title"],
      },
    },
    input: z.object({ ...attributes, id: fields.id }),
    output: found,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/contacts/{id}",
    scope: "contacts/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a contact",
    description: "Also deletes its enrollments, tasks and calls.",
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
    summary: "Search contacts",
    description:
      "A contact must match all filters, and any value of each filter. Pages reach the first 50,000. To get all, send `next_cursor` back as `cursor`.",
    alsoCsv: true,
    input: z.object({
      ...fields.paging,
      ...contactFilters,
      sort_by_field: fields
        .text(100)
        .optional()
        .describe(
          "Cadenza's own, beside Apollo's: `title`, `organization_name`, `email`, `email_status`, `contact_stage`, `owner`, `phone`, `city`, `country`, `linkedin_url`, `prospect_score`, `num_sequences` (active ones first), `field:<id>`",
        ),
      sort_ascending: fields.flag.optional().describe("Default: newest first, names from A to Z"),
      group_by: fields.groupBy(["stage", "owner", "company"]),
      csv_columns: fields.csvColumns,
      cursor: fields
        .text(500)
        .optional()
        .describe("Cadenza's own: continues after the last contact of a page"),
    }),
    output: z.strictObject({
      contacts: z.array(searchedContact),
      breadcrumbs: z.array(crumb),
      partial_results_only: z
        .boolean()
        .describe(
          "True if more than 10,000 contacts match; the total may then be ten seconds old, and is at most 50,000",
        ),
      ...fields.partialResults,
      pagination: fields.paginationOn,
      num_fetch_result: z.null(),
      groups: fields.groups.optional(),
    }),
  }),

  bulkCreate: endpoint({
    method: "POST",
    path: "/contacts/bulk_create",
    scope: "contacts/bulk_create",
    oauth: "contacts_bulk_create",
    access: "scoped",
    effect: "write",
    summary: "Create up to 100 contacts",
    description: "Existing contacts are left unchanged.",
    input: z.object({
      contacts: z.array(bulkRow).max(10_000).optional(),
      contact_attributes: z.array(bulkRow).max(10_000).optional(),
      contacts_with_labels: z.array(bulkRow).max(10_000).optional(),
      append_label_names: z
        .array(fields.text(200))
        .max(200)
        .optional()
        .describe("Lists that all contacts are added to"),
      owner_id: fields.id.optional().describe("Owner of contacts that name none; default: the caller"),
      run_dedupe: fields.flag
        .default(false)
        .describe("Do not create contacts that exist already; they are in `existing_contacts`"),
    }),
    output: z.strictObject({
      created_contacts: z.array(createdContact),
      existing_contacts: z.array(createdContact),
      field_errors: fields.rowErrors,
    }),
  }),

  bulkUpdate: endpoint({
    method: "POST",
    path: "/contacts/bulk_update",
    scope: "contacts/bulk_update",
    oauth: "contacts_bulk_update",
    access: "scoped",
    effect: "write",
    summary: "Update several contacts",
    description: "The same values for all, or different values for each. Either all contacts change or none.",
    input: z.object({
      ...changes,
      contact_ids: z
        .array(fields.id)
        .max(fields.MOST_IDS)
        .optional()
        .describe("Contacts that get the same values"),
      contact_attributes: z.union([z.array(changeRow).max(10_000), alike]).optional(),
      contacts: z.array(changeRow).max(10_000).optional(),
      async: fields.flag.default(false),
      visible_entity_ids: z.array(fields.id).max(fields.MOST_IDS).optional(),
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
    summary: "Move contacts to a stage",
    input: z.object({
      contact_ids: ids,
      contact_stage_id: fields.id.optional(),
      contact_stage_name: fields.text(200).optional().describe("Stage by name or id"),
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
    summary: "Change the owner of contacts",
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
