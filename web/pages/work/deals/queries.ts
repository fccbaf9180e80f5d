import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Deal = Awaited<ReturnType<typeof api.opportunities.search>>["opportunities"][number];
export type DealShown = Awaited<ReturnType<typeof api.opportunities.get>>["opportunity"];
export type DealStage = Awaited<ReturnType<typeof api.opportunityStages.list>>["opportunity_stages"][number];
export type DealTotal = Awaited<ReturnType<typeof api.opportunities.totals>>["totals"][number];
export type DealWish = Parameters<typeof api.opportunities.create>[0];
type DealChange = Parameters<typeof api.opportunities.update>[0];

export type DealFilter = { owner: string | null; words: string | null };

/** In the words of a search. */
export function narrowed({ owner, words }: DealFilter) {
  return { ...(owner && { owner_id: owner }), ...(words && { q_keywords: words }) };
}

export const stagesQuery = queryOptions({
  queryKey: ["deal-stages"],
  queryFn: async () => (await api.opportunityStages.list()).opportunity_stages,
  staleTime: 300_000,
});

export const roleTypesQuery = queryOptions({
  queryKey: ["deals", "role-types"],
  queryFn: async () =>
    (await api.opportunityContactRoleTypes.search()).opportunity_contact_role_types.map(({ name }) => name),
});

export function totalsQuery(filter: DealFilter) {
  return queryOptions({
    queryKey: ["deals", "totals", filter],
    queryFn: async () => (await api.opportunities.totals(narrowed(filter))).totals,
    placeholderData: keepPreviousData,
  });
}

const IN_COLUMN = 25;

/** A column of the board, what closes first on top. */
export function columnQuery(filter: DealFilter, stageId: string) {
  return infiniteQueryOptions({
    queryKey: ["deals", "column", filter, stageId],
    queryFn: ({ pageParam }) =>
      api.opportunities.search({
        ...narrowed(filter),
        opportunity_stage_id: stageId,
        page: pageParam,
        per_page: IN_COLUMN,
        sort_by_field: "closed_date",
        sort_ascending: true,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : null),
  });
}

export function listQuery(filter: DealFilter) {
  return infiniteQueryOptions({
    queryKey: ["deals", "list", filter],
    queryFn: ({ pageParam }) =>
      api.opportunities.search({
        ...narrowed(filter),
        page: pageParam,
        per_page: 50,
        sort_by_field: "created_at",
      }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : null),
  });
}

export function useDeal(id: string | undefined) {
  return useQuery({
    queryKey: ["deals", "one", id],
    queryFn: async () => (await api.opportunities.get({ id: id ?? "" })).opportunity,
    enabled: id !== undefined,
  });
}

export function useDealChanges() {
  const queries = useQueryClient();
  // Not waited for: the message is shown first, and the page leaves.
  const onSuccess = () =>
    void Promise.all(["deals", "story"].map((noun) => queries.invalidateQueries({ queryKey: [noun] })));
  return {
    create: useMutation({ mutationFn: (wish: DealWish) => api.opportunities.create(wish), onSuccess }),
    update: useMutation({ mutationFn: (change: DealChange) => api.opportunities.update(change), onSuccess }),
    remove: useMutation({ mutationFn: (id: string) => api.opportunities.delete({ id }), onSuccess }),
  };
}
