import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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

function common(stage: { id: string; name: string; category: string | null; is_meeting_set: boolean }) {
  return { id: stage.id, name: stage.name, category: stage.category, isMeetingSet: stage.is_meeting_set };
}

export function useStages(of: StageModality) {
  return useQuery(stagesQuery(of));
}

export function useSaveStage(of: StageModality) {
  const refresh = useRefresh(of);
  return useMutation({
    mutationFn: async ({ id, ...wish }: StageInput & { id: string | null }) => {
      const said = {
        name: wish.name,
        category: wish.category as Category | null,
        is_meeting_set: wish.isMeetingSet,
      };
      if (of === "contact") {
        const whole = { ...said, ignore_trigger_override: wish.flag };
        return id ? api.contactStages.update({ id, ...whole }) : api.contactStages.create(whole);
      }
      const whole = { ...said, default_exclude_for_leadgen: wish.flag };
      return id ? api.accountStages.update({ id, ...whole }) : api.accountStages.create(whole);
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
