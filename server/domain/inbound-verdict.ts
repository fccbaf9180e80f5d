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

export type Evidence = {
  rule: string;
  where: "header" | "subject" | "text" | "report" | "folder";
  quote: string;
};

export type Bounce = {
  class: BounceClass;
  code: string | null;
  recipient: string | null; // the address of ours that it is about
  diagnostic: string | null;
};

export type Verdict = {
  kind: InboundKind;
  /** "probable" asks a person; nothing final should follow from it alone. */
  certainty: "sure" | "probable";
  about: Link | null;
  evidence: Evidence[];
  replyClass: ReplyClass | null;
  returnsOn: Temporal.PlainDate | null;
  bounce: Bounce | null;
  /** Addresses it names as better ones to write to. */
  named: string[];
};

export const NOTHING: Omit<Verdict, "kind" | "evidence"> = {
  ...{ certainty: "sure", about: null, replyClass: null, returnsOn: null, bounce: null, named: [] },
};

export function unrelated(rule: string, quote: string): Verdict {
  return { ...NOTHING, kind: "unrelated", evidence: [{ rule, where: "header", quote: quote.slice(0, 200) }] };
}
