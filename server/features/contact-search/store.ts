// Finding contacts among a million.
//
// A page is found in two steps: its ids by an index, then everything about those few. The statement is put together
// from fixed conditions, those that are asked for, and planned for the very values it is about (`force_custom_plan`):
// a plan for all cases alike would read the whole table. Orders are a fixed list, one index each.
//
// A list knows the stage and the age of those on it. One list, whole or by stage, is shown and counted from an index of
// its own (contact_labels_created, contact_labels_stage); contacts are looked up only for what else is asked.

import type { Db } from "../../db/connect.ts";

/** What a search can be sorted by: the expression of its index, and the type a cursor's value has. */
const ORDERS = {
  created: ["c.created_at", "timestamptz"],
  updated: ["c.updated_at", "timestamptz"],
  lastActivity: ["coalesce(c.last_activity_at, '-infinity')", "timestamptz"],
  lastOpened: ["coalesce(c.email_last_opened_at, '-infinity')", "timestamptz"],
  lastClicked: ["coalesce(c.email_last_clicked_at, '-infinity')", "timestamptz"],
  name: ["lower(coalesce(c.name, c.email, ''))", "text"],
} as const;

export type Order = keyof typeof ORDERS;
export type Place = {
  order: Order;
  isAscending: boolean;
  after: { value: string; id: string } | null;
  offset: number;
  limit: number;
};

/** Searches show this many at most by page number; counting further would tell nobody anything. */
export const MOST_SHOWN = 50_000;
/** Up to here the total is counted afresh each time. Apollo calls it the limit of partial results. */
export const ALWAYS_COUNTED = 10_000;

export type Range = { min: Temporal.Instant | null; max: Temporal.Instant | null };
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
  /** The whole of what was typed, where it may be an address that stands beside the first. */
  address: string | null;
  nameWords: readonly string[];
  companyWords: readonly string[];
  stageIds: readonly string[] | null;
  ownerIds: readonly string[] | null;
  labelIds: readonly string[] | null;
  accountIds: readonly string[] | null;
  contactIds: readonly string[] | null;
  emails: readonly string[] | null;
  domains: readonly string[] | null;
  sequenceIds: readonly string[] | null;
  inSequences: readonly { sequenceId: string; status: StatusWord }[] | null;
  emailStatuses: readonly string[] | null;
  doNotContact: boolean | null;
  unsubscribed: boolean | null;
  created: Range;
  updated: Range;
  lastActivity: Range;
};

// What contacts_words indexes, to the letter.
const WORDS = `lower(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '') || ' ' || coalesce(c.title, '') || ' ' ||
         coalesce(c.organization_name, '') || ' ' || coalesce(c.email, ''))`;

/** Keeps a value as a parameter and answers its place. Conditions hold nothing else of what a caller sent. */
export type Keep = (value: unknown) => string;

/** What a list knows of its contacts, by its own names; read from contacts, by theirs. */
type Known = { id: string; stage: string; created: string };
const OF_CONTACT: Known = { id: "c.id", stage: "c.contact_stage_id", created: "c.created_at" };
const OF_LISTED: Known = { id: "l.contact_id", stage: "l.contact_stage_id", created: "l.contact_created_at" };

/** What is read: `counted` may do with less than a page in its order needs. */
export type Question = { known: Known; counted: string; paged: string; where: string; isByWords: boolean };

export function questionOf(filter: ContactFilter, isByAge: boolean, keep: Keep): Question {
  const [label, ...more] = filter.labelIds ?? [];
  const isByWords = [filter.words, filter.nameWords, filter.companyWords].some((words) => words.length > 0);
  if (label === undefined || more.length > 0) {
    const where = [
      "c.team_id = $1",
      ...knownToLists(filter, OF_CONTACT, keep),
      ...aboutContacts(filter, keep),
    ];
    return { known: OF_CONTACT, counted: CONTACTS, paged: CONTACTS, where: where.join("\n and "), isByWords };
  }
  const listed = ["l.team_id = $1", `l.label_id = ${keep(label)}::text`];
  const known = knownToLists(filter, OF_LISTED, keep);
  const further = aboutContacts({ ...filter, labelIds: null }, keep);
  const counted = further.length === 0 ? LIST : CONTACTS_OF_LIST;
  return {
    known: OF_LISTED,
    counted,
    paged: isByAge ? counted : CONTACTS_OF_LIST,
    where: [...listed, ...known, ...further].join("\n and "),
    isByWords,
  };
}

const CONTACTS = "team_contacts c";
const LIST = "contact_labels l";
const CONTACTS_OF_LIST = "contact_labels l join team_contacts c on c.team_id = $1 and c.id = l.contact_id";

// A condition stands in the statement only where it is asked for: an "is null or in (select ...)" is never made a join.
function knownToLists({ stageIds, contactIds, created }: ContactFilter, known: Known, keep: Keep) {
  return [
    ...when(stageIds, (ids) => `${known.stage} ${isOneOf(ids, keep)}`),
    ...when(contactIds, (ids) => `${known.id} = any (${keep(ids)}::text[])`),
    ...within(known.created, created, keep),
  ];
}

