// The queue in the order in which it is worked: what is late, what is for today, what comes.

import { endOfToday } from "../../parts/when.ts";

/** Under which heading a task stands. */
export function groupOf({ due_at, status }: { due_at: string; status: string }, now: Date) {
  if (status !== "scheduled") return "Done";
  const due = Date.parse(due_at);
  if (due >= endOfToday(now).getTime()) return "Upcoming";
  return due < startOfToday(now) ? "Overdue" : "Today";
}

/** What was due this morning is for today all the same. */
function startOfToday(now: Date) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
}
