// What a caller says of whom to find, in our words: for the search, and for what is done with all whom it finds.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Caller } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { searchWords } from "../../../domain/basics/words.ts";
import { profilesIn } from "../../../domain/contacts/profiles.ts";
import { readSizeRange } from "../../../domain/contacts/size-ranges.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { seenAmong } from "../../access/sharing/store.ts";
import type { ContactFilter, FieldFilter, MomentRange, StatusWord } from "../contact-filters/store.ts";
import { findLabelsByName } from "../labels/store.ts";

type Input = z.output<typeof contract.contacts.search.input>;

type Aliased = Pick<
  Input,
  | ("email" | "account_id" | "contact_email_status" | "display_name")
  | ("contact_emails" | "account_ids" | "email_statuses" | "q_name")
>;

/** Names that one published client gives to filters that Apollo names otherwise. */
export function withAliases<T extends Aliased>(given: T) {
  const { email, account_id, contact_email_status, display_name, ...input } = given;
  return {
    ...input,
    q_name: input.q_name ?? display_name,
    contact_emails: input.contact_emails ?? (email?.trim() ? [email] : undefined),
    account_ids: input.account_ids ?? (account_id ? [account_id] : undefined),
    email_statuses: input.email_statuses ?? contact_email_status,
  };
}

export type ContactSearchInput = ReturnType<typeof withAliases<Input>>;

/** Without what only a page has: its number, its size and its order. */
type SearchedFor = Omit<
  ContactSearchInput,
  "page" | "per_page" | "sort_by_field" | "sort_ascending" | "cursor"
>;

/** Only then does it matter who asks. */
export function namesSequences(search: Readonly<Record<string, unknown>>) {
  return "emailer_campaign_ids" in search || "contact_campaign_statuses_or_failure_reasons" in search;
}

type Asking = { db: Db; caller: Pick<Caller, "teamId" | "userId" | "role"> };

export async function readContactSearch({ db, caller }: Asking, input: SearchedFor): Promise<ContactFilter> {
  const { teamId } = caller;
  const labels = input.label_names?.length
    ? await findLabelsByName(db, teamId, "contacts", input.label_names)
    : [];
  const filter = readFilter(
    input,
    labels.map(({ id }) => id),
  );
  return withinSight(filter, (ids) => seenAmong(db, teamId, ids, viewerIn(caller)));
}

/** A sequence that is hidden from the caller has no contacts for them. */
async function withinSight(
  filter: ContactFilter,
  seenOf: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<ContactFilter> {
  const { sequenceIds, inSequences } = filter;
  const named = [...(sequenceIds ?? []), ...(inSequences ?? []).map(({ sequenceId }) => sequenceId)];
  if (named.length === 0) return filter;
  const seen = await seenOf(named);
  return {
    ...filter,
    sequenceIds: sequenceIds?.filter((id) => seen.has(id)) ?? null,
    inSequences: inSequences?.filter(({ sequenceId }) => seen.has(sequenceId)) ?? null,
  };
}

function readFilter(input: SearchedFor, labelIdsByName: readonly string[]): ContactFilter {
  const keywords = input.q_keywords?.trim().toLowerCase() ?? "";
  const labelIds = input.label_names?.length
    ? [...new Set([...(input.contact_label_ids ?? []), ...labelIdsByName])]
    : listOf(input.contact_label_ids);
  return {
    words: searchWords(keywords),
    address: /^[^\s@]+@\S+$/.test(keywords) ? keywords : null,
    nameWords: searchWords(input.q_name),
    companyWords: searchWords(input.q_organization_name),
    titleWords: searchWords(input.q_title),
    placeWords: searchWords(input.q_location),
    industryWords: searchWords(input.q_industry),
    companySizes: readSizes(input.organization_num_employees_ranges),
    stageIds: listOf(input.contact_stage_ids),
    ownerIds: listOf(input.contact_owner_ids),
    labelIds,
    accountIds: listOf(input.account_ids),
    contactIds: listOf(input.contact_ids),
    emails: listOf(input.contact_emails)?.map((email) => email.trim().toLowerCase()) ?? null,
    domains: readDomains(input.q_organization_domains),
    profiles: profilesIn([input.linkedin_url, ...(input.person_linkedin_urls ?? [])]),
    sequenceIds: listOf(input.emailer_campaign_ids),
    inSequences: readStatuses(input.contact_campaign_statuses_or_failure_reasons),
    emailStatuses: listOf(input.email_statuses),
    doNotContact: input.do_not_contact ?? null,
    hasPhone: input.has_phone_number ?? null,
    hasProfile: input.has_linkedin_url ?? null,
    unsubscribed: input.email_unsubscribed ?? null,
    created: readRange(input.contact_created_at_range),
    updated: readRange(input.contact_updated_at_range),
    lastActivity: readRange(input.contact_last_activity_date_range),
    score: {
      min: wholeOr(input.prospect_score_range?.min, Math.ceil),
      max: wholeOr(input.prospect_score_range?.max, Math.floor),
    },
    fields: listOf(input.typed_custom_fields)?.map(readField) ?? null,
  };
}

/** An empty list filters nothing, as at Apollo. */
function listOf<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

function readDomains(given: ContactSearchInput["q_organization_domains"]) {
  const lines = typeof given === "string" ? given.split(/[\n,;]/) : (given ?? []);
  return listOf(
    lines
      .map((line) =>
        line
          .trim()
          .toLowerCase()
          .replace(/^(?:https?:\/\/)?(?:www\.)?/, "")
          .split("/", 1)
          .join(),
      )
      .filter(Boolean),
  );
}

export function readSizes(given: readonly string[] | undefined) {
  return (
    listOf(given)?.map((text) => {
      const range = readSizeRange(text);
      if (!range) throw new Refusal("search_entered_wrongly");
      return range;
    }) ?? null
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

function readRange(range: { min?: string | undefined; max?: string | undefined } | undefined): MomentRange {
  return {
    min: range?.min === undefined ? null : readMoment(range.min),
    max: range?.max === undefined ? null : readMoment(range.max),
  };
}

const NUMBER = /^-?\d{1,30}(?:\.\d{1,30})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function readField({
  id,
  values,
  min,
  max,
  is_set,
}: NonNullable<ContactSearchInput["typed_custom_fields"]>[number]): FieldFilter {
  const ends = [min, max].map((end) => end?.trim() || null);
  if (ends.some((end) => end !== null && !NUMBER.test(end) && !isDay(end)))
    throw new Refusal("search_entered_wrongly");
  const [least = null, most = null] = ends;
  const between = (fits: (end: string) => boolean) => ({
    min: least !== null && fits(least) ? least : null,
    max: most !== null && fits(most) ? most : null,
  });
  return {
    fieldId: id,
    values: listOf(values)?.map((value) => value.trim().toLowerCase()) ?? null,
    numbers: between((end) => NUMBER.test(end)),
    days: between(isDay),
    isSet: is_set ?? null,
  };
}

function isDay(text: string) {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Scores are whole numbers from 0 to 100; a larger or smaller limit means the same as its end. */
function wholeOr(value: number | undefined, round: (value: number) => number) {
  return value === undefined ? null : Math.min(1000, Math.max(-1, round(value)));
}
