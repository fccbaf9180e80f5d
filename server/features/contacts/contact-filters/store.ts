// The conditions of a search for contacts.
//
// Only requested conditions are in the statement: an "is null or in (select ...)" never becomes a join.
//
// A list's rows have the stage and the age of its contacts. One list, whole or by stage, is shown and counted from an
// index of its own (contact_labels_created, contact_labels_stage); contacts are looked up only for other conditions.

import type { SizeRange } from "../../../domain/contacts/size-ranges.ts";

export type MomentRange = { min: Temporal.Instant | null; max: Temporal.Instant | null };
export type StatusWord =
  | "active"
  | "paused"
  | "finished"
  | "failed"
  | "not_sent"
  | "bounced"
  | "spam_blocked";

export type ContactFilter = {
  /** Parts that must each occur, in lower case. */
  words: readonly string[];
  /** The whole search text, where it may be one of a contact's further addresses. */
  address: string | null;
  nameWords: readonly string[];
  companyWords: readonly string[];
  titleWords: readonly string[];
  placeWords: readonly string[];
  /** Of the company's industry. */
  industryWords: readonly string[];
  /** Of the company's number of employees; one of them must hold. */
  companySizes: readonly SizeRange[] | null;
  stageIds: readonly string[] | null;
  ownerIds: readonly string[] | null;
  labelIds: readonly string[] | null;
  accountIds: readonly string[] | null;
  contactIds: readonly string[] | null;
  emails: readonly string[] | null;
  domains: readonly string[] | null;
  /** As users write them; compared without scheme, host, case and query. */
  profiles: readonly string[] | null;
  sequenceIds: readonly string[] | null;
  inSequences: readonly { sequenceId: string; status: StatusWord }[] | null;
  emailStatuses: readonly string[] | null;
  doNotContact: boolean | null;
  hasPhone: boolean | null;
  hasProfile: boolean | null;
  unsubscribed: boolean | null;
  created: MomentRange;
  updated: MomentRange;
  lastActivity: MomentRange;
  score: { min: number | null; max: number | null };
  fields: readonly FieldFilter[] | null;
};

/** Of one custom field: any of some values, between two, or whether there is one. */
export type FieldFilter = {
  fieldId: string;
  values: readonly string[] | null;
  numbers: { min: string | null; max: string | null };
  days: { min: string | null; max: string | null };
  isSet: boolean | null;
};

/** Keeps a value as a parameter and answers its place. Conditions hold nothing else of what a caller sent. */
export type BindParameter = (value: unknown) => string;

/** What a list knows of its contacts, by its own names; read from contacts, by theirs. */
export type ContactColumns = { id: string; stage: string; created: string };
const OF_CONTACT: ContactColumns = { id: "c.id", stage: "c.contact_stage_id", created: "c.created_at" };
const OF_LISTED: ContactColumns = {
  id: "l.contact_id",
  stage: "l.contact_stage_id",
  created: "l.contact_created_at",
};

/** What is read: `counted` may do with less than a page in its order needs. */
export type ContactCondition = {
  known: ContactColumns;
  counted: string;
  paged: string;
  /** Whose they are, in what is read page by page. */
  owner: string;
  where: string;
  isByWords: boolean;
  /** Nothing is asked: any of the team's contacts. */
  isAnybody: boolean;
  /** The same, for a team that has most of the contacts, where asking which are the team's takes longer than finding. */
  ofMost: { from: string; where: string } | null;
};

export function questionOf(filter: ContactFilter, isByAge: boolean, keep: BindParameter): ContactCondition {
  const isByWords = [filter.words, filter.nameWords, filter.companyWords, filter.titleWords].some(
    (words) => words.length > 0,
  );
  const [label, ...more] = filter.labelIds ?? [];
  const ofList = more.length === 0 ? label : undefined;
  const known = ofList === undefined ? OF_CONTACT : OF_LISTED;
  const ground =
    ofList === undefined ? ["c.team_id = $1"] : ["l.team_id = $1", `l.label_id = ${keep(ofList)}::text`];
  const early = knownToLists(filter, known, keep);
  const further = aboutContacts(ofList === undefined ? filter : { ...filter, labelIds: null }, keep);
  const fitting = byWords(filter, keep);
  const isOnList = further.length + fitting.length === 0;
  const counted = ofList === undefined ? TEAM_CONTACTS : isOnList ? LIST : CONTACTS_OF_LIST;
  const isByWordsAlone = isByWords && filter.address === null && ofList === undefined;
  const paged = ofList === undefined || isByAge ? counted : CONTACTS_OF_LIST;
  return {
    known,
    counted,
    paged,
    owner: paged === LIST ? OWNER_OF_LISTED : "c.owner_id",
    where: all([...ground, ...early, ...further, ...fitting]),
    isByWords,
    isAnybody: isOnList && ofList === undefined && early.length === 0,
    ofMost:
      isByWordsAlone && early.length + further.length === 0
        ? { from: "contacts_of_most c", where: all(["$1::text is not null", ...fitting]) }
        : null,
  };
}

