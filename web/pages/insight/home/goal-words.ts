// How far a goal is, in words.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import type { Goal } from "./queries.ts";

export const GOAL_METRICS: readonly Goal["metric"][] = [
  ...(["num_phone_calls", "num_phone_calls_connect", "num_contacts_emailed", "num_emails_sent"] as const),
  ...(["num_contacts_replied", "num_emails_demoed", "num_tasks_completed"] as const),
  ...(["num_contacts_added_to_sequence", "num_opportunities_created", "num_opportunities_won"] as const),
];

export const GOAL_PERIODS: readonly { value: Goal["period"]; label: string }[] = perLanguage(() => [
  { value: "day", label: t("Day") },
  { value: "week", label: t("Week") },
  { value: "month", label: t("Month") },
]);

type Progress = Pick<Goal, "figure" | "target" | "expected" | "period">;

export function sayProgress({ figure: reached, target, period }: Progress) {
  const said = { reached: figure(reached), target: figure(target) };
  if (period === "day") return t("{reached} of {target} today", said);
  if (period === "week") return t("{reached} of {target} this week", said);
  return t("{reached} of {target} this month", said);
}

export type Pace = "reached" | "ahead" | "behind" | "even";

export function paceOf({ figure: reached, target, expected }: Progress): Pace {
  if (reached >= target) return "reached";
  if (reached === expected) return "even";
  return reached > expected ? "ahead" : "behind";
}

export function sayPace(goal: Progress) {
  const distance = figure(Math.abs(goal.figure - goal.expected));
  switch (paceOf(goal)) {
    case "reached":
      return t("Reached");
    case "even":
      return t("On pace");
    case "ahead":
      return t("{distance} ahead", { distance });
    case "behind":
      return t("{distance} behind", { distance });
  }
}

/** In percent of the target, at most 100. */
export function shareOf(reached: number, target: number) {
  return Math.min(100, Math.round((100 * reached) / target));
}
