// Mailboxes coming, being tried and going. Listing and changing them is in apollo/email-accounts.ts.

import { z } from "zod";
import { emailAccount, oauthWish, serverWish, settings } from "../apollo/email-accounts.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const mailboxes = {
  create: endpoint({
    method: "POST",
    path: "/email_accounts",
    scope: "email_accounts/create",
    access: "scoped",
    effect: "write",
    summary: "Connects a mailbox, after trying whether it works",
    description:
      "A failed try is refused with `smtp_unreachable`, `smtp_timed_out`, `smtp_tls_failed`, `smtp_auth_failed` or the same for IMAP, " +
      "and `details` say in which phase and what the server answered. An address that was disconnected comes back " +
      "as the mailbox it was.",
    input: z.object({
      ...settings,
      email: fields.email,
      type: z
        .enum(["smtp", "gmail", "microsoft", "catcher"])
        .default("smtp")
        .describe("`catcher`, where the mail catcher runs: what it sends stays in the house"),
      smtp: serverWish.optional().describe("Gmail's and Microsoft's own need not be named"),
      imap: serverWish.nullish(),
      oauth: oauthWish.optional(),
    }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  disconnect: endpoint({
    method: "DELETE",
    path: "/email_accounts/{id}",
    scope: "email_accounts/destroy",
    access: "scoped",
    effect: "write",
    summary: "Disconnects a mailbox and forgets its passwords and tokens",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  test: endpoint({
    method: "POST",
    path: "/email_accounts/{id}/test",
    scope: "email_accounts/test",
    access: "scoped",
    effect: "write",
    summary: "Tries a mailbox's connection as it is stored",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  setDkim: endpoint({
    method: "POST",
    path: "/email_accounts/{id}/dkim",
    scope: "email_accounts/set_dkim",
    access: "scoped",
    effect: "write",
    summary: "Sets the key that mails from the mailbox's domain are signed with",
    description:
      "Makes one, or takes the one that is sent. It holds for every mailbox of the team under the same domain, and is " +
      "never read back; `dkim.record` says what to publish, and `health.dkim` whether it is.",
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
        .describe("Without it, one named after the day, so that a new key never stands under an old name"),
      private_key: z.string().min(1, "must not be empty").max(20_000).optional().describe("PEM"),
      key_type: z.enum(["rsa", "ed25519"]).default("rsa").describe("Of the one that is made"),
    }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  removeDkim: endpoint({
    method: "DELETE",
    path: "/email_accounts/{id}/dkim",
    scope: "email_accounts/remove_dkim",
    access: "scoped",
    effect: "write",
    summary: "Takes the key away: mails from the mailbox's domain are no longer signed here",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_account: emailAccount }),
  }),

  checkDomain: endpoint({
    method: "POST",
    path: "/email_accounts/{id}/check_domain",
    scope: "email_accounts/check_domain",
    access: "scoped",
    effect: "write",
    summary: "Looks up SPF, DKIM and DMARC of the mailbox's domain now; otherwise that is done once a day",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ email_account: emailAccount }),
  }),
};
