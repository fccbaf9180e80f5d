import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { eventType } from "./events.ts";
import { past } from "./explain.ts";

export const sequenceActivity = {
  activity: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/activity",
    scope: "emailer_campaigns/activity",
    access: "scoped",
    effect: "read",
    summary: "List the activity of a sequence and its contacts",
    description: "Newest first.",
    input: z.object({
      id: fields.id,
      types: z.array(eventType).max(100).optional(),
      contact_id: fields.id.optional(),
      user_id: fields.id.optional().describe("The user who did it"),
      before: fields.text(100).optional().describe("`next_before` of the last answer"),
      per_page: z.int().min(1).max(100).default(50),
    }),
    output: z.strictObject({
      events: z.array(
        past.extend({
          id: fields.id,
          contact: fields.named.nullable(),
        }),
      ),
      next_before: z.string().nullable(),
    }),
  }),
};
