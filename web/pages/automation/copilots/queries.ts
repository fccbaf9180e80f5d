import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
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

/** `shown`: the copilot as it was when the change began; null for a new one. */
export function useSaveCopilot(shown: Copilot | null) {
  const readShown = useReadShown();
  return useWrite(async (wish: CopilotInput) => {
    if (!shown) return api.copilots.create(wish);
    return readShown(copilotsQuery, { shown, told }, (given) =>
      api.copilots.update({ id: shown.id, ...wish }, given),
    );
  });
}

/** What its form changes of it. */
function told(one: Copilot) {
  const { name, filters, example_contact_ids, emailer_campaign_id, email_account_ids } = one;
  const { per_day, hour, review } = one;
  return [name, filters, example_contact_ids, emailer_campaign_id, email_account_ids, per_day, hour, review];
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
