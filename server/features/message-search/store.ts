// Finding mails among a million. The statement is put together from fixed conditions, those that are asked for, and planned
// for the very values it is about; a page is found by its ids first, by an index in its order. Nobody is told how many
// there are, so nothing is counted.

import type { Db } from "../../db/connect.ts";
import { planAsUsual, planForValues } from "../searching/store.ts";

export type Stat = keyof typeof STATS;

export type MessageFilter = {
  stats: readonly Stat[] | null;
  replyClasses: readonly string[] | null;
  userIds: readonly string[] | null;
  /** A mailbox, or one of its addresses. */
  senders: readonly { mailboxId: string; address: string | null }[] | null;
  sequenceIds: readonly string[] | null;
  notSequenceIds: readonly string[] | null;
  from: Temporal.Instant | null;
  before: Temporal.Instant | null;
  rangeOf: "due" | "completed";
  notSentReasons: readonly string[] | null;
  words: readonly string[];
  contactIds: readonly string[] | null;
  address: string | null;
  viewer: { userId: string; isAdmin: boolean };
};

export type Place = { order: Order; isAscending: boolean; offset: number; limit: number };

const ORDERS = {
  due: { by: "coalesce(m.due_at, m.created_at)", only: [] },
  completed: { by: "m.completed_at", only: ["m.completed_at is not null"] },
} as const;
export type Order = keyof typeof ORDERS;

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
} as const;

type Keep = (value: unknown) => string;

export async function searchMessages(db: Db, teamId: string, filter: MessageFilter, place: Place) {
  const params: unknown[] = [teamId];
  const keep = (value: unknown) => `$${params.push(value)}`;
  const { by, only } = ORDERS[place.order];
  const way = place.isAscending ? "asc" : "desc";
  const where = [...only, ...conditions(filter, keep)].join("\n and ");
  const statement = `select m.id from team_messages m where ${where}
    order by ${by} ${way}, m.id ${way} limit ${keep(place.limit)}::int offset ${keep(place.offset)}::int`;
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<{ id: string }>(statement, params),
    planAsUsual(db),
  ]);
  return rows.map(({ id }) => id);
}

function conditions(filter: MessageFilter, keep: Keep): string[] {
  const { viewer, from, before, rangeOf } = filter;
  return [
    "m.team_id = $1 and m.status is not null and m.copy_of is null",
    ...when(filter.stats, (stats) => `(${stats.map((stat) => `(${STATS[stat]})`).join(" or ")})`),
    ...when(
      filter.replyClasses,
      (words) => `m.replied_at is not null and m.reply_class ${isOneOf(words, keep)}`,
    ),
    ...when(filter.userIds, (ids) => `m.user_id ${isOneOf(ids, keep)}`),
    ...when(filter.senders, (senders) => sentFrom(keep(JSON.stringify(senders)))),
    ...when(filter.sequenceIds, (ids) => `m.sequence_id ${isOneOf(ids, keep)}`),
    ...when(filter.notSequenceIds, (ids) => `coalesce(m.sequence_id <> all (${keep(ids)}::text[]), true)`),
    ...when(from, (at) => within(rangeOf, ">=", keep(at))),
    ...when(before, (at) => within(rangeOf, "<", keep(at))),
    ...when(
      filter.notSentReasons,
      (words) => `m.status = 'failed' and m.not_sent_reason ${isOneOf(words, keep)}`,
    ),
    ...when(filter.contactIds, (ids) => `m.contact_id ${isOneOf(ids, keep)}`),
    ...when(filter.address, (address) => goesTo(keep(address))),
    ...(filter.words.length > 0 ? [says(filter.words, keep)] : []),
    ...(viewer.isAdmin ? [] : [visibleTo(keep(viewer.userId))]),
  ];
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

const sentFrom = (senders: string) => `exists (
      select from jsonb_to_recordset(${senders}::jsonb) as w ("mailboxId" text, address text)
       where w."mailboxId" = m.mailbox_id
         and (w.address is null or w.address = lower(coalesce(m.from_email,
                (select e.send_from_email from enrollments e where e.team_id = $1 and e.id = m.enrollment_id),
                (select b.email from mailboxes b where b.team_id = $1 and b.id = m.mailbox_id)))))`;

/** What was sent keeps the address it went to; what is planned goes to the contact's. */
const goesTo = (address: string) => `m.id in (
      select t.id from team_messages t where t.team_id = $1 and lower(t.to_email) = ${address} and t.to_email is not null
      union all
      select t.id from team_contacts c join messages t on t.team_id = $1 and t.contact_id = c.id and t.to_email is null
       where c.team_id = $1 and c.email is not null and lower(c.email) = ${address})`;

/** What is on its way has no words yet: it is found by whom it goes to. */
function says(words: readonly string[], keep: Keep) {
  const query = keep(words.map((word) => `'${word.replace(/['\\]/g, "\\$&")}':*`).join(" & "));
  const named = words.map((word) => `c.words like ${keep(`%${word.replace(/[\\%_]/g, "\\$&")}%`)}`);
  return `m.id in (
      select t.id from team_messages t
       where t.team_id = $1 and t.delivery in ('draft', 'sent', 'failed')
         and words_of_mail(t.subject, t.body_text, t.to_name, t.to_email, t.from_name) @@ to_tsquery('simple', ${query}::text)
      union all
      select t.id from messages t join team_contacts c on c.team_id = $1 and c.id = t.contact_id
       where t.team_id = $1 and t.delivery in ('planned', 'claimed', 'dot', 'unconfirmed') and ${named.join(" and ")})`;
}

/** A sequence's mails are for whoever sees the sequence (by the rule of domain/sharing.ts), a person's own for that person. */
const visibleTo = (userId: string) => `(
      m.user_id = ${userId}::text and m.sequence_id is null
      or m.sequence_id in (
           select s.id from sequences s
            where s.team_id = $1
              and (s.owner_id = ${userId}::text or s.visibility = 'everyone' or exists (
                    select from sequence_shares h
                     where h.team_id = $1 and h.sequence_id = s.id
                       and (h.grantee_id in (${userId}::text, $1) or h.grantee_id in
                             (select g.subteam_id from subteam_members g where g.team_id = $1 and g.user_id = ${userId}::text))))))`;

export type StepOf = { id: string; sequenceId: string; position: number; type: string };

export function stepsOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<StepOf>(
    "select id, sequence_id, position, type from sequence_steps where team_id = $1 and id = any($2::text[]) order by sequence_id, position",
    [teamId, ids],
  );
}
