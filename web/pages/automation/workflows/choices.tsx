// What actions name: lists, stages, people, sequences.

import { MultiSelect, Select, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { type ListOf, useLists } from "../../contacts/lists/queries.ts";
import { sequencesQuery } from "../../sequences/sequences/queries.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { type StageModality, useStages } from "../../settings/stages/queries.ts";

type Many = { value: string[]; onChange: (next: string[]) => void };
type One = { value: string; onChange: (next: string | null) => void };

const named = (things: readonly { id: string; name: string }[]) =>
  things.map(({ id, name }) => ({ value: id, label: name }));

/** By their names, as the API has it: one that is not there yet is made. */
export function ListNames({ of, value, onChange }: Many & { of: ListOf }) {
  const { data: lists = [] } = useLists(of);
  return (
    <TagsInput
      label={t("Lists")}
      description={t("A new name creates a new list.")}
      placeholder={value.length === 0 ? t("Choose, or type a name and press Enter") : ""}
      data={[...new Set(lists.map(({ name }) => name))]}
      value={value}
      acceptValueOnBlur
      onChange={onChange}
    />
  );
}

export function StageField({
  of,
  value,
  onChange,
  mayBeNone = false,
}: One & { of: StageModality; mayBeNone?: boolean }) {
  const { data: stages = [] } = useStages(of);
  return (
    <Select
      label={t("Stage")}
      placeholder={mayBeNone ? t("First stage") : t("Choose a stage")}
      clearable={mayBeNone}
      allowDeselect={false}
      data={named(stages)}
      value={value || null}
      onChange={onChange}
    />
  );
}

export function OnePerson({ label, none, value, onChange }: One & { label: string; none: string }) {
  const { data: people = [] } = usePeople();
  return (
    <Select
      label={label}
      placeholder={none}
      clearable
      searchable
      data={named(people.filter(({ deleted }) => !deleted))}
      value={value || null}
      onChange={onChange}
    />
  );
}

export function Persons({
  label,
  description,
  value,
  onChange,
}: Many & { label: string; description: string }) {
  const { data: people = [] } = usePeople();
  return (
    <MultiSelect
      label={label}
      description={description}
      searchable
      hidePickedOptions
      data={named(people.filter(({ deleted, id }) => !deleted || value.includes(id)))}
      value={value}
      onChange={onChange}
    />
  );
}

export function SequencesField({ value, onChange }: Many) {
  const { data } = useQuery(sequencesQuery({ per_page: 100, sort_by_field: "name", sort_ascending: true }));
  return (
    <MultiSelect
      label={t("Sequences")}
      searchable
      hidePickedOptions
      data={named(data?.emailer_campaigns ?? [])}
      value={value}
      onChange={onChange}
    />
  );
}
