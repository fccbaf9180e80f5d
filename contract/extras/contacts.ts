import { z } from "zod";
import { contact } from "../apollo/contact.ts";
import { label } from "../apollo/labels.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const KINDS = ["event", "message", "task", "call", "note"] as const;

export const contactExtras = {
  merge: endpoint({
    method: "POST",
    path: "/contacts/merge",
    scope: "contacts/merge",
    access: "scoped",
    effect: "write",
    summary: "Makes one contact of several; the winner keeps what it has and gets what it lacks",
    input: z.object({ winner_id: fields.id, loser_ids: z.array(fields.id).min(1).max(100) }),
    output: z.strictObject({ contact, labels: z.array(label) }),
  }),

  bulkDelete: endpoint({
    method: "POST",
    path: "/contacts/bulk_delete",
    scope: "contacts/bulk_delete",
    access: "scoped",
    effect: "write",
    summary: "Deletes contacts; ids that are not there are passed over",
    input: z.object({ contact_ids: z.array(fields.id).max(1000) }),
    output: z.strictObject({ deleted_contact_ids: z.array(fields.id) }),
  }),

  timeline: endpoint({
    method: "GET",
    path: "/contacts/{id}/timeline",
    scope: "contacts/timeline",
    access: "scoped",
    effect: "read",
    summary: "Tells what happened with a contact, newest first",
    input: z.object({
      id: fields.id,
      kinds: z.array(z.enum(KINDS)).optional().describe("Only these"),
      limit: z.int().min(1).max(100).default(25),
      cursor: fields.text(200).optional(),
    }),
    output: z.strictObject({
      timeline: z.array(
        z.strictObject({
          id: fields.id,
          kind: z.enum(KINDS),
          at: fields.stamp,
          type: z.string(),
          sentence: z.string(),
          user_id: fields.id.nullable(),
          data: z.record(z.string(), z.unknown()),
        }),
      ),
      next_cursor: z.string().nullable(),
    }),
  }),
};
