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
      "A failed try is refused with `smtp_unreachable`, `smtp_tls_failed`, `smtp_auth_failed` or the same for IMAP, " +
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
};
