import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import type { FilterField } from "../../../parts/filters/filter.ts";
import { groupChoices } from "../../contacts/views/groups.ts";
import { useRecordList } from "../../contacts/views/useRecordList.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { dealsSource, stagesQuery } from "./queries.ts";
import { searchOf } from "./search.ts";

/** Deals as the address narrows and orders them, as a board and as a table. */
export function useDealList() {
  const fields = useDealFilters();
  return useRecordList({
    subject: "opportunities",
    table: "deals",
    fields,
    searchOf,
    fixed: undefined,
    sourceOf: dealsSource,
    groups: groupChoices(["stage", "owner", "company"]),
  });
}

export type DealListState = ReturnType<typeof useDealList>;

function useDealFilters(): readonly FilterField[] {
  const { data: stages = [] } = useQuery(stagesQuery);
  const { data: people = [] } = usePeople();
  const named = (things: readonly { id: string; name: string }[]) =>
    things.map(({ id, name }) => ({ value: id, label: name }));
  return [
    { key: "stage", name: t("Stage"), kind: "choices", choices: named(stages) },
    { key: "owner", name: t("Owner"), kind: "choices", choices: named(people) },
    { key: "closes", name: t("Planned close date"), kind: "days", looksAhead: true },
  ];
}
