// A sequence switched on and off, put away and copied; and what that meant for one contact.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { sequence } from "./sequence.ts";
import { tree } from "./sequences.ts";
import { step } from "./steps.ts";

const switched = z.strictObject({ emailer_campaign: sequence, emailer_steps: z.array(step) });

export const sequenceLife = {
  approve: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/approve",
    scope: "emailer_campaigns/approve",
    oauth: "emailer_campaigns_approve",
    access: "scoped",
    effect: "write",
    summary: "Activate a sequence",
    description: "Contacts that were paused by deactivating it resume.",
    input: z.object({ id: fields.id }),
    output: switched,
  }),

  abort: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/abort",
    scope: "emailer_campaigns/abort",
    oauth: "emailer_campaigns_abort",
    access: "scoped",
    effect: "write",
    summary: "Deactivate a sequence",
    description: "Its active contacts are paused.",
    input: z.object({ id: fields.id }),
    output: switched,
  }),

  archive: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/archive",
    scope: "emailer_campaigns/archive",
    oauth: "emailer_campaigns_archive",
    access: "scoped",
    effect: "write",
    summary: "Archive a sequence",
    description: "It is deactivated, and all its contacts finish.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      emailer_campaign: z.strictObject({ ...sequence.shape, deleted: z.literal(true) }),
    }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/emailer_campaigns/{id}",
    scope: "emailer_campaigns/destroy",
    access: "scoped",
    effect: "write",
    summary: "Archive a sequence (same as archive)",
    description: "Sent emails and replies are kept. You can restore the sequence.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      emailer_campaign: z.strictObject({ ...sequence.shape, deleted: z.literal(true) }),
    }),
  }),

  clone: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/clone",
    scope: "emailer_campaigns/clone",
    access: "scoped",
    effect: "write",
    summary: "Copy a sequence",
    description: "Steps and emails are copied. The copy is inactive and has no schedule.",
    input: z.object({ id: fields.id, name: fields.name(300).optional() }),
    output: z.strictObject(tree),
  }),

  activityFeed: endpoint({
    method: "POST",
    path: "/emailer_campaigns/activity_feed",
    scope: "emailer_campaigns/activity_feed",
    oauth: "emailer_campaigns_activity_feed",
    access: "scoped",
    effect: "read",
    summary: "List the sequence activity of a contact",
    description: "Newest first.",
    input: z.object({
      contact_id: fields.id,
      sequence_id: fields.id.optional(),
      per_page: fields
        .whole(-fields.MOST_WHOLE)
        .default(50)
        .describe("1 to 50; other values use the nearest limit"),
    }),
    output: z.strictObject({
      contact_id: fields.id,
      events: z.array(
        z.strictObject({
          type: z.enum(["enrolled", "paused", "resumed", "failed", "completed", "removed", "replied"]),
          occurred_at: fields.stamp,
          sequence_id: fields.id.optional(),
          sequence_name: z.string().optional(),
          step_position: z.int().optional(),
          reason: z.string().optional(),
          emailer_message_id: fields.id.optional(),
        }),
      ),
    }),
  }),
};
