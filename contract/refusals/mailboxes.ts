// Mailboxes and their servers.

import type { RefusalEntry } from "./entry.ts";

export const mailboxes = {
  mailbox_exists: { status: 422, says: "{email} is already connected to this team." },
  mailboxes_inactive: { status: 422, says: "These mailboxes are no longer active. {address}" },
  send_from_unknown: { status: 422, says: "{address} is not an address of this mailbox." },
  send_from_domain_refused: {
    status: 422,
    says: "This sequence is sent from {domains} only, and not from {address}.",
    fix: "Choose another mailbox or alias, or change allowed_send_from_domains of the sequence.",
  },
  mailbox_of_another: {
    status: 403,
    forbids: true,
    says: "Only its owner or an admin can do this to a mailbox.",
  },
  dkim_key_unusable: {
    status: 422,
    says: "The key cannot be used: it has to be an RSA key of 1024 to 4096 bits or an Ed25519 key, as PEM without a passphrase.",
  },
  dkim_key_not_set: { status: 422, says: "No key is set for the domain of this mailbox." },
  mailbox_password_needed: {
    status: 422,
    says: "The {side} server changes, so its password or token has to be sent again.",
  },
  mailbox_not_read: {
    status: 422,
    says: "This mailbox is not read, so nobody can look into its Sent folder.",
    fix: "Give it an IMAP server, or leave count_sent_elsewhere off.",
  },
  mail_host_refused: {
    status: 422,
    says: "This mail server is not one Cadenza may connect to.",
    fix: "The operator can list private mail servers in CADENZA_MAIL_ALLOW.",
  },
  plaintext_mail_refused: {
    status: 422,
    says: "Without TLS, only mail servers on this machine are connected to.",
    fix: "Choose tls or starttls, or let the operator set CADENZA_ALLOW_PLAINTEXT_MAIL=1.",
  },
  too_many_connection_tests: {
    status: 429,
    asMessage: true,
    says: "Too many connections are being tried just now. Try again in {seconds} seconds.",
  },
  smtp_unreachable: { status: 422, says: "The SMTP server could not be reached." },
  smtp_timed_out: { status: 422, says: "The SMTP server answers, but too slowly." },
  smtp_tls_failed: { status: 422, says: "The connection to the SMTP server could not be made secure." },
  smtp_auth_failed: { status: 422, says: "The SMTP server did not accept the sign-in." },
  imap_unreachable: { status: 422, says: "The IMAP server could not be reached." },
  imap_timed_out: { status: 422, says: "The IMAP server answers, but too slowly." },
  imap_tls_failed: { status: 422, says: "The connection to the IMAP server could not be made secure." },
  imap_auth_failed: { status: 422, says: "The IMAP server did not accept the sign-in." },
} as const satisfies Record<string, RefusalEntry>;
