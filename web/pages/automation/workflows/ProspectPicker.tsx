import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { api } from "../../../session.ts";
import { prospectQuery } from "../../contacts/prospects/queries.ts";

type Props = { label: string; value: string | null; onChange: (id: string | null) => void };

const AT_ONCE = 12;

/** One person of the store, found by what is typed. */
export function ProspectPicker({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const [words] = useDebouncedValue(typed.trim(), 150);
  const { data: chosen } = useQuery({ ...prospectQuery(value ?? ""), enabled: value !== null });
  const asked = words === chosen?.name ? "" : words;
  const { data } = useQuery({
    queryKey: ["prospects", "pick", asked],
    queryFn: ({ signal }) =>
      api.mixedPeople.searchWhole({ ...(asked && { q_keywords: asked }), per_page: AT_ONCE }, { signal }),
    placeholderData: keepPreviousData,
  });
  const found = [...(data?.people ?? []), ...(data?.contacts ?? [])].filter(({ id }) => id !== value);
  return (
    <Select
      label={label}
      placeholder={t("Name, title or company")}
      searchable
      clearable
      filter={({ options }) => options}
      data={[...(chosen ? [chosen] : []), ...found].map(({ id, name }) => ({
        value: id,
        label: name || t("No name"),
      }))}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t("No people found")}
    />
  );
}
