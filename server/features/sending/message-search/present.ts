// What the search understood, filter by filter.

import type { NamedRecord } from "../../contacts/contact-search/store.ts";

type Given = Readonly<Record<string, unknown>>;

const LISTS: Record<string, { label: string; kind?: NamedRecord["kind"]; unknown?: string }> = {
  emailer_message_stats: { label: "Email Status" },
  emailer_message_reply_classes: { label: "Reply Class" },
  user_ids: { label: "Sender", kind: "user", unknown: "[Deleted User]" },
  for_user_ids: { label: "Sender or Owner", kind: "user", unknown: "[Deleted User]" },
  email_account_id_and_aliases: { label: "Mailbox" },
  emailer_campaign_ids: { label: "Sequence", kind: "sequence", unknown: "[Deleted Sequence]" },
  not_emailer_campaign_ids: { label: "Not in Sequence", kind: "sequence", unknown: "[Deleted Sequence]" },
  emailer_step_ids: { label: "Step" },
  emailer_touch_ids: { label: "Variant" },
  not_sent_reason_cds: { label: "Not Sent Reason" },
  contact_ids: { label: "Contact" },
};

const TEXTS: Record<string, string> = {
  q_keywords: "Contains Keywords",
  contact_id: "Contact",
  email_address: "Email",
};

const RANGES = ["emailer_message_date_range", "emailerMessageDateRange"];

/** The ids in a search that have names. */
export function messageSearchIds(input: Given) {
  return Object.entries(LISTS).flatMap(([field, { kind }]) => (kind ? listOf(input[field]) : []));
}

export function presentMessageCrumbs(input: Given, names: readonly NamedRecord[]) {
  const nameOf = new Map(names.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
  return [
    ...Object.entries(TEXTS).flatMap(([field, label]) => {
      const value = input[field];
      return typeof value === "string" && value !== "" ? [crumb(label, field, value, value)] : [];
    }),
    ...Object.entries(LISTS).flatMap(([field, { label, kind, unknown = "" }]) =>
      listOf(input[field]).map((value) =>
        crumb(label, field, value, kind ? (nameOf.get(`${kind} ${value}`) ?? unknown) : value),
      ),
    ),
    ...RANGES.flatMap((field) => {
      const { min, max } = (input[field] ?? {}) as { min?: string; max?: string };
      return [
        ...(min === undefined ? [] : [crumb("Date", field, min, `After ${min}`)]),
        ...(max === undefined ? [] : [crumb("Date", field, max, `Before ${max}`)]),
      ];
    }),
  ];
}

function crumb(label: string, field: string, value: string, name: string) {
  return { label, signal_field_name: field, value, display_name: name };
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
