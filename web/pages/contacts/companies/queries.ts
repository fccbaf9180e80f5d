import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isNotOf } from "../../../parts/gone.ts";
import { chunksOf, inTurn } from "../../../parts/in-turn.ts";
import type { Version } from "../../../parts/read-first.ts";
import type { Sort } from "../../../parts/records/RecordTable.tsx";
import { sortedBy } from "../../../parts/records/sort.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";

export type Company = Awaited<ReturnType<typeof api.accounts.search>>["accounts"][number];
export type ShownCompany = Awaited<ReturnType<typeof api.accounts.get>>["account"];
export type CompanySearch = NonNullable<Parameters<typeof api.accounts.search>[0]>;
type CompanyGroup = NonNullable<CompanySearch["group_by"]>;
type CompanyWish = NonNullable<Parameters<typeof api.accounts.create>[0]>;
export type CompanyChange = Parameters<typeof api.accounts.update>[0];

const AT_ONCE = 50;
const PAGES_REACH = 50_000;

export function companiesSource(
  search: CompanySearch,
  sort: Sort | null,
  group?: string,
): WindowSource<Company> {
  const ordered = {
    ...search,
    ...sortedBy(sort),
    ...(group && { group_by: group as CompanyGroup }),
  };
  return {
    key: ["companies", "found", ordered],
    size: AT_ONCE,
    reach: PAGES_REACH,
    fetch: async ({ page, size }) => {
      if (page * size > PAGES_REACH) return { rows: [], total: PAGES_REACH };
      const { accounts, pagination, groups } = await api.accounts.search({
        ...ordered,
        per_page: size,
        page,
      });
      return { rows: accounts, total: pagination.total_entries, groups };
    },
  };
}

export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: ["companies", "one", id],
    queryFn: async () => (await api.accounts.get({ id })).account,
  });

export function useCompany(id: string) {
  return useQuery(companyQuery(id));
}

export const MOST_PEOPLE = 100;

/** Its contacts by their names, as many as one looks at. */
export const peopleOfCompany = (id: string) =>
  queryOptions({
    queryKey: ["contacts", "of company", id],
    queryFn: () =>
      api.contacts.search({ account_ids: [id], per_page: MOST_PEOPLE, sort_by_field: "contact_name" }),
  });

/** All that a search finds: companies are far fewer than people, and pages of a hundred reach them. */
export async function companiesOf(search: CompanySearch) {
  const found: Company[] = [];
  for (let page = 1; ; page++) {
    const { accounts, pagination } = await api.accounts.search({ ...search, page, per_page: 100 });
    found.push(...accounts);
    if (page >= pagination.total_pages) return found;
  }
}

/** Those of them that are on the list already. */
export async function companiesOnList(ids: readonly string[], listId: string) {
  const there = await inTurn(chunksOf(ids, 1000), (some) =>
    companiesOf({ account_ids: some, account_label_ids: [listId] }),
  );
  return new Set(there.flat().map(({ id }) => id));
}

export function useCompanyWrite<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: () =>
      Promise.all(
        ["companies", "lists", "contacts", "story"].map((noun) =>
          queries.invalidateQueries({ queryKey: [noun] }),
        ),
      ),
  });
}

export const useChangeCompany = () =>
  useCompanyWrite(({ ifMatch, ...change }: CompanyChange & Version) =>
    api.accounts.update(change, { ifMatch }),
  );
export const useCreateCompany = () => useCompanyWrite((wish: CompanyWish) => api.accounts.create(wish));
/** The page of what is gone is left before the rest is asked anew. */
export function useDeleteCompany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.accounts.delete({ id }),
    onSuccess: (_, id) => {
      for (const noun of ["companies", "lists", "contacts", "story"])
        void queries.invalidateQueries({ queryKey: [noun], predicate: isNotOf([id]) });
    },
  });
}
