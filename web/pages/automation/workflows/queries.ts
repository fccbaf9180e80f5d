import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isNotOf } from "../../../parts/gone.ts";
import { useReadFirst, type Version } from "../../../parts/read-first.ts";
import type { Sort } from "../../../parts/records/RecordTable.tsx";
import { sortedBy } from "../../../parts/records/sort.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";
import { addsTo } from "./prefill.ts";

export type Workflow = Awaited<ReturnType<typeof api.workflows.get>>["workflow"];
export type Listed = Awaited<ReturnType<typeof api.workflows.list>>["workflows"][number];
export type Entity = Workflow["entity"];
export type Run = Awaited<ReturnType<typeof api.workflowRuns.get>>["workflow_run"];
export type WorkflowCandidate = Awaited<
  ReturnType<typeof api.workflowRuns.candidates>
>["workflow_candidates"][number];
export type CandidateResult = WorkflowCandidate["verdict"];
export type Explanation = Awaited<ReturnType<typeof api.workflows.explain>>["explanation"];
export type LookBackWish = Parameters<typeof api.workflowTrials.lookBack>[0];
export type LookedBack = Awaited<ReturnType<typeof api.workflowTrials.lookBack>>["look_back"];
export type TrialWish = Parameters<typeof api.workflowTrials.tryOut>[0];
export type Tried = Awaited<ReturnType<typeof api.workflowTrials.tryOut>>["trial"];
export type NewWorkflow = Parameters<typeof api.workflows.create>[0];
export type WorkflowChange = Parameters<typeof api.workflows.update>[0];
export type WorkflowSecrets = Awaited<ReturnType<typeof api.workflows.create>>["secrets"];

const AT_ONCE = 50;

type ListWish = Parameters<typeof api.workflows.list>[0];
type Shown = { q: string; status: string; sort: Sort | null };

export function workflowsSource({ q, status, sort }: Shown): WindowSource<Listed> {
  const asked = {
    ...(sortedBy(sort) as Pick<NonNullable<ListWish>, "sort_by_field" | "sort_ascending">),
    ...(q && { q_keywords: q }),
    ...(status === "on" && { active: true }),
    ...(status === "off" && { active: false }),
    ...(status === "archived" && { archived: true }),
  };
  return {
    key: ["workflows", "list", asked],
    size: AT_ONCE,
    fetch: async ({ page, size }) => {
      const { workflows, pagination } = await api.workflows.list({ ...asked, page, per_page: size });
      return { rows: workflows, total: pagination.total_entries };
    },
  };
}

/** Every workflow that a list finds, in its order. */
export const allListed = ({ key, fetch }: WindowSource<Listed>) =>
  queryOptions({
    queryKey: ["workflows", "all", ...key.slice(2)],
    queryFn: async () => {
      const all: Listed[] = [];
      for (let page = 1; ; page++) {
        const { rows, total } = await fetch({ page, size: LISTED_AT_ONCE });
        all.push(...rows);
        if (rows.length === 0 || all.length >= total) return all;
      }
    },
  });

export const workflowQuery = (id: string) =>
  queryOptions({
    queryKey: ["workflows", "one", id],
    queryFn: async ({ signal }) => (await api.workflows.get({ id }, { signal })).workflow,
  });

/** The whole team's, few as they are: what something else names one of. */
export const workflowNamesQuery = queryOptions({
  queryKey: ["workflows", "names"],
  queryFn: async () => {
    // Archived workflows are included: users still ask what one did with a contact.
    const all = await Promise.all(
      [false, true].map((archived) => api.workflows.list({ archived, per_page: 100 })),
    );
    return all.flatMap(({ workflows }) => workflows);
  },
});

const LISTED_AT_ONCE = 100;

/** Those that add contacts to a sequence, whether they are on or off. */
export const workflowsAddingToQuery = (sequenceId: string) =>
  queryOptions({
    queryKey: ["workflows", "adding to", sequenceId],
    queryFn: async () => {
      const adding: Listed[] = [];
      for (let page = 1; ; page++) {
        const { workflows, pagination } = await api.workflows.list({ page, per_page: LISTED_AT_ONCE });
        adding.push(...workflows.filter(({ actions }) => addsTo(sequenceId, actions)));
        if (page >= pagination.total_pages) return adding;
      }
    },
  });

/** Workflows run by themselves, so an open page asks again. */
const EVERY_MS = 5000;

