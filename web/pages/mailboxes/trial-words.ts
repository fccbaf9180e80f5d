// What usually helps when a mailbox does not answer as it should.

const HINTS: Record<string, string> = {
  smtp_unreachable:
    "Check the server's name and port. Some hosters close port 25; 587 with STARTTLS or 465 with TLS are usual.",
  imap_unreachable: "Check the server's name and port: 993 with TLS is usual.",
  smtp_timed_out:
    "It may be overloaded, or there is something in between that slows it down. Try again in a while.",
  imap_timed_out:
    "It may be overloaded, or there is something in between that slows it down. Try again in a while.",
  smtp_tls_failed: "The port and the kind of encryption do not fit each other: 465 is TLS, 587 is STARTTLS.",
  imap_tls_failed: "The port and the kind of encryption do not fit each other: 993 is TLS, 143 is STARTTLS.",
  smtp_auth_failed:
    "Check the user name, and whether the provider wants an app password in place of the usual one.",
  imap_auth_failed:
    "Check the user name, whether IMAP is switched on, and whether the provider wants an app password.",
};

/** Null where the refusal has nothing to do with the servers. */
export function hintFor(code: string | null) {
  return code ? (HINTS[code] ?? null) : null;
}
