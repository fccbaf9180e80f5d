import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useAddress } from "../../../parts/address.ts";
import { type FilterValues, isFiltered, useFilter } from "../../../parts/filters/filter.ts";
import { useSelection } from "../../../parts/records/useSelection.ts";
import { useWindowed } from "../../../parts/records/useWindowed.ts";
import { useView } from "../views/useView.ts";
import { type PeopleScope, partOf, prospectFields, searchOf, withPart } from "./filters.ts";
import { facetsQuery, type Prospect, type ProspectSearch, prospectsSource } from "./queries.ts";

const EVERYBODY: ProspectSearch = {};

/** The store of people as the address narrows it. */
export function useProspects() {
  const [address, change] = useAddress();
  const [filter, setFilter] = useFilter();
  const q = address.q ?? "";
  const asked = JSON.stringify(searchOf(filter, q));
  const search = useMemo(() => JSON.parse(asked) as ProspectSearch, [asked]);
  const source = useMemo(() => prospectsSource(search), [search]);
  const rows = useWindowed(source);
  const selection = useSelection<Prospect>(JSON.stringify(source.key));
  const view = useView("people", "prospects");
  const { data: all } = useQuery(facetsQuery(EVERYBODY));
  const { data: now } = useQuery(facetsQuery(search));
  // Both parts are counted whichever is looked at.
  const { prospected_by_current_team: _, ...either } = search;
  const { data: parts } = useQuery(facetsQuery(either));
  // The part is chosen above the list, and is no chip.
  const { saved, ...shown } = filter;
  const fields = useMemo(() => prospectFields(all?.facets, now?.facets), [all, now]);
  return {
    q,
    filter: shown,
    fields,
    search,
    rows,
    selection,
    view,
    storeIsEmpty: all?.total_entries === 0,
    part: partOf(filter),
    counts: parts ? countsOf(parts) : null,
    setPart: (part: PeopleScope) => setFilter(withPart(filter, part)),
    setFilter: (next: FilterValues) => setFilter({ ...next, saved }),
    setQ: (next: string) => change({ q: next || undefined }),
    isNarrowed: q !== "" || isFiltered(filter),
    peek: address.peek,
    setPeek: (id: string | undefined) => change({ peek: id }),
    widen: () => change({ q: undefined, filter: undefined, view: undefined }),
  };
}

export type ProspectsState = ReturnType<typeof useProspects>;

type Counted = {
  facets: { prospected_by_current_team: readonly { value: string; count: number }[] };
  total_entries: number;
};

function countsOf({ facets, total_entries }: Counted): Record<PeopleScope, number> {
  const of = (value: string) =>
    facets.prospected_by_current_team.find((one) => one.value === value)?.count ?? 0;
  return { all: total_entries, new: of("no"), saved: of("yes") };
}
