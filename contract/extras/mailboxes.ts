// Mailboxes coming, being tried and going. Listing and changing them is in apollo/email-accounts.ts.

import { z } from "zod";
import { emailAccount, oauthWish, secret, server, serverWish, settings } from "../apollo/email-accounts.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const foundBy = z.enum([
  "provider",
  "mail_exchangers",
  "autoconfig",
  "service_records",
  "autodiscover",
  "names",
]);

export const mailboxes = {
  create: endpoint({
    method: "POST",
    path: "/email_accounts",
    scope: "email_accounts/create",
    access: "scoped",
    effect: "write",
    summary: "Connect a mailbox",
    description:
      "Tests the connection first. A failed test is refused with `smtp_unreachable`, `smtp_timed_out`, `smtp_tls_failed`, `smtp_auth_failed` or the IMAP equivalent. `details` name the phase and the server's answer. An address that was connected before gets its old mailbox back.",
    input: z.object({
      ...settings,
      email: fields.email,
      type: z
        .enum(["smtp", "gmail", "microsoft", "catcher"])
        .default("smtp")
        .describe(
          "`catcher` connects a sample mailbox that does not send real email, if the test mail server runs",
        ),
      password: secret
        .optional()
        .describe("Of both servers. Without `smtp` the servers are found as in `discover`, and tested"),
      smtp: serverWish.optional().describe("Not needed for Gmail and Microsoft, or with `password`"),
      imap: serverWish.nullish(),
      oauth: oauthWish.optional(),
    }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  discover: endpoint({
    method: "POST",
    path: "/email_accounts/discover",
    scope: "email_accounts/discover",
    access: "scoped",
    effect: "read",
    summary: "Find the mail servers of an email address",
    description:
      "Looks in a list of known providers, in settings that the domain publishes (Mozilla's autoconfig, SRV records, Autodiscover), in those of its mail provider, and for mail servers at usual names. Only the address is sent, by HTTPS.",
    input: z.object({ email: fields.email }),
    output: z.strictObject({
      email: z.string(),
      found_by: foundBy.nullable().describe("Null: no servers were found"),
      provider: z.string().nullable().describe("Name of the provider, if known"),
      sign_in: z
        .enum(["google", "microsoft"])
        .nullable()
        .describe("Signing in without a password is possible"),
      smtp: server.nullable(),
      imap: server.nullable(),
      notes: z
        .array(z.enum(["app_password", "authorization_code", "switch_on", "no_access"]))
        .describe(
          "`switch_on`: IMAP has to be turned on at the provider; `no_access`: the provider lets no other programs in",
        ),
      looked: z.array(
        z.strictObject({
          by: foundBy,
          place: z.string(),
          told: z
            .enum(["found", "nothing", "unusable", "no_answer"])
            .describe("`unusable`: an answer without a server that takes encrypted connections"),
        }),
      ),
    }),
  }),

  disconnect: endpoint({
    method: "DELETE",
    path: "/email_accounts/{id}",
    scope: "email_accounts/destroy",
    access: "scoped",
    effect: "write",
    summary: "Disconnect a mailbox",
    description: "Deletes its passwords and tokens.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  test: endpoint({
    method: "POST",
    path: "/email_accounts/{id}/test",
    scope: "email_accounts/test",
    access: "scoped",
    effect: "write",
    summary: "Test the saved connection of a mailbox",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  sendTest: endpoint({
    method: "POST",
    path: "/email_accounts/{id}/send_test",
    scope: "email_accounts/send_test",
    access: "scoped",
    effect: "write",
    summary: "Send a test email from a mailbox to yourself",
    description: "Its text is fixed. It uses no mailbox limits. A dry run sends nothing.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      test: z.strictObject({
        email_account: z.strictObject({ id: fields.id, email: z.string() }),
        to: z.string().describe("The caller's email address"),
        subject: z.string(),
      }),
    }),
  }),

  setDkim: endpoint({
    method: "POST",
    path: "/email_accounts/{id}/dkim",
    scope: "email_accounts/set_dkim",
    access: "scoped",
    effect: "write",
    summary: "Set the DKIM key of the mailbox's domain",
    description:
      "Creates a key, or uses the one you send. It signs the emails of all the team's mailboxes of this domain. The private key is never shown again. `dkim.record` is the DNS record to publish; `health.dkim` says whether it is found.",
    input: z.object({
      id: fields.id,
      selector: z
        .string()
        .trim()
        .max(100, fields.LENGTH_FIRST)
        .regex(
          /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i,
          "is not a selector",
        )
        .optional()
        .describe("Default: a name with today's date, so each new key has a new name"),
      private_key: z
        .string()
        .min(1, "must not be empty")
        .max(20_000)
        .optional()
        .describe("Private key in PEM format"),
      key_type: z.enum(["rsa", "ed25519"]).default("rsa").describe("Type of a newly created key"),
    }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  removeDkim: endpoint({
    method: "DELETE",
    path: "/email_accounts/{id}/dkim",
    scope: "email_accounts/remove_dkim",
    access: "scoped",
    effect: "write",
    summary: "Remove the DKIM key",
    description: "Emails from the mailbox's domain are no longer signed here.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  checkDomain: endpoint({
    method: "POST",
    path: "/email_accounts/{id}/check_domain",
    scope: "email_accounts/check_domain",
    access: "scoped",
    effect: "write",
    summary: "Check SPF, DKIM and DMARC of the mailbox's domain now",
    description: "Otherwise this happens once a day.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_account: emailAccount }),
  }),
};
