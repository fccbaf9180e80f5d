// The view a list is shown in: what the address says of filter, words and order, and the columns, which a saved
// view keeps too. A view that was changed and not saved stays what it was for everybody else.

import type { TableName } from "@cadenza/contract";
import { useRef, useState } from "react";
import { type Address, useAddress } from "../../../parts/address.ts";
import { readFilter, writeFilter } from "../../../parts/filters/filter.ts";
import type { ChangeLayout, Layout } from "../../../parts/records/columns.ts";
import { useLayout } from "../../../parts/records/layout.ts";
import { useViews, type View, type ViewSubject } from "./queries.ts";

export function useView(subject: ViewSubject, table: TableName | null) {
  const [address, move] = useAddress();
  const { data: views = [], isPending } = useViews(subject);
  const view = views.find(({ id }) => id === address.view) ?? null;
  const own = useLayout(table);
  const [changed, setChanged] = useState<Changed | null>(null);
  const latest = useRef<Changed | null>(null); // drawn a moment later
  const layout = view ? layoutIn(view, changed) : own.now;
  const now = { filter: shownFilter(address), sort: address.sort ?? null, ...layout };
  const change: ChangeLayout = (how) => {
    if (!view) return own.change(how);
    const next = how(layoutIn(view, latest.current));
    latest.current = { of: view.id, layout: next };
    setChanged(latest.current);
    return next;
  };
  return {
    view,
    views,
    /** What is looked at, in the shape a view keeps. */
    now,
    isChanged: view !== null && !isAlike(now, view),
    layout: { now: address.view && isPending ? null : layout, change },
    show: (next: View | null) => move(next ? addressOf(next) : NOTHING),
  };
}

export type ShownView = ReturnType<typeof useView>;

const NOTHING: Address = {
  view: undefined,
  filter: undefined,
  q: undefined,
  sort: undefined,
  group: undefined,
  status: undefined,
};

/** The words searched for, the group and the status are kept with the filter, under names that no filter has. */
function shownFilter({ q, group, status, filter }: Address): Record<string, unknown> {
  return { ...readFilter(filter), ...(q && { q }), ...(group && { group }), ...(status && { status }) };
}

export function addressOf({ id, filter, sort }: View): Address {
  const { q, group, status, ...rest } = filter;
  return {
    view: id,
    q: typeof q === "string" && q ? q : undefined,
    group: typeof group === "string" && group ? group : undefined,
    status: typeof status === "string" && status ? status : undefined,
    filter: writeFilter(rest),
    sort: sort ?? undefined,
  };
}

/** What was changed of a view, and is not saved in it. */
type Changed = { of: string; layout: Layout };

/** How its columns are arranged. */
function layoutIn(view: View, changed: Changed | null): Layout {
  return changed?.of === view.id ? changed.layout : layoutOf(view);
}

function layoutOf({ columns, pinned, widths }: Layout): Layout {
  return { columns, pinned, widths };
}

type Kept = Pick<View, "filter" | "sort"> & Layout;

function isAlike(one: Kept, other: Kept) {
  return print(one) === print(other);
}

const inOrder = (record: Readonly<Record<string, unknown>>) =>
  Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));

function print({ filter, sort, columns, pinned, widths }: Kept) {
  return JSON.stringify([inOrder(filter), sort ?? null, columns, pinned, inOrder(widths)]);
}

/** As the server is asked to keep it. */
export function keptOf({ filter, sort, columns, pinned, widths }: Kept) {
  return { filter, sort, columns: columns && [...columns], pinned: [...pinned], widths: { ...widths } };
}
