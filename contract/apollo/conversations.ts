import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { conversation, listedConversation, TYPES } from "./conversation.ts";

const ids = z.array(fields.id).max(1000).optional();
const notKept = "Refused, with the reason: Cadenza keeps none";

const paging = {
  page: fields.paging.page,
  num_fetch_result: fields.paging.per_page.describe("Conversations per page, as Apollo names it"),
  per_page: z.int().min(1).max(100).optional().describe("Same as `num_fetch_result`"),
};

export const conversations = {
  search: endpoint({
    method: "POST",
    path: "/conversations/search",
    scope: "conversations/search",
    access: "scoped",
    effect: "read",
    summary: "Search recorded meetings and calls",
    description:
      "Default order: newest first. Without transcripts and recordings. A private one is found by its host, its participants, who brought it, and admins.",
    input: z.object({
      ...paging,
      conversation_type: z.enum(TYPES).optional(),
      account_id: fields.id.optional(),
      contact_ids: ids.describe("At least one of them took part"),
      tag_ids: ids.describe("At least one of the tags"),
      tracker_ids: z.array(fields.text(100)).max(1000).optional().describe(notKept),
      organization_ids: ids.describe("Companies of the people database to which its accounts belong"),
      date_range: z
        .object({ start: fields.moment.optional(), end: fields.moment.optional() })
        .optional()
        .describe("By start time; a date includes the whole day"),
      scorecard_template_id: fields.text(100).optional().describe(notKept),
      scorecard_max_rating: fields.amount.optional().describe(notKept),
      sort_by_field: fields.text(60).optional().describe("`start_time`, `duration`, `topic` or `created_at`"),
      enforce_contact_boundary: fields.flag
        .default(false)
        .describe(
          "Only conversations in which every outside participant is a contact; with `contact_ids`, one of them",
        ),
      sort_ascending: fields.flag.default(false).describe("Cadenza's own"),
      q_keywords: fields
        .text(200)
        .optional()
        .describe(
          "Cadenza's own: part of the topic, of a participant's name or address, or of what was said",
        ),
      user_ids: ids.describe("Cadenza's own: users who took part or were the host"),
      opportunity_id: fields.id.optional().describe("Cadenza's own"),
    }),
    output: z.strictObject({
      pagination: fields.pagination,
      breadcrumbs: z.strictObject({}),
      num_fetch_result: z.int(),
      conversations: z.array(listedConversation),
      playlist_clip_ids: z.array(z.never()),
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/conversations/{id}",
    scope: "conversations/show",
    access: "scoped",
    effect: "read",
    summary: "Show a conversation with its transcript and recordings",
    input: z.object({ id: fields.id }),
    output: conversation,
  }),

  export: endpoint({
    method: "POST",
    path: "/conversations/export",
    scope: "conversations/export",
    access: "scoped",
    effect: "write",
    summary: "Export the conversations of a period",
    description:
      "The export is ready at once, and no email is sent. The link asks for a key or a session of the caller, of the user of the address, or of an admin.",
    input: z.object({
      start_time: fields.moment,
      end_time: fields.moment,
      email: fields.email.describe("Address of a user of the team, who may fetch the export too"),
    }),
    output: z.strictObject({ export_url: z.string(), export_id: fields.id }),
  }),

  exportStatus: endpoint({
    method: "GET",
    path: "/conversations/export/{id}",
    scope: "conversations/export_status",
    access: "scoped",
    effect: "read",
    summary: "Get the link of an export of conversations",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ redirect_url: z.string() }),
  }),
};
