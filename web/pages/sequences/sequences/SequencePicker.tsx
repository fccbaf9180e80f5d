import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useMe } from "../../../session.ts";
import { sequenceQuery, sequencesQuery } from "./queries.ts";
import { rightTo } from "./right.ts";

type Props = Omit<SelectProps, "data" | "value" | "onChange" | "searchable"> & {
  value: string | null;
  onChange: (id: string | null) => void;
  /** Only those that run. */
  isActiveOnly?: boolean;
  /** Only those that one may add contacts to. */
  isToAdd?: boolean;
};

/** One sequence, found by its name as it is typed. */
export function SequencePicker({ value, onChange, isActiveOnly = false, isToAdd = false, ...props }: Props) {
  const me = useMe();
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
  const none = isToAdd ? t("No sequence found that you can add contacts to.") : t("No sequence found.");
  const shown = found.data?.emailer_campaigns.filter((one) => !isToAdd || rightTo(one, me) !== "can_view");
  const names = new Map(shown?.map(({ id, name }) => [id, name]));
  const own = chosen.data?.emailer_campaign;
  if (own && value === own.id) names.set(own.id, own.name);
  return (
    <Select
      searchable
      placeholder={t("Find a sequence")}
      nothingFoundMessage={found.isPending ? t("Searching …") : none}
      data={[...names].map(([id, name]) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onSearchChange={(text) => setWords(text === own?.name ? "" : text)}
      {...props}
    />
  );
}