export function runsSource(id: string): WindowSource<Run> {
  return {
    key: ["workflows", "runs", id, "list"],
    size: AT_ONCE,
    everyMs: EVERY_MS,
    fetch: async ({ page, size }) => {
      const { workflow_runs, pagination } = await api.workflows.runs({ id, page, per_page: size });
      return { rows: workflow_runs, total: pagination.total_entries };
    },
  };
}

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["workflows", "runs", "one", id],
    queryFn: async () => (await api.workflowRuns.get({ id })).workflow_run,
    refetchInterval: ({ state: { data } }) => (data?.finished_at ? false : EVERY_MS),
  });

export function candidatesSource(runId: string, verdict: string): WindowSource<WorkflowCandidate> {
  const asked = { id: runId, ...(isVerdict(verdict) && { verdict }) };
  return {
    key: ["workflows", "candidates", asked],
    size: AT_ONCE,
    everyMs: EVERY_MS,
    fetch: async ({ page, size }) => {
      const found = await api.workflowRuns.candidates({ ...asked, page, per_page: size });
      return { rows: found.workflow_candidates, total: found.pagination.total_entries };
    },
  };
}

function isVerdict(text: string): text is CandidateResult {
  return ["waiting", "done", "skipped", "failed"].includes(text);
}

/** The same call as running it, told to do nothing. */
export const outlookQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["workflows", "outlook", id, version],
    queryFn: async ({ signal }) => {
      const { outlook } = await api.workflows.run({ id }, { dryRun: true, signal });
      if (!outlook) throw new Error("A dry run came back without what it foresees.");
      return outlook;
    },
    staleTime: 0,
  });

/** Of a saved workflow, or of one as it stands in the form. */
export const lookBackQuery = (wish: LookBackWish) =>
  queryOptions({
    queryKey: ["workflows", "look-back", wish],
    queryFn: async ({ signal }) => (await api.workflowTrials.lookBack(wish, { signal })).look_back,
    staleTime: 0,
  });

export const trialQuery = (wish: TrialWish) =>
  queryOptions({
    queryKey: ["workflows", "trial", wish],
    queryFn: async ({ signal }) => (await api.workflowTrials.tryOut(wish, { signal })).trial,
    staleTime: 0,
  });

export const explanationQuery = (id: string, entityId: string) =>
  queryOptions({
    queryKey: ["workflows", "why", id, entityId],
    queryFn: async () => (await api.workflows.explain({ id, entity_id: entityId })).explanation,
    staleTime: 0,
  });

export function useWorkflow(id: string) {
  return useQuery(workflowQuery(id));
}

function useWrite<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const refresh = useRefreshWorkflows();
  return useMutation({ mutationFn: write, onSuccess: () => refresh() });
}

function useRefreshWorkflows() {
  const queries = useQueryClient();
  return (gone: readonly string[] = []) =>
    Promise.all(
      ["workflows", "history"].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun], predicate: isNotOf(gone) }),
      ),
    );
}

export const useCreate = () => useWrite((wish: NewWorkflow) => api.workflows.create(wish));
export const useChange = () =>
  useWrite(({ ifMatch, ...change }: WorkflowChange & Version) => api.workflows.update(change, { ifMatch }));

/** `isAsShown`: whether what is saved is still what the change was made to. */
export function useChangeShown(isAsShown: (now: Workflow) => boolean) {
  const readFirst = useReadFirst();
  return useWrite((change: WorkflowChange) =>
    readFirst(workflowQuery(change.id), isAsShown, ({ etag }) =>
      api.workflows.update(change, { ifMatch: etag }),
    ),
  );
}

export const useSwitchOn = () =>
  useWrite((wish: { id: string; everybody: boolean }) => api.workflows.activate(wish));
export const useSwitchOff = () => useWrite((id: string) => api.workflows.deactivate({ id }));
export const useArchive = () => useWrite((id: string) => api.workflows.archive({ id }));
export const useBringBack = () => useWrite((id: string) => api.workflows.update({ id, archived: false }));
export const useRun = () => useWrite((id: string) => api.workflows.run({ id }));
export const useNewSecrets = () => useWrite((id: string) => api.workflows.rotateSecrets({ id }));
export const useCancelRun = () => useWrite((id: string) => api.workflowRuns.cancel({ id }));
export const useRerun = () => useWrite((id: string) => api.workflowCandidates.rerun({ id }));

/** Not waited for: the page of what is gone leaves before the rest is asked anew. */
export function useDelete() {
  const refresh = useRefreshWorkflows();
  return useMutation({
    mutationFn: (id: string) => api.workflows.delete({ id }),
    onSuccess: (_, id) => void refresh([id]),
  });
}
