import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useReadFirst } from "../../../parts/read-first.ts";
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

/** `isAsShown`: whether what is saved is still what the change was made to. */
export function useReplace(isAsShown: (now: Formula) => boolean) {
  const refresh = useRefresh();
  const readFirst = useReadFirst();
  return useMutation({
    mutationFn: (draft: ScoreDraft) =>
      readFirst(
        formulaQuery,
        ({ score_formula: now }) => isAsShown(now),
        ({ score_formula: { etag } }) => api.scoreFormula.replace(draft, { ifMatch: etag }),
      ),
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
