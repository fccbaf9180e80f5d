// A list of any length, of which only what is looked at is fetched: pages of a search, asked for as rows of
// them come into view. Cadenza's searches give pages up to a reach; beyond it each page is asked for with
// the cursor of the one before.

import { type Query, type QueryKey, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { t } from "../../language/t.ts";
import type { RowGroup } from "./lines.ts";

export type FetchedPage<Row> = {
  rows: readonly Row[];
  total: number;
  /** The total is a floor: there are more, and cursors reach them. */
  isAtLeast?: boolean;
  cursor?: string | null;
  /** Of the first page, where the list is grouped: in the order of the rows. */
  groups?: readonly { name: string | null; count: number }[] | undefined;
};

type PageWindow = { page: number; size: number; cursor?: string };

export type WindowSource<Row> = {
  /** [noun, …]: whatever changes what is found belongs into it. */
  key: QueryKey;
  size: number;
  /** How many rows pages reach; all, unless said. */
  reach?: number;
  /** How often what is in view is asked anew by itself; never, unless said. */
  everyMs?: number;
  fetch: (place: PageWindow) => Promise<FetchedPage<Row>>;
};

export type Windowed<Row> = {
  source: WindowSource<Row>;
  /** Of the rows that are shown. Undefined until the first page is there. */
  total: number | undefined;
  /** How many match what is asked now. Undefined until that is answered, while rows may be shown that matched before. */
  matches: number | undefined;
  isAtLeast: boolean;
  /** Null where the list has no groups. */
  groups: readonly RowGroup[] | null;
  /** The rows from one to before the other; undefined where they are still on their way. */
  rows: (from: number, to: number) => readonly (Row | undefined)[];
  /** The places of the rows that are looked at now. */
  ask: (places: readonly number[]) => void;
  /** What is shown is still the answer to the question before. */
  isStale: boolean;
  error: unknown;
  refetch: () => void;
};

const NOTHING: readonly never[] = [];

export function useWindowed<Row>(source: WindowSource<Row>): Windowed<Row> {
  const client = useQueryClient();
  const { key, size } = source;
  const [asked, setAsked] = useState("");
  const pages = laterPagesOf(asked);
  const optionsOf = (page: number) => ({
    queryKey: pageKey(key, page),
    queryFn: () => fetchPage(client, source, page),
    ...(source.everyMs && { refetchInterval: source.everyMs }),
  });
  // The first page of the question before stays until the new one is here, so nothing blinks and no key is lost. By itself:
  // a query among several is never told what there was before.
  const first = useQuery({
    ...optionsOf(0),
    placeholderData: (before: FetchedPage<Row> | undefined, query?: Query<FetchedPage<Row>>) =>
      query?.queryKey[0] === key[0] ? before : undefined,
  });
  const later = useQueries({ queries: pages.map(optionsOf) });
  const failed = [first, ...later].find(({ error }) => error);
  const loaded = new Map([
    [0, first.data] as const,
    ...pages.map((page, index) => [page, later[index]?.data] as const),
  ]);
  const total = first.data?.isAtLeast ? reachedOf(client, source, first.data) : first.data?.total;

  const ask = useCallback(
    (places: readonly number[]) =>
      setAsked([...new Set(places.map((place) => Math.floor(place / size)))].join(" ")),
    [size],
  );
  const rows = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, offset) => {
      const index = from + offset;
      const data =
        loaded.get(Math.floor(index / size)) ??
        client.getQueryData<FetchedPage<Row>>(pageKey(key, Math.floor(index / size)));
      return data?.rows[index % size];
    });
  return {
    source,
    total,
    matches: first.isPlaceholderData ? undefined : total,
    isAtLeast: first.data?.isAtLeast ?? false,
    groups: useGroups(first.data),
    rows,
    ask,
    isStale: first.isPlaceholderData,
    error: failed?.error ?? null,
    refetch: useCallback(() => void client.invalidateQueries({ queryKey: key }), [client, key]),
  };
}

