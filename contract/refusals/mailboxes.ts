// Mailboxes and their servers.

import type { RefusalEntry } from "./entry.ts";

export const mailboxes = {
  mailbox_exists: { status: 422, says: "{email} is already connected to this team." },
  mailboxes_inactive: { status: 422, says: "These mailboxes are no longer active. {address}" },
  send_from_unknown: { status: 422, says: "This mailbox cannot send from {address}." },
  send_from_domain_refused: {
    status: 422,
    says: "This sequence sends from {domains} only, not from {address}.",
    fix: "Choose another mailbox or alias, or change allowed_send_from_domains of the sequence.",
  },
  mailbox_of_another: {
    status: 403,
    forbids: true,
    says: "Only the owner of the mailbox, or an admin, can do this.",
  },
  dkim_key_unusable: {
    status: 422,
    says: "This key cannot be used. Send an RSA key of 1024 to 4096 bits or an Ed25519 key, as PEM without a passphrase.",
  },
  dkim_key_not_set: { status: 422, says: "The domain of this mailbox has no signing key." },
  mailbox_password_needed: {
    status: 422,
    says: "You changed the {side} server, so send its password or token again.",
  },
  brake_levels_misordered: {
    status: 422,
    says: "The rule for {cause} would pause at a lower percentage than it holds first emails.",
    fix: "Set pause_at_percent to at least first_steps_at_percent, or to null.",
  },
  mailbox_not_read: {
    status: 422,
    says: "Cadenza does not read this mailbox, so it cannot look into its Sent folder.",
    fix: "Set an IMAP server for it, or leave count_sent_elsewhere off.",
  },
  mail_host_refused: {
    status: 422,
    says: "Cadenza is not allowed to connect to this mail server.",
    fix: "To allow a private mail server, the operator lists it in CADENZA_MAIL_ALLOW.",
  },
  plaintext_mail_refused: {
    status: 422,
    says: "Without TLS, Cadenza connects only to mail servers on the same machine.",
    fix: "Choose tls or starttls, or ask the operator to set CADENZA_ALLOW_PLAINTEXT_MAIL=1.",
  },
  too_many_connection_tests: {
    status: 429,
    asMessage: true,
    says: "Too many connection tests. Try again in {seconds} seconds.",
  },
  smtp_unreachable: { status: 422, says: "The SMTP server could not be reached." },
  smtp_timed_out: { status: 422, says: "The SMTP server did not answer in time." },
  smtp_tls_failed: { status: 422, says: "The connection to the SMTP server could not be made secure." },
  smtp_auth_failed: { status: 422, says: "The SMTP server did not accept the sign-in." },
  imap_unreachable: { status: 422, says: "The IMAP server could not be reached." },
  imap_timed_out: { status: 422, says: "The IMAP server did not answer in time." },
  imap_tls_failed: { status: 422, says: "The connection to the IMAP server could not be made secure." },
  imap_auth_failed: { status: 422, says: "The IMAP server did not accept the sign-in." },
} as const satisfies Record<string, RefusalEntry>;
