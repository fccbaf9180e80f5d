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
  expected: z.int().describe("Cost if everything is found"),
  most: z.int().describe("Highest cost; this amount is reserved while the work runs"),
  balance: z.int().nullable().describe("Credits left in this cycle; null: no limit"),
  fits: z.int().describe("How many items the credits cover at the highest price"),
});

export const allowance = z.strictObject({
  user_id: fields.id.nullable().describe("null: the whole team"),
  kind,
  limit: z.int().nullable().describe("Limit per cycle; null: no limit"),
  consumed: z.int(),
  reserved: z.int().describe("Reserved for work in progress"),
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
  counted_at: fields.stamp.describe("Decides the cycle it counts in; a refund counts in the next cycle"),
  legs: z
    .array(z.strictObject({ account: z.string(), amount: z.int(), subject_id: z.string().nullable() }))
    .describe("The amounts add up to zero; the first 100 entries are shown"),
});

const { day } = fields;

export const credits = {
  quote: endpoint({
    method: "POST",
    path: "/credits/quote",
    scope: "credits/quote",
    access: "scoped",
    effect: "read",
    summary: "Estimate the credits of a batch",
    description: "Returns the lowest, expected and highest cost. Spends nothing.",
    input: z.object({ action, count: z.int().min(0).max(1_000_000) }),
    output: z.strictObject({ quote }),
  }),

  allowances: endpoint({
    method: "GET",
    path: "/credits/allowances",
    scope: "credits/allowances",
    access: "scoped",
    effect: "read",
    summary: "List credit limits and spending",
    description: "For the team and its users, in this cycle.",
    input: z.object({}),
    output: allowances,
  }),

  allow: endpoint({
    method: "PUT",
    path: "/credits/allowances",
    scope: "credits/allow",
    access: "admin",
    effect: "write",
    summary: "Set or remove a credit limit",
    description: "For the whole team or one user, per cycle.",
    input: z.object({
      user_id: fields.id.nullish().describe("Leave out or send null for the whole team"),
      kind,
      limit: z.int().min(0).max(1_000_000_000).nullable().describe("null removes the limit"),
    }),
    output: allowances,
  }),

  usage: endpoint({
    method: "GET",
    path: "/credits/usage",
    scope: "credits/usage",
    access: "scoped",
    effect: "read",
    summary: "List credit usage by day, user and action",
    description: "Days are in UTC. Shows credits spent and refunded.",
    input: z.object({
      since: day.optional().describe("First day; default: start of this cycle"),
      until: day.optional().describe("Last day; default: end of this cycle"),
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
    summary: "List credit transactions",
    description: "Newest first, with their ledger entries.",
    input: z.object({
      contact_id: fields.id
        .optional()
        .describe("Spent on this contact, or on the person in the people database they came from"),
      ...fields.paging,
    }),
    output: z.strictObject({ movements: z.array(movement), pagination: fields.pagination }),
  }),
};
