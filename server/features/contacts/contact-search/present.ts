// A search's furniture: what it says of itself, and where it goes on.

import { isInstant } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { SortPlace } from "../searching/orders-store.ts";
import type { NamedRecord } from "./store.ts";

type Search = Readonly<Record<string, unknown>>;
type Crumb = { label: string; signal_field_name: string; value: string | boolean; display_name: string };

const LISTS: Record<string, { label: string; kind?: NamedRecord["kind"]; unknown?: string }> = {
  contact_stage_ids: { label: "Contact Stage", kind: "stage", unknown: "[Deleted Stage]" },
  contact_label_ids: { label: "Lists", kind: "label", unknown: "[Deleted List]" },
  contact_owner_ids: { label: "Owner", kind: "user", unknown: "[Deleted User]" },
  account_ids: { label: "Company", kind: "account", unknown: "[Deleted Company]" },
  emailer_campaign_ids: { label: "Sequence", kind: "sequence", unknown: "[Deleted Sequence]" },
  contact_campaign_statuses_or_failure_reasons: { label: "Sequence Status" },
  contact_ids: { label: "Contact" },
  contact_emails: { label: "Email" },
  person_linkedin_urls: { label: "LinkedIn" },
  label_names: { label: "Lists" },
  email_statuses: { label: "Email Status" },
  organization_num_employees_ranges: { label: "# Employees" },
};

const TEXTS: Record<string, string> = {
  q_keywords: "Contains Keywords",
  q_name: "Name",
  q_organization_name: "Company Name",
  q_title: "Title",
  q_location: "Location",
  q_industry: "Industry",
  linkedin_url: "LinkedIn",
  do_not_contact: "Do Not Contact",
  email_unsubscribed: "Unsubscribed",
};

const RANGES: Record<string, string> = {
  contact_created_at_range: "Date Added",
  contact_updated_at_range: "Date Updated",
  contact_last_activity_date_range: "Last Activity Date",
  prospect_score_range: "Score",
};

/** The ids in a search that have names. */
export function contactSearchIds(search: Search) {
  return Object.entries(LISTS).flatMap(([field, { kind }]) =>
    kind ? listOf(search[field]) : field === STATUSES ? listOf(search[field]).map(sequenceIn) : [],
  );
}

const STATUSES = "contact_campaign_statuses_or_failure_reasons";

function sequenceIn(value: string) {
  return value.slice(0, 24).toLowerCase();
}

/** One crumb for each value of each filter that was understood. */
export function presentContactCrumbs(search: Search, names: readonly NamedRecord[]): Crumb[] {
  const nameOf = new Map(names.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
  return [
    ...Object.entries(TEXTS).flatMap(([field, label]) => {
      const value = search[field];
      return value === undefined || value === ""
        ? []
        : [crumb(label, field, value as string | boolean, String(value))];
    }),
    ...Object.entries(LISTS).flatMap(([field, { label, kind, unknown = "" }]) =>
      listOf(search[field]).map((value) => {
        if (kind) return crumb(label, field, value, nameOf.get(`${kind} ${value}`) ?? unknown);
        const sequence = field === STATUSES ? nameOf.get(`sequence ${sequenceIn(value)}`) : undefined;
        return crumb(label, field, value, sequence ? `${sequence}: ${value.slice(24)}` : value);
      }),
    ),
    ...domainsIn(search.q_organization_domains).map((value) =>
      crumb("Company Domains", "q_organization_domains", value, value),
    ),
    ...Object.entries(RANGES).flatMap(([field, label]) => rangeCrumbs(label, field, search[field])),
  ];
}

function crumb(label: string, field: string, value: string | boolean, name: string): Crumb {
  return { label, signal_field_name: field, value, display_name: name };
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function domainsIn(value: unknown) {
  return typeof value === "string"
    ? value
        .split(/[\n,;]/)
        .map((line) => line.trim())
        .filter(Boolean)
    : listOf(value);
}

function rangeCrumbs(label: string, field: string, range: unknown): Crumb[] {
  const { min, max } = (range ?? {}) as { min?: string | number; max?: string | number };
  return [
    ...(min === undefined
      ? []
      : [crumb(label, field, String(min), `${typeof min === "number" ? "At least" : "After"} ${min}`)]),
    ...(max === undefined
      ? []
      : [crumb(label, field, String(max), `${typeof max === "number" ? "At most" : "Before"} ${max}`)]),
  ];
}

/** Where a cursor of rows that are sorted by a moment goes on; null without one. */
export function placeIn(
  cursor: string | undefined,
  field: string,
  isAscending: boolean | null,
): SortPlace | null {
  if (!cursor) return null;
  const place = readSearchCursor(cursor, field, isAscending);
  if (!place || !isInstant(place.value)) throw new Refusal("invalid_cursor");
  return place;
}

/** Opaque to callers: the last contact of the page, and the order in which it was last. */
export function presentSearchCursor(field: string, isAscending: boolean | null, { value, id }: SortPlace) {
  return Buffer.from(JSON.stringify([field, isAscending, value, id])).toString("base64url");
}

export function readSearchCursor(
  cursor: string,
  field: string,
  isAscending: boolean | null,
): SortPlace | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(read) || read[0] !== field || read[1] !== isAscending) return null;
    const [, , value, id] = read as unknown[];
    const isPlace = typeof value === "string" && typeof id === "string" && /^[0-9a-f]{24}$/.test(id);
    return isPlace && !value.includes("\0") ? { value, id } : null;
  } catch {
    return null;
  }
}
