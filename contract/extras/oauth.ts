// OAuth 2.1 at Apollo's paths: how an application is registered, asks a person, and gets its tokens. Metadata, and the
// page a person is asked on, stand outside the API; /help/api/oauth tells the whole.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const secret = z.string().min(1).max(2000);
const clientId = z.string().min(1).max(200);
const scope = fields.text(8000).describe("Scopes, separated by spaces");

/** What the application asks for, as written in the address of the page. */
const asked = {
  client_id: clientId,
  redirect_uri: fields.text(2000),
  response_type: fields.text(100).optional().describe("Must be `code`"),
  scope: scope.optional(),
  state: fields.text(4000).optional(),
  code_challenge: fields.text(200).optional(),
  code_challenge_method: fields.text(20).optional().describe("Must be `S256`"),
  resource: fields.text(2000).optional().describe("The URL of this server, its API or its /mcp"),
};

const scopeShown = z.strictObject({
  name: z.string(),
  says: z.string().describe('Completes the sentence "It may …"'),
  changes: z.boolean(),
});

const client = z.strictObject({
  client_id: z.string(),
  client_id_issued_at: z.int(),
  client_secret: z.string().optional(),
  client_secret_expires_at: z.literal(0).optional().describe("Never expires"),
  client_name: z.string(),
  redirect_uris: z.array(z.string()),
  token_endpoint_auth_method: z.enum(["none", "client_secret_basic", "client_secret_post"]),
  grant_types: z.array(z.string()),
  response_types: z.array(z.string()),
  scope: z.string(),
});

export const oauth = {
  register: endpoint({
    method: "POST",
    path: "/oauth/applications/register_oauth_client",
    scope: "oauth/applications/register_oauth_client",
    access: "open",
    effect: "write",
    speaksOAuth: "invalid_client_metadata",
    answersWith: 201,
    summary: "Register an OAuth application (RFC 7591)",
    description: "Registering grants no access. Each user is asked before the application may act for them.",
    input: z.object({
      client_name: fields.text(100).optional(),
      redirect_uris: z.array(fields.text(2000)).min(1, "must name at least one").max(20),
      token_endpoint_auth_method: z.enum(["none", "client_secret_basic", "client_secret_post"]).optional(),
      grant_types: z.array(fields.text(100)).max(20).optional(),
      response_types: z.array(fields.text(100)).max(20).optional(),
      scope: scope.optional(),
    }),
    output: client,
  }),

  token: endpoint({
    method: "POST",
    path: "/oauth/token",
    scope: "oauth/token",
    access: "open",
    effect: "write",
    speaksOAuth: "invalid_request",
    summary: "Exchange a code or refresh token for tokens",
    description:
      "Send a form, JSON or multipart. A refresh token works once. Using a code or refresh token twice revokes every token of that grant.",
    input: z.object({
      grant_type: fields.text(100),
      client_id: clientId.optional(),
      client_secret: secret.optional(),
      code: secret.optional(),
      code_verifier: fields.text(200).optional(),
      redirect_uri: fields.text(2000).optional(),
      refresh_token: secret.optional(),
      scope: scope.optional(),
      resource: asked.resource,
    }),
    output: z.strictObject({
      access_token: z.string(),
      token_type: z.literal("Bearer"),
      expires_in: z.int(),
      refresh_token: z.string(),
      scope: z.string(),
      created_at: z.int().describe("Seconds since 1970"),
    }),
  }),

  revoke: endpoint({
    method: "POST",
    path: "/oauth/revoke",
    scope: "oauth/revoke",
    access: "open",
    effect: "write",
    speaksOAuth: "invalid_request",
    summary: "Revoke a token and all tokens of its grant (RFC 7009)",
    input: z.object({
      token: secret,
      token_type_hint: fields.text(100).optional(),
      client_id: clientId.optional(),
      client_secret: secret.optional(),
    }),
    output: z.strictObject({}),
  }),

  check: endpoint({
    method: "POST",
    path: "/oauth/authorizations/check",
    scope: "oauth/authorizations/check",
    access: "person",
    effect: "read",
    summary: "Show an authorization request",
    description: "For the signed-in user: which application asks, for which scopes, and where it redirects.",
    input: z.object(asked),
    output: z.strictObject({
      authorization: z.strictObject({
        application: z.strictObject({
          id: fields.id,
          name: z.string(),
          added_by_admin: z
            .boolean()
            .describe("False if the application registered itself and chose its own name"),
        }),
        leads_to: z.string().describe("The host, or this computer or a program on it"),
        scopes: z.array(scopeShown),
        refusal: z
          .strictObject({ error: z.string(), says: z.string(), redirect_to: z.string() })
          .nullable()
          .describe("Why it cannot be granted, and the address that tells the application"),
      }),
    }),
  }),

  decide: endpoint({
    method: "POST",
    path: "/oauth/authorizations",
    scope: "oauth/authorizations/create",
    access: "person",
    effect: "write",
    summary: "Allow or deny an authorization request",
    description: "Answers with the address to redirect to.",
    input: z.object({ ...asked, decision: z.enum(["allow", "deny"]) }),
    output: z.strictObject({ redirect_to: z.string() }),
  }),
};

