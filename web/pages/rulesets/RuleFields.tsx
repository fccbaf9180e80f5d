import type { Ruleset } from "./queries.ts";
import { ChoiceRule, NumberRule, type Rules, YesNoRule } from "./RuleField.tsx";
import classes from "./RuleFields.module.css";

const COLLEAGUES = [
  { value: "none", label: "Go on" },
  { value: "mark_not_sent", label: "Stop" },
  { value: "delay", label: "Wait" },
] as const;

const WHERE = [
  { value: "sequence", label: "In the same sequence" },
  { value: "all_sequences", label: "In any sequence" },
] as const;

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
        label="Finish whoever answers"
        value={values.mark_finished_if_reply}
        rule={rules.mark_finished_if_reply}
        onChange={(mark_finished_if_reply) => change({ mark_finished_if_reply })}
        {...own}
      />
      <YesNoRule
        label="Finish whoever is interested"
        value={values.mark_finished_if_interested}
        rule={rules.mark_finished_if_interested}
        onChange={(mark_finished_if_interested) => change({ mark_finished_if_interested })}
        {...own}
      />
      <YesNoRule
        label="Finish whoever clicks a link"
        value={values.mark_finished_if_click}
        rule={rules.mark_finished_if_click}
        onChange={(mark_finished_if_click) => change({ mark_finished_if_click })}
        {...own}
      />
      <YesNoRule
        label="Pause whoever is out of office"
        value={values.mark_paused_if_ooo}
        rule={rules.mark_paused_if_ooo}
        onChange={(mark_paused_if_ooo) => change({ mark_paused_if_ooo })}
        {...own}
      />
      <ChoiceRule
        label="When a colleague answers, others"
        choices={COLLEAGUES}
        value={values.same_account_reply_policy_cd}
        rule={rules.same_account_reply_policy_cd}
        onChange={(same_account_reply_policy_cd) => change({ same_account_reply_policy_cd })}
        {...own}
      />
      {policy !== "none" && (
        <ChoiceRule
          label="Answers that count"
          choices={WHERE}
          value={values.same_account_reply_scope}
          rule={rules.same_account_reply_scope}
          onChange={(same_account_reply_scope) => change({ same_account_reply_scope })}
          {...own}
        />
      )}
      {(policy === "delay" || (policy !== "none" && isEverywhere)) && (
        <NumberRule
          label={policy === "delay" ? "How many days" : "How many days back"}
          {...(isEverywhere && {
            description: "Answers to other sequences count so long before somebody was added, too.",
          })}
          value={values.same_account_reply_delay_days}
          rule={rules.same_account_reply_delay_days}
          none="none"
          min={1}
          max={1000}
          onChange={(same_account_reply_delay_days) => change({ same_account_reply_delay_days })}
          {...own}
        />
      )}
      <NumberRule
        label="Days to wait for an answer"
        description="After the last mail; then silence counts as unresponsive."
        value={values.days_to_wait_before_mark_as_response}
        rule={rules.days_to_wait_before_mark_as_response}
        none="never"
        min={0}
        max={365}
        onChange={(days) => change({ days_to_wait_before_mark_as_response: days })}
        {...own}
      />
      <YesNoRule
        label="Make a call task when a mail is opened often"
        value={values.create_task_if_email_open}
        rule={rules.create_task_if_email_open}
        onChange={(create_task_if_email_open) => change({ create_task_if_email_open })}
        {...own}
      />
      <NumberRule
        label="Opens that are often"
        value={values.email_open_trigger_task_threshold}
        rule={rules.email_open_trigger_task_threshold}
        none="once"
        min={1}
        max={1000}
        onChange={(threshold) => change({ email_open_trigger_task_threshold: threshold })}
        {...own}
      />
    </div>
  );
}
