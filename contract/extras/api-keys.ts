import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const apiKey = z.strictObject({
  id: fields.id,
  name: z.string(),
  master: z.boolean(),
  scopes: z.array(z.string()),
  user_id: fields.id
    .nullable()
    .describe("Acts as this person; null acts as the team's longest-standing admin"),
  prefix: z.string().describe("The first characters, to recognize a key by"),
  created_at: fields.stamp,
  created_by_user_id: fields.id.nullable(),
  last_used_at: fields.stamp.nullable(),
  expires_at: fields.stamp.nullable(),
  revoked_at: fields.stamp.nullable(),
});

const withSecret = z.strictObject({
  ...apiKey.shape,
  key: z.string().describe("The key itself, shown this once only"),
});

export const apiKeys = {
  create: endpoint({
    method: "POST",
    path: "/api_keys",
    scope: "api_keys/create",
    access: "admin",
    effect: "write",
    summary: "Makes a key; it is shown this once only",
    input: z.object({
      name: fields.name(),
      master: fields.flag.default(false),
      scopes: z
        .array(fields.text(200))
        .max(500)
        .default([])
        .describe("`api/v1/<controller>/<action>`, or `read_only` for every call that changes nothing"),
      user_id: fields.id.nullish().describe("Acts as this person; without it, as the longest-standing admin"),
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
    summary: "Lists the team's keys, newest first, revoked ones included",
    input: z.object({}),
    output: z.strictObject({ api_keys: z.array(apiKey) }),
  }),

  current: endpoint({
    method: "GET",
    path: "/api_keys/current",
    scope: "api_keys/current",
    access: "known",
    effect: "read",
    summary: "Whose key this is, and what it may do",
    description:
      "Answers any key, whatever it may do otherwise. `calls` names what it may call, as the SDK does; what anybody may call is not among them.",
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

  revoke: endpoint({
    method: "DELETE",
    path: "/api_keys/{id}",
    scope: "api_keys/destroy",
    access: "admin",
    effect: "write",
    summary: "Ends a key for good",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ api_key: apiKey }),
  }),

  rotate: endpoint({
    method: "POST",
    path: "/api_keys/{id}/rotate",
    scope: "api_keys/rotate",
    access: "admin",
    effect: "write",
    summary: "Gives a key a new secret; the old one stops at once",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ api_key: withSecret }),
  }),
};
