import type { TableName } from "@cadenza/contract";
import { useMemo } from "react";
import { useAddress } from "../../../parts/address.ts";
import { type FilterField, type FilterValues, useFilter } from "../../../parts/filters/filter.ts";
import type { Sort } from "../../../parts/records/RecordTable.tsx";
import { useSort } from "../../../parts/records/sort.ts";
import { useSelection } from "../../../parts/records/useSelection.ts";
import { useWindowed, type WindowSource } from "../../../parts/records/useWindowed.ts";
import type { GroupChoice } from "./groups.ts";
import type { ViewSubject } from "./queries.ts";
import { useView } from "./useView.ts";

type Of<Row, Search> = {
  subject: ViewSubject;
  /** Whose columns it has. */
  table: TableName;
  fields: readonly FilterField[];
  searchOf: (filter: FilterValues, q: string) => Search;
  sourceOf: (search: Search, sort: Sort | null, group: string | undefined) => WindowSource<Row>;
  /** What its rows can be grouped by, with what is said of those without a value. */
  groups: readonly GroupChoice[];
  /** What it is within, whatever is chosen: those of a list, of a company. */
  fixed: Search | undefined;
};

/** A list of records as the address narrows and orders it, with its views and who is chosen. */
export function useRecordList<Row, Search>(of: Of<Row, Search>) {
  const { subject, table, fields, searchOf, sourceOf, fixed, groups } = of;
  const [address, change] = useAddress();
  const [filter, setFilter] = useFilter();
  const [sort, setSort] = useSort();
  const q = address.q ?? "";
  const asked = JSON.stringify({ ...searchOf(filter, q), ...fixed });
  const search = useMemo(() => JSON.parse(asked) as Search, [asked]);
  const grouped = groups.find(({ value }) => value === address.group);
  const [group, none] = [grouped?.value, grouped?.none];
  const source = useMemo(
    () => withNames(sourceOf(search, sort, group), none),
    [sourceOf, search, sort, group, none],
  );
  const rows = useWindowed(source);
  const selection = useSelection<Row>(JSON.stringify(source.key));
  const view = useView(subject, table);
  return {
    q,
    filter,
    setFilter,
    sort,
    setSort,
    groups,
    group,
    setGroup: (next: string | undefined) => change({ group: next }),
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

/** Groups of records without a value have a name, too. */
function withNames<Row>(source: WindowSource<Row>, none = ""): WindowSource<Row> {
  return {
    ...source,
    fetch: async (place) => {
      const page = await source.fetch(place);
      const groups = page.groups?.map((one) => ({ name: one.name || none, count: one.count }));
      return { ...page, groups };
    },
  };
}

export type RecordList<Row, Search> = ReturnType<typeof useRecordList<Row, Search>>;
