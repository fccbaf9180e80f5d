import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { sequenceQuery, sequencesQuery } from "./queries.ts";

type Props = Omit<SelectProps, "data" | "value" | "onChange" | "searchable"> & {
  value: string | null;
  onChange: (id: string | null) => void;
  /** Only those that run. */
  isActiveOnly?: boolean;
};

/** One sequence, found by its name as it is typed. */
export function SequencePicker({ value, onChange, isActiveOnly = false, ...props }: Props) {
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words, 200);
  const found = useQuery(
    sequencesQuery({
      per_page: 50,
      ...(asked && { q_name: asked }),
      ...(isActiveOnly && { emailer_campaign_status: "active" }),
    }),
  );
  const chosen = useQuery({ ...sequenceQuery(value ?? ""), enabled: value !== null });
  const names = new Map(found.data?.emailer_campaigns.map(({ id, name }) => [id, name]));
  const own = chosen.data?.emailer_campaign;
  if (own && value === own.id) names.set(own.id, own.name);
  return (
    <Select
      searchable
      placeholder={t("Find a sequence")}
      nothingFoundMessage={found.isPending ? t("Searching …") : t("No sequence found.")}
      data={[...names].map(([id, name]) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onSearchChange={(text) => setWords(text === own?.name ? "" : text)}
      {...props}
    />
  );
}
