// What looking people up costs: prices before anything is spent, allowances, and the ledger.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const kind = z.enum([
  "lead_credit",
  "direct_dial_credit",
  "export_credit",
  "conversation_credit",
  "ai_credit",
  "power_up_credit",
  "inbound_website_visitor_credit",
  "contact_website_visitor_credit",
  "web_search_record_credit",
  "dialer",
]);

const action = z.enum([
  "add_net_new_contact",
  "person_match",
  "phone_reveal",
  "organization_enrich",
  "organization_search_page",
  "news_search_page",
  "conversation_insight",
  "waterfall_email",
  "waterfall_phone",
  "email_verification",
]);

const quote = z.strictObject({
  action,
  count: z.int(),
  kind,
  least: z.int(),
  expected: z.int().describe("Where everything asked for is found"),
  most: z.int().describe("This much is held while the work is done"),
  balance: z.int().nullable().describe("What may still be spent in this cycle; null: as much as one likes"),
  fits: z.int().describe("How many of the batch can be paid for at the highest price"),
});

const allowance = z.strictObject({
  user_id: fields.id.nullable().describe("null: the whole team's"),
  kind,
  limit: z.int().nullable().describe("In one cycle; null: none is set"),
  consumed: z.int(),
  reserved: z.int().describe("Held for work under way"),
  left_over: z.int().nullable(),
});

const allowances = z.strictObject({ allowances: z.array(allowance) });

const usage = z.strictObject({
  day: z.string().meta({ format: "date" }),
  user_id: fields.id.nullable(),
  user_name: z.string().nullable(),
  action: z.string(),
  kind,
  spent: z.int(),
  refunded: z.int(),
});

const movement = z.strictObject({
  id: fields.id,
  type: z.enum(["spend", "hold", "settle", "release", "refund"]),
  kind,
  action: z.string(),
  user_id: fields.id.nullable(),
  reservation_id: fields.id.nullable(),
  occurred_at: fields.stamp,
  counted_at: fields.stamp.describe("In whose cycle it counts: a refund counts for the next"),
  legs: z
    .array(z.strictObject({ account: z.string(), amount: z.int(), subject_id: z.string().nullable() }))
    .describe("They sum to nothing; of many, the first hundred are shown"),
});

const { day } = fields;

export const credits = {
  quote: endpoint({
    method: "POST",
    path: "/credits/quote",
    scope: "credits/quote",
    access: "scoped",
    effect: "read",
    summary: "Says what a batch would cost at least, as expected and at most, before anything is spent",
    input: z.object({ action, count: z.int().min(0).max(1_000_000) }),
    output: z.strictObject({ quote }),
  }),

  allowances: endpoint({
    method: "GET",
    path: "/credits/allowances",
    scope: "credits/allowances",
    access: "scoped",
    effect: "read",
    summary: "Lists what the team and its people may spend in this cycle, and have spent",
    input: z.object({}),
    output: allowances,
  }),

  allow: endpoint({
    method: "PUT",
    path: "/credits/allowances",
    scope: "credits/allow",
    access: "admin",
    effect: "write",
    summary: "Sets what the team or one of its people may spend in a cycle, or takes the limit away",
    input: z.object({
      user_id: fields.id.nullish().describe("Left out or null: the whole team's"),
      kind,
      limit: z.int().min(0).max(1_000_000_000).nullable().describe("null: none"),
    }),
    output: allowances,
  }),

  usage: endpoint({
    method: "GET",
    path: "/credits/usage",
    scope: "credits/usage",
    access: "scoped",
    effect: "read",
    summary: "What was spent and given back, by day (UTC), person and action",
    input: z.object({
      since: day.optional().describe("The first day; left out: this cycle's"),
      until: day.optional().describe("The last day; left out: this cycle's"),
      user_id: fields.id.optional(),
    }),
    output: z.strictObject({ usage: z.array(usage) }),
  }),

  movements: endpoint({
    method: "GET",
    path: "/credits/movements",
    scope: "credits/movements",
    access: "scoped",
    effect: "read",
    summary: "Lists the ledger's movements with their legs, the latest first",
    input: z.object({
      contact_id: fields.id.optional().describe("Spent on this contact, or on the person they were found as"),
      ...fields.paging,
    }),
    output: z.strictObject({ movements: z.array(movement), pagination: fields.pagination }),
  }),
};
