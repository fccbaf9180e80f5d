// What a sequence consisted of before an edit that was not for the people in it.

import { z } from "zod";
import { STEP_TYPES } from "../apollo/steps.ts";
import * as fields from "../fields.ts";

export const earlierVersion = z.strictObject({
  id: fields.id,
  kept_at: fields.stamp,
  kept_by: fields.id.nullable(),
  num_contacts: z.int().describe("Active and paused; they go through this version to its end"),
  emailer_steps: z.array(
    z.strictObject({
      id: fields.id,
      position: z.int(),
      type: z.enum(STEP_TYPES),
      num_contacts: z.int(),
      enabled: z.boolean().describe("Also of an earlier version it can be switched on and off"),
      needs_review: z.boolean().describe("None of its mails is approved; that can be done here too"),
      subjects: z.array(z.string()).describe("Of its variants"),
    }),
  ),
});
