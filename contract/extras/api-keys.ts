import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const apiKey = z.strictObject({
  id: fields.id,
  name: z.string(),
  master: z.boolean(),
  operator: z
    .boolean()
    .describe("Whether it has the operator's rights, as the key of CADENZA_BOOTSTRAP_KEY has"),
  scopes: z.array(z.string()),
  user_id: fields.id
    .nullable()
    .describe("The user this key acts as; null: the longest-standing admin of the team"),
  prefix: z.string().describe("The first characters, to recognize the key"),
  created_at: fields.stamp,
  created_by_user_id: fields.id.nullable(),
  last_used_at: fields.stamp.nullable(),
  expires_at: fields.stamp.nullable(),
  revoked_at: fields.stamp.nullable(),
});

const withSecret = z.strictObject({
  ...apiKey.shape,
  key: z.string().describe("The key itself, shown only once"),
});

/** What a key may do: everything, or the calls named. */
const rights = {
  master: fields.flag.default(false),
  scopes: z
    .array(fields.text(200))
    .max(500)
    .default([])
    .describe("`api/v1/<controller>/<action>`, or `read_only` for every call that changes nothing"),
};

export const apiKeys = {
  create: endpoint({
    method: "POST",
    path: "/api_keys",
    scope: "api_keys/create",
    access: "admin",
    effect: "write",
    summary: "Create an API key",
    description: "The key is shown only once.",
    input: z.object({
      name: fields.name(),
      ...rights,
      user_id: fields.id.nullish().describe("The user this key acts as; default: the longest-standing admin"),
      expires_at: fields.moment.nullish(),
    }),
    output: z.strictObject({ api_key: withSecret }),
  }),

  list: endpoint({
    method: "GET",
    path: "/api_keys",
    scope: "api_keys/index",
    access: "admin",
    effect: "read",
    summary: "List API keys",
    description: "Newest first, revoked keys included.",
    input: z.object({}),
    output: z.strictObject({ api_keys: z.array(apiKey) }),
  }),

  current: endpoint({
    method: "GET",
    path: "/api_keys/current",
    scope: "api_keys/current",
    access: "known",
    effect: "read",
    summary: "Show the current API key and its permissions",
    description:
      "Works with any key. `calls` names the permitted calls as the SDK does. Calls that are open to everyone are not listed.",
    input: z.object({}),
    output: z.strictObject({
      caller: z.strictObject({
        user_id: fields.id,
        name: z.string(),
        email: z.string(),
        team_id: fields.id,
        team_name: z.string(),
        role: z.enum(["admin", "member"]),
        kind: z.enum(["key", "session", "token"]),
        master: z.boolean(),
        scopes: z.array(z.string()),
        calls: z.array(z.string()),
      }),
    }),
  }),

  update: endpoint({
    method: "PATCH",
    path: "/api_keys/{id}",
    scope: "api_keys/update",
    access: "admin",
    effect: "write",
    summary: "Change the calls of an API key",
    description: "Replaces what the key may do. The secret stays, and the next call follows the new scopes.",
    input: z.object({ id: fields.id, ...rights }),
    output: z.strictObject({ api_key: apiKey }),
  }),

  revoke: endpoint({
    method: "DELETE",
    path: "/api_keys/{id}",
    scope: "api_keys/destroy",
    access: "admin",
    effect: "write",
    summary: "Revoke an API key",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ api_key: apiKey }),
  }),

  rotate: endpoint({
    method: "POST",
    path: "/api_keys/{id}/rotate",
    scope: "api_keys/rotate",
    access: "admin",
    effect: "write",
    summary: "Rotate an API key",
    description: "The key gets a new secret. The old secret stops working at once.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ api_key: withSecret }),
  }),
};
