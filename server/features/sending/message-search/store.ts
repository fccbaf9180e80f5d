// Finding mails among a million. The statement is put together from fixed conditions, those that are asked for, and
// planned for the very values it is about. A page is found by its ids first, by an index in its order. The total is
// never shown, so nothing is counted.

import type { Db } from "../../../db/connect.ts";
import { pageOf as slicedTo } from "../../../kernel/pages.ts";
import { VISIBLE_TO } from "../../access/sharing/store.ts";
import { planAsUsual, planForValues } from "../../contacts/searching/store.ts";

export type Stat = keyof typeof STATS;

export type MessageFilter = {
  stats: readonly Stat[] | null;
  replyClasses: readonly string[] | null;
  userIds: readonly string[] | null;
  /** Who send it or own its sequence. */
  forUserIds: readonly string[] | null;
  /** A mailbox, or one of its addresses. */
  senders: readonly { mailboxId: string; address: string | null }[] | null;
  sequenceIds: readonly string[] | null;
  notSequenceIds: readonly string[] | null;
  stepIds: readonly string[] | null;
  touchIds: readonly string[] | null;
  from: Temporal.Instant | null;
  before: Temporal.Instant | null;
  rangeOf: "due" | "completed";
  notSentReasons: readonly string[] | null;
  words: readonly string[];
  contactIds: readonly string[] | null;
  address: string | null;
  /** Null for admins, who see all. */
  visible: Visible | null;
};

type Visible = { userId: string; sequenceIds: readonly string[] };

type MessagePaging = {
  order: MessageOrder;
  isAscending: boolean;
  offset: number;
  limit: number;
  /** The last mail of the page before. */
  after: { value: string; id: string } | null;
};

const ORDERS = {
  due: { by: "coalesce(m.due_at, m.created_at)", only: [] },
  completed: { by: "m.completed_at", only: ["m.completed_at is not null"] },
} as const;
export type MessageOrder = keyof typeof ORDERS;

/** As the statistics count them. */
export const STATS = {
  delivered: "m.status = 'completed' and m.has_bounced is not true and m.is_spam_blocked is not true",
  scheduled: "m.status = 'scheduled'",
  drafted: "m.status = 'drafted'",
  not_opened:
    "m.status = 'completed' and m.has_bounced is not true and m.is_spam_blocked is not true and m.num_opens = 0",
  opened: "m.num_opens > 0",
  clicked: "m.num_clicks > 0",
  replied: "m.replied_at is not null and m.reply_class is distinct from 'out_of_office'",
  unsubscribed: "m.unsubscribed_at is not null",
  demoed: "m.demoed_at is not null",
  bounced: "m.has_bounced is true",
  spam_blocked: "m.is_spam_blocked is true",
  failed_other: "m.status = 'failed' and m.has_bounced is not true and m.is_spam_blocked is not true",
  held: "m.delivery = 'planned' and m.hold_code is not null",
  sending: "m.delivery in ('claimed', 'dot')",
  unconfirmed: "m.delivery = 'unconfirmed'",
} as const;

type Keep = (value: unknown) => string;

export async function searchMessages(db: Db, teamId: string, filter: MessageFilter, place: MessagePaging) {
  const one = { ...place, limit: place.limit + 1, offset: place.after ? 0 : place.offset };
  const [, met] = await Promise.all([planForValues(db), found(db, teamId, filter, one)]);
  await planAsUsual(db);
  const { rows, last } = slicedTo(met, place.limit);
  return { ids: rows.map(({ id }) => id), last };
}

// Words that fit many mails are found soon by walking along the order, without gathering and sorting. But not always:
// all of them may be in old mails. So the walk ends, and then all are gathered.
const MANY = 5_000;
const LONGEST_WALK = 20_000;
/** What fits one mail in two hundred fills the first page of a search of records within these. */
const SHORT_WALK = 2_000;

async function found(db: Db, teamId: string, filter: MessageFilter, place: MessagePaging) {
  if (filter.words.length > 0) {
    const met = await pageOf(db, teamId, filter, place, SHORT_WALK);
    if (met.length === place.limit) return met;
  }
  if (filter.words.length > 0 && (await fitMany(db, teamId, filter.words))) {
    const met = await pageOf(db, teamId, filter, place, LONGEST_WALK);
    if (met.length === place.limit || !(await goesOn(db, teamId, filter, place))) return met;
  }
  return pageOf(db, teamId, filter, place, null);
}

async function fitMany(db: Db, teamId: string, words: readonly string[]) {
  const row = await db.row<{ count: number }>(
    `select count(*) as count from (
       select from team_messages m where m.team_id = $1 and ${SAID} and ${WORDS} @@ to_tsquery('simple', $2) limit ${MANY}) f`,
    [teamId, queryFor(words)],
  );
  return (row?.count ?? 0) >= MANY;
}