export const TEAM_CONTACTS = "team_contacts c";
const LIST = "contact_labels l";
const OWNER_OF_LISTED = "(select k.owner_id from contacts k where k.team_id = $1 and k.id = l.contact_id)";
const CONTACTS_OF_LIST = "contact_labels l join team_contacts c on c.team_id = $1 and c.id = l.contact_id";

function all(conditions: readonly string[]) {
  return conditions.join("\n and ");
}

function knownToLists(
  { stageIds, contactIds, created }: ContactFilter,
  known: ContactColumns,
  keep: BindParameter,
) {
  return [
    ...when(stageIds, (ids) => `${known.stage} ${isOneOf(ids, keep)}`),
    ...when(contactIds, (ids) => `${known.id} = any (${keep(ids)}::text[])`),
    ...within(known.created, created, keep),
  ];
}

function aboutContacts(filter: ContactFilter, keep: BindParameter): string[] {
  const { ownerIds, labelIds, accountIds, sequenceIds } = filter;
  return [
    ...when(ownerIds, (ids) => `c.owner_id ${isOneOf(ids, keep)}`),
    ...when(accountIds, (ids) => `c.account_id ${isOneOf(ids, keep)}`),
    ...when(
      labelIds,
      (ids) =>
        `c.id in (select contact_id from contact_labels where team_id = $1 and label_id ${isOneOf(ids, keep)})`,
    ),
    ...when(
      sequenceIds,
      (ids) =>
        `c.id in (select contact_id from enrollments
           where team_id = $1 and state <> 'removed' and sequence_id ${isOneOf(ids, keep)})`,
    ),
    ...when(filter.emails, (emails) => withEmails(keep(emails))),
    ...when(filter.domains, (domains) => withDomains(keep(domains))),
    ...when(filter.profiles, (urls) => withProfiles("c", keep(urls))),
    ...when(filter.inSequences, (wanted) => inSequences(keep(JSON.stringify(wanted)))),
    ...when(filter.emailStatuses, (statuses) => `c.email_status = any (${keep(statuses)}::text[])`),
    ...when(filter.doNotContact, (flag) => `c.do_not_contact = ${keep(flag)}`),
    ...when(filter.hasPhone, (flag) => `(c.sanitized_phone is not null) = ${keep(flag)}`),
    ...when(filter.hasProfile, (flag) => `(c.linkedin_url is not null) = ${keep(flag)}`),
    ...when(filter.unsubscribed, (flag) => `coalesce(c.email_unsubscribed, false) = ${keep(flag)}`),
    ...within("c.updated_at", filter.updated, keep),
    ...within("c.last_activity_at", filter.lastActivity, keep),
    ...when(filter.score.min, (least) => `c.prospect_score >= ${keep(least)}::int`),
    ...when(filter.score.max, (most) => `c.prospect_score <= ${keep(most)}::int`),
    ...(filter.fields ?? []).map((field) => ofField(field, keep)),
    ...ofCompany(filter, keep),
    ...filter.placeWords.map((word) => `${PLACE} like ${keep(patternOf(word))}`),
  ];
}

function byWords(filter: ContactFilter, keep: BindParameter): string[] {
  return [
    ...filter.nameWords.flatMap((word) => bothLike("lower(c.name)", keep(patternOf(word)))),
    ...filter.titleWords.flatMap((word) => bothLike("lower(c.title)", keep(patternOf(word)))),
    ...filter.companyWords.flatMap((word) => bothLike("lower(c.organization_name)", keep(patternOf(word)))),
    ...(filter.address === null
      ? filter.words.map((word) => `c.words like ${keep(patternOf(word))}`)
      : [withAddress(keep(patternOf(filter.address)), keep(filter.address))]),
  ];
}

/** The company is looked up once for all that is asked of it. */
function ofCompany({ industryWords, companySizes }: ContactFilter, keep: BindParameter) {
  const asked = [
    ...when(companySizes, (sizes) => sizedWithin("a", keep(rangesOf(sizes)))),
    ...(industryWords.length > 0 ? [inIndustry("a", keep(industryWords.map(patternOf)))] : []),
  ];
  return asked.length === 0
    ? []
    : [
        `c.account_id in (select a.id from team_accounts a where ${["a.team_id = $1", ...asked].join(" and ")})`,
      ];
}

/** As the database writes ranges. One that ends before it begins holds nothing. */
export function rangesOf(sizes: readonly SizeRange[]) {
  return sizes.map(({ min, max }) =>
    min !== null && max !== null && min > max ? "empty" : `[${min ?? ""},${max ?? ""}]`,
  );
}

