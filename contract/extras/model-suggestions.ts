// What a language model suggested, and what a person made of it.

import { z } from "zod";
import * as fields from "../fields.ts";

const state = z
  .enum(["waiting", "asking", "suggested", "accepted", "dropped", "unfit", "failed", "withheld"])
  .describe(
    "`suggested` waits for a person; `unfit`: the answer was dropped, `error` says why; `withheld`: they may not be " +
      "written to, so the model is not asked",
  );

const asked = {
  error: z.string().nullable(),
  says: z.string().nullable().describe("The same, as a sentence"),
  model: z.string().nullable(),
  prompt: z.string().nullable().describe("Which version of it"),
  prompt_tokens: z.int().nullable(),
  completion_tokens: z.int().nullable(),
  answered_at: fields.stamp.nullable(),
  decided_at: fields.stamp.nullable(),
  decided_by_user_id: fields.id.nullable(),
};

export const opener = z.strictObject({
  state,
  text: z.string().nullable().describe("As a person left it; only what is accepted is ever sent"),
  draft: z.string().nullable().describe("As the model wrote it"),
  ...asked,
});

export const classSuggestion = z.strictObject({
  state,
  reply_class: z.string().nullable(),
  reason: z.string().nullable(),
  ...asked,
});
