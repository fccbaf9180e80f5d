// How often somebody has been touched, beside how often the team lets them be.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const touchLimit = z.strictObject({
  scope: z.enum(["person", "company", "domain"]).describe("Whose touches are counted together"),
  counts: z
    .enum(["emails", "touches"])
    .describe("Mails only, or calls and LinkedIn steps that people have done as well"),
  most: z.int().min(1).max(10_000),
  days: z.int().min(1).max(366).describe("Of 24 hours each, and they roll"),
});

export const contactTouchLimits = endpoint({
  method: "GET",
  path: "/contacts/{id}/touch_limits",
  scope: "contacts/touch_limits",
  access: "scoped",
  effect: "read",
  summary:
    "Tells how often a contact, their company and their domain were touched, by each of the team's limits",
  input: z.object({ id: fields.id }),
  output: z.strictObject({
    touch_limits: z.array(
      z.strictObject({
        ...touchLimit.shape,
        domain: z.string().nullable().describe("Whose touches are counted, where it is a domain's"),
        touches: z.int(),
        free_at: fields.stamp.nullable().describe("From when on there may be another; null: at once"),
        sentence: z.string(),
      }),
    ),
  }),
});
