import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Suppression = Awaited<ReturnType<typeof api.suppressions.list>>["suppressions"][number];
export type Imported = Awaited<ReturnType<typeof api.suppressions.import>>;
export type SuppressionKind = Suppression["kind"];

export function useSuppressions(wanted: { q: string; kind: SuppressionKind | null }) {
  return useInfiniteQuery({
    queryKey: ["suppressions", wanted],
    queryFn: ({ pageParam }) =>
      api.suppressions.list({
        page: pageParam,
        per_page: 100,
        ...(wanted.q && { q_keywords: wanted.q }),
        ...(wanted.kind && { kind: wanted.kind }),
      }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination }) =>
      pagination.page < pagination.total_pages ? pagination.page + 1 : undefined,
    placeholderData: (before) => before,
  });
}

export function useBar() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (wish: { kind: SuppressionKind; value: string; reason: string | null }) =>
      (await api.suppressions.create(wish)).suppression,
    onSuccess: refresh,
  });
}

export function useLift() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => api.suppressions.remove({ id }), onSuccess: refresh });
}

export function useImport() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: { text: string; reason: string | null }) => api.suppressions.import(wish),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["suppressions"] }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
