// One question put to a language model over the network, and an answer that is checked before it is believed. Never
// inside a transaction, and never retried here: the caller decides whether to ask again.

import type { App } from "../../../app.ts";
import { peaceAsked } from "../../../domain/basics/retry.ts";
import {
  type ModelAnswer,
  readCompletion,
  type TokenUsage,
} from "../../../domain/receiving/model-answers.ts";
import type { Prompt } from "../../../domain/receiving/model-prompts.ts";
import type { ModelRow } from "./store.ts";

const NO_TOKENS: TokenUsage = { prompt: null, completion: null };

export function placeOfModelKey(teamId: string) {
  return { teamId, table: "language_models", rowId: teamId, column: "sealed_key" };
}

export async function askModel(
  app: Pick<App, "outgoing" | "secrets" | "now">,
  teamId: string,
  model: ModelRow,
  prompt: Prompt,
): Promise<ModelAnswer> {
  const began = performance.now();
  const key = model.sealedKey && app.secrets.open(placeOfModelKey(teamId), model.sealedKey);
  const said = await app.outgoing.fetch({
    method: "POST",
    url: completionsUrl(model.baseUrl),
    headers: {
      accept: "application/json",
      "accept-encoding": "identity",
      "content-type": "application/json",
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(requestFor(model, prompt)),
    longestMs: model.timeoutMs,
    answer: "model",
  });
  const tookMs = Math.round(performance.now() - began);
  const failed = (error: string, retryAfterMs: number | null = null, tokens = NO_TOKENS) =>
    ({ kind: "failed", error, retryAfterMs, tookMs, tokens }) as const;
  if (said.kind === "failed") return failed(said.error);
  if (said.status < 200 || said.status >= 300)
    return failed(
      errorOf(said.status, said.body, model),
      peaceAsked(said.status, said.retryAfter, app.now()),
    );
  const read = readCompletion(said.body);
  if (read.kind === "faulty") return failed(read.error, null, read.tokens);
  return { ...read, tookMs };
}

/** What is behind a question mark stays behind it: some vendors want a version there. */
function completionsUrl(baseUrl: string) {
  const url = URL.parse(baseUrl);
  if (!url) return baseUrl;
  url.pathname = `${url.pathname.replace(/(?<!\/)\/+$/, "")}/chat/completions`;
  return url.href;
}

function requestFor({ model, maxTokens, tokenLimitName }: ModelRow, { messages }: Prompt) {
  return {
    model,
    messages,
    stream: false,
    response_format: { type: "json_object" },
    [tokenLimitName]: maxTokens,
  };
}

function errorOf(status: number, body: string, { tokenLimitName }: ModelRow) {
  if (status === 401 || status === 403) return "key_refused";
  if (status === 404) return "not_found";
  if (status === 429) return "too_many";
  if (status === 400 && tokenLimitName === "max_tokens" && body.includes("max_completion_tokens"))
    return "wants_max_completion_tokens";
  return `status_${status}`;
}