/** Whether there are mails behind the end of the walk. */
async function goesOn(db: Db, teamId: string, filter: MessageFilter, place: MessagePaging) {
  const params: unknown[] = [teamId];
  const keep = (value: unknown) => `$${params.push(value)}`;
  const past = when(place.after, (at) => beyond(place, at, keep));
  const ground = [...ORDERS[place.order].only, ...known(filter, keep), ...past].join("\n and ");
  const row = await db.row<{ count: number }>(
    `select count(*) as count from (select from team_messages m where ${ground} limit ${LONGEST_WALK}) w`,
    params,
  );
  return (row?.count ?? 0) === LONGEST_WALK;
}

/** Of all, or of those met on a walk. */
async function pageOf(
  db: Db,
  teamId: string,
  filter: MessageFilter,
  place: MessagePaging,
  walk: number | null,
) {
  const params: unknown[] = [teamId];
  const keep = (value: unknown) => `$${params.push(value)}`;
  const { by, only } = ORDERS[place.order];
  const way = place.isAscending ? "asc" : "desc";
  const order = `order by ${by} ${way}, m.id ${way}`;
  const ground = [
    ...only,
    ...known(filter, keep),
    ...when(place.after, (at) => beyond(place, at, keep)),
  ].join("\n and ");
  const from =
    walk === null ? amongAll(filter, ground, keep) : onWalk(filter, `${ground} ${order} limit ${walk}`, keep);
  return db.rows<{ id: string; value: string }>(
    `select m.id, ${by}::text as value from ${from} ${order} limit ${keep(place.limit)}::int offset ${keep(place.offset)}::int`,
    params,
  );
}

// Where words or an address say which mails they may be, each of those is looked up by its id and nothing else (`offset 0`):
// a planner that expects few would ask the words anew for every mail there is.
function amongAll({ words, address }: MessageFilter, ground: string, keep: Keep) {
  const named = [
    ...when(address, (one) => goesTo(keep(one))),
    ...(words.length > 0 ? [says(words, keep)] : []),
  ];
  if (named.length === 0) return `team_messages m where ${ground}`;
  return `(${named.join(" intersect ")}) w
    cross join lateral (select m.* from team_messages m where m.id = w.id and ${ground} offset 0) m`;
}

function onWalk({ words, address }: MessageFilter, walk: string, keep: Keep) {
  const met = [saysHere(words, keep), ...when(address, (one) => `m.id in (${goesTo(keep(one))})`)];
  return `(select m.* from team_messages m where ${walk}) m where ${met.join(" and ")}`;
}

/**
 * An email is for who wrote it, for the owner of the mailbox that sends it, and for the owner of its sequence. `$1` is the team,
 * `users` an array.
 */
export function isFor(users: string) {
  return `(m.user_id = any (${users})
    or m.mailbox_id in (select id from mailboxes where team_id = $1 and user_id = any (${users}))
    or m.sequence_id in (select id from sequences where team_id = $1 and owner_id = any (${users})))`;
}

function known(filter: MessageFilter, keep: Keep): string[] {
  const { from, before, rangeOf } = filter;
  return [
    "m.team_id = $1 and m.status is not null and m.copy_of is null",
    ...when(filter.stats, (stats) => `(${stats.map((stat) => `(${STATS[stat]})`).join(" or ")})`),
    ...when(
      filter.replyClasses,
      (words) => `m.replied_at is not null and m.reply_class ${isOneOf(words, keep)}`,
    ),
    ...when(filter.userIds, (ids) => `m.user_id ${isOneOf(ids, keep)}`),
    ...when(filter.forUserIds, (ids) => isFor(`${keep(ids)}::text[]`)),
    ...when(filter.senders, (senders) => sentFrom(senders, keep)),
    ...when(filter.sequenceIds, (ids) => `m.sequence_id ${isOneOf(ids, keep)}`),
    ...when(filter.stepIds, (ids) => `m.step_id ${isOneOf(ids, keep)}`),
    ...when(filter.touchIds, (ids) => `m.touch_id ${isOneOf(ids, keep)}`),
    ...when(filter.notSequenceIds, (ids) => `coalesce(m.sequence_id <> all (${keep(ids)}::text[]), true)`),
    ...when(from, (at) => within(rangeOf, ">=", keep(at))),
    ...when(before, (at) => within(rangeOf, "<", keep(at))),
    ...when(
      filter.notSentReasons,
      (words) => `m.status = 'failed' and m.not_sent_reason ${isOneOf(words, keep)}`,
    ),
    ...when(filter.contactIds, (ids) => `m.contact_id ${isOneOf(ids, keep)}`),
    ...when(filter.visible, (visible) => isAmong(visible, keep)),
  ];
}

function beyond(
  { order, isAscending }: MessagePaging,
  { value, id }: NonNullable<MessagePaging["after"]>,
  keep: Keep,
) {
  return `(${ORDERS[order].by}, m.id) ${isAscending ? ">" : "<"} (${keep(value)}::timestamptz, ${keep(id)}::ident)`;
}

