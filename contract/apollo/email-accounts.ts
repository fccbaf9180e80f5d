import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { deliverability, warming } from "./deliverability.ts";

const security = z.enum(["tls", "starttls", "none"]);

export const server = z.strictObject({
  host: z.string(),
  port: z.int(),
  security,
  username: z.string().nullable(),
});

/** One thing that can be right or wrong about a mailbox, with what it was read from. */
export const check = z.strictObject({
  state: z.enum(["good", "missing", "faulty", "unset", "unknown"]),
  code: z.string(),
  sentence: z.string(),
  evidence: z.string().nullable().describe("The DNS record, or the server's answer"),
  record: z
    .strictObject({ name: z.string(), type: z.literal("TXT"), value: z.string() })
    .nullable()
    .describe("The DNS record to publish"),
});

/** Apollo's keys, and ours behind them. No secret is ever among them. */
export const emailAccount = z.strictObject({
  id: fields.id,
  aliases: z.array(z.string()),
  user_id: fields.id,
  email: z.string(),
  type: z.enum(["smtp", "gmail", "microsoft", "catcher"]),
  active: z.boolean(),
  default: z.boolean().describe("True for the user's default mailbox"),
  seconds_delay_between_emails: z.int().nullable(),
  provider_display_name: z.string(),
  nylas_provider: z.null(),
  last_synced_at: fields.stamp.nullable(),
  email_sending_policy_cd: z.literal("default"),
  sendgrid_api_user: z.null(),
  mailgun_domains: z.null(),
  nylas_api_version: z.null(),
  signature_edit_disabled: z.boolean(),
  revoked_at: fields.stamp.nullable().describe("When it was disconnected"),
  inactive_reason: z.string().nullable(),
  created_at: fields.stamp,
  sendgrid_api_key_v3: z.null(),
  email_daily_threshold: z.int().nullable().describe("null: no limit"),
  max_outbound_emails_per_hour: z.int().nullable(),
  max_new_contacts_per_day: z.int().nullable().describe("Cadenza's own"),
  limits_editable: z.boolean(),
  deliverability_score: z
    .union([deliverability, z.strictObject({})])
    .describe("What came of its emails in the last 30 days; empty except in lists"),
  ...warming,
  is_opted_in_mailwarming: z.null(),
  active_campaigns_count: z.int(),
  true_warmup_enabled: z.boolean().describe("Whether the mailbox has a ramp"),
  true_warmup_daily_limit: z.int().nullable().describe("What the ramp allows today; null: no ramp"),
  true_warmup_progress: z
    .int()
    .nullable()
    .describe("How far the ramp has come from its start to its ceiling, in percent; null: no ramp"),
  nudge_user_to_send_mails: z.boolean(),
  signature_html: z.string().nullable(),
  fields_fully_loaded: z.boolean(),
  display_name: z.string().nullable().describe("Cadenza's own: sender name of emails"),
  visibility: z
    .enum(["restricted", "everyone"])
    .describe("Cadenza's own: `everyone` lets the whole team send from it"),
  open_tracking: z.boolean().describe("Cadenza's own: whether opens are tracked with an invisible image"),
  click_tracking: z.boolean().describe("Cadenza's own: whether link clicks are counted"),
  tracking_domain_id: fields.id
    .nullable()
    .describe("Cadenza's own: null: the team's default tracking domain"),
  plus_addressing: z
    .boolean()
    .describe("Cadenza's own: replies go to `box+token@`, so each reply is recognized without its headers"),
  count_sent_elsewhere: z
    .boolean()
    .describe(
      "Cadenza's own: whether emails sent with other programs count toward its limits. Their Sent folder is read for that",
    ),
  seed: z.boolean().describe("Cadenza's own: receives placement tests and sends no emails"),
  sent_folder: z
    .strictObject({
      looked_at: fields.stamp.nullable().describe("Last time it was read"),
      trouble: z
        .string()
        .nullable()
        .describe("`no_folder`, or why it cannot be read; null: it works, or was not tried yet"),
      sentence: z.string(),
    })
    .nullable()
    .describe("Cadenza's own: state of the Sent folder; null if the setting is off"),
  ramp: z
    .strictObject({
      start: z.int(),
      step: z.int(),
      every_days: z.int(),
      ceiling: z.int(),
      began_at: fields.stamp,
      limit_today: z.int().describe("Most emails in 24 hours today, by the ramp and the daily limit"),
      sending_days: z.int().describe("Days since the beginning that counted"),
      words: z.string().describe("Such as `+2 a day up to 50`"),
      waits_because: z.string().nullable().describe("Why the last day did not count; null: it did"),
    })
    .nullable()
    .describe("Cadenza's own: a daily limit that grows; null: none"),
  connected_by: z
    .enum(["smtp_imap", "microsoft_graph", "gmail_api"])
    .describe("Cadenza's own: how its provider is reached. By an API both servers are the API's"),
  smtp: server.nullable().describe("Cadenza's own: outgoing server"),
  imap: server.nullable().describe("Cadenza's own: incoming server"),
  oauth: z
    .strictObject({ client_id: z.string().nullable(), expires_at: fields.stamp.nullable() })
    .nullable()
    .describe("Cadenza's own: OAuth connection"),
  last_tested_at: fields.stamp.nullable().describe("Cadenza's own: time of the last connection test"),
  last_test_error: z.string().nullable().describe("Cadenza's own: error of the last connection test"),
  dkim: z
    .strictObject({
      domain: z.string(),
      selector: z.string(),
      key_type: z.enum(["rsa", "ed25519"]),
      set_at: fields.stamp,
      record: z
        .strictObject({ type: z.literal("TXT"), name: z.string(), value: z.string() })
        .describe("The DNS record to publish"),
    })
    .nullable()
    .describe("Cadenza's own: the key that signs emails of this mailbox's domain"),
  health: z
    .strictObject({
      login: check,
      spf: check,
      dkim: check,
      dmarc: check,
      mx: check.describe("Mail servers of the domain"),
      blocklists: check,
      mta_sts: check,
      tls_reports: check,
      bimi: check,
      checked_at: fields.stamp.nullable().describe("When the DNS was last checked"),
    })
    .describe("Cadenza's own: results of the connection and DNS checks"),
  etag: etag(),
});

