import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Sort } from "../../../parts/records/RecordTable.tsx";
import { sortedBy } from "../../../parts/records/sort.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";

export type EnrollmentCounts = Awaited<ReturnType<typeof api.enrollments.counts>>;
export type Member = Awaited<ReturnType<typeof api.enrollments.search>>["contact_campaign_statuses"][number];
export type Narrowed = Pick<
  NonNullable<Parameters<typeof api.enrollments.search>[0]>,
  "statuses" | "reasons" | "views" | "q_keywords"
>;
export type Managed = Awaited<ReturnType<typeof api.enrollments.pause>>;

const AT_ONCE = 50;
const MOST_A_PAGE = 100;
const PAGES_REACH = 50_000;

export const countsQuery = (sequenceId: string) =>
  queryOptions({
    queryKey: ["enrollments", sequenceId, "counts"],
    queryFn: () => api.enrollments.counts({ id: sequenceId }),
  });

export function membersSource(
  sequenceId: string,
  narrowed: Narrowed,
  sort: Sort | null,
): WindowSource<Member> {
  const search = {
    emailer_campaign_ids: [sequenceId],
    ...narrowed,
    ...sortedBy(sort),
  };
  return {
    key: ["enrollments", sequenceId, "found", search],
    size: AT_ONCE,
    reach: PAGES_REACH,
    fetch: async ({ page, size, cursor }) => {
      const found = await api.enrollments.search({
        ...search,
        per_page: size,
        ...(cursor ? { cursor } : { page }),
      });
      const { total_entries, next_cursor } = found.pagination;
      return {
        rows: found.contact_campaign_statuses,
        total: total_entries,
        isAtLeast: total_entries >= PAGES_REACH,
        cursor: next_cursor,
      };
    },
  };
}

/** The contacts' ids of all rows that a list finds. */
export async function contactsOf({ fetch }: WindowSource<Member>) {
  const ids: string[] = [];
  for (let page = 1, total = 1; ids.length < total; page++) {
    const found = await fetch({ page, size: MOST_A_PAGE });
    if (found.rows.length === 0) break;
    ids.push(...found.rows.map(({ contact_id }) => contact_id));
    total = found.total;
  }
  return [...new Set(ids)];
}

export function useManage() {
  const refresh = useRefreshMembers();
  return useMutation({ mutationFn: (manage: () => Promise<Managed>) => manage(), onSuccess: refresh });
}

export function useRefreshMembers() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["enrollments", "sequences", "why", "activity", "contacts", "companies", "story"].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun] }),
      ),
    );
}
