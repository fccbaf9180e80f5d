import { t } from "../../../language/t.ts";
import type { Ruleset } from "./queries.ts";
import type { Rules } from "./RuleField.tsx";

/** What a ruleset says itself, in a line. */
export function sayRuleset(ruleset: Ruleset) {
  const said = [
    yes(ruleset.mark_finished_if_reply, t("stops on reply"), t("continues after a reply")),
    yes(ruleset.mark_finished_if_interested, null, t("continues when interested")),
    yes(ruleset.mark_finished_if_click, t("stops on link click"), null),
    yes(ruleset.mark_paused_if_ooo, t("pauses when out of office"), t("continues when out of office")),
    sayColleagues(ruleset),
    yes(ruleset.create_task_if_email_open, t("creates call tasks from opens"), null),
    ruleset.max_emails_per_day !== null &&
      t("at most {max_emails_per_day, plural, one {# email} other {# emails}} a day", {
        max_emails_per_day: ruleset.max_emails_per_day,
      }),
    ruleset.max_new_contacts_per_day !== null &&
      t("at most {limit, plural, one {# new contact} other {# new contacts}} a day", {
        limit: ruleset.max_new_contacts_per_day,
      }),
  ].filter((words) => typeof words === "string");
  if (said.length === 0) return t("No rules of its own");
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
  const whom =
    scope === "all_sequences"
      ? t("colleagues of a contact who replies in any sequence")
      : t("colleagues of a contact who replies");
  if (policy === "mark_not_sent") return t("stops {whom}", { whom });
  if (policy === "delay")
    return days === null
      ? t("delays {whom} by a while", { whom })
      : t("delays {whom} by {days, plural, one {# day} other {# days}}", { whom, days });
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