const HOST = /^[\p{L}\p{N}][\p{L}\p{N}._-]*(?<![_-])$|^[0-9a-f.]*:[0-9a-f:.]*$/iu;

const host = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(253, fields.LENGTH_FIRST)
  .regex(HOST, "is not a host's name or address");
export const secret = z.string().min(1, "must not be empty").max(10_000);
const limit = z.int().min(0).max(1_000_000).nullish();

const serverChange = z.object({
  host: host.optional(),
  port: z.int().min(1).max(65535).optional(),
  security: security.optional(),
  username: fields.text(320).nullish().describe("Default: the mailbox's address"),
  password: secret.optional(),
});

export const serverWish = z.object({
  host: host.describe("Name or address of the server"),
  port: z.int().min(1).max(65535).describe("Such as 465 or 587 (SMTP), 993 (IMAP)"),
  security: security.default("tls").describe("`tls` from the start, or `starttls`"),
  username: fields.text(320).nullish().describe("Default: the mailbox's address"),
  password: secret.optional().describe("Leave out if the server needs none"),
});

export const oauthWish = z.object({
  access_token: secret.describe("Token of the provider"),
  refresh_token: secret.nullish().describe("Renews the access token"),
  expires_at: fields.moment.nullish(),
  client_id: fields.text(500).nullish(),
  client_secret: secret.nullish(),
});

const rampWish = z.object({
  start: z.int().min(1).max(1_000).describe("Emails on the first day"),
  step: z.int().min(1).max(1_000).describe("Emails more each time"),
  every_days: z
    .int()
    .min(1)
    .max(30)
    .optional()
    .describe("Days on which it sends before it grows again; default: 1"),
  ceiling: z.int().min(1).max(100_000).describe("Where it stops growing"),
});

