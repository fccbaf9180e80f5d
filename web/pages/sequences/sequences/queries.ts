import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FilterValues } from "../../../parts/filters/filter.ts";
import { useReadFirst, type Version } from "../../../parts/read-first.ts";
import type { Sort } from "../../../parts/records/RecordTable.tsx";
import { sortedBy } from "../../../parts/records/sort.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";

export type Sequence = Awaited<ReturnType<typeof api.sequences.search>>["emailer_campaigns"][number];
export type FullSequence = Awaited<ReturnType<typeof api.sequences.show>>;
export type Step = FullSequence["emailer_steps"][number];
export type Touch = FullSequence["emailer_touches"][number];
export type SequenceSearch = NonNullable<Parameters<typeof api.sequences.search>[0]>;
export type SequenceChange = Parameters<typeof api.sequences.change>[0];

export const sequencesQuery = (search: SequenceSearch = {}) =>
  queryOptions({
    queryKey: ["sequences", "asked", search],
    queryFn: ({ signal }) => api.sequences.search(search, { signal }),
    placeholderData: keepPreviousData,
  });

/** With its steps, variants, mails, and the rules that hold. */
export const sequenceQuery = (id: string) =>
  queryOptions({
    queryKey: ["sequences", id],
    queryFn: ({ signal }) => api.sequences.show({ id }, { signal }),
  });

export function useSequence(id: string) {
  return useQuery(sequenceQuery(id));
}

/** A change to sequences, after which they and all that counts them are read anew. */
export function useSequenceWrite<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const refresh = useRefreshSequences();
  return useMutation({ mutationFn: write, onSuccess: refresh });
}

export function useRefreshSequences() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["sequences", "folders", "history"].map((noun) => queries.invalidateQueries({ queryKey: [noun] })),
    );
}

export const useChangeSequence = () =>
  useSequenceWrite(({ ifMatch, ...change }: SequenceChange & Version) =>
    api.sequences.change(change, { ifMatch }),
  );
/** `told`: what the page shows of a sequence, which a teammate may have changed since. */
export function useChangeShownSequence(told: (now: Sequence) => unknown) {
  const readFirst = useReadFirst();
  type Wish = { change: Omit<SequenceChange, "id">; shown: Sequence };
  return useSequenceWrite(({ change, shown }: Wish) =>
    readFirst(
      sequenceQuery(shown.id),
      ({ emailer_campaign: now }) => JSON.stringify(told(now)) === JSON.stringify(told(shown)),
      ({ etag }) => api.sequences.change({ id: shown.id, ...change }, { ifMatch: etag }),
    ),
  );
}

export const useApprove = () => useSequenceWrite((id: string) => api.sequences.approve({ id }));
export const useAbort = () => useSequenceWrite((id: string) => api.sequences.abort({ id }));
export const useArchive = () => useSequenceWrite((id: string) => api.sequences.archive({ id }));
export const useClone = () => useSequenceWrite((id: string) => api.sequences.clone({ id }));
export const useStar = () =>
  useSequenceWrite(({ id, isStarred }: { id: string; isStarred: boolean }) =>
    isStarred ? api.stars.starSequence({ id }) : api.stars.unstarSequence({ id }),
  );

type Question = { q: string; status: string; filter: FilterValues; sort: Sort | null };

const PAGE = 50;

/** The list as it is asked for, page by page. */
export function sequencesSource({ q, status, filter, sort }: Question): WindowSource<Sequence> {
  const search: SequenceSearch = {
    ...(q && { q_name: q }),
    ...(isStatus(status) && { emailer_campaign_status: status }),
    ...(Array.isArray(filter.owner) && filter.owner.length > 0 && { user_ids: filter.owner }),
    ...(firstOf(filter.folder) && { folder_id: firstOf(filter.folder) }),
    ...(filter.starred === true && { starred: true }),
    ...sortedBy(sort),
  };
  return {
    key: ["sequences", "found", search],
    size: PAGE,
    fetch: async ({ page, size }) => {
      const found = await api.sequences.search({ ...search, page, per_page: size });
      return { rows: found.emailer_campaigns, total: found.pagination.total_entries };
    },
  };
}

/** Every row that a list finds, a hundred at a time. */
export function allOf({ key, fetch }: WindowSource<Sequence>) {
  return queryOptions({
    queryKey: ["sequences", "all", ...key.slice(2)],
    queryFn: async () => {
      const all: Sequence[] = [];
      for (let page = 1; ; page++) {
        const { rows, total } = await fetch({ page, size: AT_ONCE });
        all.push(...rows);
        if (rows.length === 0 || all.length >= total) return all;
      }
    },
  });
}

const AT_ONCE = 100;

function isStatus(status: string): status is "active" | "inactive" | "archived" {
  return ["active", "inactive", "archived"].includes(status);
}

function firstOf(value: unknown) {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === "string" && one ? one : undefined;
}
