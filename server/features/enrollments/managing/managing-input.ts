// The wire's words for whom a change is about, and what becomes of them.

import { searchWords } from "../../../domain/basics/words.ts";
import { NOT_SENT } from "../../../domain/enrollments/enrollment.ts";
import { readMoment } from "../../../kernel/moments.ts";
import type { EnrollmentAction, EnrollmentSelection } from "./commands.ts";

type FilterInput = {
  contact_ids?: string[] | undefined;
  statuses?: string[] | undefined;
  reasons?: string[] | undefined;
  emailer_step_ids?: string[] | undefined;
  email_account_ids?: string[] | undefined;
  due_before?: string | undefined;
  views?: string[] | undefined;
  q_keywords?: string | undefined;
};

export function readEnrollmentFilter(input: FilterInput) {
  return {
    contactIds: input.contact_ids ?? null,
    states: listOf(input.statuses),
    reasons: listOf(input.reasons),
    stepIds: listOf(input.emailer_step_ids),
    mailboxIds: listOf(input.email_account_ids),
    views: input.views?.length ? { names: input.views, notSent: NOT_SENT } : null,
    words: listOf(searchWords(input.q_keywords)),
    dueBefore: input.due_before === undefined ? null : readMoment(input.due_before),
  };
}

/** An empty list filters nothing. Of contacts it names none, which the command refuses. */
function listOf<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

export function readWhom(input: FilterInput & { all?: boolean }): EnrollmentSelection {
  return { ...readEnrollmentFilter(input), everybody: input.all ?? false };
}

export function namedOnly(contactIds: readonly string[]): EnrollmentSelection {
  return { ...readEnrollmentFilter({}), contactIds, everybody: false };
}

export function readPause(input: {
  auto_unpause_at?: string | null | undefined;
  reason?: string | null | undefined;
}): Extract<EnrollmentAction, { is: "pause" }> {
  const { auto_unpause_at: at, reason } = input;
  return {
    is: "pause",
    until: at ? readMoment(at) : (at as null | undefined),
    reason: reason?.trim() || null,
  };
}