/** What creating and changing have in common. */
export const settings = {
  display_name: fields.text(200).nullish().describe("Cadenza's own: sender name of emails"),
  user_id: fields.id
    .optional()
    .describe("Owner of the mailbox; default: the caller. Only admins may name others"),
  default: fields.flag.optional().describe("Make it the user's default mailbox"),
  aliases: z
    .array(fields.email)
    .max(100)
    .optional()
    .describe("Other addresses that the mailbox may send from"),
  signature_html: fields.html(100_000).nullish().describe("Signature of its emails, as HTML"),
  visibility: z
    .enum(["restricted", "everyone"])
    .optional()
    .describe("Cadenza's own: `everyone` lets the whole team send from it"),
  open_tracking: fields.flag.optional().describe("Cadenza's own; default: off"),
  click_tracking: fields.flag.optional().describe("Cadenza's own; default: off"),
  plus_addressing: fields.flag
    .optional()
    .describe("Cadenza's own; only if the mail server delivers `box+anything@` to the mailbox"),
  tracking_domain_id: fields.id
    .nullish()
    .describe("Cadenza's own: tracking domain of its emails; null: the team's default"),
  count_sent_elsewhere: fields.flag
    .optional()
    .describe("Cadenza's own; default: off. Needs an incoming server (IMAP)"),
  seed: fields.flag
    .optional()
    .describe("Cadenza's own: only receives placement tests. Needs `imap`; `smtp` is optional"),
  connected_by: z
    .enum(["smtp_imap", "microsoft_graph", "gmail_api"])
    .optional()
    .describe(
      "Cadenza's own: Graph is for `type` `microsoft`, the Gmail API for `gmail`, with `oauth` tokens for it, without servers",
    ),
  email_daily_threshold: limit.describe("Most emails per day; null: no limit"),
  ramp: rampWish
    .nullish()
    .describe(
      "Cadenza's own: begin with a few emails a day and send a few more each day, while few bounce or are reported as spam. null: no ramp",
    ),
  max_outbound_emails_per_hour: limit.describe("Most emails per hour; null: no limit"),
  max_new_contacts_per_day: limit.describe(
    "Cadenza's own: most contacts who get their first email of a sequence in 24 hours",
  ),
  seconds_delay_between_emails: limit.describe("Least seconds between emails; null: no pause"),
  test: fields.flag.default(true).describe("Test the connection before saving; default: true"),
};

export const emailAccounts = {
  list: endpoint({
    method: "GET",
    path: "/email_accounts",
    scope: "email_accounts/index",
    oauth: "email_accounts_list",
    access: "scoped",
    effect: "read",
    summary: "List mailboxes",
    input: z.object({
      include_disconnected: fields.flag
        .default(false)
        .describe("Cadenza's own: include disconnected mailboxes"),
    }),
    output: z.strictObject({ email_accounts: z.array(emailAccount) }),
  }),

  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/email_accounts/search",
    scope: "email_accounts/search",
    access: "scoped",
    effect: "read",
    summary: "List mailboxes (older clients)",
    input: z.object({}),
    output: z.strictObject({ email_accounts: z.array(emailAccount) }),
  }),

  searchOlder: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/email_account/search",
    scope: "email_account/search",
    access: "scoped",
    effect: "read",
    summary: "List mailboxes (path of Apollo's older reference)",
    input: z.object({}),
    output: z.strictObject({ email_accounts: z.array(emailAccount) }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/email_accounts/{id}",
    scope: "email_accounts/update",
    access: "scoped",
    effect: "write",
    summary: "Update a mailbox",
    description:
      "A changed connection is tested first. Saved passwords and tokens only go to the server they were given for. If you change host, port or security, send them again.",
    ifMatch: {
      record: emailAccount,
      read: { call: "emailAccounts.list", input: { include_disconnected: true } },
      shows: { test: null },
      within: {
        ramp: ["start", "step", "every_days", "ceiling"],
        oauth: ["client_id"],
      },
    },
    input: z.object({
      id: fields.id,
      ...settings,
      smtp: serverChange.optional(),
      imap: serverChange.nullish().describe("null: incoming emails of this mailbox are no longer read"),
      oauth: oauthWish.nullish(),
    }),
    output: z.strictObject({ email_account: emailAccount }),
  }),
};
