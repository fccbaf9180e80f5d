import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { api } from "../../../session.ts";

type Props = Omit<SelectProps, "data" | "value" | "onChange" | "searchValue" | "onSearchChange"> & {
  value: string | null;
  /** What it is called, where that is known. */
  company?: string | null;
  onChange: (id: string | null) => void;
};

/** One company among any number, by its name or domain. */
export function CompanyPicker({ value, company: name = null, onChange, ...props }: Props) {
  const [typed, setTyped] = useState(name ?? "");
  const [wanted] = useDebouncedValue(typed.trim(), 150);
  const words = wanted === name ? "" : wanted;
  const { data } = useQuery({
    queryKey: ["companies", "pick", words],
    queryFn: ({ signal }) =>
      api.accounts.search({ ...(words && { q_keywords: words }), per_page: 12 }, { signal }),
    placeholderData: keepPreviousData,
  });
  const found = (data?.accounts ?? []).map((account) => ({
    value: account.id,
    label: account.name ?? t("No name"),
  }));
  const chosen = value && name && !found.some((one) => one.value === value) ? [{ value, label: name }] : [];
  return (
    <Select
      label={t("Company")}
      placeholder={t("Name or domain")}
      searchable
      clearable
      filter={({ options }) => options}
      data={[...chosen, ...found]}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t("No companies found")}
      {...props}
    />
  );
}
