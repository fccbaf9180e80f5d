// The queue in the order in which it is worked: what is late, what is for today, what comes.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { endOfToday } from "../../../parts/when.ts";
import type { TaskOrder } from "./queries.ts";

type Grouped = { due_at: string; status: string; priority: string };

/** Under which heading a task stands. */
export function groupOf({ due_at, status, priority }: Grouped, now: Date, order: TaskOrder) {
  if (order === "priority") return PRIORITY[priority] ?? "";
  if (status !== "scheduled") return t("Done");
  const due = Date.parse(due_at);
  if (due >= endOfToday(now).getTime()) return t("Upcoming");
  return due < startOfToday(now) ? t("Overdue") : t("Today");
}

const PRIORITY: Readonly<Record<string, string>> = perLanguage(() => ({
  high: t("High priority"),
  medium: t("Medium priority"),
  low: t("Low priority"),
}));

/** What was due this morning is for today all the same. */
function startOfToday(now: Date) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
}