export const oauthApplication = z.strictObject({
  id: fields.id.describe("The application's client_id"),
  name: z.string(),
  redirect_uris: z.array(z.string()),
  scopes: z.array(z.string()),
  confidential: z.boolean().describe("True if it has a secret"),
  added_by_admin: z.boolean().describe("False if it registered itself and a teammate allowed it"),
  created_at: fields.stamp,
  people: z.int().describe("Number of teammates it acts for now"),
  last_used_at: fields.stamp.nullable(),
  revoked_at: fields.stamp.nullable(),
});

export const oauthApplications = {
  list: endpoint({
    method: "GET",
    path: "/oauth/applications",
    scope: "oauth/applications/index",
    access: "admin",
    effect: "read",
    summary: "List OAuth applications",
    description: "Newest first, revoked ones included.",
    input: z.object({}),
    output: z.strictObject({ oauth_applications: z.array(oauthApplication) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/oauth/applications",
    scope: "oauth/applications/create",
    access: "admin",
    effect: "write",
    summary: "Create an OAuth application",
    description: "Its secret is shown only once.",
    input: z.object({
      name: fields.name(100),
      redirect_uris: z.array(fields.text(2000)).min(1, "must name at least one").max(20),
      scopes: z
        .array(fields.text(100))
        .max(200)
        .optional()
        .describe("Default: `read_user_profile`, `app_scopes`"),
      confidential: fields.flag.default(true).describe("False for programs that cannot keep a secret"),
    }),
    output: z.strictObject({
      oauth_application: oauthApplication,
      client_id: z.string(),
      client_secret: z.string().nullable(),
    }),
  }),

  revoke: endpoint({
    method: "DELETE",
    path: "/oauth/applications/{id}",
    scope: "oauth/applications/destroy",
    access: "admin",
    effect: "write",
    summary: "Revoke an OAuth application for the whole team",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ oauth_application: oauthApplication }),
  }),
};

export const connectedApps = {
  list: endpoint({
    method: "GET",
    path: "/connected_apps",
    scope: "connected_apps/index",
    access: "master",
    effect: "read",
    summary: "List the applications that act for the caller",
    input: z.object({}),
    output: z.strictObject({
      connected_apps: z.array(
        z.strictObject({
          id: fields.id.describe("Id of the application"),
          name: z.string(),
          added_by_admin: z.boolean(),
          scopes: z.array(scopeShown),
          connected_at: fields.stamp,
          last_used_at: fields.stamp.nullable(),
        }),
      ),
    }),
  }),

  disconnect: endpoint({
    method: "DELETE",
    path: "/connected_apps/{id}",
    scope: "connected_apps/destroy",
    access: "master",
    effect: "write",
    summary: "Disconnect an application",
    description: "Revokes the access that the caller granted.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      connected_app: z.strictObject({ id: fields.id, disconnected: z.literal(true) }),
    }),
  }),
};
