import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";

export type StageModality = "contact" | "account";
export type Category = "in_progress" | "succeeded" | "failed";
export type Stage = {
  id: string;
  name: string;
  category: string | null;
  isMeetingSet: boolean;
  /** Contacts: automatic moves leave it alone. Accounts: left out when prospecting. */
  flag: boolean;
  etag?: string | undefined;
};
export type StageInput = { name: string; category: string | null; isMeetingSet: boolean; flag: boolean };

/** Contacts' and accounts' stages are two lists of the same kind. */
export const stagesQuery = (of: StageModality) =>
  queryOptions({
    queryKey: ["stages", of],
    queryFn: async (): Promise<Stage[]> => {
      if (of === "contact")
        return (await api.contactStages.list()).contact_stages.map((stage) => ({
          ...common(stage),
          flag: stage.ignore_trigger_override,
        }));
      return (await api.accountStages.list()).account_stages.map((stage) => ({
        ...common(stage),
        flag: stage.default_exclude_for_leadgen,
      }));
    },
  });

type Known = {
  id: string;
  name: string;
  category: string | null;
  is_meeting_set: boolean;
  etag?: string | undefined;
};

function common({ id, name, category, is_meeting_set: isMeetingSet, etag }: Known) {
  return { id, name, category, isMeetingSet, etag };
}

/** What the form of a stage changes. */
const told = ({ name, category, isMeetingSet, flag }: Stage) => [name, category, isMeetingSet, flag];

export function useStages(of: StageModality) {
  return useQuery(stagesQuery(of));
}

/** `shown`: the stage as it was when the change began. Null: a new one, or a change that is taken back. */
export function useSaveStage(of: StageModality) {
  const refresh = useRefresh(of);
  const readShown = useReadShown();
  return useMutation({
    mutationFn: async ({
      id,
      shown,
      ...wish
    }: StageInput & { id: string | null; shown: Stage | null }): Promise<unknown> => {
      const said = {
        name: wish.name,
        category: wish.category as Category | null,
        is_meeting_set: wish.isMeetingSet,
      };
      if (of === "contact") {
        const whole = { ...said, ignore_trigger_override: wish.flag };
        if (!id) return api.contactStages.create(whole);
        return readShown(stagesQuery(of), { shown, told }, (given) =>
          api.contactStages.update({ id, ...whole }, given),
        );
      }
      const whole = { ...said, default_exclude_for_leadgen: wish.flag };
      if (!id) return api.accountStages.create(whole);
      return readShown(stagesQuery(of), { shown, told }, (given) =>
        api.accountStages.update({ id, ...whole }, given),
      );
    },
    onSuccess: refresh,
  });
}

export function useReorder(of: StageModality) {
  const refresh = useRefresh(of);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (ids: string[]): Promise<unknown> =>
      of === "contact" ? api.contactStages.reorder({ ids }) : api.accountStages.reorder({ ids }),
    // Shown where it was dropped at once, or it would jump back and forth.
    onMutate: (ids) =>
      queries.setQueryData(
        stagesQuery(of).queryKey,
        (now) => now && [...now].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
      ),
    onSettled: refresh,
  });
}

export function useDeleteStage(of: StageModality) {
  const refresh = useRefresh(of);
  return useMutation({
    mutationFn: async ({ id, to }: { id: string; to: string | null }): Promise<unknown> => {
      const wish = { id, ...(to && { reassign_to: to }) };
      return of === "contact" ? api.contactStages.delete(wish) : api.accountStages.delete(wish);
    },
    onSuccess: () => void refresh(),
  });
}

function useRefresh(of: StageModality) {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: stagesQuery(of).queryKey }),
      queries.invalidateQueries({ queryKey: [of === "contact" ? "contacts" : "companies"] }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
