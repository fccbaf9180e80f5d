// A sequence as callers send it, in any of the calls that make or change one.

import type { Share } from "../../../domain/identity/sharing.ts";
import type { SharingWish } from "../../sequences/sequences/finding.ts";
import {
  type RuleInput,
  rulesFrom,
  type StageMappingInput,
  stageTriggersFrom,
} from "../ruleset-editing/rule-input.ts";
import { type StepInput, stepWishFrom } from "../step-editing/step-input.ts";
import type { SequenceWish } from "./commands.ts";

type SharingInput = {
  visibility?: "restricted" | "everyone" | undefined;
  access_type?: Share["accessType"] | null | undefined;
  added_sharing_accesses?:
    | { user_or_team_id: string; user_or_team_type: Share["granteeType"]; access_type: Share["accessType"] }[]
    | undefined;
  updated_sharing_accesses?: { user_or_team_id: string; access_type: Share["accessType"] }[] | undefined;
  deleted_sharing_accesses?: { user_or_team_id: string }[] | undefined;
};

type SequenceInput = RuleInput &
  StageMappingInput & {
    name?: string | undefined;
    description?: string | null | undefined;
    active?: boolean | undefined;
    archived?: boolean | undefined;
    user_id?: string | undefined;
    emailer_schedule_id?: string | null | undefined;
    label_names?: string[] | undefined;
    label_ids?: string[] | undefined;
    folder_id?: string | null | undefined;
    sequence_ruleset_id?: string | null | undefined;
    sequence_by_exact_daytime?: boolean | null | undefined;
    excluded_account_stage_ids?: string[] | undefined;
    excluded_contact_stage_ids?: string[] | undefined;
    allowed_send_from_domains?: string[] | undefined;
    cc_emails?: string | undefined;
    bcc_emails?: string | undefined;
    delivery_policy?: "never_twice" | "never_lost" | undefined;
    on_not_sent?: "fail" | "continue" | undefined;
    priority_policy?: "score" | "followups_first" | "fifo" | undefined;
    send_at_usual_hour?: boolean | undefined;
    creation_type?: string | undefined;
    sharing_permission?: SharingInput | undefined;
    emailer_steps?: StepInput[] | undefined;
  };

export function sequenceWishFrom(input: SequenceInput): SequenceWish {
  return {
    name: input.name,
    description: input.description,
    isActive: input.active,
    isArchived: input.archived,
    ownerId: input.user_id,
    scheduleId: input.emailer_schedule_id,
    labelNames: input.label_names,
    labelIds: input.label_ids,
    folderId: input.folder_id,
    rulesetId: input.sequence_ruleset_id,
    byExactDaytime: input.sequence_by_exact_daytime,
    excludedAccountStageIds: input.excluded_account_stage_ids,
    excludedContactStageIds: input.excluded_contact_stage_ids,
    allowedSendFromDomains: input.allowed_send_from_domains,
    ccEmails: input.cc_emails,
    bccEmails: input.bcc_emails,
    deliveryPolicy: input.delivery_policy,
    onNotSent: input.on_not_sent,
    priorityPolicy: input.priority_policy,
    sendsAtUsualHour: input.send_at_usual_hour,
    creationType: input.creation_type,
    rules: rulesFrom(input),
    stageTriggers: stageTriggersFrom(input),
    sharing: input.sharing_permission && sharingWishFrom(input.sharing_permission),
    steps: input.emailer_steps?.map(stepWishFrom),
  };
}

function sharingWishFrom(input: SharingInput): SharingWish {
  return {
    visibility: input.visibility,
    accessType: input.access_type,
    added: (input.added_sharing_accesses ?? []).map((access) => ({
      granteeType: access.user_or_team_type,
      granteeId: access.user_or_team_id,
      accessType: access.access_type,
    })),
    updated: (input.updated_sharing_accesses ?? []).map((access) => ({
      granteeId: access.user_or_team_id,
      accessType: access.access_type,
    })),
    deleted: (input.deleted_sharing_accesses ?? []).map((access) => access.user_or_team_id),
  };
}

const PERMISSIONS = {
  team_can_use: { visibility: "everyone", accessType: "can_edit" },
  team_can_view: { visibility: "everyone", accessType: "can_view" },
  private: { visibility: "restricted", accessType: null },
} as const;

/** The older word for sharing, still sent by clients of the calls that the web app made. */
export function permissionsWish(permissions: keyof typeof PERMISSIONS | undefined) {
  return permissions === undefined ? {} : PERMISSIONS[permissions];
}
