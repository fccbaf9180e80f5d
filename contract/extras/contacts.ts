import { z } from "zod";
import { contact } from "../apollo/contact.ts";
import { contactFilters } from "../apollo/contact-filters.ts";
import { label } from "../apollo/labels.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { personalData, personalDataFile } from "./personal-data.ts";
import { contactAsOf } from "./time-travel.ts";
import { contactTimeline } from "./timelines.ts";
import { contactTouchLimits } from "./touch-limits.ts";

export const contactExtras = {
  matching: endpoint({
    method: "POST",
    path: "/contacts/matching",
    scope: "contacts/matching",
    access: "scoped",
    effect: "read",
    summary: "List the ids of all contacts that match a search",
    description: "Up to 10,000, for use in bulk actions.",
    input: z.object(contactFilters),
    output: z.strictObject({
      contacts: z.array(
        z.strictObject({
          id: fields.id,
          contact_stage_id: fields.id.nullable(),
          owner_id: fields.id.nullable(),
        }),
      ),
      partial_results_only: z.boolean().describe("True if more contacts match than are listed"),
    }),
  }),

  merge: endpoint({
    method: "POST",
    path: "/contacts/merge",
    scope: "contacts/merge",
    access: "scoped",
    effect: "write",
    summary: "Merge contacts into one",
    description: "The winner keeps its values and takes missing ones from the others.",
    input: z.object({ winner_id: fields.id, loser_ids: z.array(fields.id).min(1).max(100) }),
    output: z.strictObject({ contact, labels: z.array(label) }),
  }),

  bulkDelete: endpoint({
    method: "POST",
    path: "/contacts/bulk_delete",
    scope: "contacts/bulk_delete",
    access: "scoped",
    effect: "write",
    summary: "Delete contacts",
    description: "Unknown ids are skipped.",
    input: z.object({ contact_ids: z.array(fields.id).max(1000) }),
    output: z.strictObject({ deleted_contact_ids: z.array(fields.id) }),
  }),

  meetingLink: endpoint({
    method: "GET",
    path: "/contacts/{id}/meeting_link",
    scope: "contacts/meeting_link",
    access: "scoped",
    effect: "read",
    summary: "Get the link under which a contact books a meeting",
    description: "A user's meeting page, with the contact's name and address filled in.",
    input: z.object({ id: fields.id, user_id: fields.id.optional().describe("Default: the caller") }),
    output: z.strictObject({
      meeting_link: z.strictObject({
        user_id: fields.id,
        url: z.string().nullable().describe("null: the user has no meeting page"),
      }),
    }),
  }),

  personalData,
  personalDataFile,
  timeline: contactTimeline,
  touchLimits: contactTouchLimits,
  asOf: contactAsOf,
};
