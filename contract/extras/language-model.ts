// A language model that a team may connect: it drafts openers and suggests classes of replies, and people decide. Off
// until it is switched on.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const words = {
  base_url: fields
    .text(2000)
    .describe("Of a server that speaks as OpenAI does: `/chat/completions` is put behind it"),
  model: fields.name(200),
  model_key: fields
    .sized(4000)
    .regex(/^[\x21-\x7e]*$/, "is not a key")
    .describe("Kept sealed, and never shown again; empty: the server asks for none"),
  guidance: fields
    .text(2000)
    .describe(
      "What it should know of the team: what is offered, the language, the tone. Part of each prompt",
    ),
  timeout_ms: z.int().min(1000).max(120_000),
  daily_calls: z.int().min(0).max(100_000).describe("At most, by the team's calendar"),
  max_tokens: z.int().min(50).max(16_000).describe("Of one answer"),
  token_limit_name: z
    .enum(["max_tokens", "max_completion_tokens"])
    .describe(
      "What the server calls that limit: OpenAI's newer models take the second, most others the first",
    ),
  drafts_openers: fields.flag,
  suggests_classes: fields.flag,
};

const model = z.strictObject({
  base_url: z.string(),
  model: z.string(),
  has_key: z.boolean(),
  guidance: z.string(),
  timeout_ms: z.int(),
  daily_calls: z.int(),
  max_tokens: z.int(),
  token_limit_name: words.token_limit_name,
  drafts_openers: z.boolean(),
  suggests_classes: z.boolean(),
  paused_until: fields.stamp.nullable().describe("It asked for peace, or failed too often in a row"),
  last_error: z.string().nullable(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
});

const day = z.strictObject({
  day: z.string(),
  calls: z.int(),
  failed: z.int(),
  unfit: z.int().describe("Answers that were dropped, because they were not what was asked for"),
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
});

const prompt = z.strictObject({
  version: z.string(),
  messages: z.array(z.strictObject({ role: z.enum(["system", "user"]), content: z.string() })),
});

export const languageModel = {
  show: endpoint({
    method: "GET",
    path: "/language_model",
    scope: "language_model/show",
    access: "admin",
    effect: "read",
    summary: "The team's language model, and how much it was asked in the last 30 days",
    input: z.object({}),
    output: z.strictObject({ language_model: model.nullable(), usage: z.array(day) }),
  }),

  save: endpoint({
    method: "PUT",
    path: "/language_model",
    scope: "language_model/update",
    access: "admin",
    effect: "write",
    summary:
      "Connects a language model, or changes it; what is not said stays, and both switches are off at first",
    input: z.object({
      base_url: words.base_url.optional(),
      model: words.model.optional(),
      model_key: words.model_key.optional(),
      guidance: words.guidance.optional(),
      timeout_ms: words.timeout_ms.optional(),
      daily_calls: words.daily_calls.optional(),
      max_tokens: words.max_tokens.optional(),
      token_limit_name: words.token_limit_name.optional(),
      drafts_openers: words.drafts_openers.optional(),
      suggests_classes: words.suggests_classes.optional(),
    }),
    output: z.strictObject({ language_model: model }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/language_model",
    scope: "language_model/destroy",
    access: "admin",
    effect: "write",
    summary:
      "Disconnects the language model and forgets its key; what it suggested stays for people to decide on",
    input: z.object({}),
    output: z.strictObject({ language_model: z.strictObject({ deleted: z.literal(true) }) }),
  }),

  test: endpoint({
    method: "POST",
    path: "/language_model/test",
    scope: "language_model/test",
    access: "admin",
    effect: "write",
    summary: "Asks it for one opener for an invented person, and says what came of it; the call counts",
    input: z.object({}),
    output: z.strictObject({
      outcome: z.enum(["fits", "unfit", "failed"]),
      error: z.string().nullable(),
      says: z.string().nullable().describe("What to do about it"),
      opener: z.string().nullable(),
      took_ms: z.int(),
      prompt_tokens: z.int().nullable(),
      completion_tokens: z.int().nullable(),
    }),
  }),

  prompts: endpoint({
    method: "GET",
    path: "/language_model/prompts",
    scope: "language_model/prompts",
    access: "admin",
    effect: "read",
    summary: "What it is told, word for word: of an invented person and reply, or of those that are named",
    input: z.object({
      contact_id: fields.id.optional().describe("The prompt for an opener to this contact"),
      incoming_mail_id: fields.id.optional().describe("The prompt for the class of this reply"),
    }),
    output: z.strictObject({ opener: prompt, reply_class: prompt }),
  }),
};
