import { type Lesson, sayTrait } from "../../../domain/automation/copilot-ranking.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { presentOpener } from "../../receiving/model-suggestions/present.ts";
import type { ProposalRow } from "./proposals-store.ts";
import type { CopilotWithCounts } from "./store.ts";

export function presentCopilot(copilot: CopilotWithCounts) {
  return {
    id: copilot.id,
    name: copilot.name,
    filters: { ...copilot.filters },
    example_contact_ids: [...copilot.exampleIds],
    emailer_campaign_id: copilot.sequenceId as string | null, // null where it is hidden from the caller
    email_account_ids: [...copilot.mailboxIds],
    per_day: copilot.perDay,
    review: copilot.isReviewed,
    hour: copilot.hour,
    active: copilot.isActive,
    next_at: storedOrNull(copilot.proposeAt),
    proposed_on: copilot.proposedOn,
    said: copilot.said,
    user_id: copilot.userId,
    waiting: copilot.counts.proposed,
    approved: copilot.counts.approved,
    rejected: copilot.counts.rejected,
    left_out: copilot.counts.leftOut,
    created_at: stored(copilot.createdAt),
    updated_at: stored(copilot.updatedAt),
  };
}

export function presentLesson({ trait, ...lesson }: Lesson) {
  return { trait: sayTrait(trait), ...lesson };
}

export function presentProposal(row: ProposalRow) {
  return {
    id: row.id,
    contact: {
      id: row.contactId,
      name: row.name,
      title: row.title,
      organization_name: row.organizationName,
      email: row.email,
    },
    day: row.day,
    score: row.score,
    rank: row.rank,
    reasons: [...row.reasons],
    state: row.state,
    why: row.why,
    email_account_id: row.mailboxId,
    enrollment_id: row.enrollmentId,
    decided_at: storedOrNull(row.decidedAt),
    decided_by_user_id: row.decidedBy,
    opener: presentOpener(row.opener),
  };
}
