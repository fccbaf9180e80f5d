import type { Rules } from "../../../domain/sequences/rules.ts";
import { stored } from "../../../kernel/moments.ts";
import type { RulesetRow } from "./store.ts";

export function presentRules(rules: Rules) {
  return {
    mark_finished_if_reply: rules.markFinishedIfReply,
    mark_finished_if_click: rules.markFinishedIfClick,
    mark_finished_if_interested: rules.markFinishedIfInterested,
    mark_paused_if_ooo: rules.markPausedIfOoo,
    days_to_wait_before_mark_as_response: rules.daysToWaitBeforeMarkAsResponse,
    same_account_reply_policy_cd: rules.sameAccountReplyPolicy,
    same_account_reply_delay_days: rules.sameAccountReplyDelayDays,
    same_account_reply_scope: rules.sameAccountReplyScope,
    create_task_if_email_open: rules.createTaskIfEmailOpen,
    email_open_trigger_task_threshold: rules.emailOpenTriggerTaskThreshold,
    max_emails_per_day: rules.maxEmailsPerDay,
    max_new_contacts_per_day: rules.maxNewContactsPerDay,
    ignore_apollo_global_email_bounce_list: rules.ignoreGlobalBounceList,
  };
}

export function presentRuleset(ruleset: RulesetRow) {
  return {
    id: ruleset.id,
    name: ruleset.name,
    default: ruleset.isDefault,
    ...presentRules(ruleset),
    contact_email_event_to_stage_mapping: ruleset.stageTriggers,
    num_sequences: ruleset.sequences,
    created_at: stored(ruleset.createdAt),
    updated_at: stored(ruleset.updatedAt),
  };
}
