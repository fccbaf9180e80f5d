// Writing notes. Listing them is Apollo's own call, in apollo/notes.ts.

import { z } from "zod";
import { note } from "../apollo/notes.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const content = z.string().trim().min(1, "must not be empty").max(100_000);
const ids = z.array(fields.id).max(1000).optional();
const one = z.strictObject({ note });

const about = {
  contact_id: fields.id.optional(),
  account_id: fields.id.optional(),
  opportunity_id: fields.id.optional(),
  contact_ids: ids,
  account_ids: ids,
  opportunity_ids: ids,
  conversation_id: fields.id.optional(),
  conversation_ids: ids,
};

const mentions = z
  .array(fields.id)
  .max(50)
  .optional()
  .describe("Users who are told of the note; they need to see it");

const mention = z.strictObject({
  note,
  mentioned_by_user_id: fields.id,
  mentioned_at: fields.stamp,
  seen_at: fields.stamp.nullable(),
  about: z.array(
    z.strictObject({
      type: z.enum(["contact", "account", "opportunity", "conversation"]),
      id: fields.id,
      name: z.string().nullable(),
    }),
  ),
});

export const noteWriting = {
  create: endpoint({
    method: "POST",
    path: "/notes",
    scope: "notes/create",
    access: "scoped",
    effect: "write",
    summary: "Create a note on contacts, accounts, deals or conversations",
    input: z.object({
      ...about,
      content,
      pinned_to_top: fields.flag.default(false),
      mentioned_user_ids: mentions,
    }),
    output: one,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/notes/{id}",
    scope: "notes/update",
    access: "scoped",
    effect: "write",
    summary: "Update a note or the records it belongs to",
    description: "Allowed for its author and for admins.",
    ifMatch: { record: note },
    input: z.object({
      ...about,
      id: fields.id,
      content: content.optional(),
      pinned_to_top: fields.flag.optional(),
      mentioned_user_ids: mentions,
    }),
    output: one,
  }),

  pin: endpoint({
    method: "POST",
    path: "/notes/{id}/pin",
    scope: "notes/pin",
    access: "scoped",
    effect: "write",
    summary: "Pin or unpin a note",
    description: "Send `pinned: false` to unpin it.",
    input: z.object({ id: fields.id, pinned: fields.flag.default(true) }),
    output: one,
  }),

  mentions: endpoint({
    method: "GET",
    path: "/notes/mentions",
    scope: "notes/mentions",
    access: "scoped",
    effect: "read",
    summary: "List the notes that mention you",
    description: "Newest first.",
    input: z.object({ unseen: fields.flag.optional(), ...fields.paging }),
    output: z.strictObject({ mentions: z.array(mention), pagination: fields.pagination }),
  }),

  see: endpoint({
    method: "POST",
    path: "/notes/{id}/see",
    scope: "notes/see",
    access: "scoped",
    effect: "write",
    summary: "Mark a note that mentions you as seen",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ mention }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/notes/{id}",
    scope: "notes/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a note",
    description: "Allowed for its author and for admins.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ note: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
