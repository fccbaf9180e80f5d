// A mail that came in, once it is known what it is.

import type { InboundOutcome } from "../../domain/inbound-outcome.ts";
import type { Verdict } from "../../domain/inbound-verdict.ts";
import type * as correspondence from "./correspondence-store.ts";

/** A mail that was understood, by us or by a person. */
export type Judged = {
  id: string;
  mailboxId: string;
  receivedAt: Temporal.Instant;
  fromEmail: string | null;
  verdict: Verdict;
  outcome: InboundOutcome;
  sent: correspondence.SentRow | null;
  contactId: string | null;
};
