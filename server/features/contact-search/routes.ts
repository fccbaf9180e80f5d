import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../http/route.ts";
import { readMoment } from "../../moments.ts";
import { Refusal } from "../../refusal.ts";
import type { ContactFilter, Range, StatusWord } from "../contact-filters/store.ts";
import { presentFoundContact } from "../contacts/present.ts";
import { readContacts } from "../contacts/store.ts";
import { findLabelsByName } from "../labels/store.ts";
import { ALWAYS_COUNTED, MOST_SHOWN } from "../searching/store.ts";
import { idsIn, presentCrumbs, presentCursor, readCursor } from "./present.ts";
import { searchContacts } from "./search.ts";
import { namesOf, type Order } from "./store.ts";

type Input = z.output<typeof contract.contacts.search.input>;

export const routes = [
  route(contract.contacts.search, async ({ db, caller, input: given }) => {
    const { teamId } = caller;
    const input = withAliases(given);
    const labels = input.label_names ? await findLabelsByName(db, teamId, "contacts", input.label_names) : [];
    const filter = readFilter(
      input,
      labels.map(({ id }) => id),
    );
    const found = await searchContacts(db, teamId, filter, readPlace(input));
    const [contacts, names] = await Promise.all([
      readContacts(db, teamId, found.ids),
      findNames(db, teamId, input),
    ]);
    const total = Math.min(found.total, MOST_SHOWN);
    return {
      contacts: contacts.map(presentFoundContact),
      breadcrumbs: presentCrumbs(input, names),
      partial_results_only: found.total > ALWAYS_COUNTED,
      has_join: false,
      disable_eu_prospecting: false,
      partial_results_limit: ALWAYS_COUNTED,
      pagination: {
        page: input.page,
        per_page: input.per_page,
        total_entries: total,
        total_pages: Math.ceil(total / input.per_page),
        next_cursor:
          found.last &&
          presentCursor(input.sort_by_field?.trim() ?? "", input.sort_ascending ?? null, found.last),
      },
      num_fetch_result: null,
    };
  }),
];

/** Names that one published client gives to filters that Apollo names otherwise. */
function withAliases({ email, account_id, contact_email_status, ...input }: Input) {
  return {
    ...input,
    contact_emails: input.contact_emails ?? (email?.trim() ? [email] : undefined),
    account_ids: input.account_ids ?? (account_id ? [account_id] : undefined),
    email_statuses: input.email_statuses ?? contact_email_status,
  };
}

export type Search = ReturnType<typeof withAliases>;

type Db = Parameters<typeof namesOf>[0];

async function findNames(db: Db, teamId: string, input: Search) {
  const ids = idsIn(input);
  return ids.length > 0 ? namesOf(db, teamId, ids) : [];
}

const ORDERS: Record<string, Order> = {
  "": "created",
  contact_created_at: "created",
  contact_updated_at: "updated",
  contact_last_activity_date: "lastActivity",
  contact_email_last_opened_at: "lastOpened",
  contact_email_last_clicked_at: "lastClicked",
  contact_name: "name",
  name: "name",
};

function readPlace(input: Search) {
  const field = input.sort_by_field?.trim() ?? "";
  const order = Object.hasOwn(ORDERS, field) ? ORDERS[field] : undefined;
  if (!order) throw new Refusal("sort_invalid", {}, { skip_alert_dialog: true });
  const after = input.cursor ? readCursor(input.cursor, field, input.sort_ascending ?? null) : null;
  if (input.cursor && (!after || (order !== "name" && !isInstant(after.value))))
    throw new Refusal("invalid_cursor");
  return {
    order,
    // Which way is said only together with what to sort by.
    isAscending: field !== "" && (input.sort_ascending ?? order === "name"),
    after,
    offset: (input.page - 1) * input.per_page,
    limit: input.per_page,
  };
}

function isInstant(text: string) {
  return text === "-infinity" || /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?\+00$/.test(text);
}

function readFilter(input: Search, labelIdsByName: readonly string[]): ContactFilter {
  const keywords = input.q_keywords?.trim().toLowerCase() ?? "";
  const labelIds = input.label_names
    ? [...new Set([...(input.contact_label_ids ?? []), ...labelIdsByName])]
    : listOf(input.contact_label_ids);
  return {
    words: wordsOf(keywords),
    address: /^\S+@\S+$/.test(keywords) ? keywords : null,
    nameWords: wordsOf(input.q_name),
    companyWords: wordsOf(input.q_organization_name),
    stageIds: listOf(input.contact_stage_ids),
    ownerIds: listOf(input.contact_owner_ids),
    labelIds,
    accountIds: listOf(input.account_ids),
    contactIds: listOf(input.contact_ids),
    emails: listOf(input.contact_emails)?.map((email) => email.trim().toLowerCase()) ?? null,
    domains: readDomains(input.q_organization_domains),
    sequenceIds: listOf(input.emailer_campaign_ids),
    inSequences: readStatuses(input.contact_campaign_statuses_or_failure_reasons),
    emailStatuses: listOf(input.email_statuses),
    doNotContact: input.do_not_contact ?? null,
    unsubscribed: input.email_unsubscribed ?? null,
    created: readRange(input.contact_created_at_range),
    updated: readRange(input.contact_updated_at_range),
    lastActivity: readRange(input.contact_last_activity_date_range),
  };
}

/** An empty list filters nothing, as at Apollo. */
function listOf<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

function wordsOf(text: string | undefined) {
  return [...new Set((text ?? "").toLowerCase().split(/\s+/).filter(Boolean))].slice(0, 8);
}

function readDomains(given: Search["q_organization_domains"]) {
  const lines = typeof given === "string" ? given.split(/[\n,;]/) : (given ?? []);
  return listOf(
    lines
      .map((line) =>
        line
          .trim()
          .toLowerCase()
          .replace(/^(?:https?:\/\/)?(?:www\.)?/, "")
          .replace(/\/.*$/, ""),
      )
      .filter(Boolean),
  );
}

const STATUS = /^([0-9a-f]{24})(active|paused|finished|failed|not_sent|bounced|spam_blocked)$/i;

function readStatuses(given: readonly string[] | undefined) {
  return (
    listOf(given)?.flatMap((value) => {
      const [, sequenceId, status] = STATUS.exec(value.trim()) ?? [];
      return sequenceId && status
        ? [{ sequenceId: sequenceId.toLowerCase(), status: status.toLowerCase() as StatusWord }]
        : [];
    }) ?? null
  );
}

function readRange(range: { min?: string | undefined; max?: string | undefined } | undefined): Range {
  return {
    min: range?.min === undefined ? null : readMoment(range.min),
    max: range?.max === undefined ? null : readMoment(range.max),
  };
}
