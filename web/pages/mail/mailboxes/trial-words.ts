// What usually helps when a mailbox does not answer as it should.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

const HINTS: Record<string, string> = perLanguage(() => ({
  smtp_unreachable: t(
    "Check the server name and port. Common ports are 587 with STARTTLS and 465 with TLS. Many providers block port 25.",
  ),
  imap_unreachable: t("Check the server name and port. The common port is 993 with TLS."),
  smtp_timed_out: t("The server or the network may be overloaded. Try again in a few minutes."),
  imap_timed_out: t("The server or the network may be overloaded. Try again in a few minutes."),
  smtp_tls_failed: t("Port and encryption do not match. Port 465 uses TLS, port 587 uses STARTTLS."),
  imap_tls_failed: t("Port and encryption do not match. Port 993 uses TLS, port 143 uses STARTTLS."),
  smtp_auth_failed: t(
    "Check the user name. Your provider may need an app password instead of the usual one.",
  ),
  graph_unreachable: t(
    "The network of this installation has to reach Microsoft Graph, and the mailbox has to be one of Exchange Online.",
  ),
  graph_auth_failed: t(
    "Sign in again with Microsoft. If that does not help, an admin has to grant Mail.Send and Mail.ReadWrite to the application.",
  ),
  gmail_unreachable: t(
    "The network of this installation has to reach gmail.googleapis.com, and Gmail has to be on for the account.",
  ),
  gmail_auth_failed: t(
    "Sign in again with Google. If that does not help, turn on the Gmail API in the Google Cloud project, or ask an admin to allow the application.",
  ),
  imap_auth_failed: t("Check the user name and that IMAP is on. Your provider may need an app password."),
}));

/** Null where the refusal has nothing to do with the servers. */
export function hintFor(code: string | null) {
  return code ? (HINTS[code] ?? null) : null;
}