function aboutContacts(filter: ContactFilter, keep: Keep): string[] {
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
    ...when(filter.inSequences, (wanted) => inSequences(keep(JSON.stringify(wanted)))),
    ...when(filter.emailStatuses, (statuses) => `c.email_status = any (${keep(statuses)}::text[])`),
    ...when(filter.doNotContact, (flag) => `c.do_not_contact = ${keep(flag)}`),
    ...when(filter.unsubscribed, (flag) => `coalesce(c.email_unsubscribed, false) = ${keep(flag)}`),
    ...within("c.updated_at", filter.updated, keep),
    ...within("c.last_activity_at", filter.lastActivity, keep),
    ...filter.nameWords.flatMap((word) => bothLike("lower(c.name)", keep(patternOf(word)))),
    ...filter.companyWords.flatMap((word) => bothLike("lower(c.organization_name)", keep(patternOf(word)))),
    ...(filter.address === null
      ? filter.words.map((word) => `${WORDS} like ${keep(patternOf(word))}`)
      : [withAddress(keep(patternOf(filter.address)), keep(filter.address))]),
  ];
}

function when<T>(value: T | null, condition: (value: T) => string) {
  return value === null ? [] : [condition(value)];
}

// One value is asked for by itself: an index then gives its rows in order.
function isOneOf(ids: readonly string[], keep: Keep) {
  return ids.length === 1 ? `= ${keep(ids[0])}::text` : `= any (${keep(ids)}::text[])`;
}

function within(column: string, { min, max }: Range, keep: Keep) {
  return [
    ...when(min, (at) => `${column} >= ${keep(at)}::timestamptz`),
    ...when(max, (at) => `${column} <= ${keep(at)}::timestamptz`),
  ];
}

// The index of all words finds few; of those, the ones where the word stands in the right place.
function bothLike(column: string, pattern: string) {
  return [`${WORDS} like ${pattern}`, `${column} like ${pattern}`];
}

function patternOf(word: string) {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}

const withEmails = (emails: string) => `c.id in (
      select id from team_contacts where team_id = $1 and email is not null and lower(email) = any (${emails}::text[])
      union all
      select contact_id from team_contact_emails where team_id = $1 and lower(email) = any (${emails}::text[]))`;

/** What was typed is one address: it may stand beside a contact's first, where the words do not look. */
const withAddress = (pattern: string, address: string) => `c.id in (
      select c.id from team_contacts c where c.team_id = $1 and ${WORDS} like ${pattern}
      union all
      select contact_id from team_contact_emails where team_id = $1 and lower(email) = ${address})`;

const withDomains = (domains: string) => `c.id in (
      select id from team_contacts
       where team_id = $1 and email is not null and split_part(lower(email), '@', 2) = any (${domains}::text[])
      union all
      select p.id from team_accounts a join team_contacts p on p.team_id = $1 and p.account_id = a.id
       where a.team_id = $1 and a.domain = any (${domains}::text[]))`;

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

export type Row = { id: string; value: string };
export type Answer = { rows: Row[]; total: number };
export type Asked = { db: Db; question: Question; place: Place; params: readonly unknown[] };

/** For what an index gives in order, and counts without looking further. */
export async function pageAndCount(asked: Asked): Promise<Answer> {
  const { db, question, place, params } = asked;
  const [, rows] = await Promise.all([db.run(SETTINGS, SEARCHING), found(asked, pageOf)]);
  const [total] = await Promise.all([
    isLastPage(rows.length, place) ? place.offset + rows.length : countUpTo(db, question, params),
    db.run(SETTINGS, AFTERWARDS),
  ]);
  return { rows, total };
}

/** For words, where the work is to find whom they fit: that is done once, for the page and for the count. */
export async function everybodyAtOnce({ db, question, place, params }: Asked): Promise<Answer> {
  const values = [...params];
  const page = pageAndCountOfFound(question, place, (value) => `$${values.push(value)}`);
  const [, rows] = await Promise.all([
    db.run(SETTINGS, SEARCHING),
    db.rows<{ total: number; id: string | null; value: string }>(page, values),
    db.run(SETTINGS, AFTERWARDS),
  ]);
  return {
    rows: rows.flatMap(({ id, value }) => (id === null ? [] : [{ id, value }])),
    total: rows[0]?.total ?? 0,
  };
}

/** Where it is known how many there are. */
export async function pageOnly(asked: Asked): Promise<Row[]> {
  const { db, question, place } = asked;
  await db.run(SETTINGS, SEARCHING);
  const met = question.isByWords ? await metEarly(asked) : null;
  const isFull = met !== null && met.length > place.limit;
  const [rows] = await Promise.all([
    isFull ? met : found(asked, question.isByWords ? pageOfAllFound : pageOf),
    db.run(SETTINGS, AFTERWARDS),
  ]);
  return rows;
}

