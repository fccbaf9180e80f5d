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
    summary: "Takes people out of the store, with all that is known of them; contacts made of them stay",
    input: z.object({ person_ids: z.array(fields.id).min(1).max(10_000) }),
    output: z.strictObject({ deleted_person_ids: z.array(fields.id) }),
  }),

  addToContacts: endpoint({
    method: "POST",
    path: "/mixed_people/add_to_contacts",
    scope: "mixed_people/add_to_contacts",
    access: "scoped",
    effect: "write",
    summary: "Saves people of the store as contacts: those that are named, or whom a search finds",
    description:
      "At most 5,000 at once. Whoever is a contact already, by the person, an address, or name and company, is not made " +
      "twice: that contact learns who they are and keeps all it has. A net-new contact whose address is verified costs one " +
      "credit, everybody else nothing. With `Dry-Run: true` it says what would be, and what it would cost. Where " +
      "there are too few credits nobody is saved, unless `only_what_fits` says to take those who can be paid for, in the order " +
      "given or found.",
    input: z.object({
      person_ids: z.array(fields.id).max(MOST_ADDED).optional(),
      person_filter: z
        .object(personSearch)
        .optional()
        .describe("A search's filters, in place of ids: the first 5,000 it finds"),
      label_names: z.array(fields.text(200)).max(200).optional().describe("Lists they are put on"),
      contact_stage_id: fields.id.optional(),
      owner_id: fields.id.optional(),
      only_what_fits: z
        .boolean()
        .optional()
        .describe(
          "Where there are too few credits for everybody: take as many as can be paid for, and whoever costs nothing",
        ),
    }),
    output: z.strictObject({
      contacts: z.array(
        z.strictObject({
          person_id: fields.id,
          contact_id: fields.id,
          outcome: z
            .enum(["created", "linked", "saved_already"])
            .describe("`linked`: somebody who was a contact already, and is now known to be this person"),
        }),
      ),
      not_found_person_ids: z.array(fields.id),
      left_out_person_ids: z
        .array(fields.id)
        .describe("For whom there were no credits, with `only_what_fits`"),
      counts: z.strictObject({
        created: z.int(),
        linked: z.int(),
        saved_already: z.int(),
        without_email: z.int().describe("Of all of them"),
      }),
      credits: z.strictObject({ least: z.int(), expected: z.int(), most: z.int(), charged: z.int() }),
      partial_results_only: z.boolean().describe("True where the search finds more than 5,000"),
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
    summary: "Counts the invented people and companies in the store",
    input: z.object({}),
    output: z.strictObject({ invented: counted }),
  }),

  plant: endpoint({
    method: "POST",
    path: "/people/invented",
    scope: "people/invent",
    access: "admin",
    effect: "write",
    summary: "Fills the store with people and companies that nobody is, to try a search with",
    description:
      "The same ones every time, so asking again adds only those that are missing. Their domains end in .example, their names say " +
      "that they are invented, their ids begin with eight zeros. The work is done in the background.",
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
    summary: "Takes the invented people and companies out of the store again; contacts made of them stay",
    description: "More than 500 are removed in the background: `removed` says how many they are in all.",
    input: z.object({}),
    output: z.strictObject({
      removed: counted,
      entity_progress_job: asStarted
        .nullable()
        .describe("The work that removes the rest; null: all are gone"),
    }),
  }),
};
