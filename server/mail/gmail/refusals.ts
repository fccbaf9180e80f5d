// What a refusal by the Gmail API means for the email and its mailbox, in the words that SMTP servers are understood by.
//
// The reasons are those of Google's "Resolve errors"; where one is not known, the status decides.

import type { ApiAnswer } from "../by-api/calls.ts";
import type { RefusedMail } from "../outcome.ts";

/** Google stops the mailbox from sending for hours ("multiple hours before the request is accepted"). */
const LIMIT_REST_MS = 3_600_000;

/** Null: nothing was refused in so many words; 5xx says only that something went wrong. */
export function refusalIn(answer: ApiAnswer): RefusedMail | null {
  if (answer.kind === "failed") return null;
  const { status, code, said: serverSaid, waitMs } = answer;
  const said = { code: null, enhanced: null, serverSaid };
  const words = serverSaid ?? "";
  if (status === 401) return { kind: "refused", phase: "login", permanent: true, hasOldToken: true, ...said };
  if (code === "dailyLimitExceeded" || (status === 429 && /mail sending|sending limit/i.test(words))) {
    const restMs = Math.max(waitMs ?? 0, LIMIT_REST_MS);
    return { kind: "refused", phase: "mail", permanent: false, waitMs: restMs, ...said };
  }
  if (status === 429) return { kind: "refused", phase: "connect", permanent: false, waitMs, ...said };
  if (status < 400 || status >= 500) return null;
  // What does not say it as Google does was answered by another server on the way: it may be over soon.
  const isTheirs = code !== "";
  // The permission was taken back, or an admin has switched the API off: of every email, until a person helps.
  if (status === 403) return { kind: "refused", phase: "login", permanent: isTheirs, ...said };
  // The account has no Gmail, or not at the moment.
  if (status === 404 || code === "failedPrecondition" || code === "FAILED_PRECONDITION")
    return { kind: "refused", phase: "connect", permanent: false, ...said };
  if (status === 413 || /too large|exceeds the (?:maximum|limit)/i.test(words))
    return { kind: "refused", phase: "body", permanent: true, ...said, enhanced: "5.3.4" };
  if (/recipient|invalid to\b|to header/i.test(words))
    return { kind: "refused", phase: "rcpt", permanent: true, ...said };
  if (/invalid from\b|from header|delegation denied/i.test(words))
    return { kind: "refused", phase: "mail", permanent: true, ...said };
  return { kind: "refused", phase: "body", permanent: isTheirs, ...said };
}