function when<T>(value: T | null, condition: (value: T) => string) {
  return value === null ? [] : [condition(value)];
}

// One value is asked for by itself: an index then gives its rows in order.
function isOneOf(values: readonly string[], keep: Keep) {
  return values.length === 1 ? `= ${keep(values[0])}::text` : `= any (${keep(values)}::text[])`;
}

// What is shown is ordered by the due date or, without one, by its creation: said twice, so that the index in that order ends
// where the range does.
function within(rangeOf: "due" | "completed", compared: ">=" | "<", at: string) {
  return rangeOf === "completed"
    ? `m.completed_at ${compared} ${at}::timestamptz`
    : `m.due_at ${compared} ${at}::timestamptz and coalesce(m.due_at, m.created_at) ${compared} ${at}::timestamptz`;
}

function sentFrom(senders: readonly { mailboxId: string; address: string | null }[], keep: Keep) {
  const ids = isOneOf(
    senders.map(({ mailboxId }) => mailboxId),
    keep,
  );
  if (senders.every(({ address }) => address === null)) return `m.mailbox_id ${ids}`;
  return `m.mailbox_id ${ids} and exists (
      select from jsonb_to_recordset(${keep(JSON.stringify(senders))}::jsonb) as w ("mailboxId" text, address text)
       where w."mailboxId" = m.mailbox_id
         and (w.address is null or w.address = lower(coalesce(m.from_email,
                (select e.send_from_email from enrollments e where e.team_id = $1 and e.id = m.enrollment_id),
                (select b.email from mailboxes b where b.team_id = $1 and b.id = m.mailbox_id)))))`;
}

/** What was sent keeps the address it went to; what is planned goes to the contact's. */
const goesTo = (address: string) => `(
      select t.id from team_messages t where t.team_id = $1 and lower(t.to_email) = ${address} and t.to_email is not null
      union all
      select t.id from team_contacts c join messages t on t.team_id = $1 and t.contact_id = c.id and t.to_email is null
       where c.team_id = $1 and c.email is not null and lower(c.email) = ${address})`;

/** As its index knows them. */
const WORDS = "words_of_mail(m.subject, m.body_text, m.to_name, m.to_email, m.from_name)";
/** What was written or has ended; the rest has no words of its own yet. */
const SAID = "m.delivery in ('draft', 'sent', 'failed')";
const ON_ITS_WAY = "m.delivery in ('planned', 'claimed', 'dot', 'unconfirmed')";

/** Each word begins so. */
function queryFor(words: readonly string[]) {
  return words.map((word) => `'${word.replace(/['\\]/g, "\\$&")}':*`).join(" & ");
}

/**
 * What is on its way is found by whom it goes to. The contacts are found first (`offset 0`): beside a table with row security their
 * index is not asked for words, and each contact of the team is read.
 */
function says(words: readonly string[], keep: Keep) {
  const query = keep(queryFor(words));
  return `(
      select m.id from team_messages m
       where m.team_id = $1 and ${SAID} and ${WORDS} @@ to_tsquery('simple', ${query}::text)
      union all
      select m.id
        from (select c.id from team_contacts c where c.team_id = $1 and ${named(words, keep)} offset 0) c
        join team_messages m on m.team_id = $1 and m.contact_id = c.id and ${ON_ITS_WAY})`;
}

/** The same, asked of each mail that is met: as a value, since `exists` would gather all contacts that the words fit. */
function saysHere(words: readonly string[], keep: Keep) {
  return `(${SAID} and ${WORDS} @@ to_tsquery('simple', ${keep(queryFor(words))}::text)
      or ${ON_ITS_WAY} and (select ${named(words, keep)} from team_contacts c where c.team_id = $1 and c.id = m.contact_id))`;
}

function named(words: readonly string[], keep: Keep) {
  return words.map((word) => `c.words like ${keep(`%${word.replace(/[\\%_]/g, "\\$&")}%`)}`).join(" and ");
}

/** A sequence's mails are for users who see the sequence, a user's own for that user. */
function isAmong({ userId, sequenceIds }: Visible, keep: Keep) {
  return `(m.sequence_id = any (${keep(sequenceIds)}::text[]) or m.sequence_id is null and m.user_id = ${keep(userId)}::text)`;
}

/** By the rule of domain/identity/sharing.ts. */
export async function visibleSequences(db: Db, teamId: string, userId: string) {
  const rows = await db.rows<{ id: string }>(VISIBLE_TO("$2"), [teamId, userId]);
  return rows.map(({ id }) => id);
}

type StepOf = { id: string; sequenceId: string; position: number; type: string };

export function stepsOfMessages(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<StepOf>(
    "select id, sequence_id, position, type from sequence_steps where team_id = $1 and id = any($2::text[]) order by sequence_id, position",
    [teamId, ids],
  );
}
