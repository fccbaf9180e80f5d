// The queue in the order in which it is worked: what is late, what is for today, what comes.

import { t } from "../../../language/t.ts";
import { endOfToday } from "../../../parts/when.ts";

/** Under which heading a task stands. */
export function groupOf({ due_at, status }: { due_at: string; status: string }, now: Date) {
  if (status !== "scheduled") return t("Done");
  const due = Date.parse(due_at);
  if (due >= endOfToday(now).getTime()) return t("Upcoming");
  return due < startOfToday(now) ? t("Overdue") : t("Today");
}

/** What was due this morning is for today all the same. */
function startOfToday(now: Date) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
}
