// The view a list is shown in: what the address says of filter, words and order, and the columns, which a saved
// view keeps too. A view that was changed and not saved stays what it was for everybody else.

import { useState } from "react";
import { type Address, useAddress } from "../../../parts/address.ts";
import { readFilter, writeFilter } from "../../../parts/filters/filter.ts";
import { type ChosenColumns, rememberedColumns } from "../../../parts/records/columns.ts";
import { useViews, type View, type ViewSubject } from "./queries.ts";

export function useView(subject: ViewSubject, storageKey: string) {
  const [address, change] = useAddress();
  const { data: views = [] } = useViews(subject);
  const view = views.find(({ id }) => id === address.view) ?? null;
  const [columns, setColumns] = useState<{ of: string; chosen: ChosenColumns | null } | null>(null);
  const ofView = columns?.of === view?.id ? columns : null;
  const chosen = view ? (ofView?.chosen ?? view.columns) : null;
  const remembered = view ? chosen : rememberedColumns(storageKey);
  const now = { filter: shownFilter(address), sort: address.sort ?? null, columns: remembered };
  return {
    view,
    views,
    /** What is looked at, in the shape a view keeps. */
    now,
    isChanged: view !== null && !isAlike(now, view),
    chosenColumns: chosen,
    /** Only where a saved view is looked at; otherwise the browser remembers them. */
    onColumns: view ? (next: ChosenColumns | null) => setColumns({ of: view.id, chosen: next }) : undefined,
    show: (next: View | null) => change(next ? addressOf(next) : NOTHING),
  };
}

export type ShownView = ReturnType<typeof useView>;

const NOTHING: Address = { view: undefined, filter: undefined, q: undefined, sort: undefined };

/** The words searched for are kept with the filter, under a name that no filter has. */
function shownFilter({ q, filter }: Address): Record<string, unknown> {
  return { ...readFilter(filter), ...(q && { q }) };
}

export function addressOf({ id, filter, sort }: View): Address {
  const { q, ...rest } = filter;
  return {
    view: id,
    q: typeof q === "string" && q ? q : undefined,
    filter: writeFilter(rest),
    sort: sort ?? undefined,
  };
}

type Kept = Pick<View, "filter" | "sort"> & { columns: ChosenColumns | null };

function isAlike(one: Kept, other: Kept) {
  return print(one) === print(other);
}

function print({ filter, sort, columns }: Kept) {
  return JSON.stringify([
    Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    sort ?? null,
    columns,
  ]);
}
