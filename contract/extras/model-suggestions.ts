// What a language model suggested, and what a person made of it.

import { z } from "zod";
import * as fields from "../fields.ts";

const state = z
  .enum(["waiting", "asking", "suggested", "accepted", "dropped", "unfit", "failed", "withheld"])
  .describe(
    "`suggested` waits for your decision. `unfit`: the answer was dropped, see `error`. `withheld`: the contact may not be emailed, so the model is not asked",
  );

const asked = {
  error: z.string().nullable(),
  says: z.string().nullable().describe("The error as a sentence"),
  model: z.string().nullable(),
  prompt: z.string().nullable().describe("Version of the prompt"),
  prompt_tokens: z.int().nullable(),
  completion_tokens: z.int().nullable(),
  answered_at: fields.stamp.nullable(),
  decided_at: fields.stamp.nullable(),
  decided_by_user_id: fields.id.nullable(),
};

export const opener = z.strictObject({
  state,
  text: z.string().nullable().describe("Text after your edits; only an accepted text is sent"),
  draft: z.string().nullable().describe("Text the model wrote"),
  ...asked,
});

export const classSuggestion = z.strictObject({
  state,
  reply_class: z.string().nullable(),
  reason: z.string().nullable(),
  ...asked,
});
