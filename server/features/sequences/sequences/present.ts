import { DEFAULT_BRAKES, withRules } from "../../../domain/gate/brake-rules.ts";
import type { EffectiveRule, Rules } from "../../../domain/sequences/rules.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { presentEnrollmentCounts } from "../enrollment-counts/present.ts";
import type { EnrollmentCounts } from "../enrollment-counts/store.ts";
import { presentRules } from "../rulesets/present.ts";
import { presentMetrics } from "../statistics/present.ts";
import type { Metrics } from "../statistics/store.ts";
import { presentStep } from "../steps/present.ts";
import { presentTemplate } from "../templates/present.ts";
import type { TemplateRow } from "../templates/store.ts";
import { presentTouch } from "../touches/present.ts";
import type { SequenceRow } from "./store.ts";

type Counted = { sequence: SequenceRow; counts: EnrollmentCounts; metrics: Metrics };

type Whole = Counted & {
  steps: Parameters<typeof presentStep>[0][];
  touches: Parameters<typeof presentTouch>[0][];
  templates: TemplateRow[];
};

export function presentSequence({ sequence, counts, metrics }: Counted, viewerId: string) {
  return {
    ...presentSequenceSettings(sequence, viewerId),
    num_contacts: counts.total,
    contact_statuses: presentEnrollmentCounts(counts),
    loaded_stats: true,
    ...presentMetrics(metrics),
  };
}

/** The same without what is counted. */
export function presentSequenceSettings(sequence: SequenceRow, viewerId: string) {
  return {
    id: sequence.id,
    name: sequence.name,
    description: sequence.description,
    active: sequence.isActive,
    archived: sequence.archivedAt !== null,
    user_id: sequence.ownerId,
    object_owner_id: sequence.ownerId,
    created_at: stored(sequence.createdAt),
    updated_at: stored(sequence.updatedAt),
    last_used_at: storedOrNull(sequence.lastUsedAt),
    emailer_schedule_id: sequence.scheduleId,
    ...presentRules(sequence),
    label_ids: sequence.labelIds,
    folder_id: sequence.folderId,
    starred_by_user_ids: sequence.starredBy,
    excluded_account_stage_ids: sequence.excludedAccountStageIds,
    excluded_contact_stage_ids: sequence.excludedContactStageIds,
    contact_email_event_to_stage_mapping: sequence.stageTriggers,
    sequence_by_exact_daytime: sequence.byExactDaytime,
    sequence_ruleset_id: sequence.rulesetId,
    ...NOT_HERE,
    ...presentAutoPause(sequence),
    ab_test_step_ids: sequence.abTestStepIds,
    creation_type: sequence.creationType,
    status_reason: sequence.statusReason,
    allowed_send_from_domains: sequence.allowedSendFromDomains,
    cc_emails: sequence.ccEmails,
    bcc_emails: sequence.bccEmails,
    delivery_policy: sequence.deliveryPolicy,
    on_not_sent: sequence.onNotSent,
    priority_policy: sequence.priorityPolicy,
    send_at_usual_hour: sequence.sendsAtUsualHour,
    num_steps: sequence.stepCount,
    permissions: permissionsOf(sequence),
    sharing_permission: presentSharing(sequence, viewerId),
  };
}

/** Keys that Apollo prints for what Cadenza does not have. */
const NOT_HERE = {
  is_performing_poorly: false,
  underperforming_touches_count: 0,
  num_contacts_email_status_extrapolated: null,
  remind_ab_test_results: false,
  prioritized_by_user: null,
  dmp_ids: [],
  product_profile_ids: [],
  content_center_type: null,
  project_workspace_context: {},
};

