// A mail that came in, once it is known what it is.

import type { HoldToPlace } from "../../domain/answer-holds.ts";
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
  /** How long nothing automatic goes to them; null where a person has said what it is, or nothing needs to be held. */
  hold: HoldToPlace | null;
  sent: correspondence.SentRow | null;
  contactId: string | null;
};
