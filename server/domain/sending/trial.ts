// The emails of a sequence for several contacts at once: what each email would be, and whether the gate lets it go.

import type { GateHold } from "../gate/gate.ts";
import type { ComposeResult } from "../templates/composing.ts";

type TrialVerdict = "ready" | "waits" | "skipped" | "fails";

export type TrialMail = {
  mail: { stepId: string; touchId: string; position: number; missing: readonly string[] };
  holds: readonly GateHold[];
  verdict: TrialVerdict;
  subject: string;
  composed: ComposeResult;
};

export type Trial = {
  /** Where the contacts are from. */
  source: "sequence" | "list" | "newest";
  lookedAt: number;
  failing: number;
  contacts: {
    person: { contactId: string; name: string | null; email: string | null };
    mails: readonly TrialMail[];
  }[];
};

/** From the best to the worst. */
const VERDICTS: readonly TrialVerdict[] = ["ready", "waits", "skipped", "fails"];

export function verdictOf(holds: readonly GateHold[]): TrialVerdict {
  const [first] = holds;
  if (holds.some(({ outcome }) => outcome === "fail")) return "fails";
  if (!first) return "ready";
  return first.outcome === "wait" ? "waits" : "skipped";
}

/** The greater, the more a user has to know of it. 0: all emails are ready. */
export function rankOf(mails: readonly { verdict: TrialVerdict }[]) {
  return Math.max(0, ...mails.map(({ verdict }) => VERDICTS.indexOf(verdict)));
}

export function isFailing(mails: readonly { verdict: TrialVerdict }[]) {
  return mails.some(({ verdict }) => verdict === "fails");
}
