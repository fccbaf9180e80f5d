// What a sequence consisted of before an edit that was not for the people in it.

import { z } from "zod";
import { STEP_TYPES } from "../apollo/steps.ts";
import * as fields from "../fields.ts";

export const earlierVersion = z.strictObject({
  id: fields.id,
  kept_at: fields.stamp,
  kept_by: fields.id.nullable(),
  num_contacts: z.int().describe("Active and paused contacts; they finish on this version"),
  emailer_steps: z.array(
    z.strictObject({
      id: fields.id,
      position: z.int(),
      type: z.enum(STEP_TYPES),
      num_contacts: z.int(),
      enabled: z.boolean().describe("Steps of an earlier version can still be turned on and off"),
      needs_review: z.boolean().describe("No email of this step is approved; you can approve it here too"),
      subjects: z.array(z.string()).describe("Subjects of its variants"),
    }),
  ),
});