function found({ db, question, place, params }: Asked, statement: typeof pageOf) {
  const values = [...params];
  const page = statement(question, place, (value) => `$${values.push(value)}`);
  return db.rows<Row>(page, values);
}

// Words that fit many are met soon by walking along the order, so nobody is gathered and sorted; but not always: they may
// all stand in one old import. So the walk ends, and then everybody is gathered.
const LONGEST_WALK = 10_000;

async function metEarly(asked: Asked): Promise<Row[] | null> {
  if (asked.question.paged !== CONTACTS || asked.place.offset > LONGEST_WALK) return null;
  return found(asked, ({ known, where }, place, keep) => {
    const by = columnOf(known, place);
    return `select ${known.id} as id, (${by})::text as value
      from (select * from team_contacts c where c.team_id = $1 ${goOnAfter(by, known.id, place, keep)}
             ${inOrder(by, known.id, place)} limit ${LONGEST_WALK}) c
     where ${where}
     ${inOrder(by, known.id, place)} ${cut(place, keep)}`;
  });
}

/** Then the total is known without counting. */
export function isLastPage(found: number, { after, offset, limit }: Place) {
  return after === null && found <= limit && (found > 0 || offset === 0);
}

async function countUpTo(db: Db, { counted, where }: Question, params: readonly unknown[]) {
  const row = await db.row<{ total: number }>(
    `select count(*) as total from (select 1 from ${counted} where ${where} limit ${MOST_SHOWN + 1}) found`,
    params,
  );
  return row?.total ?? 0;
}

// For this transaction only. Compiling a plan, or starting helpers for it, takes longer than a search may.
const SETTINGS = `select set_config('plan_cache_mode', $1, true), set_config('jit', $2, true),
  set_config('max_parallel_workers_per_gather', $3, true)`;
const SEARCHING = ["force_custom_plan", "off", "0"];
const AFTERWARDS = ["auto", "on", "2"];

/** One more than asked for, which tells whether there is a next page. */
function pageOf({ known, paged, where }: Question, place: Place, keep: Keep) {
  const by = columnOf(known, place);
  return `select ${known.id} as id, (${by})::text as value
    from ${paged}
   where ${where} ${goOnAfter(by, known.id, place, keep)}
   ${inOrder(by, known.id, place)} ${cut(place, keep)}`;
}

/** The same, of all that are found; and how many they are, which is told even where the page is empty. */
function pageAndCountOfFound(question: Question, place: Place, keep: Keep) {
  return `with found as materialized (${allFound(question, place)} limit ${MOST_SHOWN + 1})
    select counted.total, shown.id, shown.value::text as value
      from (select count(*) as total from found) counted
      left join (${pageAmongFound(place, keep)}) shown on true
     ${inOrder("shown.value", "shown.id", place)}`;
}

/** The same without the count, of any number. */
function pageOfAllFound(question: Question, place: Place, keep: Keep) {
  return `with found as materialized (${allFound(question, place)})
    select id, value::text as value from (${pageAmongFound(place, keep)}) shown
     ${inOrder("shown.value", "shown.id", place)}`;
}

function allFound({ known, paged, where }: Question, place: Place) {
  return `select ${known.id} as id, ${columnOf(known, place)} as value from ${paged} where ${where}`;
}

function pageAmongFound(place: Place, keep: Keep) {
  return `select id, value from found where true ${goOnAfter("value", "id", place, keep)}
    ${inOrder("value", "id", place)} ${cut(place, keep)}`;
}

function columnOf(known: Known, { order }: Place) {
  return order === "created" ? known.created : ORDERS[order][0];
}

function goOnAfter(by: string, id: string, { order, isAscending, after }: Place, keep: Keep) {
  if (!after) return "";
  const [, type] = ORDERS[order];
  return `and (${by}, ${id}) ${isAscending ? ">" : "<"} (${keep(after.value)}::${type}, ${keep(after.id)}::text)`;
}

function inOrder(by: string, id: string, { isAscending }: Place) {
  const way = isAscending ? "asc" : "desc";
  return `order by ${by} ${way}, ${id} ${way}`;
}

function cut({ limit, offset, after }: Place, keep: Keep) {
  return `limit ${keep(limit + 1)}::int offset ${keep(after ? 0 : offset)}::int`;
}

export type Named = { kind: "stage" | "label" | "user" | "account" | "sequence"; id: string; name: string };

/** What the ids in a search are called. */
export function namesOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<Named>(
    `select 'stage' as kind, id, name from contact_stages where team_id = $1 and id = any($2::text[])
     union all select 'label', id, name from labels where team_id = $1 and id = any($2::text[])
     union all select 'user', id, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email) from users
                where team_id = $1 and id = any($2::text[])
     union all select 'account', id, coalesce(name, domain, '') from accounts where team_id = $1 and id = any($2::text[])
     union all select 'sequence', id, name from sequences where team_id = $1 and id = any($2::text[])`,
    [teamId, ids],
  );
}
