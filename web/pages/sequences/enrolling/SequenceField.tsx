import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useMe } from "../../../session.ts";
import { sequenceQuery, sequencesQuery } from "../sequences/queries.ts";
import { rightTo } from "../sequences/right.ts";

type Props = { value: string | null; onChange: (id: string) => void; placeholder?: string };

/** A sequence by its name; only those that one may add to. */
export function SequenceField({ value, onChange, placeholder = t("Choose a sequence") }: Props) {
  const me = useMe();
  const [typed, setTyped] = useState("");
  const { data: chosen } = useQuery({ ...sequenceQuery(value ?? ""), enabled: value !== null });
  const name = chosen?.emailer_campaign.name;
  const [words] = useDebouncedValue(typed === name ? "" : typed.trim(), 200);
  const { data } = useQuery(sequencesQuery({ per_page: 50, ...(words && { q_name: words }) }));
  const found = (data?.emailer_campaigns ?? []).filter(
    (sequence) => !sequence.archived && rightTo(sequence, me) !== "can_view",
  );
  const options = found.map(({ id, name: label, active }) => ({
    value: id,
    label: active ? label : t("{name} (inactive)", { name: label }),
  }));
  if (value && name && !options.some((option) => option.value === value))
    options.unshift({ value, label: name });
  return (
    <Select
      label={t("Sequence")}
      placeholder={placeholder}
      searchable
      data-autofocus
      data={options}
      value={value}
      onChange={(id) => id && onChange(id)}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={t("No sequence found that you can add contacts to.")}
    />
  );
}
