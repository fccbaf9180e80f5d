import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

export const note = z.strictObject({
  id: fields.id,
  user_id: fields.id.nullable(),
  content: z.string(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  contact_id: fields.id.nullable(),
  account_id: fields.id.nullable(),
  opportunity_id: fields.id.nullable(),
  conversation_id: fields.id.nullable(),
  contact_ids: z.array(fields.id),
  account_ids: z.array(fields.id),
  opportunity_ids: z.array(fields.id),
  calendar_event_ids: z.array(z.never()),
  conversation_ids: z.array(fields.id),
  mentioned_user_ids: z.array(fields.id),
  pinned_to_top: z.boolean(),
  system: z.boolean(),
  is_org_chart_note: z.boolean(),
  crm_notes: z.array(z.never()),
  etag: etag(),
});

/** As the search that published clients call answers it. */
const foundNote = z.strictObject({ ...note.shape, system: z.null() });

const foreign = fields.text(100).optional().describe("Accepted; Cadenza stores none, so nothing matches");

const ids = z.array(fields.id).max(1000).optional();

export const notes = {
  list: endpoint({
    method: "GET",
    path: "/notes",
    scope: "notes/index",
    oauth: "notes_list",
    access: "scoped",
    effect: "read",
    summary: "List the notes of a contact, account or deal",
    input: z.object({
      contact_id: fields.id.optional(),
      account_id: fields.id.optional(),
      opportunity_id: fields.id.optional(),
      contact_ids: z.array(fields.id).max(1000).optional(),
      calendar_event_id: foreign,
      conversation_id: fields.text(100).optional(),
      conversation_ids: z.array(fields.text(100)).max(1000).optional(),
      start_date: fields.moment.optional().describe("Only notes written since then"),
      sort_by_field: fields.text(60).optional().describe("`created_at` or `updated_at`"),
      sort_direction: fields.text(10).optional().describe("`asc` or `desc`"),
      skip: z.int().min(0).max(50_000).default(0),
      limit: z.int().min(1).max(100).default(25),
    }),
    output: z.strictObject({ notes: z.array(note) }),
  }),

  show: endpoint({
    method: "GET",
    path: "/notes/{id}",
    scope: "notes/show",
    access: "scoped",
    effect: "read",
    summary: "Show a note",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ note }),
  }),

  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/notes/search",
    scope: "notes/search",
    access: "scoped",
    effect: "read",
    summary: "Search notes",
    description: "Newest first.",
    input: z.object({
      ...fields.paging,
      q_keywords: fields.text(200).optional().describe("Part of the note's text"),
      contact_id: fields.id.optional(),
      contact_ids: ids,
      account_id: fields.id.optional(),
      account_ids: ids,
      opportunity_id: fields.id.optional(),
      opportunity_ids: ids,
    }),
    output: z.strictObject({
      notes: z.array(foundNote),
      breadcrumbs: z.array(fields.breadcrumb),
      pagination: fields.pagination,
    }),
  }),
};
