// Rules as callers send them, for rulesets and for sequences that have a word of their own.

import { MAIL_EVENTS, type Rules, type StageTriggers } from "../../../domain/sequences/rules.ts";

export type RuleInput = {
  mark_finished_if_reply?: boolean | null | undefined;
  mark_finished_if_click?: boolean | null | undefined;
  mark_finished_if_interested?: boolean | null | undefined;
  mark_paused_if_ooo?: boolean | null | undefined;
  days_to_wait_before_mark_as_response?: number | null | undefined;
  same_account_reply_policy_cd?: Rules["sameAccountReplyPolicy"] | undefined;
  same_account_reply_delay_days?: number | null | undefined;
  same_account_reply_scope?: Rules["sameAccountReplyScope"] | undefined;
  create_task_if_email_open?: boolean | null | undefined;
  email_open_trigger_task_threshold?: number | null | undefined;
  max_emails_per_day?: number | null | undefined;
  max_new_contacts_per_day?: number | null | undefined;
  ignore_apollo_global_email_bounce_list?: boolean | null | undefined;
};

export type StageMappingInput = {
  contact_email_event_to_stage_mapping?:
    | { [Event in keyof StageTriggers]?: string | null | undefined }
    | undefined;
};

/** Null means that the event moves no contact, as leaving it out does. */
export function stageTriggersFrom(input: StageMappingInput): StageTriggers | undefined {
  const mapping = input.contact_email_event_to_stage_mapping;
  if (!mapping) return undefined;
  return Object.fromEntries(
    MAIL_EVENTS.flatMap((event) => (mapping[event] ? [[event, mapping[event]]] : [])),
  );
}

export function rulesFrom(input: RuleInput): { [Name in keyof Rules]: Rules[Name] | undefined } {
  return {
    markFinishedIfReply: input.mark_finished_if_reply,
    markFinishedIfClick: input.mark_finished_if_click,
    markFinishedIfInterested: input.mark_finished_if_interested,
    markPausedIfOoo: input.mark_paused_if_ooo,
    daysToWaitBeforeMarkAsResponse: input.days_to_wait_before_mark_as_response,
    sameAccountReplyPolicy: input.same_account_reply_policy_cd,
    sameAccountReplyDelayDays: input.same_account_reply_delay_days,
    sameAccountReplyScope: input.same_account_reply_scope,
    createTaskIfEmailOpen: input.create_task_if_email_open,
    emailOpenTriggerTaskThreshold: input.email_open_trigger_task_threshold,
    maxEmailsPerDay: input.max_emails_per_day,
    maxNewContactsPerDay: input.max_new_contacts_per_day,
    ignoreGlobalBounceList: input.ignore_apollo_global_email_bounce_list,
  };
}
