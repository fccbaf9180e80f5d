// What contacts can be narrowed by, as the filter bar shows it.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Choice, Filter, FilterField } from "../../parts/filters/filter.ts";
import { type Field, useOwnFields } from "../fields/queries.ts";
import { useLists } from "../lists/queries.ts";
import { usePeople } from "../people/queries.ts";
import { sequencesQuery } from "../sequences/queries.ts";
import { useStages } from "../stages/queries.ts";
import { searchOf } from "./search.ts";
import { EMAIL_STATUSES } from "./words.tsx";

const STATUSES: readonly Choice[] = [
  { value: "active", label: "Active" },
  { value: "paused", label: "Paused" },
  { value: "finished", label: "Finished" },
  { value: "failed", label: "Failed" },
  { value: "bounced", label: "Bounced" },
  { value: "spam_blocked", label: "Refused as spam" },
  { value: "not_sent", label: "Not sent" },
];

export function useContactFilters() {
  const { data: stages = [] } = useStages("contact");
  const { data: people = [] } = usePeople();
  const { data: lists = [] } = useLists("contacts");
  const { data: sequences } = useQuery(sequencesQuery({ per_page: 100 }));
  const { data: own = [] } = useOwnFields();
  return useMemo(() => {
    const named = (things: readonly { id: string; name: string }[]) =>
      things.map(({ id, name }) => ({ value: id, label: name }));
    const inSequences = named(sequences?.emailer_campaigns ?? []);
    const fields: FilterField[] = [
      { key: "stage", name: "Stage", kind: "choices", choices: named(stages) },
      { key: "owner", name: "Owner", kind: "choices", choices: named(people) },
      { key: "list", name: "List", kind: "choices", choices: named(lists), none: "There are no lists yet." },
      { key: "company", name: "Company", kind: "words", placeholder: "Words of its name" },
      { key: "domain", name: "Company domain", kind: "words", placeholder: "norrland.example" },
      { key: "title", name: "Title", kind: "words", placeholder: "plant manager" },
      { key: "location", name: "Location", kind: "words", placeholder: "City, state or country" },
      { key: "email", name: "Email status", kind: "choices", choices: emailChoices() },
      { key: "barred", name: "Do not contact", kind: "yesNo", yes: "is set", no: "is not set" },
      { key: "unsubscribed", name: "Unsubscribed", kind: "yesNo", yes: "yes", no: "no" },
      {
        key: "sequence",
        name: "Sequence",
        kind: "choices",
        choices: inSequences,
        none: "There are no sequences yet.",
      },
      { key: "status", name: "Sequence status", kind: "choices", choices: STATUSES },
      { key: "score", name: "Score", kind: "numbers" },
      { key: "added", name: "Added", kind: "days" },
      { key: "active", name: "Last activity", kind: "days" },
      ...own.filter(({ modality }) => modality === "contact").map(fieldOf),
    ];
    const sequenceIds = inSequences.map(({ value }) => value);
    return { fields, searchOf: (filter: Filter, q: string) => searchOf(filter, q, { sequenceIds, own }) };
  }, [stages, people, lists, sequences, own]);
}

function emailChoices(): Choice[] {
  return Object.entries(EMAIL_STATUSES).map(([value, { word }]) => ({ value, label: word }));
}

function fieldOf({ id, name, type, picklist_values }: Field): FilterField {
  const common = { key: `field:${id}`, name };
  switch (type) {
    case "picklist":
    case "multipicklist":
      return {
        ...common,
        kind: "choices",
        choices: picklist_values.map((one) => ({ value: one.id, label: one.name })),
      };
    case "boolean":
      return { ...common, kind: "yesNo", yes: "is yes", no: "is no" };
    case "number":
      return { ...common, kind: "numbers" };
    case "date":
    case "datetime":
      return { ...common, kind: "days" };
    default:
      return { ...common, kind: "words" };
  }
}
