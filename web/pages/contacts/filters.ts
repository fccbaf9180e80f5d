// What contacts can be narrowed by, as the filter bar shows it, and as the search is asked.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  type Between,
  type Choice,
  type Filter,
  type FilterField,
  isHeld,
} from "../../parts/filters/filter.ts";
import { type Field, useOwnFields } from "../fields/queries.ts";
import { useLists } from "../lists/queries.ts";
import { usePeople } from "../people/queries.ts";
import { sequencesQuery } from "../sequences/queries.ts";
import { useStages } from "../stages/queries.ts";
import type { ContactSearch } from "./queries.ts";
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

type Known = { sequenceIds: readonly string[]; own: readonly Field[] };

export function searchOf(filter: Filter, q: string, known: Known): ContactSearch {
  const { sequenceIds, own } = known;
  const ids = (key: string) => (isHeld(filter[key]) ? (filter[key] as string[]) : undefined);
  const words = (key: string) => (isHeld(filter[key]) ? String(filter[key]).slice(0, 200) : undefined);
  const flag = (key: string) => (isHeld(filter[key]) ? String(filter[key]) === "true" : undefined);
  const statuses = ids("status");
  const ofFields = own.flatMap((field) => fieldSearch(field, filter[`field:${field.id}`]));
  return dropEmpty({
    q_keywords: q || undefined,
    contact_stage_ids: ids("stage"),
    contact_owner_ids: ids("owner"),
    contact_label_ids: ids("list"),
    q_organization_name: words("company"),
    q_organization_domains: words("domain"),
    q_title: words("title"),
    q_location: words("location"),
    email_statuses: ids("email"),
    do_not_contact: flag("barred"),
    email_unsubscribed: flag("unsubscribed"),
    emailer_campaign_ids: statuses ? undefined : ids("sequence"),
    contact_campaign_statuses_or_failure_reasons: statuses?.flatMap((status) =>
      (ids("sequence") ?? sequenceIds).map((id) => id + status),
    ),
    prospect_score_range: numbersOf(filter.score),
    contact_created_at_range: daysOf(filter.added),
    contact_last_activity_date_range: daysOf(filter.active),
    typed_custom_fields: ofFields.length > 0 ? ofFields : undefined,
  });
}

function dropEmpty(search: ContactSearch): ContactSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

type OfField = NonNullable<ContactSearch["typed_custom_fields"]>[number];

function fieldSearch({ id }: Field, value: unknown): OfField[] {
  if (!isHeld(value)) return [];
  if (Array.isArray(value)) return [{ id, values: value.map(String) }];
  if (typeof value === "object") return [{ id, ...(value as Between) }];
  return [{ id, values: [String(value)] }];
}

function numbersOf(value: unknown) {
  if (!isHeld(value)) return undefined;
  const { min, max } = value as Between;
  return { ...(min && { min: Number(min) }), ...(max && { max: Number(max) }) };
}

/** Days are the viewer's own, from their first moment to their last. */
function daysOf(value: unknown) {
  if (!isHeld(value)) return undefined;
  const { min, max } = value as Between;
  return { ...(min && { min: startOf(min) }), ...(max && { max: endOf(max) }) };
}

function startOf(day: string) {
  return asInstant(`${day}T00:00:00`);
}

function endOf(day: string) {
  return asInstant(`${day}T23:59:59.999`);
}

function asInstant(text: string) {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? "1970-01-01" : at.toISOString();
}
