// What contacts can be narrowed by, as the filter bar shows it.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { FilterField, FilterOption, FilterValues } from "../../../parts/filters/filter.ts";
import { sequencesQuery } from "../../sequences/sequences/queries.ts";
import { type CustomField, useOwnFields } from "../../settings/fields/queries.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { useLists } from "../lists/queries.ts";
import { searchOf } from "./search.ts";
import { EMAIL_STATUSES } from "./words.tsx";

const STATUSES: readonly FilterOption[] = perLanguage(() => [
  { value: "active", label: t("Active") },
  { value: "paused", label: t("Paused") },
  { value: "finished", label: t("Finished") },
  { value: "failed", label: t("Failed") },
  { value: "bounced", label: t("Bounced") },
  { value: "spam_blocked", label: t("Blocked as spam") },
  { value: "not_sent", label: t("Not sent") },
]);

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
      { key: "stage", name: t("Stage"), kind: "choices", choices: named(stages) },
      { key: "owner", name: t("Owner"), kind: "choices", choices: named(people) },
      { key: "list", name: t("List"), kind: "choices", choices: named(lists), none: t("No lists yet.") },
      { key: "company", name: t("Company"), kind: "words", placeholder: t("Company name") },
      { key: "domain", name: t("Company domain"), kind: "words", placeholder: "norrland.example" },
      { key: "employees", name: t("Company size"), kind: "numbers" },
      { key: "industry", name: t("Industry"), kind: "words" },
      { key: "title", name: t("Title"), kind: "words", placeholder: t("plant manager") },
      { key: "location", name: t("Location"), kind: "words", placeholder: t("City, state or country") },
      { key: "email", name: t("Email status"), kind: "choices", choices: emailChoices() },
      { key: "phone", name: t("Phone number"), kind: "yesNo", yes: t("is known"), no: t("is not known") },
      {
        key: "profile",
        name: t("LinkedIn profile"),
        kind: "yesNo",
        yes: t("is known"),
        no: t("is not known"),
      },
      { key: "barred", name: t("Do not contact"), kind: "yesNo", yes: t("is set"), no: t("is not set") },
      { key: "unsubscribed", name: t("Unsubscribed"), kind: "yesNo", yes: "yes", no: "no" },
      {
        key: "sequence",
        name: t("Sequence"),
        kind: "choices",
        choices: inSequences,
        none: t("No sequences yet."),
      },
      { key: "status", name: t("Sequence status"), kind: "choices", choices: STATUSES },
      { key: "score", name: t("Score"), kind: "numbers" },
      { key: "added", name: t("Added"), kind: "days" },
      { key: "active", name: t("Last activity"), kind: "days" },
      ...own.filter(({ modality }) => modality === "contact").map(fieldOf),
    ];
    const sequenceIds = inSequences.map(({ value }) => value);
    return {
      fields,
      searchOf: (filter: FilterValues, q: string) => searchOf(filter, q, { sequenceIds, own }),
    };
  }, [stages, people, lists, sequences, own]);
}

function emailChoices(): FilterOption[] {
  return Object.entries(EMAIL_STATUSES).map(([value, { word }]) => ({ value, label: word }));
}

function fieldOf({ id, name, type, picklist_values }: CustomField): FilterField {
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
      return { ...common, kind: "yesNo", yes: t("is yes"), no: t("is no") };
    case "number":
      return { ...common, kind: "numbers" };
    case "date":
    case "datetime":
      return { ...common, kind: "days" };
    default:
      return { ...common, kind: "words" };
  }
}
