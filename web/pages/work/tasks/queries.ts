import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { chunksOf, inTurn } from "../../../parts/in-turn.ts";
import { useReadFirst } from "../../../parts/read-first.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";

export type Task = Awaited<ReturnType<typeof api.tasks.search>>["tasks"][number];
export type TaskShown = Awaited<ReturnType<typeof api.tasks.get>>["task"];
export type TaskWish = Parameters<typeof api.tasks.create>[0];

export type TaskFilter = {
  isDone: boolean;
  owner: string | null;
  kind: string | null;
  sequence: string | null;
  priority: string | null;
  words: string | null;
  order: TaskOrder;
};

/** How the queue is sorted. */
export type TaskOrder = "due" | "priority" | "newest";

const SORTED_BY: Readonly<Record<TaskOrder, string>> = {
  due: "task_due_at",
  priority: "task_priority",
  newest: "task_created_at",
};

const AT_ONCE = 50;
const PAGES_REACH = 50_000;

export function tasksSource(filter: TaskFilter): WindowSource<Task> {
  const { isDone, owner, kind, sequence, priority, words, order } = filter;
  return {
    key: ["tasks", filter],
    size: AT_ONCE,
    reach: PAGES_REACH,
    fetch: async ({ page, size, cursor }) => {
      const { tasks, pagination } = await api.tasks.search({
        ...(cursor ? { cursor } : { page }),
        per_page: size,
        statuses: isDone ? ["completed", "skipped"] : ["scheduled"],
        sort_by_field: SORTED_BY[order],
        sort_ascending: order === "due" && !isDone,
        ...(owner && { user_ids: [owner] }),
        ...(kind && { task_types: [kind] }),
        ...(sequence && { emailer_campaign_ids: [sequence] }),
        ...(priority && { priority: [priority] }),
        ...(words && { q_keywords: words }),
      });
      return { rows: tasks, total: pagination.total_entries, cursor: pagination.next_cursor };
    },
  };
}

const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ["tasks", "one", id],
    queryFn: async () => (await api.tasks.get({ id })).task,
  });

export function useTask(id: string | undefined) {
  return useQuery({ ...taskQuery(id ?? ""), enabled: id !== undefined });
}

/** Each moves a contact on: a thousand in one call would take long. */
const AT_A_TIME = 100;

type ManyWish = { ids: readonly string[]; due_at?: string; user_id?: string };
type DryRun = { dryRun: true };

export function completeMany(ids: readonly string[], options?: DryRun) {
  return inTurn(chunksOf(ids, AT_A_TIME), (some) => api.tasks.bulkComplete({ ids: some }, options));
}

export function skipMany(ids: readonly string[], options?: DryRun) {
  return inTurn(chunksOf(ids, AT_A_TIME), (some) => api.tasks.bulkSkip({ ids: some }, options));
}

/** How many LinkedIn tasks of its type the user has today, where the team limits those. */
export function dailyLimitsQuery(userId: string) {
  return queryOptions({
    queryKey: ["tasks", "limits", userId],
    queryFn: async () => (await api.tasks.dailyLimits({ user_id: userId })).daily_limits,
  });
}

export function useDailyLimit({ type, user_id }: Pick<Task, "type" | "user_id">) {
  return useQuery({
    ...dailyLimitsQuery(user_id),
    select: (limits) => limits.find((one) => one.type === type) ?? null,
  });
}

type TaskChange = Parameters<typeof api.tasks.update>[0];

export function useTaskChanges() {
  const refresh = useRefreshTasks();
  const readFirst = useReadFirst();
  const onSuccess = refresh;
  return {
    create: useMutation({ mutationFn: (wish: TaskWish) => api.tasks.create(wish), onSuccess }),
    complete: useMutation({ mutationFn: (id: string) => api.tasks.complete({ id }), onSuccess }),
    skip: useMutation({
      mutationFn: (wish: Parameters<typeof api.tasks.skip>[0]) => api.tasks.skip(wish),
      onSuccess,
    }),
    reopen: useMutation({ mutationFn: (id: string) => api.tasks.reopen({ id }), onSuccess }),
    completeMany: useMutation({ mutationFn: (ids: readonly string[]) => completeMany(ids), onSuccess }),
    skipMany: useMutation({ mutationFn: (ids: readonly string[]) => skipMany(ids), onSuccess }),
    reopenMany: useMutation({
      mutationFn: (ids: readonly string[]) =>
        inTurn(chunksOf(ids, AT_A_TIME), (some) => api.tasks.bulkReopen({ ids: some })),
      onSuccess,
    }),
    updateMany: useMutation({
      mutationFn: ({ ids, ...wish }: ManyWish) =>
        inTurn(chunksOf(ids, AT_A_TIME), (some) => api.tasks.bulkUpdate({ ids: some, ...wish })),
      onSuccess,
    }),
    /** `isShown`: whether the task is still what the change was made to. */
    update: useMutation({
      mutationFn: ({ isShown, ...wish }: TaskChange & { isShown: (now: TaskShown) => boolean }) =>
        readFirst(taskQuery(wish.id), isShown, (now) =>
          api.tasks.update({ ...unchanged(now), ...wish }, { ifMatch: now.etag }),
        ),
      onSuccess,
    }),
  };
}

/**
 * The task's contact may have moved on by this. Not waited for: the list of open tasks would change before the user is told.
 */
export function useRefreshTasks() {
  const queries = useQueryClient();
  return () =>
    void Promise.all(
      ["tasks", "waiting", "story", "enrollments"].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun] }),
      ),
    );
}

/** What is left out of a change of a task is set back, as at Apollo: so that it is not, it is said again. */
function unchanged({ priority, creator_id }: Task) {
  return { priority, ...(creator_id && { creator_id }) };
}
