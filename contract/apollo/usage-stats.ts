import { z } from "zod";
import { endpoint } from "../endpoint.ts";

const period = z.strictObject({ limit: z.int(), consumed: z.int(), left_over: z.int() });

export const usageStats = {
  apiUsage: endpoint({
    method: "POST",
    path: "/usage_stats/api_usage_stats",
    scope: "usage_stats/api_usage_stats",
    access: "scoped",
    effect: "read",
    summary: "Counts the calls of this minute, hour and day, per endpoint",
    description: 'Each key is the printed form of a pair: `["api/v1/contacts", "search"]`.',
    input: z.object({}),
    output: z.record(z.string(), z.strictObject({ day: period, hour: period, minute: period })),
  }),
};
