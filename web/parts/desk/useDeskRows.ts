// The rows of a desk: a list of any length, of which what one has just done with is gone at once, until the server has been asked
// anew; it comes back when that is taken back.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useChoosing } from "../records/useChoosing.ts";
import { type Selection, useSelection } from "../records/useSelection.ts";
import { type FetchedPage, useWindowed, type Windowed, type WindowSource } from "../records/useWindowed.ts";
import { nextAfter } from "./next.ts";

export type DeskRows<Row> = {
  windowed: Windowed<Row>;
  selection: Selection<Row>;
  /** What is shown, without those that are gone. */
  total: number | undefined;
  /** What matches the question of now, without those that are gone; undefined until it is answered. */
  matches: number | undefined;
  /** The first that is there, as far as it is known. */
  first: Row | undefined;
  isHidden: (row: Row) => boolean;
  /** A row that has been fetched, at any position. */
  find: (id: string) => Row | undefined;
  /** Selects or deselects it; `upToHere`: with all rows from the last one. */
  choose: (row: Row, upToHere: boolean) => void;
  /** Which is next once these are gone: the one after the last of them, or the one before at the end. */
  nextAfter: (ids: readonly string[]) => string | undefined;
  leave: (...ids: readonly string[]) => void;
  comeBack: (...ids: readonly string[]) => void;
};

type Thing = { id: string };

const ALL_BELONG = () => true;

/** `belongs`: what the search finds but this list does not show is left out of it. */
export function useDeskRows<Row extends Thing>(
  source: WindowSource<Row>,
  { belongs = ALL_BELONG, keeps = () => false }: Options<Row> = {},
): DeskRows<Row> {
  const client = useQueryClient();
  const windowed = useWindowed(source);
  const selection = useSelection<Row>(JSON.stringify(source.key));
  /** By the id of a row, when its page had been fetched as it was done with. What is fetched later is believed. */
  const [gone, setGone] = useState<ReadonlyMap<string, number>>(new Map());
  const pages = () =>
    client
      .getQueryCache()
      .findAll({ queryKey: [...source.key, "page"] })
      .flatMap(({ queryKey, state }) => {
        const page = state.data as FetchedPage<Row> | undefined;
        return page ? [{ at: Number(queryKey.at(-1)), rows: page.rows, fetchedAt: state.dataUpdatedAt }] : [];
      })
      .toSorted((one, other) => one.at - other.at);
  const loaded = () => pages().flatMap(({ rows }) => rows);
  const fetchedAt = (id: string) => pages().find(({ rows }) => rows.some((row) => row.id === id))?.fetchedAt;
  const isGone = (id: string) => gone.has(id) && gone.get(id) === fetchedAt(id) && !keeps(id);
  const isHidden = (row: Row) => !belongs(row) || isGone(row.id);
  const choose = useChoosing({
    source,
    selection,
    rowKey: ({ id }: Row) => id,
    isDrawn: (_, row) => !isHidden(row),
  });
  const placeOf = ({ id }: Row) => {
    const page = pages().find(({ rows }) => rows.some((row) => row.id === id));
    return page ? page.at * source.size + page.rows.findIndex((row) => row.id === id) : 0;
  };
  // All that was fetched is looked through for it, and a list is drawn again with each page that arrives.
  const hidden = gone.size > 0 || belongs !== ALL_BELONG ? countHidden(loaded(), isHidden) : 0;
  const total = windowed.total === undefined ? undefined : Math.max(0, windowed.total - hidden);
  return {
    windowed,
    selection,
    total,
    matches: windowed.isStale ? undefined : total,
    first: firstOf(windowed, isHidden),
    isHidden,
    find: (id) => loaded().find((row) => row.id === id),
    choose: (row, upToHere) => choose(placeOf(row), row, upToHere),
    nextAfter: (ids) =>
      nextAfter(
        loaded()
          .filter((row) => !isHidden(row) || ids.includes(row.id))
          .map(({ id }) => id),
        ids,
      ),
    leave: (...ids) =>
      setGone((before) => new Map([...before, ...ids.map((id) => [id, fetchedAt(id) ?? 0] as const)])),
    comeBack: (...ids) => setGone((before) => new Map([...before].filter(([id]) => !ids.includes(id)))),
  };
}

type Options<Row> = {
  belongs?: (row: Row) => boolean;
  /** What is open stays to be seen, though it is done with. */
  keeps?: (id: string) => boolean;
};

function countHidden<Row>(rows: readonly Row[], isHidden: (row: Row) => boolean) {
  return rows.filter(isHidden).length;
}

function firstOf<Row>({ rows, total = 0, source }: Windowed<Row>, isHidden: (row: Row) => boolean) {
  return rows(0, Math.min(total, source.size)).find((row) => row !== undefined && !isHidden(row));
}
