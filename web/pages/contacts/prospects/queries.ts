import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";

export type ProspectSearch = NonNullable<Parameters<typeof api.mixedPeople.facets>[0]>;
type Answer = Awaited<ReturnType<typeof api.mixedPeople.searchWhole>>;
export type Prospect = Answer["people"][number];
export type Facets = Awaited<ReturnType<typeof api.mixedPeople.facets>>["facets"];
export type SaveWish = NonNullable<Parameters<typeof api.prospecting.addToContacts>[0]>;
export type Saved = Awaited<ReturnType<typeof api.prospecting.addToContacts>>;

const AT_ONCE = 50;
const PAGES_REACH = 50_000;

export function prospectsSource(search: ProspectSearch): WindowSource<Prospect> {
  return {
    key: ["prospects", "found", search],
    size: AT_ONCE,
    reach: PAGES_REACH,
    fetch: async ({ page, size, cursor }) => {
      const found = await api.mixedPeople.searchWhole({
        ...search,
        per_page: size,
        ...(cursor ? { cursor } : { page }),
      });
      const { total_entries, next_cursor } = found.pagination;
      return {
        rows: inOrder(found),
        total: total_entries,
        isAtLeast: found.partial_results_only,
        cursor: next_cursor,
      };
    },
  };
}

/** The answer parts the saved from the others; the list shows them as they were found. */
function inOrder({ contacts, people, model_ids }: Answer) {
  const byId = new Map([...contacts, ...people].map((one) => [one.id, one]));
  return model_ids.flatMap((id) => byId.get(id) ?? []);
}

const IN_DIALOG = 25;

/** The first people that a search finds, and how many there are. */
export const firstProspectsQuery = (search: ProspectSearch) =>
  queryOptions({
    queryKey: ["prospects", "first", search],
    queryFn: async ({ signal }) => {
      const found = await api.mixedPeople.searchWhole({ ...search, per_page: IN_DIALOG }, { signal });
      return { people: inOrder(found), total: found.pagination.total_entries };
    },
    placeholderData: keepPreviousData,
  });

export const facetsQuery = (search: ProspectSearch) =>
  queryOptions({
    queryKey: ["prospects", "facets", search],
    queryFn: () => api.mixedPeople.facets(search),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

export const prospectQuery = (id: string) =>
  queryOptions({
    queryKey: ["prospects", "one", id],
    queryFn: async () => {
      const found = await api.mixedPeople.searchWhole({ person_ids: [id], per_page: 1 });
      return inOrder(found)[0] ?? null;
    },
  });

/** What saving them would do, and cost, as far as the credits reach. */
export const priceQuery = (wish: SaveWish) =>
  queryOptions({
    queryKey: ["prospects", "price", wish],
    queryFn: () => api.prospecting.addToContacts({ ...wish, only_what_fits: true }, { dryRun: true }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const creditsQuery = queryOptions({
  queryKey: ["usage", "lead-credits"],
  queryFn: async () => (await api.usageStats.creditUsage()).credit_usage_stats.lead_credit.left_over,
});

export function useSaveProspects() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: SaveWish) => api.prospecting.addToContacts(wish),
    onSuccess: () =>
      Promise.all(
        ["prospects", "contacts", "lists", "companies", "usage"].map((noun) =>
          queries.invalidateQueries({ queryKey: [noun] }),
        ),
      ),
  });
}

export function usePlantInvented() {
  return useMutation({ mutationFn: () => api.inventedPeople.plant({}) });
}
