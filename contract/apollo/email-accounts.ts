import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const security = z.enum(["tls", "starttls", "none"]);

const server = z.strictObject({
  host: z.string(),
  port: z.int(),
  security,
  username: z.string().nullable(),
});

/** One thing that can be right or wrong about a mailbox, with what it was read from. */
const check = z.strictObject({
  state: z.enum(["good", "missing", "faulty", "unset", "unknown"]),
  code: z.string(),
  sentence: z.string(),
  evidence: z.string().nullable().describe("The record, or the server's words"),
});

/** Apollo's keys, and ours behind them. No secret is ever among them. */
export const emailAccount = z.strictObject({
  id: fields.id,
  aliases: z.array(z.string()),
  user_id: fields.id,
  email: z.string(),
  type: z.enum(["smtp", "gmail", "microsoft", "catcher"]),
  active: z.boolean(),
  default: z.boolean().describe("The one its user sends from unless another is named"),
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
  email_daily_threshold: z.int().nullable().describe("Null: no limit of that kind"),
  max_outbound_emails_per_hour: z.int().nullable(),
  limits_editable: z.boolean(),
  deliverability_score: z.strictObject({}),
  is_opted_in_mailwarming: z.null(),
  active_campaigns_count: z.int(),
  nudge_user_to_send_mails: z.boolean(),
  signature_html: z.string().nullable(),
  fields_fully_loaded: z.boolean(),
  display_name: z.string().nullable().describe("Cadenza's own: the name mails are sent under"),
  visibility: z
    .enum(["restricted", "everyone"])
    .describe("Cadenza's own: whether everyone of the team may send from it"),
  open_tracking: z.boolean().describe("Cadenza's own: whether a picture tells that a mail was opened"),
  click_tracking: z.boolean().describe("Cadenza's own: whether links in mails are counted"),
  plus_addressing: z
    .boolean()
    .describe(
      "Cadenza's own: whether answers come to `box+token@`, by which each is known without its headers",
    ),
  count_sent_elsewhere: z
    .boolean()
    .describe(
      "Cadenza's own: whether what people send from it with another program counts against its limits; its Sent folder is looked into for that",
    ),
  sent_folder: z
    .strictObject({
      looked_at: fields.stamp.nullable().describe("When it was last looked into"),
      trouble: z
        .string()
        .nullable()
        .describe("`no_folder`, or why it cannot be looked into; null: it can, or nobody has tried"),
      sentence: z.string(),
    })
    .nullable()
    .describe("Cadenza's own: how that goes; null while the switch is off"),
  smtp: server.nullable().describe("Cadenza's own"),
  imap: server.nullable().describe("Cadenza's own"),
  oauth: z
    .strictObject({ client_id: z.string().nullable(), expires_at: fields.stamp.nullable() })
    .nullable()
    .describe("Cadenza's own"),
  last_tested_at: fields.stamp.nullable().describe("Cadenza's own"),
  last_test_error: z.string().nullable().describe("Cadenza's own"),
  dkim: z
    .strictObject({
      domain: z.string(),
      selector: z.string(),
      key_type: z.enum(["rsa", "ed25519"]),
      set_at: fields.stamp,
      record: z
        .strictObject({ type: z.literal("TXT"), name: z.string(), value: z.string() })
        .describe("What has to be published in the DNS"),
    })
    .nullable()
    .describe("Cadenza's own: the key that mails from this mailbox's domain are signed with"),
  health: z
    .strictObject({
      login: check,
      spf: check,
      dkim: check,
      dmarc: check,
      checked_at: fields.stamp.nullable().describe("When the DNS was last asked"),
    })
    .describe("Cadenza's own"),
});

const HOST = /^[\p{L}\p{N}][\p{L}\p{N}._-]*(?<![_-])$|^[0-9a-f.]*:[0-9a-f:.]*$/iu;

const host = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(253, fields.LENGTH_FIRST)
  .regex(HOST, "is not a host's name or address");
const secret = z.string().min(1, "must not be empty").max(10_000);
const limit = z.int().min(0).max(1_000_000).nullish();

const serverChange = z.object({
  host: host.optional(),
  port: z.int().min(1).max(65535).optional(),
  security: security.optional(),
  username: fields.text(320).nullish().describe("Without it, the mailbox's address"),
  password: secret.optional(),
});

export const serverWish = z.object({
  host,
  port: z.int().min(1).max(65535),
  security: security.default("tls"),
  username: fields.text(320).nullish().describe("Without it, the mailbox's address"),
  password: secret.optional().describe("Left out where the server asks for none"),
});

export const oauthWish = z.object({
  access_token: secret,
  refresh_token: secret.nullish(),
  expires_at: fields.moment.nullish(),
  client_id: fields.text(500).nullish(),
  client_secret: secret.nullish(),
});

/** What creating and changing have in common. */
export const settings = {
  display_name: fields.text(200).nullish(),
  user_id: fields.id
    .optional()
    .describe("Whose mailbox it is: the caller's own unless an admin says otherwise"),
  default: fields.flag.optional(),
  aliases: z.array(fields.email).max(100).optional(),
  signature_html: fields.text(100_000).nullish(),
  visibility: z.enum(["restricted", "everyone"]).optional(),
  open_tracking: fields.flag.optional().describe("Cadenza's own; off unless said"),
  click_tracking: fields.flag.optional().describe("Cadenza's own; off unless said"),
  plus_addressing: fields.flag
    .optional()
    .describe("Cadenza's own; only where the mail server delivers `box+anything@` to the mailbox"),
  count_sent_elsewhere: fields.flag
    .optional()
    .describe("Cadenza's own; off unless said, and only for a mailbox that is read (IMAP)"),
  email_daily_threshold: limit.describe("Null: no limit"),
  max_outbound_emails_per_hour: limit.describe("Null: no limit"),
  seconds_delay_between_emails: limit.describe("Null: no pause"),
  test: fields.flag.default(true).describe("Whether the connection is tried before anything is saved"),
};

export const emailAccounts = {
  list: endpoint({
    method: "GET",
    path: "/email_accounts",
    scope: "email_accounts/index",
    oauth: "email_accounts_list",
    access: "scoped",
    effect: "read",
    summary: "Lists the mailboxes of the team",
    input: z.object({
      include_disconnected: fields.flag.default(false).describe("Cadenza's own"),
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
    summary: "Lists the mailboxes of the team, as older clients ask for them",
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
    summary: "The same under the address of Apollo's older reference",
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
    summary: "Changes a mailbox; where the connection changes, it is tried first",
    description:
      "A password or token that is stored is only ever sent to the server it was given for: who changes host, " +
      "port or security sends it again.",
    input: z.object({
      id: fields.id,
      ...settings,
      smtp: serverChange.optional(),
      imap: serverChange.nullish().describe("Null: nothing is read from this mailbox any more"),
      oauth: oauthWish.nullish(),
    }),
    output: z.strictObject({ email_account: emailAccount }),
  }),
};
