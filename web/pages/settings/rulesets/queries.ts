import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Ruleset = Awaited<ReturnType<typeof api.rulesets.list>>["sequence_rulesets"][number];
export type RulesetWish = Omit<Parameters<typeof api.rulesets.create>[0], "dry_run">;

/** The default first. */
export const rulesetsQuery = queryOptions({
  queryKey: ["rulesets"],
  queryFn: async () => (await api.rulesets.list()).sequence_rulesets,
});

export function useSaveRuleset() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async ({ id, ...wish }: RulesetWish & { id: string | null }): Promise<unknown> =>
      id ? api.rulesets.update({ id, ...wish }) : api.rulesets.create(wish),
    onSuccess: refresh,
  });
}

export function useDeleteRuleset() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.rulesets.remove({ id }),
    onSuccess: () => void refresh(), // not waited for: what was deleted is still open until then
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: rulesetsQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ["sequences"] }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
