// How often a contact has been touched, beside how often the team allows it.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const touchLimit = z.strictObject({
  scope: z
    .enum(["person", "company", "domain"])
    .describe("Counted for each contact, each company or each domain"),
  counts: z
    .enum(["emails", "touches", "new_contacts"])
    .describe(
      "`emails` counts emails only; `touches` also counts completed calls, text messages and LinkedIn steps; `new_contacts` counts first emails of sequences",
    ),
  most: z.int().min(1).max(10_000),
  days: z.int().min(1).max(366).describe("Rolling days of 24 hours"),
});

export const contactTouchLimits = endpoint({
  method: "GET",
  path: "/contacts/{id}/touch_limits",
  scope: "contacts/touch_limits",
  access: "scoped",
  effect: "read",
  summary: "Show the contact frequency limits of a contact",
  description:
    "How often the contact, their company and their domain were emailed or called, for each limit of the team.",
  input: z.object({ id: fields.id }),
  output: z.strictObject({
    touch_limits: z.array(
      z.strictObject({
        ...touchLimit.shape,
        domain: z.string().nullable().describe("The domain that is counted, for limits per domain"),
        touches: z.int(),
        free_at: fields.stamp.nullable().describe("When the next one is allowed; null: now"),
        sentence: z.string(),
      }),
    ),
  }),
});
