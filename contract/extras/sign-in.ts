// Signing in with Google or Microsoft to connect a mailbox, and the team's own application there.

import { z } from "zod";
import { emailAccount } from "../apollo/email-accounts.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const provider = z.enum(["google", "microsoft"]);

const client = z.strictObject({
  provider,
  name: z.string(),
  is_set: z.boolean(),
  client_id: z.string().nullable(),
  tenant: z.string().nullable().describe("Microsoft only"),
  redirect_uri: z.string().describe("Register this address at the provider, letter for letter"),
  is_redirect_usable: z
    .boolean()
    .describe("False: providers accept https addresses and localhost only, and this one is neither"),
  scopes: z
    .array(z.strictObject({ scope: z.string(), reason: z.string() }))
    .describe("The permissions that people are asked for"),
  api_scopes: z
    .array(z.strictObject({ scope: z.string(), reason: z.string() }))
    .describe("Those for mailboxes by Microsoft Graph or the Gmail API"),
  email_accounts: z.int().describe("Mailboxes that are connected through it"),
  updated_at: fields.stamp.nullable(),
});

export const signInClients = {
  list: endpoint({
    method: "GET",
    path: "/sign_in_clients",
    scope: "sign_in_clients/index",
    access: "scoped",
    effect: "read",
    summary: "List the team's clients for signing in with Google and Microsoft",
    input: z.object({}),
    output: z.strictObject({ sign_in_clients: z.array(client) }),
  }),

  save: endpoint({
    method: "PUT",
    path: "/sign_in_clients/{provider}",
    scope: "sign_in_clients/update",
    access: "admin",
    effect: "write",
    summary: "Set the team's client for signing in with Google or Microsoft",
    description:
      "Values you leave out stay the same. With another client ID, send the secret again. Cadenza asks the provider whether it accepts both, and saves nothing if it does not. Mailboxes that signed in with another client ID have to sign in again when their tokens expire.",
    input: z.object({
      provider,
      client_id: z
        .string()
        .trim()
        .max(300, fields.LENGTH_FIRST)
        .regex(/^[\x21-\x7e]+$/, "is not a client ID")
        .optional(),
      client_secret: z
        .string()
        .trim()
        .max(1000, fields.LENGTH_FIRST)
        .regex(/^[\x21-\x7e]+$/, "is not a client secret")
        .optional()
        .describe("Stored encrypted and never shown again"),
      tenant: z
        .string()
        .trim()
        .max(253, fields.LENGTH_FIRST)
        .regex(
          /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i,
          "must be the Directory (tenant) ID, organizations or common",
        )
        .optional()
        .describe(
          "Microsoft only: the directory's ID or domain, `organizations`, `consumers` or `common`. Default: `common`",
        ),
    }),
    output: z.strictObject({
      sign_in_client: client,
      unchecked: z
        .string()
        .nullable()
        .describe("Why the provider was not asked, or did not say, whether it accepts them; null: it does"),
    }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/sign_in_clients/{provider}",
    scope: "sign_in_clients/destroy",
    access: "admin",
    effect: "write",
    summary: "Delete the team's client for signing in with Google or Microsoft",
    description:
      "Mailboxes that signed in with it hold their emails once their tokens expire, until the client is set again.",
    input: z.object({ provider }),
    output: z.strictObject({ sign_in_client: client }),
  }),
};

export const mailboxSignIn = {
  startSignIn: endpoint({
    method: "POST",
    path: "/email_accounts/sign_in",
    scope: "email_accounts/start_sign_in",
    access: "scoped",
    effect: "write",
    summary: "Start to sign in with Google or Microsoft",
    description:
      "Answers the provider's address to open in a browser. The provider sends the user back to `redirect_uri` of the client with `state` and `code`. Finish within 15 minutes with the same session or API key.",
    input: z.object({
      provider,
      email_account_id: fields.id
        .optional()
        .describe("Sign in to this mailbox again; default: connect the mailbox that signs in"),
      login_hint: fields.email.optional().describe("Address to suggest on the provider's page"),
      connected_by: z
        .enum(["smtp_imap", "microsoft_graph", "gmail_api"])
        .optional()
        .describe(
          "Default: as the mailbox is connected, or SMTP and IMAP. Where Google refuses these, the Gmail API",
        ),
      display_name: fields.text(200).nullish(),
      visibility: z.enum(["restricted", "everyone"]).optional(),
      email_daily_threshold: z
        .int()
        .min(0)
        .max(1_000_000)
        .nullish()
        .describe("Most emails per day of a new mailbox; null: no limit"),
      ramp: z
        .object({
          start: z.int().min(1).max(1_000),
          step: z.int().min(1).max(1_000),
          every_days: z.int().min(1).max(30).optional(),
          ceiling: z.int().min(1).max(100_000),
        })
        .nullish()
        .describe("Ramp of a new mailbox; null: none"),
    }),
    output: z.strictObject({
      sign_in: z.strictObject({ authorization_url: z.string(), expires_at: fields.stamp }),
    }),
  }),

  finishSignIn: endpoint({
    method: "POST",
    path: "/email_accounts/sign_in/finish",
    scope: "email_accounts/finish_sign_in",
    hasNoDryRun: true,
    access: "scoped",
    effect: "write",
    summary: "Finish signing in with Google or Microsoft",
    description:
      "Takes what the provider sent back. Tests both servers, then connects the mailbox of the address that signed in. If it is connected already, it gets new tokens and keeps its settings. Works once; only if the provider cannot be reached may the same request be sent again.",
    input: z.object({
      state: fields.sized(200),
      code: fields.sized(10_000).optional(),
      error: fields.sized(200).optional().describe("The provider's error code"),
      error_description: fields.sized(2000).optional(),
    }),
    output: z.strictObject({ email_account: emailAccount }),
  }),
};
