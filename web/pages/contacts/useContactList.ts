import { useMemo } from "react";
import { useAddress } from "../../parts/address.ts";
import { useFilter } from "../../parts/filters/filter.ts";
import { useSort } from "../../parts/records/sort.ts";
import { useSelection } from "../../parts/records/useSelection.ts";
import { useWindowed } from "../../parts/records/useWindowed.ts";
import { useView } from "../views/useView.ts";
import { useContactFilters } from "./filters.ts";
import type { ContactSearch, FoundContact } from "./queries.ts";
import { contactsSource } from "./source.ts";

/** A list of contacts as the address narrows and orders it, within what is fixed: all, those of a list, of a company. */
export function useContactList(storageKey: string, fixed?: ContactSearch) {
  const [address, change] = useAddress();
  const [filter, setFilter] = useFilter();
  const [sort, setSort] = useSort();
  const { fields, searchOf } = useContactFilters();
  const q = address.q ?? "";
  const asked = JSON.stringify({ ...searchOf(filter, q), ...fixed });
  const search = useMemo(() => JSON.parse(asked) as ContactSearch, [asked]);
  const source = useMemo(() => contactsSource(search, sort), [search, sort]);
  const rows = useWindowed(source);
  const selection = useSelection<FoundContact>(JSON.stringify(source.key));
  const view = useView("contacts", storageKey);
  return {
    ...{ storageKey, q, filter, setFilter, sort, setSort, fields, search, source, rows, selection, view },
    setQ: (next: string) => change({ q: next || undefined }),
    isNarrowed: q !== "" || Object.keys(filter).length > 0,
    peek: address.peek,
    setPeek: (id: string | undefined) => change({ peek: id }),
    widen: () => change({ q: undefined, filter: undefined, view: undefined }),
  };
}

export type ContactListState = ReturnType<typeof useContactList>;
