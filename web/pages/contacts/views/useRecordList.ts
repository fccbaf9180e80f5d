import type { TableName } from "@cadenza/contract";
import { useMemo } from "react";
import { useAddress } from "../../../parts/address.ts";
import { type FilterField, type FilterValues, useFilter } from "../../../parts/filters/filter.ts";
import type { Sort } from "../../../parts/records/RecordTable.tsx";
import { useSort } from "../../../parts/records/sort.ts";
import { useSelection } from "../../../parts/records/useSelection.ts";
import { useWindowed, type WindowSource } from "../../../parts/records/useWindowed.ts";
import type { ViewSubject } from "./queries.ts";
import { useView } from "./useView.ts";

type Of<Row, Search> = {
  subject: ViewSubject;
  /** Whose columns it has. */
  table: TableName;
  fields: readonly FilterField[];
  searchOf: (filter: FilterValues, q: string) => Search;
  sourceOf: (search: Search, sort: Sort | null) => WindowSource<Row>;
  /** What it is within, whatever is chosen: those of a list, of a company. */
  fixed: Search | undefined;
};

/** A list of records as the address narrows and orders it, with its views and who is chosen. */
export function useRecordList<Row, Search>(of: Of<Row, Search>) {
  const { subject, table, fields, searchOf, sourceOf, fixed } = of;
  const [address, change] = useAddress();
  const [filter, setFilter] = useFilter();
  const [sort, setSort] = useSort();
  const q = address.q ?? "";
  const asked = JSON.stringify({ ...searchOf(filter, q), ...fixed });
  const search = useMemo(() => JSON.parse(asked) as Search, [asked]);
  const source = useMemo(() => sourceOf(search, sort), [sourceOf, search, sort]);
  const rows = useWindowed(source);
  const selection = useSelection<Row>(JSON.stringify(source.key));
  const view = useView(subject, table);
  return {
    q,
    filter,
    setFilter,
    sort,
    setSort,
    fields,
    search,
    source,
    rows,
    selection,
    view,
    setQ: (next: string) => change({ q: next || undefined }),
    isNarrowed: q !== "" || Object.keys(filter).length > 0,
    peek: address.peek,
    setPeek: (id: string | undefined) => change({ peek: id }),
    widen: () => change({ q: undefined, filter: undefined, view: undefined }),
  };
}

export type RecordList<Row, Search> = ReturnType<typeof useRecordList<Row, Search>>;
