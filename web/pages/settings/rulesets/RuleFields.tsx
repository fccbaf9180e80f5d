import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Ruleset } from "./queries.ts";
import { ChoiceRule, NumberRule, type Rules, YesNoRule } from "./RuleField.tsx";
import classes from "./RuleFields.module.css";

const COLLEAGUES = perLanguage(
  () =>
    [
      { value: "none", label: t("Continue") },
      { value: "mark_not_sent", label: t("Stop") },
      { value: "delay", label: t("Wait") },
    ] as const,
);

const WHERE = perLanguage(
  () =>
    [
      { value: "sequence", label: t("In the same sequence") },
      { value: "all_sequences", label: t("In any sequence") },
    ] as const,
);

/** What a sequence and a ruleset can both say of what people do. */
export type AnswerRules = Pick<
  Ruleset,
  | "mark_finished_if_reply"
  | "mark_finished_if_click"
  | "mark_finished_if_interested"
  | "mark_paused_if_ooo"
  | "days_to_wait_before_mark_as_response"
  | "same_account_reply_policy_cd"
  | "same_account_reply_delay_days"
  | "same_account_reply_scope"
  | "create_task_if_email_open"
  | "email_open_trigger_task_threshold"
>;

type Props = {
  values: AnswerRules;
  change: (next: Partial<AnswerRules>) => void;
  /** What holds where nothing is said here. */
  rules: Partial<Rules>;
  silent?: string | undefined;
  isReadOnly: boolean;
};

/** What follows from an answer, a click, an absence. */
export function RuleFields({ values, change, rules, silent, isReadOnly }: Props) {
  const own = { silent, isReadOnly };
  const policy = values.same_account_reply_policy_cd ?? rules.same_account_reply_policy_cd?.value ?? "none";
  const isEverywhere =
    (values.same_account_reply_scope ?? rules.same_account_reply_scope?.value) === "all_sequences";
  return (
    <div className={classes.pair}>
      <YesNoRule
        label={t("Stop on reply")}
        value={values.mark_finished_if_reply}
        rule={rules.mark_finished_if_reply}
        onChange={(mark_finished_if_reply) => change({ mark_finished_if_reply })}
        {...own}
      />
      <YesNoRule
        label={t("Stop when interested")}
        value={values.mark_finished_if_interested}
        rule={rules.mark_finished_if_interested}
        onChange={(mark_finished_if_interested) => change({ mark_finished_if_interested })}
        {...own}
      />
      <YesNoRule
        label={t("Stop on link click")}
        value={values.mark_finished_if_click}
        rule={rules.mark_finished_if_click}
        onChange={(mark_finished_if_click) => change({ mark_finished_if_click })}
        {...own}
      />
      <YesNoRule
        label={t("Pause when out of office")}
        value={values.mark_paused_if_ooo}
        rule={rules.mark_paused_if_ooo}
        onChange={(mark_paused_if_ooo) => change({ mark_paused_if_ooo })}
        {...own}
      />
      <ChoiceRule
        label={t("When a colleague replies")}
        choices={COLLEAGUES}
        value={values.same_account_reply_policy_cd}
        rule={rules.same_account_reply_policy_cd}
        onChange={(same_account_reply_policy_cd) => change({ same_account_reply_policy_cd })}
        {...own}
      />
      {policy !== "none" && (
        <ChoiceRule
          label={t("Replies that count")}
          choices={WHERE}
          value={values.same_account_reply_scope}
          rule={rules.same_account_reply_scope}
          onChange={(same_account_reply_scope) => change({ same_account_reply_scope })}
          {...own}
        />
      )}
      {(policy === "delay" || (policy !== "none" && isEverywhere)) && (
        <NumberRule
          label={policy === "delay" ? t("Days to wait after it") : t("Days to look back")}
          {...(isEverywhere && {
            description: t(
              "Replies in other sequences also count this many days before the contact was added.",
            ),
          })}
          value={values.same_account_reply_delay_days}
          rule={rules.same_account_reply_delay_days}
          none={t("none")}
          min={1}
          max={1000}
          onChange={(same_account_reply_delay_days) => change({ same_account_reply_delay_days })}
          {...own}
        />
      )}
      <NumberRule
        label={t("Days to wait for a reply")}
        description={t("After the last email. Then the contact counts as unresponsive.")}
        value={values.days_to_wait_before_mark_as_response}
        rule={rules.days_to_wait_before_mark_as_response}
        none={t("never")}
        min={0}
        max={365}
        onChange={(days) => change({ days_to_wait_before_mark_as_response: days })}
        {...own}
      />
      <YesNoRule
        label={t("Create a call task after several opens")}
        value={values.create_task_if_email_open}
        rule={rules.create_task_if_email_open}
        onChange={(create_task_if_email_open) => change({ create_task_if_email_open })}
        {...own}
      />
      <NumberRule
        label={t("Opens before the call task")}
        value={values.email_open_trigger_task_threshold}
        rule={rules.email_open_trigger_task_threshold}
        none={t("once")}
        min={1}
        max={1000}
        onChange={(threshold) => change({ email_open_trigger_task_threshold: threshold })}
        {...own}
      />
    </div>
  );
}
