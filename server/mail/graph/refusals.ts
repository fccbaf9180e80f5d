// What a refusal by Microsoft Graph means for the email and its mailbox, in the words that SMTP servers are understood by.
//
// The codes are Exchange's (ErrorSendAsDenied and others); where one is not known, the status decides.

import type { AnsweredByApi } from "../by-api/calls.ts";
import type { RefusedMail } from "../outcome.ts";

/** Exchange stops the mailbox from sending for hours; how long it does not say. */
const LIMITS: ReadonlySet<string> = new Set([
  "ErrorExceededMessageLimit",
  "ErrorMessageSubmissionBlocked",
  "ErrorAccountSuspend",
  "ErrorAccountSuspendShowTierUpgrade",
  "ErrorQuotaExceeded",
]);
const LIMIT_REST_MS = 3_600_000;

const OF_THE_RECIPIENT: ReadonlySet<string> = new Set([
  "ErrorInvalidRecipients",
  "ErrorInvalidRecipient",
  "ErrorRecipientNotFound",
  "InvalidRecipients",
  "ErrorMissingRecipients",
]);
const OF_THE_SENDER: ReadonlySet<string> = new Set(["ErrorSendAsDenied", "ErrorInvalidSender"]);
const TOO_LARGE: ReadonlySet<string> = new Set([
  "ErrorMessageSizeExceeded",
  "ErrorAttachmentSizeLimitExceeded",
  "RequestEntityTooLarge",
]);

/** Null: nothing was refused in so many words; 5xx says only that something went wrong. */
export function refusalIn(answer: AnsweredByApi): RefusedMail | null {
  const { status, code, said: serverSaid, waitMs } = answer;
  const said = { code: null, enhanced: null, serverSaid };
  if (status === 401) return { kind: "refused", phase: "login", permanent: true, hasOldToken: true, ...said };
  if (status === 429) return { kind: "refused", phase: "connect", permanent: false, waitMs, ...said };
  if (LIMITS.has(code))
    return { kind: "refused", phase: "mail", permanent: false, waitMs: waitMs ?? LIMIT_REST_MS, ...said };
  if (status < 400 || status >= 500) return null;
  // What does not say it as Microsoft does was answered by another server on the way: it may be over soon.
  const isTheirs = code !== "";
  if (OF_THE_RECIPIENT.has(code)) return { kind: "refused", phase: "rcpt", permanent: true, ...said };
  if (OF_THE_SENDER.has(code)) return { kind: "refused", phase: "mail", permanent: true, ...said };
  if (status === 413 || TOO_LARGE.has(code))
    return { kind: "refused", phase: "body", permanent: true, ...said, enhanced: "5.3.4" };
  // The permission was taken back, or the mailbox is not at Exchange Online: of every email, until a person helps.
  if (status === 403) return { kind: "refused", phase: "login", permanent: isTheirs, ...said };
  if (status === 404) return { kind: "refused", phase: "connect", permanent: false, ...said };
  return { kind: "refused", phase: "body", permanent: isTheirs, ...said };
}
