// What the search of contacts is asked for by the filters that are shown.

import { type Between, type FilterValues, isHeld } from "../../../parts/filters/filter.ts";
import type { CustomField } from "../../settings/fields/queries.ts";
import type { ContactSearch } from "./queries.ts";

type Known = { sequenceIds: readonly string[]; own: readonly CustomField[] };

export function searchOf(filter: FilterValues, q: string, known: Known): ContactSearch {
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
    organization_num_employees_ranges: rangesOf(filter.employees),
    q_industry: words("industry"),
    q_title: words("title"),
    q_location: words("location"),
    email_statuses: ids("email"),
    do_not_contact: flag("barred"),
    has_phone_number: flag("phone"),
    has_linkedin_url: flag("profile"),
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

function fieldSearch({ id }: CustomField, value: unknown): OfField[] {
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

/** As Apollo writes a range: "50,200", "50,". */
export function rangesOf(value: unknown) {
  if (!isHeld(value)) return undefined;
  const { min, max } = value as Between;
  const [from, to] = [min, max].map((end) => (end ? String(Math.max(0, Math.trunc(Number(end)))) : ""));
  return [`${from},${to}`];
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
