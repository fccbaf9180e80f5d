// What actions name: lists, stages, people, sequences.

import { MultiSelect, Select, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ListOf, useLists } from "../lists/queries.ts";
import { usePeople } from "../people/queries.ts";
import { sequencesQuery } from "../sequences/queries.ts";
import { type Modality, useStages } from "../stages/queries.ts";

type Many = { value: string[]; onChange: (next: string[]) => void };
type One = { value: string; onChange: (next: string | null) => void };

const named = (things: readonly { id: string; name: string }[]) =>
  things.map(({ id, name }) => ({ value: id, label: name }));

/** By their names, as the API has it: one that is not there yet is made. */
export function ListNames({ of, value, onChange }: Many & { of: ListOf }) {
  const { data: lists = [] } = useLists(of);
  return (
    <TagsInput
      label="Lists"
      description="One that is not there yet is made."
      placeholder={value.length === 0 ? "Choose, or type and Enter" : ""}
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
}: One & { of: Modality; mayBeNone?: boolean }) {
  const { data: stages = [] } = useStages(of);
  return (
    <Select
      label="Stage"
      placeholder={mayBeNone ? "The first" : "Choose a stage"}
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
      label="Sequences"
      searchable
      hidePickedOptions
      data={named(data?.emailer_campaigns ?? [])}
      value={value}
      onChange={onChange}
    />
  );
}
