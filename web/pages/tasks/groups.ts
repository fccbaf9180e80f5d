// The queue in the order in which it is worked: what is late, what is for today, what comes.

import { endOfToday } from "../../parts/when.ts";

export type Group<T> = { title: string; tasks: T[] };

export function groupTasks<T extends { due_at: string; status: string }>(
  tasks: readonly T[],
  now: Date,
): Group<T>[] {
  const groups: Group<T>[] = [
    { title: "Overdue", tasks: [] },
    { title: "Today", tasks: [] },
    { title: "Upcoming", tasks: [] },
    { title: "Done", tasks: [] },
  ];
  const [overdue, today, upcoming, done] = groups as [Group<T>, Group<T>, Group<T>, Group<T>];
  for (const task of tasks) {
    const due = Date.parse(task.due_at);
    if (task.status !== "scheduled") done.tasks.push(task);
    else if (due >= endOfToday(now).getTime()) upcoming.tasks.push(task);
    else if (due < startOfToday(now)) overdue.tasks.push(task);
    else today.tasks.push(task);
  }
  return groups.filter((group) => group.tasks.length > 0);
}

/** What was due this morning is for today all the same. */
function startOfToday(now: Date) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
}

/** Which is next once this one is gone: the one after it, or the one before at the end. */
export function nextAfter(ids: readonly string[], id: string) {
  const at = ids.indexOf(id);
  if (at < 0) return ids[0];
  return ids[at + 1] ?? ids[at - 1];
}
