import type { FilterField } from "../../parts/filters/filter.ts";
import { useLists } from "../lists/queries.ts";
import { usePeople } from "../people/queries.ts";
import { useStages } from "../stages/queries.ts";
import { useRecordList } from "../views/useRecordList.ts";
import { type CompanySearch, companiesSource } from "./queries.ts";
import { searchOf } from "./search.ts";

/** A list of companies as the address narrows and orders it, within what is fixed. */
export function useCompanyList(storageKey: string, fixed?: CompanySearch) {
  const fields = useCompanyFilters();
  return useRecordList({
    ...{ subject: "accounts", storageKey, fields, searchOf, fixed },
    sourceOf: companiesSource,
  });
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