/** Where there are more groups than are told, their rows come last. */
function useGroups<Row>(first: FetchedPage<Row> | undefined) {
  return useMemo(() => {
    if (!first?.groups) return null;
    const groups = first.groups.map(({ name, count }): RowGroup => ({ name: name ?? "", count }));
    const others = first.total - groups.reduce((sum, { count }) => sum + count, 0);
    return others > 0 ? [...groups, { name: t("Others"), count: others }] : groups;
  }, [first]);
}

function pageKey(key: QueryKey, page: number): QueryKey {
  return [...key, "page", page];
}

/** What a list asks first: for asking it before the list is there. */
export function firstPageOf<Row>(source: WindowSource<Row>) {
  return {
    queryKey: pageKey(source.key, 0),
    queryFn: () => source.fetch({ page: 1, size: source.size }),
  };
}

/** In view, beside the first, which is asked for always: it knows how many there are. As text, so that the same pages are no change. */
function laterPagesOf(asked: string) {
  return asked
    .split(" ")
    .map(Number)
    .filter((page) => page > 0);
}

type Client = ReturnType<typeof useQueryClient>;

async function fetchPage<Row>(
  client: Client,
  source: WindowSource<Row>,
  page: number,
): Promise<FetchedPage<Row>> {
  const { size, reach = Number.POSITIVE_INFINITY } = source;
  if ((page + 1) * size <= reach) return source.fetch({ page: page + 1, size });
  const before = await client.fetchQuery({
    queryKey: pageKey(source.key, page - 1),
    queryFn: () => fetchPage(client, source, page - 1),
    staleTime: 60_000,
  });
  if (!before.cursor) return { rows: NOTHING, total: before.total };
  return source.fetch({ page: page + 1, size, cursor: before.cursor });
}

/**
 * Beyond the counted rows the list grows as the user scrolls: there is always one page more, until the last. Every page that
 * was ever fetched counts, not only those in view: otherwise the list would shrink while the user waits for the next page.
 */
function reachedOf<Row>(client: Client, { key, size }: WindowSource<Row>, first: FetchedPage<Row>) {
  let total = first.total;
  for (const [pageKey, data] of client.getQueriesData<FetchedPage<Row>>({ queryKey: [...key, "page"] })) {
    const end = Number(pageKey.at(-1)) * size + (data?.rows.length ?? 0);
    if (!data || end < first.total) continue;
    total = Math.max(total, end + (data.cursor ? size : 0));
  }
  return total;
}

/** One row at any position, fetched if need be: for going on to the next record without the list. */
export async function rowAt<Row>(client: Client, source: WindowSource<Row>, index: number) {
  if (index < 0) return undefined;
  const page = Math.floor(index / source.size);
  const data = await client.fetchQuery({
    queryKey: pageKey(source.key, page),
    queryFn: () => fetchPage(client, source, page),
    staleTime: 60_000,
  });
  return data.rows[index % source.size];
}

/** The rows from one to before another, fetched if need be. */
export async function rowsBetween<Row>(client: Client, source: WindowSource<Row>, from: number, to: number) {
  const rows: Row[] = [];
  for (let index = from; index < to; index++) {
    const row = await rowAt(client, source, index);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

/** A list that came whole, in the shape of one that does not. */
export function useWhole<Row>(
  key: QueryKey,
  all: readonly Row[] | undefined,
  state: { error: unknown; refetch: () => void },
) {
  return useMemo<Windowed<Row>>(
    () => ({
      source: {
        key,
        size: Math.max(1, all?.length ?? 1),
        fetch: () => Promise.resolve({ rows: all ?? NOTHING, total: all?.length ?? 0 }),
      },
      total: all?.length,
      matches: all?.length,
      isAtLeast: false,
      groups: null,
      rows: (from, to) => (all ?? NOTHING).slice(from, to),
      ask: () => {},
      isStale: false,
      error: state.error,
      refetch: state.refetch,
    }),
    [key, all, state.error, state.refetch],
  );
}
