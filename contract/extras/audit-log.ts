import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { eventType } from "./events.ts";

export const auditEntry = z.strictObject({
  id: fields.id,
  at: fields.stamp,
  type: z.string(),
  sentence: z.string(),
  actor: z.strictObject({
    user_id: fields.id.nullable(),
    name: z.string().nullable(),
    api_key_id: fields.id.nullable(),
    application: fields.named
      .nullable()
      .describe("The application that acted for the user, with the access they granted"),
    cause: z.string(),
    address: z.string().nullable(),
  }),
  subject: z.strictObject({ type: z.string(), id: fields.id }),
  data: z.record(z.string(), z.unknown()),
  request_id: z.string().nullable(),
});

export const auditLog = {
  list: endpoint({
    method: "GET",
    path: "/audit_log",
    scope: "audit_log/index",
    access: "admin",
    effect: "read",
    summary: "List the audit log",
    description:
      "Who did what, when and from where, newest first. Calls refused for missing permission appear as `access.refused`, with `operation`, `code` and `times`. The first is recorded at once; repeats within a minute are one entry. Dry runs are not recorded.",
    input: z.object({
      since: fields.moment.optional(),
      actor_id: fields.id.optional().describe("A user, an API key or an application"),
      subject_id: fields.id.optional(),
      types: z
        .array(eventType)
        .max(100)
        .optional()
        .describe("`access.refused` for refused calls; `api_key.*` for everything about keys"),
      before: fields.id.optional().describe("The id of the last entry you have, to get older ones"),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.strictObject({ audit_log: z.array(auditEntry), next_before: fields.id.nullable() }),
  }),
};
