// How the Gmail API says what is wrong (Google: "Resolve errors", "Usage limits"): a status, a reason, and sentences. Limits come as
// 403 or as 429, and until when, if it is said at all, in a header or within the sentence.

import { z } from "zod";
import type { Dialect } from "../by-api/calls.ts";

const FAULT = z.object({
  error: z.object({
    message: z.string().max(10_000).catch(""),
    status: z.string().max(200).nullish().catch(null),
    errors: z
      .array(z.object({ reason: z.string().max(200).catch("") }))
      .max(100)
      .nullish()
      .catch(null),
  }),
});

const LIMITS: ReadonlySet<string> = new Set([
  "rateLimitExceeded",
  "userRateLimitExceeded",
  "dailyLimitExceeded",
  "quotaExceeded",
  "RESOURCE_EXHAUSTED",
]);
const UNTIL = /\bretry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i;

export const GMAIL: Dialect = {
  version: "/gmail/v1",
  faultIn({ status, body, retryAfter }) {
    const fault = FAULT.safeParse(body).data?.error;
    if (!fault) return null;
    const code = fault.errors?.[0]?.reason || fault.status || "";
    const until = Date.parse(UNTIL.exec(fault.message)?.[1] ?? "");
    return {
      code,
      message: fault.message,
      status: status === 403 && LIMITS.has(code) ? 429 : status,
      retryAfter: retryAfter ?? (Number.isNaN(until) ? null : new Date(until).toUTCString()),
    };
  },
};
