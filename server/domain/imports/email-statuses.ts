// The status of an email address, in our words and in those of other tools and of checkers of addresses.

import { inWords, type OptOutCell, readOptOut } from "./import-opt-outs.ts";

const OUR_STATUSES = [
  ...["verified", "unverified", "likely to engage", "unavailable", "bounced", "do_not_email", "spam_block"],
  ...["user_managed", "guessed", "extrapolated", "pending_manual_fulfillment"],
];

/** What checkers of addresses and other tools call what they found, and what it is here. */
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  verified: [
    "verified",
    "valid",
    "ok",
    "good",
    "deliverable",
    "safe",
    "safe to send",
    "mailbox exists",
    "user managed",
  ],
  "likely to engage": ["likely to engage"],
  unverified: [
    ...["unverified", "not verified", "unknown", "pattern", "pending", "risky", "questionable"],
    ...[
      "catch all",
      "catchall",
      "accept all",
      "accept all unverifiable",
      "catch all verified",
      "role",
      "role based",
    ],
    ...["disposable", "webmail", "update required", "new data available"],
  ],
  unavailable: [
    "unavailable",
    "invalid",
    "undeliverable",
    "bad",
    "not valid",
    "does not exist",
    "no email",
    "disabled",
  ],
  bounced: ["bounced", "hard bounced", "hard bounce", "bounce"],
  do_not_email: [
    "do not mail",
    "do not email",
    "abuse",
    "spamtrap",
    "spam trap",
    "unsubscribed",
    "opted out",
  ],
};

const STATUS_OF = new Map(
  Object.entries(STATUSES).flatMap(([status, words]) => words.map((word) => [word, status] as const)),
);

const PLAINLY: Partial<Record<OptOutCell, string>> = { yes: "verified", no: "unverified" };

export function statusOf(said: string): string | undefined {
  return (
    OUR_STATUSES.find((one) => one === said.toLowerCase()) ??
    STATUS_OF.get(inWords(said)) ??
    PLAINLY[readOptOut("", said)]
  );
}
