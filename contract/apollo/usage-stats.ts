import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const period = z.strictObject({ limit: z.int(), consumed: z.int(), left_over: z.int() });

export const credits = z.strictObject({
  lead_credit: period,
  direct_dial_credit: period,
  export_credit: period,
  conversation_credit: period,
  ai_credit: period,
  power_up_credit: period,
  inbound_website_visitor_credit: period,
  contact_website_visitor_credit: period,
  web_search_record_credit: period,
  dialer: period,
});

export const usageStats = {
  apiUsage: endpoint({
    method: "POST",
    path: "/usage_stats/api_usage_stats",
    scope: "usage_stats/api_usage_stats",
    oauth: "api_usage_stats_read",
    access: "scoped",
    effect: "read",
    summary: "Show API usage per endpoint",
    description:
      'Counts the calls of this minute, hour and day. Each key is the printed form of a pair: `["api/v1/contacts", "search"]`.',
    input: z.object({}),
    output: z.record(z.string(), z.strictObject({ day: period, hour: period, minute: period })),
  }),

  creditUsage: endpoint({
    method: "POST",
    path: "/usage_stats/credit_usage_stats",
    scope: "usage_stats/credit_usage_stats",
    oauth: "credit_usage_stats_read",
    access: "scoped",
    effect: "read",
    summary: "Show credit usage",
    description: "The limits of this cycle and what was spent.",
    input: z.object({}),
    output: z.strictObject({
      credit_usage_stats: credits,
      current_credit_cycle: z.strictObject({ start_date: fields.stamp, end_date: fields.stamp }),
    }),
  }),
};
