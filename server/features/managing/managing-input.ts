// The wire's words for whom a change is about, and what becomes of them.

import { NOT_SENT } from "../../domain/enrollment.ts";
import { wordsOf } from "../../domain/words.ts";
import { readMoment } from "../../moments.ts";
import type { Action, Whom } from "./commands.ts";

export type FilterInput = {
  contact_ids?: string[] | undefined;
  statuses?: string[] | undefined;
  reasons?: string[] | undefined;
  emailer_step_ids?: string[] | undefined;
  email_account_ids?: string[] | undefined;
  due_before?: string | undefined;
  views?: string[] | undefined;
  q_keywords?: string | undefined;
};

export function readFilter(input: FilterInput) {
  return {
    contactIds: input.contact_ids ?? null,
    states: listOf(input.statuses),
    reasons: listOf(input.reasons),
    stepIds: listOf(input.emailer_step_ids),
    mailboxIds: listOf(input.email_account_ids),
    views: input.views?.length ? { names: input.views, notSent: NOT_SENT } : null,
    words: listOf(wordsOf(input.q_keywords)),
    dueBefore: input.due_before === undefined ? null : readMoment(input.due_before),
  };
}

/** An empty list filters nothing; of contacts it names nobody, and that is for the command to refuse. */
function listOf<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

export function readWhom(input: FilterInput & { all?: boolean }): Whom {
  return { ...readFilter(input), everybody: input.all ?? false };
}

export function namedOnly(contactIds: readonly string[]): Whom {
  return { ...readFilter({}), contactIds, everybody: false };
}

export function readPause(input: {
  auto_unpause_at?: string | null | undefined;
  reason?: string | null | undefined;
}): Extract<Action, { is: "pause" }> {
  const { auto_unpause_at: at, reason } = input;
  return {
    is: "pause",
    until: at ? readMoment(at) : (at as null | undefined),
    reason: reason?.trim() || null,
  };
}
