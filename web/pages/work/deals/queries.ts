import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { isNotOf } from "../../../parts/gone.ts";
import { useReadFirst, type Version } from "../../../parts/read-first.ts";
import type { Sort } from "../../../parts/records/RecordTable.tsx";
import { sortedBy } from "../../../parts/records/sort.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";

export type Deal = Awaited<ReturnType<typeof api.opportunities.search>>["opportunities"][number];
export type DealShown = Awaited<ReturnType<typeof api.opportunities.get>>["opportunity"];
export type DealStage = Awaited<ReturnType<typeof api.opportunityStages.list>>["opportunity_stages"][number];
export type DealTotal = Awaited<ReturnType<typeof api.opportunities.totals>>["totals"][number];
export type DealWish = Parameters<typeof api.opportunities.create>[0];
export type DealChange = Parameters<typeof api.opportunities.update>[0];
type BulkChange = NonNullable<Parameters<typeof api.opportunities.bulkUpdate>[0]>;

export type DealSearch = NonNullable<Parameters<typeof api.opportunities.search>[0]>;
type DealGroup = NonNullable<DealSearch["group_by"]>;
/** What a list and its sums are narrowed to. */
export type DealFilter = NonNullable<Parameters<typeof api.opportunities.totals>[0]>;

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
    queryFn: async () => (await api.opportunities.totals(filter)).totals,
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
        ...filter,
        opportunity_stage_ids: [stageId],
        page: pageParam,
        per_page: IN_COLUMN,
        sort_by_field: "closed_date",
        sort_ascending: true,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : null),
  });
}

const AT_ONCE = 50;

export function dealsSource(filter: DealFilter, sort: Sort | null, group?: string): WindowSource<Deal> {
  const ordered: DealSearch = {
    ...filter,
    ...sortedBy(sort),
    ...(group && { group_by: group as DealGroup }),
  };
  return {
    key: ["deals", "found", ordered],
    size: AT_ONCE,
    fetch: async ({ page, size }) => {
      const found = await api.opportunities.search({ ...ordered, per_page: size, page });
      return { rows: found.opportunities, total: found.pagination.total_entries, groups: found.groups };
    },
  };
}

/** All that a search finds, a hundred at a time. */
export async function dealsOf(filter: DealFilter) {
  const deals: Deal[] = [];
  for (let page = 1; ; page++) {
    const found = await api.opportunities.search({ ...filter, page, per_page: 100 });
    deals.push(...found.opportunities);
    if (page >= found.pagination.total_pages) return deals;
  }
}

/** The deals of one company, those that close first on top. */
export function dealsOfCompany(accountId: string) {
  return queryOptions({
    queryKey: ["deals", "of company", accountId],
    queryFn: async () =>
      (
        await api.opportunities.search({
          account_id: accountId,
          per_page: 100,
          sort_by_field: "closed_date",
          sort_ascending: true,
        })
      ).opportunities,
  });
}

export const dealQuery = (id: string) =>
  queryOptions({
    queryKey: ["deals", "one", id],
    queryFn: async () => (await api.opportunities.get({ id })).opportunity,
  });

export function useDeal(id: string) {
  return useQuery(dealQuery(id));
}

export function useDealWrite<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    // Not waited for: the message is shown first, and the page leaves.
    onSuccess: () =>
      void Promise.all(["deals", "story"].map((noun) => queries.invalidateQueries({ queryKey: [noun] }))),
  });
}

export const useCreateDeal = () => useDealWrite((wish: DealWish) => api.opportunities.create(wish));
/** `told`: what a form shows of the deal, which another user may have changed since. */
export function useChangeShownDeal(shown: DealShown, told: (now: DealShown) => unknown) {
  const readFirst = useReadFirst();
  return useDealWrite((change: Omit<DealChange, "id">) =>
    readFirst(
      dealQuery(shown.id),
      (now) => JSON.stringify(told(now)) === JSON.stringify(told(shown)),
      ({ etag }) => api.opportunities.update({ id: shown.id, ...change }, { ifMatch: etag }),
    ),
  );
}

export const useChangeDeal = () =>
  useDealWrite(({ ifMatch, ...change }: DealChange & Version) =>
    api.opportunities.update(change, { ifMatch }),
  );

type StageChange = {
  deal: Pick<Deal, "id" | "opportunity_stage_id">;
  to: string;
  /** Why it is lost; null where it is not lost after all. */
  reason?: string | null | undefined;
};

/** To another stage, unless a teammate has moved it since it was shown. */
export function useMoveToStage() {
  const readFirst = useReadFirst();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ deal: { id, opportunity_stage_id: from }, to, reason }: StageChange) =>
      readFirst(
        dealQuery(id),
        (now) => now.opportunity_stage_id === from,
        ({ etag }) =>
          api.opportunities.update(
            {
              id,
              opportunity_stage_id: to,
              ...(reason !== undefined && { closed_lost_reason: reason }),
            },
            { ifMatch: etag },
          ),
      ),
    onSettled: () =>
      void Promise.all(["deals", "story"].map((noun) => queries.invalidateQueries({ queryKey: [noun] }))),
  });
}

/** The page of what is gone is left before the rest is asked anew. */
export function useDeleteDeals() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (let from = 0; from < ids.length; from += AT_ONCE_CHANGED)
        await api.opportunities.bulkDelete({ opportunity_ids: ids.slice(from, from + AT_ONCE_CHANGED) });
    },
    onSuccess: (_, ids) => {
      for (const noun of ["deals", "story"])
        void queries.invalidateQueries({ queryKey: [noun], predicate: isNotOf(ids) });
    },
  });
}

const AT_ONCE_CHANGED = 500;

/** The same change of many, as parts that are each whole. */
export async function changeDeals(
  ids: readonly string[],
  change: Pick<BulkChange, "opportunity_stage_id" | "owner_id" | "closed_lost_reason">,
) {
  for (let from = 0; from < ids.length; from += AT_ONCE_CHANGED)
    await api.opportunities.bulkUpdate({
      opportunity_ids: ids.slice(from, from + AT_ONCE_CHANGED),
      ...change,
    });
}
