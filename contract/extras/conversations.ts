// How conversations come to be: Apollo records them itself and publishes no way to bring one.

import { z } from "zod";
import { conversation, TYPES } from "../apollo/conversation.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

/** A day of talking has about ten thousand lines. */
const MOST_LINES = 20_000;
const MOST_CHARACTERS = 2_000_000;

const url = fields
  .sized(2000)
  .check(z.url({ protocol: /^https?$/ }))
  .nullish();

const seconds = z.number().min(0).max(1_000_000);

export const conversationParticipant = z.object({
  name: fields.text(200).nullish(),
  email: fields.email.nullish(),
  user_id: fields.id.nullish(),
  contact_id: fields.id.nullish(),
});

export const conversationLine = z.object({
  speaker: fields.text(200).nullish().describe("Name or address of a participant, or of one more"),
  start_time: seconds.nullish().describe("Seconds from the beginning"),
  end_time: seconds.nullish(),
  text: fields.text(20_000),
});

export const conversationWish = z.object({
  topic: fields.text(500).nullish(),
  conversation_type: z.enum(TYPES).optional().describe("Default: `video_conference`"),
  start_time: fields.moment.optional(),
  end_time: fields.moment.optional().describe("Gives the duration"),
  duration: fields.whole(0, 1_000_000).nullish().describe("Seconds"),
  host_id: fields.id.nullish().describe("User who was the host"),
  host: fields.text(200).nullish().describe("Name or address of the host; a user's address names the user"),
  is_private: fields.flag.optional(),
  account_id: fields.id.nullish(),
  opportunity_ids: z.array(fields.id).max(100).optional(),
  participants: z
    .array(conversationParticipant)
    .max(500)
    .optional()
    .describe("An address of a user or of a contact names them"),
  tag_names: z.array(fields.name(100)).max(50).optional().describe("Tags that do not exist yet are created"),
  video_url: url,
  audio_url: url,
  thumbnail_url: url,
  failure_code: fields.text(200).nullish(),
  transcript: z.array(conversationLine).max(MOST_LINES).optional(),
  transcript_file: fields
    .text(MOST_CHARACTERS)
    .optional()
    .describe("The transcript as a file: WebVTT, SubRip (SRT), or lines such as `Ines Okafor: Hello`"),
});

const one = z.strictObject({ conversation });

export const conversationWriting = {
  create: endpoint({
    method: "POST",
    path: "/conversations",
    scope: "conversations/create",
    access: "scoped",
    effect: "write",
    takesFile: "transcript_file",
    summary: "Add a recorded meeting or call",
    description:
      "With a known `external_id` of the same `source`, the existing conversation is updated, so a webhook may be delivered twice.",
    input: z.object({
      ...conversationWish.shape,
      start_time: fields.moment,
      source: fields.text(100).default("api").describe("The program that recorded it"),
      external_id: fields.text(255).nullish().describe("What that program calls it"),
    }),
    output: one,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/conversations/{id}",
    scope: "conversations/update",
    access: "scoped",
    effect: "write",
    summary: "Update a conversation",
    description: "`participants`, `transcript`, `tag_names` and `opportunity_ids` replace what was there.",
    input: z.object({ ...conversationWish.shape, id: fields.id }),
    output: one,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/conversations/{id}",
    scope: "conversations/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a conversation with its transcript",
    description: "Allowed for its host, who brought it, and admins.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ conversation: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  tags: endpoint({
    method: "GET",
    path: "/conversation_tags",
    scope: "conversation_tags/index",
    access: "scoped",
    effect: "read",
    summary: "List the tags of conversations",
    input: z.object({}),
    output: z.strictObject({
      conversation_tags: z.array(z.strictObject({ id: fields.id, name: z.string() })),
    }),
  }),

  downloadExport: endpoint({
    method: "GET",
    path: "/conversations/export/{id}/file",
    scope: "conversations/export_file",
    access: "scoped",
    effect: "read",
    isFile: true,
    summary: "Download an export of conversations",
    description: "Gzipped JSON. It holds what the caller may see at the time of the download.",
    input: z.object({ id: fields.id }),
    output: z.unknown(),
  }),
};
