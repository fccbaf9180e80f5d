// From the store of people to the team's contacts, and people who are made up to try it with.

import { z } from "zod";
import { personSearch } from "../apollo/person-filters.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { asStarted, startedJob } from "./progress.ts";

export const MOST_ADDED = 5_000;

const counted = z.strictObject({ people: z.int(), organizations: z.int() });

export const prospecting = {
  deletePeople: endpoint({
    method: "POST",
    path: "/people/bulk_delete",
    scope: "people/bulk_delete",
    access: "scoped",
    effect: "write",
    summary: "Delete people from the people database",
    description: "Deletes everything known about them. Contacts created from them stay.",
    input: z.object({ person_ids: z.array(fields.id).min(1).max(10_000) }),
    output: z.strictObject({ deleted_person_ids: z.array(fields.id) }),
  }),

  addToContacts: endpoint({
    method: "POST",
    path: "/mixed_people/add_to_contacts",
    scope: "mixed_people/add_to_contacts",
    access: "scoped",
    effect: "write",
    summary: "Save people as contacts",
    description:
      "By ids or by a search, at most 5,000 at once. People who are already contacts (same person, email address, or name and company) are linked, not created again. A new contact with a verified email address costs one credit; all others are free. With `Dry-Run: true` you see the result and the cost. Without enough credits nothing is saved, unless `only_what_fits` is set.",
    input: z.object({
      person_ids: z.array(fields.id).max(MOST_ADDED).optional(),
      person_filter: z
        .object(personSearch)
        .optional()
        .describe("Search filters instead of ids; uses the first 5,000 results"),
      label_names: z.array(fields.text(200)).max(200).optional().describe("Lists to add them to"),
      contact_stage_id: fields.id.optional(),
      owner_id: fields.id.optional(),
      only_what_fits: z
        .boolean()
        .optional()
        .describe("If credits are short: save as many as the credits cover, and all free ones"),
    }),
    output: z.strictObject({
      contacts: z.array(
        z.strictObject({
          person_id: fields.id,
          contact_id: fields.id,
          outcome: z
            .enum(["created", "linked", "saved_already"])
            .describe("`linked`: an existing contact is now linked to this person"),
        }),
      ),
      not_found_person_ids: z.array(fields.id),
      left_out_person_ids: z
        .array(fields.id)
        .describe("People skipped for missing credits, with `only_what_fits`"),
      counts: z.strictObject({
        created: z.int(),
        linked: z.int(),
        saved_already: z.int(),
        without_email: z.int().describe("How many of all of them have no email address"),
      }),
      credits: z.strictObject({ least: z.int(), expected: z.int(), most: z.int(), charged: z.int() }),
      partial_results_only: z.boolean().describe("True if the search finds more than 5,000"),
    }),
  }),
};

export const inventedPeople = {
  count: endpoint({
    method: "GET",
    path: "/people/invented",
    scope: "people/invented",
    access: "scoped",
    effect: "read",
    summary: "Count the invented people and companies",
    input: z.object({}),
    output: z.strictObject({ invented: counted }),
  }),

  plant: endpoint({
    method: "POST",
    path: "/people/invented",
    scope: "people/invent",
    access: "admin",
    effect: "write",
    summary: "Add invented people and companies to try searches",
    description:
      "They are the same each time; repeating the call adds only missing ones. Their domains end in .example, their names say they are invented, their ids begin with eight zeros. Runs in the background.",
    input: z.object({
      people: z.int().min(1).max(1_000_000).default(100_000),
      organizations: z.int().min(1).max(100_000).default(10_000),
    }),
    output: startedJob,
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/people/invented",
    scope: "people/uninvent",
    access: "admin",
    effect: "write",
    summary: "Delete the invented people and companies",
    description:
      "Contacts created from them stay. More than 500 are deleted in the background; `removed` is the total.",
    input: z.object({}),
    output: z.strictObject({
      removed: counted,
      entity_progress_job: asStarted
        .nullable()
        .describe("The job that deletes the rest; null if all are deleted"),
    }),
  }),
};
