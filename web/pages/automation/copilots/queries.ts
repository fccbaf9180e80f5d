import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Copilot = Awaited<ReturnType<typeof api.copilots.list>>["copilots"][number];
export type Proposal = Awaited<ReturnType<typeof api.copilots.proposals>>["proposals"][number];
export type State = Proposal["state"];
type CopilotInput = Omit<Parameters<typeof api.copilots.create>[0], "active">;

const KEY = "copilots";

export const copilotsQuery = queryOptions({
  queryKey: [KEY],
  queryFn: async () => (await api.copilots.list()).copilots,
});

export const copilotQuery = (id: string) =>
  queryOptions({ queryKey: [KEY, id], queryFn: () => api.copilots.show({ id }) });

export const proposalsQuery = (id: string, state: State) =>
  queryOptions({
    queryKey: [KEY, id, "proposals", state],
    queryFn: async () => (await api.copilots.proposals({ id, state, per_page: 100 })).proposals,
    // Openers are drafted in the background, and looked for more often while some are.
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ opener }) => opener?.state === "waiting" || opener?.state === "asking") ? 1_500 : 10_000,
  });

export function useSaveCopilot() {
  return useWrite(async ({ id, ...wish }: CopilotInput & { id: string | null }) =>
    id ? api.copilots.update({ id, ...wish }) : api.copilots.create(wish),
  );
}

export function useSwitch() {
  return useWrite(({ id, active }: { id: string; active: boolean }) => api.copilots.update({ id, active }));
}

export function useDeleteCopilot() {
  return useWrite((id: string) => api.copilots.delete({ id }));
}

export function usePropose() {
  return useWrite((id: string) => api.copilots.propose({ id }));
}

export function useDecide() {
  return useWrite(({ copilot, id, verb, reason }: ProposalDecision) => {
    const wish = { id: copilot, proposal_ids: [id] };
    return verb === "approve"
      ? api.copilots.approve(wish)
      : api.copilots.reject({ ...wish, reason: reason ?? null });
  });
}

export type ProposalDecision = { copilot: string; id: string; verb: "approve" | "reject"; reason?: string };

export function useEdit() {
  return useWrite((wish: { id: string; proposal_id: string; email_account_id: string | null }) =>
    api.copilots.edit(wish),
  );
}

export function useDecideOpener() {
  return useWrite((wish: Parameters<typeof api.copilots.decideOpener>[0]) => api.copilots.decideOpener(wish));
}

/** What was decided is shown at once where it went, and is learnt from. */
function useWrite<Asked, Answer>(write: (asked: Asked) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}
