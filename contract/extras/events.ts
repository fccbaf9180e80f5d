import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

/** `contact.created`, `contact.*` for all of a noun, `*` for all there is. */
export const eventType = fields
  .sized(100)
  .regex(/^(?:[a-z_]+\.(?:[a-z_]+|\*)|\*)$/, "is not a type of event");

export const event = z.strictObject({
  id: fields.id,
  type: z.string(),
  occurred_at: fields.stamp,
  actor: z.strictObject({
    user_id: fields.id.nullable(),
    api_key_id: fields.id.nullable(),
    cause: z.string(),
  }),
  subject: z.strictObject({ type: z.string(), id: fields.id }),
  data: z.record(z.string(), z.unknown()).describe("Ids, counts and field names; never personal data"),
});

export const events = {
  list: endpoint({
    method: "GET",
    path: "/events",
    scope: "events/index",
    access: "scoped",
    effect: "read",
    summary: "List events",
    description:
      "Oldest first. Keep `next_since` and send it as `since` to continue without gaps; the order never changes. Without `since` the list starts at the first event. Events about access (team, user, session, password, access, api_key, application, sql_login, webhook) are only for master keys and admins.",
    input: z.object({
      since: fields.text(100).optional().describe("`next_since` of the last answer, or a time"),
      types: z.array(eventType).max(100).optional(),
      limit: z.int().min(1).max(1000).default(100),
    }),
    output: z.strictObject({ events: z.array(event), next_since: z.string() }),
  }),
};
