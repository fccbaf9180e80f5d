import { z } from "zod";
import type { Dialect } from "../by-api/calls.ts";

const FAULT = z.object({
  error: z.object({ code: z.string().max(200), message: z.string().max(10_000).catch("") }),
});

export const GRAPH: Dialect = {
  version: "/v1.0",
  faultIn({ status, body, retryAfter }) {
    const fault = FAULT.safeParse(body).data?.error;
    return fault ? { ...fault, status, retryAfter } : null;
  },
};

/** Ids that stay the same when an email is sent or moved to another folder. */
export function withLastingIds(atOnce?: number) {
  return {
    prefer: ['IdType="ImmutableId"', ...(atOnce ? [`odata.maxpagesize=${atOnce}`] : [])].join(", "),
  };
}
