// What follows where a mail server said no, or could not be spoken to. Facts in, verdict out.
//
// Easy to get wrong: a refusal of the mailbox (its login, the connection, the sender) says nothing about the mail and
// must not use up its tries; a refusal of the mail must not stop the mailbox.

import { bounceReason } from "../receiving/bounces.ts";

/** How often a server may say later, and how long we wait each time: three days in all, as mail servers do. */
const WAITS_MINUTES = [1, 5, 15, 60, 120, 240, 480, 720, 1080, 1440];

type SendRefusal = {
  phase: string;
  permanent: boolean;
  code: number | null;
  enhanced: string | null;
  serverSaid: string | null;
};

type Follows =
  | { is: "later"; afterMinutes: number }
  | { is: "failed"; code: string }
  | { is: "hardBounced" }
  | { is: "spamBlocked" }
  /** Not this mail: the mailbox rests, or has to be connected anew. */
  | { is: "mailboxRests" }
  | { is: "mailboxLost" };

const OF_THE_MAILBOX = ["connect", "tls", "login"];

export function afterRefusal(refusal: SendRefusal, tries: number): Follows {
  const { phase, permanent, code, enhanced, serverSaid } = refusal;
  if (OF_THE_MAILBOX.includes(phase))
    return phase === "login" && permanent ? { is: "mailboxLost" } : { is: "mailboxRests" };
  if (!permanent) {
    if (phase === "mail" || code === 421) return { is: "mailboxRests" };
    const afterMinutes = WAITS_MINUTES[tries];
    return afterMinutes === undefined
      ? { is: "failed", code: "email_service_provider_delivery_failure" }
      : { is: "later", afterMinutes };
  }
  // Without a code it was we who saw that the server would refuse: nothing about the address was learned.
  if (code === null)
    return {
      is: "failed",
      code: phase === "rcpt" ? "email_format_invalid" : "email_service_provider_delivery_failure",
    };
  const reason = bounceReason(enhanced, `${code} ${serverSaid ?? ""}`);
  if (reason.class === "policy") return { is: "spamBlocked" };
  // Before the address was named it cannot be what is wrong.
  if (reason.class === "hard" && reason.isSure && phase !== "mail") return { is: "hardBounced" };
  return { is: "failed", code: "email_service_provider_delivery_failure" };
}

/** How long a mailbox whose server fails is left alone: from a few seconds to half an hour. */
export function restAfter(failures: number): Temporal.Duration {
  return Temporal.Duration.from({ seconds: Math.min(5 * 2 ** Math.min(failures, 12), 1800) });
}
