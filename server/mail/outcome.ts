// What became of one transmission, as data. The one question that counts is whether the server may have taken the mail,
// and `ambiguous` is the only answer that leaves it open.

import type { SendPhase } from "./phases.ts";

export type SendOutcome =
  | AcceptedBody
  | RefusedMail
  /** Certainly not sent, and no known fault of the mail: it may be tried again. */
  | { kind: "not_started"; phase: SendPhase; why: Why; detail: string | null; waitMs?: number | null }
  /** We kept the dot back, because `mayRelease` said so. */
  | { kind: "held_back" }
  /** The dot was written and no answer came that could be understood. `cause` is an error of our own, if it was one. */
  | { kind: "ambiguous"; why: Why | "our_error"; detail: string | null; cause?: unknown };

type AcceptedBody = {
  kind: "accepted";
  serverSaid: string | null;
  queueId: string | null;
  /** The id by which answers will call the mail, where the server gave it another one than we did. */
  newMessageId: string | null;
  /** The provider's, where it names one. */
  threadId?: string | null;
};

/**
 * In `connect`, `tls` and `login` the mailbox is refused, from `mail` on the mail. Without a code it was we who saw that
 * the server would: too large, or an address it cannot take.
 */
export type RefusedMail = {
  kind: "refused";
  phase: SendPhase;
  permanent: boolean;
  code: number | null;
  enhanced: string | null;
  serverSaid: string | null;
  /** For so long the server asked to be left alone. */
  waitMs?: number | null;
  /** It was the token that was refused: another one may be taken. */
  hasOldToken?: boolean;
};

export type Why =
  | "host_refused" // a private address that is not on the allow list
  | "plaintext_refused"
  | "name_not_found"
  | "connection_failed"
  | "tls_failed"
  | "login_not_offered"
  | "closed" // by them
  | "timed_out"
  | "unreadable"; // they do not speak SMTP, or sent an unexpected answer

const QUEUE_IDS = [
  /\bqueued as:? *<?([\w.+/=-]{4,120})/i, // Postfix and what follows it
  /\bid=([\w.-]{6,120})/i, // Exim
  /\b\d{9,11} (\S{6,120}) - gsmtp\b/i, // Gmail
  /\[InternalId=([\w.-]{4,120})/i, // Exchange
  /^(?:2\.\d\.\d )?ok:? ([\w-]{12,120})$/i, // Amazon, and others
];

/** The server's own name for the mail, by which its people find it in their log. */
export function queueIdIn(said: string): string | null {
  for (const shape of QUEUE_IDS) {
    const id = shape.exec(said)?.[1];
    if (id) return id;
  }
  return null;
}