export const sizedWithin = (table: string, ranges: string) =>
  `${table}.estimated_num_employees::bigint <@ any (${ranges}::int8range[])`;

export const inIndustry = (table: string, patterns: string) =>
  `lower(${table}.industry) like all (${patterns}::text[])`;

const PLACE = "lower(concat_ws(' ', c.present_raw_address, c.city, c.state, c.country))";

/** Values of every kind of field are in one table, with one column for each kind: a condition uses one of them. */
function ofField({ fieldId, values, numbers, days, isSet }: FieldFilter, keep: BindParameter) {
  const conditions = [
    `team_id = $1 and field_id = ${keep(fieldId)}::text`,
    ...when(values, (some) => isAnyOf(keep(some), keep(some.map(patternOf)))),
    ...when(numbers.min, (least) => `number_value >= ${keep(least)}::numeric`),
    ...when(numbers.max, (most) => `number_value <= ${keep(most)}::numeric`),
    ...when(
      days.min,
      (day) => `coalesce(date_value, (moment_value at time zone 'UTC')::date) >= ${keep(day)}::date`,
    ),
    ...when(
      days.max,
      (day) => `coalesce(date_value, (moment_value at time zone 'UTC')::date) <= ${keep(day)}::date`,
    ),
  ];
  const isIn = isSet === false ? "not in" : "in";
  return `c.id ${isIn} (select contact_id from contact_field_values where ${conditions.join(" and ")})`;
}

const isAnyOf = (values: string, patterns: string) => `(lower(text_value) like any (${patterns}::text[])
      or option_ids && ${values}::text[]
      or boolean_value::text = any (${values}::text[])
      or number_value::text = any (${values}::text[]))`;

function when<T>(value: T | null, condition: (value: T) => string) {
  return value === null ? [] : [condition(value)];
}

// One value is asked for by itself: an index then gives its rows in order.
function isOneOf(ids: readonly string[], keep: BindParameter) {
  return ids.length === 1 ? `= ${keep(ids[0])}::text` : `= any (${keep(ids)}::text[])`;
}

function within(column: string, { min, max }: MomentRange, keep: BindParameter) {
  return [
    ...when(min, (at) => `${column} >= ${keep(at)}::timestamptz`),
    ...when(max, (at) => `${column} <= ${keep(at)}::timestamptz`),
  ];
}

// The index of all words finds few; of those, the ones with the word in the right column.
function bothLike(column: string, pattern: string) {
  return [`c.words like ${pattern}`, `${column} like ${pattern}`];
}

export function patternOf(word: string) {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}

// As an array: found once, and not again for each contact of a team that is too young for the planner to know its size.
const withEmails = (emails: string) => `c.id = any (array(
      select id from team_contacts where team_id = $1 and email is not null and lower(email) = any (${emails}::text[])
      union all
      select contact_id from team_contact_emails where team_id = $1 and lower(email) = any (${emails}::text[])))`;

/** The search text is one address: it may be a contact's further address, which the words don't contain. */
const withAddress = (pattern: string, address: string) => `c.id = any (array(
      select c.id from team_contacts c where c.team_id = $1 and c.words like ${pattern}
      union all
      select contact_id from team_contact_emails where team_id = $1 and lower(email) = ${address}))`;

const withDomains = (domains: string) => `c.id in (
      select id from team_contacts
       where team_id = $1 and email is not null and split_part(lower(email), '@', 2) = any (${domains}::text[])
      union all
      select p.id from team_accounts a join team_contacts p on p.team_id = $1 and p.account_id = a.id
       where a.team_id = $1 and a.domain = any (${domains}::text[]))`;

/** Of whom a profile is, whichever way its address is written. */
export const withProfiles = (table: string, urls: string) => `(${table}.linkedin_url is not null
      and linkedin_key(${table}.linkedin_url) = any (array(select linkedin_key(u) from unnest(${urls}::text[]) as u)))`;

const inSequences = (wanted: string) => `c.id in (
      select e.contact_id
        from jsonb_to_recordset(${wanted}::jsonb) as w ("sequenceId" text, status text)
        join enrollments e on e.team_id = $1 and e.sequence_id = w."sequenceId" and e.state <> 'removed'
       where case w.status
               when 'bounced' then e.failure_reason in ('bounced', 'hard_bounced') or e.inactive_reason = 'bounced'
               when 'spam_blocked' then e.failure_reason = 'spam_blocked'
               when 'not_sent' then e.state = 'failed' and e.failure_reason is not null
                                and e.failure_reason not in ('bounced', 'hard_bounced', 'spam_blocked')
               else e.state = w.status
             end)`;
