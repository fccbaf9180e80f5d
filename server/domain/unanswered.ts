// Whoever is through with a sequence and has not answered for some days counts as unresponsive.
//
// Easy to get wrong: an answer to another of our mails is an answer; whoever is still written to by another sequence is
// judged when that one is through; and whoever stands in a stage that says how it ended was judged by a person.

import { REASONS } from "./enrollment.ts";

export type Silence = {
  state: string;
  inactiveReason: string | null;
  /** Since they were added, to any mail of ours. An absence notice is none. */
  hasAnswered: boolean;
  isElsewhere: boolean;
  /** Nobody may write to them, or nothing arrives. */
  isBarred: boolean;
  stageCategory: "in_progress" | "succeeded" | "failed" | null;
};

export function isUnresponsive(facts: Silence) {
  const isThrough = facts.state === "finished" && facts.inactiveReason === REASONS.completedLastStep;
  const isOpen = facts.stageCategory === null || facts.stageCategory === "in_progress";
  return isThrough && isOpen && !facts.hasAnswered && !facts.isElsewhere && !facts.isBarred;
}
