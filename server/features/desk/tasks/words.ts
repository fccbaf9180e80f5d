// The words in which clients ask for tasks. There are several vocabularies, and none of them is documented.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { kindsNamed, type TaskKind, type TaskType } from "../../../domain/work/task.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { TaskSort } from "./search-store.ts";

type Search = z.output<typeof contract.tasks.search.input>;

export function listed(one: string | undefined, many: readonly string[] | undefined) {
  return nonEmpty([...(one ? [one] : []), ...(many ?? [])]);
}

export function nonEmpty<T>(list: readonly T[] | undefined): readonly T[] | null {
  return list && list.length > 0 ? list : null;
}

const OPEN = ["pending", "open", "scheduled"];

export function statusesOf(input: Search) {
  const named = [...(input.task_status ?? []), ...(input.statuses ?? []), ...(input.status ?? [])];
  if (input.open_factor_names?.includes("task_is_pending")) named.push("pending");
  return nonEmpty(
    named.map((word) => (OPEN.includes(word.toLowerCase()) ? "scheduled" : word.toLowerCase())),
  );
}

export function kindsOf(input: Search): readonly TaskKind[] | null {
  const named = [...(input.task_types ?? []), ...(input.task_type_cds ?? []), ...(input.type ?? [])];
  return named.length > 0 ? kindsNamed(named.map((word) => SEARCHED[word] ?? word)) : null;
}

/** What one published client calls them: when looked for, and when made. */
const SEARCHED: Record<string, string> = { email: "outreach_manual_email", linkedin: "linkedin_actions" };
const MADE = {
  email: "outreach_manual_email",
  linkedin: "linkedin_step_message",
  contact_action_item: "action_item",
  account_action_item: "action_item",
  contact_call: "call",
  account_call: "call",
} as const satisfies Record<string, TaskType>;

export function typeOf(word: TaskType | keyof typeof MADE | undefined): TaskType | undefined {
  return word !== undefined && word in MADE
    ? MADE[word as keyof typeof MADE]
    : (word as TaskType | undefined);
}

const SORTS: Record<string, TaskSort> = {
  task_due_at: "due",
  due_at: "due",
  task_priority: "priority",
  priority: "priority",
  task_created_at: "created",
  created_at: "created",
};

/** The order that was asked for; of several, the first counts. */
export function orderOf({ sort_by_field, sort_ascending, multi_sort }: Search) {
  const [first] = Object.entries(multi_sort?.[0] ?? {});
  const field = sort_by_field ?? first?.[0];
  const isAscending = sort_ascending ?? (sort_by_field || !first ? undefined : first[1].order === "asc");
  return { sort: sortOf(field), isAscending: isAscending ?? null };
}

function sortOf(field: string | undefined): TaskSort {
  const sort = Object.hasOwn(SORTS, field || "task_due_at") ? SORTS[field || "task_due_at"] : undefined;
  if (!sort) throw new Refusal("invalid_sort", {}, { skip_alert_dialog: true });
  return sort;
}
