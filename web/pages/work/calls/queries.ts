import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
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
    onSuccess: () =>
      void Promise.all(
        ["calls", "tasks", "waiting", "story", "contacts", "enrollments"].map((noun) =>
          queries.invalidateQueries({ queryKey: [noun] }),
        ),
      ),
  });
}
