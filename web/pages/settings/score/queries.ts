import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import type { ScoreDraft } from "./words.ts";

export type ScoreFormula = Awaited<ReturnType<typeof api.scoreFormula.show>>;
export type Formula = ScoreFormula["score_formula"];
export type ScoreField = ScoreFormula["fields"][number];
export type ScorePreview = Awaited<ReturnType<typeof api.scoreFormula.preview>>;

const KEY = "score-formula";

export const formulaQuery = queryOptions({
  queryKey: [KEY],
  queryFn: () => api.scoreFormula.show(),
});

/** The last one stays in sight until the next one is there. */
export function usePreview(draft: ScoreDraft, isOn: boolean) {
  return useQuery({
    queryKey: [KEY, "preview", draft],
    queryFn: () => api.scoreFormula.preview(draft),
    placeholderData: keepPreviousData,
    retry: false,
    enabled: isOn,
  });
}

export function useReplace() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (draft: ScoreDraft) => api.scoreFormula.replace(draft),
    onSuccess: refresh,
  });
}

export function useReset() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.scoreFormula.reset(), onSuccess: refresh });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: [KEY] }),
      queries.invalidateQueries({ queryKey: ["contacts"] }),
    ]);
}
