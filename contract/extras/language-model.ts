// A language model that a team may connect: it drafts openers and suggests classes of replies, and people decide. Off
// until it is switched on.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const words = {
  base_url: fields
    .text(2000)
    .describe("Base URL of an OpenAI-compatible server; `/chat/completions` is appended"),
  model: fields.name(200),
  model_key: fields
    .sized(4000)
    .regex(/^[\x21-\x7e]*$/, "is not a key")
    .describe("API key, stored encrypted and never shown again; empty if the server needs none"),
  guidance: fields
    .text(2000)
    .describe("Facts about the team for every prompt: what you offer, language, tone"),
  timeout_ms: z.int().min(1000).max(120_000),
  daily_calls: z.int().min(0).max(100_000).describe("Maximum calls per day, in the team's time zone"),
  max_tokens: z.int().min(50).max(16_000).describe("Maximum tokens of one answer"),
  token_limit_name: z
    .enum(["max_tokens", "max_completion_tokens"])
    .describe(
      "The server's name for that limit: newer OpenAI models use `max_completion_tokens`, most others `max_tokens`",
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
  paused_until: fields.stamp
    .nullable()
    .describe("Paused because the server asked for it, or failed too often in a row"),
  last_error: z.string().nullable(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
});

const day = z.strictObject({
  day: z.string(),
  calls: z.int(),
  failed: z.int(),
  unfit: z.int().describe("Answers dropped because they did not match the request"),
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
    summary: "Show the team's language model and its usage in the last 30 days",
    input: z.object({}),
    output: z.strictObject({ language_model: model.nullable(), usage: z.array(day) }),
  }),

  save: endpoint({
    method: "PUT",
    path: "/language_model",
    scope: "language_model/update",
    access: "admin",
    effect: "write",
    summary: "Connect or update the language model",
    description:
      "Values you leave out stay the same. Drafting openers and suggesting classes are off at first.",
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
    summary: "Disconnect the language model and delete its key",
    description: "Its suggestions stay, so you can still decide on them.",
    input: z.object({}),
    output: z.strictObject({ language_model: z.strictObject({ deleted: z.literal(true) }) }),
  }),

  test: endpoint({
    method: "POST",
    path: "/language_model/test",
    scope: "language_model/test",
    access: "admin",
    effect: "write",
    summary: "Test the language model",
    description: "Asks for one opener for an invented person. The call counts toward the daily limit.",
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
    summary: "Show the prompts word for word",
    description: "For an invented person and reply, or for the contact and email you name.",
    input: z.object({
      contact_id: fields.id.optional().describe("Contact for the opener prompt"),
      incoming_mail_id: fields.id.optional().describe("Incoming email for the reply class prompt"),
    }),
    output: z.strictObject({ opener: prompt, reply_class: prompt }),
  }),
};
