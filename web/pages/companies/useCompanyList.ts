import { useMemo } from "react";
import { useAddress } from "../../parts/address.ts";
import { type FilterField, useFilter } from "../../parts/filters/filter.ts";
import { useSort } from "../../parts/records/sort.ts";
import { useSelection } from "../../parts/records/useSelection.ts";
import { useWindowed } from "../../parts/records/useWindowed.ts";
import { useLists } from "../lists/queries.ts";
import { usePeople } from "../people/queries.ts";
import { useStages } from "../stages/queries.ts";
import { useView } from "../views/useView.ts";
import { type Company, type CompanySearch, companiesSource } from "./queries.ts";
import { searchOf } from "./search.ts";

/** A list of companies as the address narrows and orders it, within what is fixed. */
export function useCompanyList(storageKey: string, fixed?: CompanySearch) {
  const [address, change] = useAddress();
  const [filter, setFilter] = useFilter();
  const [sort, setSort] = useSort();
  const fields = useCompanyFilters();
  const q = address.q ?? "";
  const asked = JSON.stringify({ ...searchOf(filter, q), ...fixed });
  const search = useMemo(() => JSON.parse(asked) as CompanySearch, [asked]);
  const source = useMemo(() => companiesSource(search, sort), [search, sort]);
  const rows = useWindowed(source);
  const selection = useSelection<Company>(JSON.stringify(source.key));
  const view = useView("accounts", storageKey);
  return {
    ...{ storageKey, q, filter, setFilter, sort, setSort, fields, search, source, rows, selection, view },
    setQ: (next: string) => change({ q: next || undefined }),
    isNarrowed: q !== "" || Object.keys(filter).length > 0,
    peek: address.peek,
    setPeek: (id: string | undefined) => change({ peek: id }),
    widen: () => change({ q: undefined, filter: undefined, view: undefined }),
  };
}

export type CompanyListState = ReturnType<typeof useCompanyList>;

export function useCompanyFilters(): readonly FilterField[] {
  const { data: stages = [] } = useStages("account");
  const { data: people = [] } = usePeople();
  const { data: lists = [] } = useLists("accounts");
  const named = (things: readonly { id: string; name: string }[]) =>
    things.map(({ id, name }) => ({ value: id, label: name }));
  return [
    { key: "stage", name: "Stage", kind: "choices", choices: named(stages) },
    { key: "owner", name: "Owner", kind: "choices", choices: named(people) },
    { key: "list", name: "List", kind: "choices", choices: named(lists), none: "There are no lists yet." },
    { key: "name", name: "Name", kind: "words" },
    { key: "domain", name: "Domain", kind: "words", placeholder: "norrland.example" },
  ];
}
