import { UNLIMITED } from "../../../kernel/usage.ts";
import type { ApiUsageRow } from "./store.ts";

/** null: none for that period. */
type Limits = Record<"minute" | "hour" | "day", number | null>;

/** Keys are the printed form of a pair, as Apollo prints them: `["api/v1/contacts", "search"]`. */
export function presentApiUsage(
  rows: readonly ApiUsageRow[],
  limitsOf: (scope: string) => Limits | null,
  now: Temporal.Instant,
) {
  return Object.fromEntries(
    rows.map((row) => {
      const [controller, action] = row.scope.split("/");
      const limits = limitsOf(row.scope);
      const stillOpen = (started: Temporal.Instant, seconds: number, count: number) =>
        now.epochMilliseconds - started.epochMilliseconds < seconds * 1000 ? count : 0;
      return [
        `["api/v1/${controller}", "${action}"]`,
        {
          day: period(limits?.day, stillOpen(row.dayStarted, 86_400, row.dayCount)),
          hour: period(limits?.hour, stillOpen(row.hourStarted, 3_600, row.hourCount)),
          minute: period(limits?.minute, stillOpen(row.minuteStarted, 60, row.minuteCount)),
        },
      ];
    }),
  );
}

function period(limit: number | null | undefined, consumed: number) {
  const most = limit ?? UNLIMITED;
  return { limit: most, consumed, left_over: Math.max(0, most - consumed) };
}
