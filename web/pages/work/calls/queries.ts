import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type CallWish = Parameters<typeof api.phoneCalls.create>[0];

const ALWAYS = { staleTime: Number.POSITIVE_INFINITY };

export const outcomesQuery = queryOptions({
  queryKey: ["call-outcomes"],
  queryFn: async () => (await api.phoneCalls.outcomes()).phone_call_outcomes,
  ...ALWAYS,
});

export const purposesQuery = queryOptions({
  queryKey: ["call-purposes"],
  queryFn: async () => (await api.phoneCalls.purposes()).phone_call_purposes,
  ...ALWAYS,
});

/** A call that was made for a task does it. */
export function useLogCall() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: CallWish) => api.phoneCalls.create(wish),
    onSuccess: () => void refresh(queries),
  });
}

/** The task first: one that cannot be opened again keeps its call. */
export function useTakeBackCall() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, taskId }: { id: string; taskId: string | null }) => {
      if (taskId) await api.tasks.reopen({ id: taskId });
      await api.phoneCalls.delete({ id });
    },
    onSettled: () => void refresh(queries),
  });
}

const refresh = (queries: QueryClient) =>
  Promise.all(
    ["calls", "tasks", "waiting", "story", "contacts", "enrollments"].map((noun) =>
      queries.invalidateQueries({ queryKey: [noun] }),
    ),
  );
