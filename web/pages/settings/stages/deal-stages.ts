import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";
import { type DealStage, stagesQuery } from "../../work/deals/queries.ts";

export type { DealStage };

type DealStageWish = Pick<DealStage, "name" | "type" | "probability" | "description" | "is_meeting_set"> & {
  forecast_category_cd: string;
};

export function useDealStages() {
  return useQuery(stagesQuery);
}

/** What the form of a stage changes. */
export function wishOf({
  id,
  name,
  type,
  probability,
  forecast_category_cd,
  description,
  is_meeting_set,
}: DealStage) {
  return { id, name, type, probability, forecast_category_cd, description, is_meeting_set };
}

/** `shown`: the stage as it was when the change began. Null: a new one, or a change that is taken back. */
export function useSaveDealStage() {
  const refresh = useRefresh();
  const readShown = useReadShown();
  return useMutation({
    mutationFn: async ({
      id,
      shown,
      ...wish
    }: DealStageWish & { id: string | null; shown: DealStage | null }) => {
      const whole = wish as Parameters<typeof api.opportunityStages.create>[0];
      if (!id) return api.opportunityStages.create(whole);
      return readShown(stagesQuery, { shown, told: wishOf }, (given) =>
        api.opportunityStages.update({ id, ...whole }, given),
      );
    },
    onSuccess: refresh,
  });
}

export function useReorderDealStages() {
  const refresh = useRefresh();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]): Promise<unknown> => api.opportunityStages.reorder({ ids }),
    // Shown where it was dropped at once, or it would jump back and forth.
    onMutate: (ids) =>
      queries.setQueryData(
        stagesQuery.queryKey,
        (now) => now && [...now].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
      ),
    onSettled: refresh,
  });
}

export function useDeleteDealStage() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, to }: { id: string; to: string | null }): Promise<unknown> =>
      api.opportunityStages.delete({ id, ...(to && { reassign_to: to }) }),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [stagesQuery.queryKey, ["deals"], ["history"]].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
}