/** By the rule for bounces, which is what Apollo's fields are about. */
function presentAutoPause({ brake, brakeRules }: SequenceRow) {
  const { isOn, days, fewest, first, pause } = withRules(DEFAULT_BRAKES, brakeRules).bounces;
  return {
    auto_pause_enabled: isOn,
    auto_pause_config: {
      window_days: days,
      min_emails: fewest,
      warning_bounce_rate: first / 100,
      pause_bounce_rate: pause === null ? null : pause / 100,
    },
    auto_pause_warning_level: brake?.level ?? null,
    auto_paused_at: brake?.level === "paused" ? stored(Temporal.Instant.from(brake.since)) : null,
    auto_pause_bounce_rate: brake?.cause === "bounces" ? brake.percent / 100 : null,
  };
}

/** Apollo's older word for the same: everyone uses it, everyone sees it, or only its owner does. */
function permissionsOf({ visibility, accessType }: SequenceRow) {
  if (visibility === "restricted") return "private" as const;
  return accessType === null || accessType === "can_view"
    ? ("team_can_view" as const)
    : ("team_can_use" as const);
}

function presentSharing(sequence: SequenceRow, viewerId: string) {
  return {
    visibility: sequence.visibility,
    access_type: sequence.accessType,
    object_type: "EmailerCampaign" as const,
    object_id: sequence.id,
    is_owner: sequence.ownerId === viewerId,
    owner_id: sequence.ownerId,
    sharing_accesses: presentShares(sequence),
  };
}

export function presentShares({ id, ownerId, shares }: SequenceRow) {
  return shares.map(({ granteeId, granteeType, accessType }) => ({
    id: granteeId,
    shared_by: ownerId,
    object_id: id,
    object_type: "EmailerCampaign" as const,
    is_default: false as const,
    user_or_team_id: granteeId,
    user_or_team_type: granteeType,
    access_type: accessType,
  }));
}

export function presentWhole(whole: Whole, viewerId: string) {
  return {
    emailer_campaign: presentSequence(whole, viewerId),
    emailer_steps: whole.steps.map(presentStep),
    emailer_touches: whole.touches.map(presentTouch),
    emailer_templates: whole.templates.map(presentTemplate),
  };
}

/** The update's answer is flat and wrapped at once. */
export function presentUpdatedSequence(whole: Whole, viewerId: string) {
  const wrapped = presentWhole(whole, viewerId);
  const { id, name, active, archived, created_at, updated_at, num_steps } = wrapped.emailer_campaign;
  const steps = wrapped.emailer_steps.map((step) => ({
    id: step.id,
    position: step.position,
    step_type: step.type,
    wait_time: step.wait_time,
    wait_mode: step.wait_mode,
    auto_skip_in_x_days: step.auto_skip_in_x_days,
  }));
  return { id, name, active, archived, created_at, updated_at, num_steps, steps, ...wrapped };
}

export function presentEffectiveRules(rules: Record<keyof Rules, EffectiveRule>) {
  const entries = Object.entries(rules) as [keyof Rules, EffectiveRule][];
  return Object.fromEntries(entries.map(([name, rule]) => [WIRE_NAMES[name], rule]));
}

const WIRE_NAMES: Record<keyof Rules, string> = {
  markFinishedIfReply: "mark_finished_if_reply",
  markFinishedIfClick: "mark_finished_if_click",
  markFinishedIfInterested: "mark_finished_if_interested",
  markPausedIfOoo: "mark_paused_if_ooo",
  daysToWaitBeforeMarkAsResponse: "days_to_wait_before_mark_as_response",
  sameAccountReplyPolicy: "same_account_reply_policy_cd",
  sameAccountReplyDelayDays: "same_account_reply_delay_days",
  sameAccountReplyScope: "same_account_reply_scope",
  createTaskIfEmailOpen: "create_task_if_email_open",
  emailOpenTriggerTaskThreshold: "email_open_trigger_task_threshold",
  maxEmailsPerDay: "max_emails_per_day",
  maxNewContactsPerDay: "max_new_contacts_per_day",
  ignoreGlobalBounceList: "ignore_apollo_global_email_bounce_list",
};
