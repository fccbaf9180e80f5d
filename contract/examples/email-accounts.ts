import type { Example } from "../endpoint.ts";

const NOT_CHECKED = {
  state: "unknown",
  code: "not_checked",
  sentence: "It has not been looked up yet.",
  evidence: null,
};

const account = {
  id: "64f0aa0000000000000000e1",
  aliases: ["sales@norrland.example.se"],
  user_id: "64f0aa000000000000000002",
  email: "ines@norrland.example.se",
  type: "smtp",
  active: true,
  default: true,
  seconds_delay_between_emails: 600,
  provider_display_name: "SMTP",
  nylas_provider: null,
  last_synced_at: null,
  email_sending_policy_cd: "default",
  sendgrid_api_user: null,
  mailgun_domains: null,
  nylas_api_version: null,
  signature_edit_disabled: false,
  revoked_at: null,
  inactive_reason: null,
  created_at: "2026-02-03T08:00:00.000Z",
  sendgrid_api_key_v3: null,
  email_daily_threshold: 50,
  max_outbound_emails_per_hour: 6,
  limits_editable: true,
  deliverability_score: {},
  is_opted_in_mailwarming: null,
  active_campaigns_count: 2,
  nudge_user_to_send_mails: false,
  signature_html: "<p>Ines</p>",
  fields_fully_loaded: true,
  display_name: "Ines Okafor",
  open_tracking: false,
  click_tracking: false,
  plus_addressing: false,
  count_sent_elsewhere: false,
  sent_folder: null,
  visibility: "restricted",
  smtp: { host: "smtp.norrland.example.se", port: 465, security: "tls", username: "ines" },
  imap: { host: "imap.norrland.example.se", port: 993, security: "tls", username: "ines" },
  oauth: null,
  last_tested_at: "2026-02-03T08:00:00.000Z",
  last_test_error: null,
  dkim: null,
  health: {
    login: {
      state: "good",
      code: "login_good",
      sentence: "The mailbox can be signed in to.",
      evidence: null,
    },
    spf: NOT_CHECKED,
    dkim: NOT_CHECKED,
    dmarc: NOT_CHECKED,
    checked_at: null,
  },
};

export const emailAccounts: Record<string, readonly Example[]> = {
  "emailAccounts.list": [{ title: "All mailboxes", input: {}, answer: { email_accounts: [account] } }],
  "emailAccounts.search": [
    { title: "All mailboxes, as older clients ask", input: {}, answer: { email_accounts: [account] } },
  ],
  "emailAccounts.searchOlder": [
    { title: "By the older address", input: {}, answer: { email_accounts: [account] } },
  ],
  "emailAccounts.create": [
    {
      title: "A mailbox by SMTP and IMAP",
      input: {
        email: account.email,
        display_name: account.display_name,
        smtp: { ...account.smtp, password: "…" },
        imap: { ...account.imap, password: "…" },
      },
      answer: { email_account: account },
    },
  ],
  "emailAccounts.update": [
    {
      title: "Another signature, and no hourly limit",
      input: { id: account.id, signature_html: "<p>Ines Okafor</p>", max_outbound_emails_per_hour: null },
      answer: {
        email_account: {
          ...account,
          signature_html: "<p>Ines Okafor</p>",
          max_outbound_emails_per_hour: null,
        },
      },
    },
  ],
};
