// A mail that came in, once it is known what it is.

import type { HoldToPlace } from "../../../domain/receiving/answer-holds.ts";
import type { InboundOutcome } from "../../../domain/receiving/inbound-outcome.ts";
import type { InboundVerdict } from "../../../domain/receiving/inbound-verdict.ts";
import type * as correspondence from "./correspondence-store.ts";

/** A mail that was understood, by us or by a person. */
export type JudgedMail = {
  id: string;
  mailboxId: string;
  receivedAt: Temporal.Instant;
  fromEmail: string | null;
  verdict: InboundVerdict;
  outcome: InboundOutcome;
  /** How long nothing automatic goes to them; null where a person has said what it is, or nothing needs to be held. */
  hold: HoldToPlace | null;
  sent: correspondence.AnsweredMailRow | null;
  contactId: string | null;
};
