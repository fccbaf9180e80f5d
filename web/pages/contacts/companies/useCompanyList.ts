import { t } from "../../../language/t.ts";
import type { FilterField } from "../../../parts/filters/filter.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { useLists } from "../lists/queries.ts";
import { groupChoices } from "../views/groups.ts";
import { useRecordList } from "../views/useRecordList.ts";
import { type CompanySearch, companiesSource } from "./queries.ts";
import { searchOf } from "./search.ts";

/** A list of companies as the address narrows and orders it, within what is fixed. */
export function useCompanyList(fixed?: CompanySearch) {
  const fields = useCompanyFilters();
  return useRecordList({
    subject: "accounts",
    table: "companies",
    fields,
    searchOf,
    fixed,
    sourceOf: companiesSource,
    groups: groupChoices(["stage", "owner", "industry"]),
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
    { key: "stage", name: t("Stage"), kind: "choices", choices: named(stages) },
    { key: "owner", name: t("Owner"), kind: "choices", choices: named(people) },
    { key: "list", name: t("List"), kind: "choices", choices: named(lists), none: t("No lists yet.") },
    { key: "name", name: t("Name"), kind: "words" },
    { key: "domain", name: t("Domain"), kind: "words", placeholder: "norrland.example" },
    { key: "employees", name: t("Company size"), kind: "numbers" },
    { key: "industry", name: t("Industry"), kind: "words" },
  ];
}
