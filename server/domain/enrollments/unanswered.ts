// A contact who has finished a sequence and has not answered for some days counts as unresponsive.
//
// Easy to get wrong: an answer to another of our mails is an answer. A contact who is active in another sequence is
// judged when that one is finished. And a user has already judged a contact whose stage says how it ended.

import { REASONS } from "./enrollment.ts";

export type Silence = {
  state: string;
  inactiveReason: string | null;
  /** Since they were added, to any mail of ours. An out-of-office reply does not count. */
  hasAnswered: boolean;
  isElsewhere: boolean;
  /** They may not be emailed, or mails bounce. */
  isBarred: boolean;
  stageCategory: "in_progress" | "succeeded" | "failed" | null;
};

export function isUnresponsive(facts: Silence) {
  const isThrough = facts.state === "finished" && facts.inactiveReason === REASONS.completedLastStep;
  const isOpen = facts.stageCategory === null || facts.stageCategory === "in_progress";
  return isThrough && isOpen && !facts.hasAnswered && !facts.isElsewhere && !facts.isBarred;
}
