import type { ModelAnswer } from "../../../domain/receiving/model-answers.ts";
import type { Prompt } from "../../../domain/receiving/model-prompts.ts";
import { sayModelError } from "../../../domain/receiving/model-words.ts";
import type { readOpener } from "../../../domain/receiving/plain-words.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { ModelRow, UsedOn } from "./store.ts";

export function presentModel(model: ModelRow) {
  return {
    base_url: model.baseUrl,
    model: model.model,
    has_key: model.sealedKey !== null,
    guidance: model.guidance,
    timeout_ms: model.timeoutMs,
    daily_calls: model.dailyCalls,
    max_tokens: model.maxTokens,
    token_limit_name: model.tokenLimitName,
    drafts_openers: model.draftsOpeners,
    suggests_classes: model.suggestsClasses,
    paused_until: storedOrNull(model.pausedUntil),
    last_error: sayModelError(model.lastError),
    created_at: stored(model.createdAt),
    updated_at: stored(model.updatedAt),
  };
}

export function presentModelUsage({ day, calls, failed, unfit, promptTokens, completionTokens }: UsedOn) {
  return {
    day,
    calls,
    failed,
    unfit,
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
  };
}

export function presentTriedModel(
  answer: ModelAnswer,
  { outcome, opener }: { outcome: "fits" | "unfit" | "failed"; opener: ReturnType<typeof readOpener> | null },
) {
  const error = answer.kind === "failed" ? answer.error : opener?.kind === "unfit" ? opener.why : null;
  return {
    outcome,
    error,
    says: sayModelError(error),
    opener: opener?.kind === "plain" ? opener.text : null,
    took_ms: answer.tookMs,
    prompt_tokens: answer.tokens.prompt,
    completion_tokens: answer.tokens.completion,
  };
}

export function presentPrompt({ version, messages }: Prompt) {
  return { version, messages: messages.map((one) => ({ ...one })) };
}
