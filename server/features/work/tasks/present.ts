import { EMPTY_FACETS } from "@cadenza/contract";
import { countBuckets, isOnLinkedIn, type TypeCount } from "../../../domain/work/task.ts";
import { computed, computedOrNull, stored } from "../../../kernel/moments.ts";
import type { TaskRow, TaskShown } from "./store.ts";

export function presentTask(task: TaskRow) {
  return {
    emailer_campaign_id: task.sequenceId,
    id: task.id,
    user_id: task.userId,
    created_at: stored(task.createdAt),
    completed_at: computedOrNull(task.completedAt),
    note: task.note,
    skipped_at: computedOrNull(task.skippedAt),
    due_at: computed(task.dueAt),
    type: task.type,
    priority: task.priority,
    status: task.status,
    answered: task.answered,
    contact_id: task.contactId,
    person_id: task.personId,
    account_id: task.accountId,
    organization_id: task.organizationId,
    persona_ids: [],
    subject: task.subject,
    created_from: task.createdFrom,
    salesforce_type: null,
    playbook_step_ids: [],
    playbook_id: null,
    needs_playbook_autoprospecting: null,
    starred_by_user_ids: [],
    salesforce_id: null,
    hubspot_id: null,
    opportunity_id: task.dealId,
    title: task.title,
    rule_config_id: null,
    creator_id: task.creatorId,
    contact:
      task.contactId === null
        ? null
        : { id: task.contactId, name: task.contactName, email: task.contactEmail },
    account: task.accountId === null ? null : { id: task.accountId, name: task.accountName },
  };
}

/** The text to send on LinkedIn, from a user or from a sequence's step. */
export function presentTaskMessage({ id, type, subject, callScript }: TaskRow) {
  if (!isOnLinkedIn(type) || callScript === null) return null;
  return { id, subject: subject ?? "", body_text: callScript };
}

export function presentTaskShown(task: TaskShown) {
  return {
    ...presentTask(task),
    completed_by_user_id: task.completedBy,
    call_script: task.callScript,
    relevant_fields: task.relevantFields && [...task.relevantFields],
    pending_send: task.isPendingSend,
    ai_variables_status: null,
    recommended: false,
    recommendation_reasons: [],
    note_text: task.note?.replace(/<[^<>]*>/g, "") ?? null,
    phone_call: presentCallOf(task),
    emailer_message: task.messageId === null ? null : { id: task.messageId, subject: task.messageSubject },
    linkedin_emailer_template: null,
    campaign_name: task.sequenceName,
    campaign_position: task.stepPosition,
    relevant_field_values: {},
  };
}

function presentCallOf({ callId: id, callStatus: status, callCreatedAt, ...task }: TaskShown) {
  if (id === null || callCreatedAt === null) return null;
  return {
    id,
    status,
    answered: task.callAnswered,
    created_at: stored(callCreatedAt),
    phone_call_outcome_id: task.callOutcomeId,
    phone_call_purpose_id: task.callPurposeId,
    to_number: task.callToNumber,
  };
}

export function presentTaskFacets(counts: readonly TypeCount[], total: number) {
  return {
    task_types: countBuckets(counts).map(({ value, says, count }) => ({ value, display_name: says, count })),
    total_facets: [{ value: "pipeline_total", display_name: "Total", count: total }],
    ...(Object.fromEntries(EMPTY_FACETS.map((name) => [name, []])) as unknown as Record<
      (typeof EMPTY_FACETS)[number],
      never[]
    >),
  };
}
