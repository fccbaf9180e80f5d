import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import type { StateKind } from "../../../parts/State.tsx";
import { reasonWords } from "../enrolling/words.ts";
import { sayReason } from "../sequence-contacts/reasons.ts";
import type { TrialReport, TrialRunBrief } from "./queries.ts";

export const SPANS = perLanguage(() => [
  { value: "14", label: t("2 weeks") },
  { value: "28", label: t("4 weeks") },
  { value: "56", label: t("8 weeks") },
]);

export const REPLIES = perLanguage(() => [
  { value: "none" as const, label: t("No contact replies") },
  { value: "lively" as const, label: t("Many reply, some bounce or unsubscribe") },
  { value: "hostile" as const, label: t("Many bounce, unsubscribe or complain") },
  { value: "holiday_season" as const, label: t("Most are out of office for two weeks") },
]);

export function repliesWord(replies: string) {
  return REPLIES.find(({ value }) => value === replies)?.label ?? replies;
}

export function stateWord({ status }: TrialRunBrief): { kind: StateKind; says: string } {
  switch (status) {
    case "done":
      return { kind: "good", says: t("Done") };
    case "failed":
      return { kind: "bad", says: t("Failed") };
    case "cancelled":
      return { kind: "off", says: t("Stopped") };
    case "running":
      return { kind: "waiting", says: t("Running") };
    case "pending":
      return { kind: "waiting", says: t("Waiting for its turn") };
  }
}

const STATES: Record<string, () => string> = {
  active: () => t("Still active"),
  paused: () => t("Paused"),
  finished: () => t("Finished"),
  failed: () => t("Failed"),
  removed: () => t("Removed"),
  left_out: () => t("Not added"),
};

export function contactStateWord(state: string) {
  return STATES[state]?.() ?? state;
}

/** Why a contact is where it is, in a few words. What holds an email has a sentence of its own. */
export function endingWords({
  state,
  code,
  sentence,
}: {
  state: string;
  code: string | null;
  sentence: string;
}) {
  if (state === "active" || code === null) return sentence;
  return state === "left_out" ? reasonWords(code, 1).says : capital(sayReason(code));
}

/** How well the forecast did. */
export function agreementWords({ sent, foreseen, elsewhere }: TrialReport["forecast"], replies: string) {
  if (sent === 0 && foreseen === 0) return t("No email was sent, and the forecast had none.");
  if (replies !== "none")
    return t(
      "The forecast supposes that no contact replies: it had {foreseen, plural, one {# email} other {# emails}}, and {sent, number} were sent.",
      { foreseen, sent },
    );
  if (elsewhere === 0 && sent === foreseen)
    return t("The forecast was right: each mailbox sent as many emails on each day as foreseen.");
  return t(
    "The forecast had {foreseen, plural, one {# email} other {# emails}}, and {sent, number} were sent, {elsewhere, number} of them on another day or from another mailbox.",
    { foreseen, sent, elsewhere },
  );
}
