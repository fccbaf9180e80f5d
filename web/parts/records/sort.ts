// A list's order as the address holds it: "contact_name" upward, "-contact_name" downward.

import { useMemo } from "react";
import { useAddress } from "../address.ts";
import type { Sort } from "./RecordTable.tsx";

function readSort(text: string | undefined): Sort | null {
  if (!text) return null;
  return text.startsWith("-") ? { by: text.slice(1), isAscending: false } : { by: text, isAscending: true };
}

function writeSort(sort: Sort | null) {
  return sort ? `${sort.isAscending ? "" : "-"}${sort.by}` : undefined;
}

/** As a search is asked for it. */
export function sortedBy(sort: Sort | null) {
  return sort ? { sort_by_field: sort.by, sort_ascending: sort.isAscending } : {};
}

export function useSort() {
  const [address, change] = useAddress();
  const sort = useMemo(() => readSort(address.sort), [address.sort]);
  return [sort, (next: Sort) => change({ sort: writeSort(next) })] as const;
}
