import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";
import { valuesOf } from "./values.ts";

export type Ruleset = Awaited<ReturnType<typeof api.rulesets.list>>["sequence_rulesets"][number];
export type RulesetWish = Omit<Parameters<typeof api.rulesets.create>[0], "dry_run">;

/** The default first. */
export const rulesetsQuery = queryOptions({
  queryKey: ["rulesets"],
  queryFn: async () => (await api.rulesets.list()).sequence_rulesets,
});

/** `shown`: the ruleset as it was when the change began. Null: a new one, or a change that is taken back. */
type RulesetChange = RulesetWish & { id: string | null; shown: Ruleset | null };

export function useSaveRuleset() {
  const refresh = useRefresh();
  const readShown = useReadShown();
  return useMutation({
    mutationFn: async ({ id, shown, ...wish }: RulesetChange): Promise<unknown> => {
      if (!id) return api.rulesets.create(wish);
      return readShown(rulesetsQuery, { shown, told: valuesOf }, (given) =>
        api.rulesets.update({ id, ...wish }, given),
      );
    },
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
