import { count } from "../../parts/figures.ts";
import type { Ruleset } from "./queries.ts";
import type { Rules } from "./RuleField.tsx";

/** What a ruleset says itself, in a line. */
export function sayRuleset(ruleset: Ruleset) {
  const said = [
    yes(ruleset.mark_finished_if_reply, "finishes on an answer", "goes on after an answer"),
    yes(ruleset.mark_finished_if_interested, null, "goes on when they are interested"),
    yes(ruleset.mark_finished_if_click, "finishes on a click", null),
    yes(ruleset.mark_paused_if_ooo, "pauses for absences", "goes on during absences"),
    sayColleagues(ruleset),
    yes(ruleset.create_task_if_email_open, "makes call tasks from opens", null),
    ruleset.max_emails_per_day !== null && `at most ${count(ruleset.max_emails_per_day, "mail")} a day`,
  ].filter((words) => typeof words === "string");
  if (said.length === 0) return "Says nothing of its own";
  const line = said.join(", ");
  return line[0]?.toUpperCase() + line.slice(1);
}

function yes(value: boolean | null, on: string | null, off: string | null) {
  return value === null ? null : value ? on : off;
}

function sayColleagues({
  same_account_reply_policy_cd: policy,
  same_account_reply_delay_days: days,
  same_account_reply_scope: scope,
}: Ruleset) {
  const whom = `colleagues of whoever answers${scope === "all_sequences" ? " any sequence" : ""}`;
  if (policy === "mark_not_sent") return `stops for ${whom}`;
  if (policy === "delay") return `waits ${days === null ? "a while" : count(days, "day")} for ${whom}`;
  return null;
}

/** What holds where a ruleset says nothing: the team's default one. Behind that one stands what is usual everywhere. */
export function inheritedBy(ruleset: Ruleset | null, usual: Ruleset | undefined): Partial<Rules> {
  if (!usual || ruleset?.default) return {};
  const values = Object.entries(usual).filter(([, value]) => value !== null && typeof value !== "object");
  return Object.fromEntries(
    values.map(([name, value]) => [name, { value, origin: "team" as const }]),
  ) as Partial<Rules>;
}
