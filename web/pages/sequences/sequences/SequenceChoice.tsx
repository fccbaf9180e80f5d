import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { FilterChoice } from "../../../parts/desk/DeskFilter.tsx";
import { api } from "../../../session.ts";

export function SequenceChoice({ placeholder = t("Any") }: { placeholder?: string }) {
  const { data: sequences = [] } = useQuery({
    queryKey: ["sequences", "names"],
    queryFn: async () =>
      (await api.sequences.search({ per_page: 100, sort_by_field: "name", sort_ascending: true }))
        .emailer_campaigns,
  });
  const choices = sequences.map(({ id, name }) => ({ value: id, label: name }));
  return <FilterChoice name="sequence" label={t("Sequence")} choices={choices} placeholder={placeholder} />;
}
