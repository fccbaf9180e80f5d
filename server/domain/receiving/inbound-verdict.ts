// What is said of an incoming mail.

import type { Link } from "./answered-mail.ts";
import type { BounceClass } from "./bounces.ts";
import type { ReplyClass } from "./replies.ts";

export type InboundKind =
  | "reply"
  | "unsubscribe"
  | "out_of_office"
  | "auto_reply"
  | "challenge"
  | "bounce"
  | "delay"
  | "receipt"
  | "complaint"
  | "list"
  | "own"
  | "unrelated"
  | "unreadable";

/** `rule` says why. `from` and `to` mark the words in the mail's text or subject, where they are known. */
export type MailEvidence = {
  rule: string;
  where: "header" | "subject" | "text" | "report" | "folder";
  quote: string;
  from?: number;
  to?: number;
};

/** `act`: what the kind says follows. `ask`: the person is held until someone has looked. `leave`: nothing follows. */
export type VerdictAction = "act" | "ask" | "leave";
export type Certainty = "sure" | "probable" | "unsure";

export type Bounce = {
  class: BounceClass;
  code: string | null;
  recipient: string | null; // the address of ours that it is about
  diagnostic: string | null;
};

export type InboundVerdict = {
  kind: InboundKind;
  /** Nothing final follows from "probable" or "unsure". "unsure": no class is likely enough to name. */
  certainty: Certainty;
  action: VerdictAction;
  /** How likely the kind is, from 0 to 1: calibrated where the words decide, 1 where a header or report does. */
  probability: number;
  about: Link | null;
  evidence: MailEvidence[];
  replyClass: ReplyClass | null;
  returnsOn: Temporal.PlainDate | null;
  bounce: Bounce | null;
  /** Addresses it names as better ones to write to. */
  named: string[];
};

export const NOTHING: Omit<InboundVerdict, "kind" | "evidence"> = {
  certainty: "sure",
  action: "act",
  probability: 1,
  about: null,
  replyClass: null,
  returnsOn: null,
  bounce: null,
  named: [],
};

/** What may follow from a reading. Only what is sure and harmless is left without an effect or a question. */
export function actionOf(
  verdict: Pick<InboundVerdict, "kind" | "certainty" | "about" | "action">,
): VerdictAction {
  const { kind, certainty, about, action } = verdict;
  if (kind === "own" || kind === "unrelated" || kind === "receipt" || kind === "delay" || kind === "list")
    return "leave";
  if (about === null) return "leave";
  if (kind === "unreadable" || kind === "challenge") return "ask";
  return certainty === "sure" ? action : "ask";
}

export function unrelated(rule: string, quote: string): InboundVerdict {
  return { ...NOTHING, kind: "unrelated", evidence: [{ rule, where: "header", quote: quote.slice(0, 200) }] };
}
