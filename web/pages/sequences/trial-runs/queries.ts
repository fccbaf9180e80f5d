import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type TrialRunBrief = Awaited<ReturnType<typeof api.trialRuns.list>>["trial_runs"][number];
export type TrialRun = Awaited<ReturnType<typeof api.trialRuns.show>>["trial_run"];
export type TrialReport = NonNullable<TrialRun["report"]>;
export type TrialEmail = Awaited<ReturnType<typeof api.trialRuns.emails>>["emails"][number];
export type TrialContact = Awaited<ReturnType<typeof api.trialRuns.contacts>>["contacts"][number];
export type TrialWish = Parameters<typeof api.trialRuns.start>[0];
export type ContactsAsked = Omit<Parameters<typeof api.trialRuns.contacts>[0], "id" | "page" | "per_page">;

const KEY = "trial-runs";
const EVERY_MS = 1_000;
const PAGE = 25;

export const isRunning = ({ finished_at }: Pick<TrialRunBrief, "finished_at">) => finished_at === null;

/** Looked at again and again while one is running. */
export const trialRunsQuery = (sequenceId: string) =>
  queryOptions({
    queryKey: [KEY, sequenceId],
    queryFn: async () => (await api.trialRuns.list({ id: sequenceId })).trial_runs,
    refetchInterval: ({ state: { data } }) => (data?.some(isRunning) ? EVERY_MS : false),
  });

export const trialRunQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "one", id],
    queryFn: async () => (await api.trialRuns.show({ id })).trial_run,
  });

export type EmailsAsked = { contact_id?: string; day?: string };

export const emailsQuery = (id: string, asked: EmailsAsked) =>
  infiniteQueryOptions({
    queryKey: [KEY, "emails", id, asked],
    queryFn: ({ pageParam: page }) => api.trialRuns.emails({ id, ...asked, page, per_page: PAGE }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : undefined),
  });

export const contactsQuery = (id: string, asked: ContactsAsked) =>
  infiniteQueryOptions({
    queryKey: [KEY, "contacts", id, asked],
    queryFn: ({ pageParam: page }) => api.trialRuns.contacts({ id, ...asked, page, per_page: PAGE }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : undefined),
  });

export function useStartTrial() {
  return useMutation({
    mutationFn: async (wish: TrialWish) => (await api.trialRuns.start(wish)).trial_run,
    onSuccess: useRefresh(),
  });
}

export function useStopTrial() {
  return useMutation({
    mutationFn: ({ entity_progress_job_id: id }: TrialRunBrief) => api.progress.cancel({ id }),
    onSuccess: useRefresh(),
  });
}

/** The page forgets it before anything asks for it again. */
export function useDeleteTrial() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: TrialRunBrief) => api.trialRuns.delete({ id }),
    onSuccess: (_, { id, emailer_campaign_id }) => {
      queries.setQueryData(trialRunsQuery(emailer_campaign_id).queryKey, (known) =>
        known?.filter((one) => one.id !== id),
      );
      queries.removeQueries({ queryKey: trialRunQuery(id).queryKey });
    },
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [KEY] });
}
