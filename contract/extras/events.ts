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
  data: z.record(z.string(), z.unknown()).describe("Ids, counts and names of fields; never personal data"),
});

export const events = {
  list: endpoint({
    method: "GET",
    path: "/events",
    scope: "events/index",
    access: "scoped",
    effect: "read",
    summary: "What happened, oldest first, to be read on without a gap",
    description:
      "Keep `next_since` and ask again with it: nothing that was committed is ever passed over, and the order never changes. Without `since` it begins at the first event. What concerns people's access (team, user, session, password, access, api_key, application, sql_login, webhook) is told to master keys and admins only.",
    input: z.object({
      since: fields.text(100).optional().describe("`next_since` of the last answer, or a time"),
      types: z.array(eventType).max(100).optional(),
      limit: z.int().min(1).max(1000).default(100),
    }),
    output: z.strictObject({ events: z.array(event), next_since: z.string() }),
  }),
};
