import { sayModelError } from "../../../domain/receiving/model-words.ts";
import { storedOrNull } from "../../../kernel/moments.ts";
import type { Suggested } from "./store.ts";

export function presentOpener(one: Suggested | null) {
  return one && { state: one.state, text: one.opener, draft: one.draft, ...asked(one) };
}

export function presentClass(one: Suggested | null) {
  return one && { state: one.state, reply_class: one.replyClass, reason: one.reason, ...asked(one) };
}

function asked(one: Suggested) {
  return {
    error: one.error,
    says: sayModelError(one.error),
    model: one.model,
    prompt: one.prompt,
    prompt_tokens: one.promptTokens,
    completion_tokens: one.completionTokens,
    answered_at: storedOrNull(momentOf(one.answeredAt)),
    decided_at: storedOrNull(momentOf(one.decidedAt)),
    decided_by_user_id: one.decidedBy,
  };
}

function momentOf(text: string | null) {
  return text === null ? null : Temporal.Instant.from(text);
}
