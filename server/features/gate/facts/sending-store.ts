// How much mailboxes, sequences and teams have sent, and what waits to be.

import type { Db } from "../../../db/connect.ts";
import type { Ramp } from "../../../domain/basics/ramp.ts";
import { elsewhereMoments } from "../../mailboxes/sent-elsewhere/store.ts";

export type SendingRow = {
  id: string;
  userId: string;
  email: string;
  visibility: "restricted" | "everyone";
  isDefault: boolean;
  isActive: boolean;
  inactiveReason: string | null;
  revokedAt: Temporal.Instant | null;
  updatedAt: Temporal.Instant;
  userLeftAt: Temporal.Instant | null;
  /** Of today: the smaller one of its own and its ramp's. */
  dailyLimit: number | null;
  ownDailyLimit: number | null;
  ramp: Ramp | null;
  hourlyLimit: number | null;
  gapSeconds: number | null;
  newContactsLimit: number | null;
  /** Contacts who got their first email of a sequence; counted where they are limited. */
  newLastDay: number;
  oldestNewInDay: Temporal.Instant | null;
  /** What was sent elsewhere is among these, where it counts. */
  sentLastDay: number;
  sentLastHour: number;
  countsSentElsewhere: boolean;
  /** A mailbox that had the same address before has sent something that counts, or this one has sent placement tests. */
  countsFormer: boolean;
  elsewhereLastDay: number;
  elsewhereLastHour: number;
  lastElsewhereAt: Temporal.Instant | null;
  oldestInDay: Temporal.Instant | null;
  oldestInHour: Temporal.Instant | null;
  lastSentAt: Temporal.Instant | null;
  backoffUntil: Temporal.Instant | null;
  backoffReason: string | null;
  type: "smtp" | "gmail" | "microsoft" | "catcher";
  /** A catcher's mail reaches no real person, so it may be sent however old the last reading is. */
  readsInbox: boolean;
  inboxReadAt: Temporal.Instant | null;
  inboxFreshUntil: Temporal.Instant | null;
  readingError: string | null;
  connectedAt: Temporal.Instant;
  /**
   * When the last of the mails under way was claimed or released. Null where there is none, and when read for
   * sending.
   */
  underwaySince?: Temporal.Instant | null;
};

const KNOWN = `m.id, m.user_id, m.email, m.visibility, m.is_default, m.is_active and not m.is_seed as is_active,
         case when m.is_seed then 'it is a seed mailbox' else m.inactive_reason end as inactive_reason, m.revoked_at, m.updated_at,
         u.deactivated_at as user_left_at, m.limit_today as daily_limit, m.daily_limit as own_daily_limit, m.ramp, m.hourly_limit, m.gap_seconds, m.new_contacts_limit, m.backoff_until, m.backoff_reason, m.type,
         m.imap_host is not null and m.type <> 'catcher' as reads_inbox, m.inbox_read_at, m.inbox_fresh_until, m.reading_error, m.created_at as connected_at,
         m.counts_sent_elsewhere, coalesce(m.former_ids <> '{}' and m.former_count_until > cadenza_now(), false)
           or coalesce(m.tests_count_until > cadenza_now(), false) as counts_former`;

/**
 * Copies whose outcome is unknown, and whose mails were sent once more: those keep their place in the limits beside
 * the second.
 */
export const FIRST_COPIES = `(
  select a.team_id, a.mailbox_id, a.released_at, a.proved_absent_at, f.sequence_id, f.step_id, f.contact_id, f.to_email, f.copy_of,
         f.reader_digest, f.host_digest, f.company_digest
    from send_attempts a
    join messages f on f.team_id = a.team_id and f.id = a.message_id
   where a.outcome = 'ambiguous' and a.proved_absent_at is not null)`;

/**
 * SQL: of a first copy `f` that was released since then. It was proved absent later than that, so the index by that time finds it;
 * two days are left for a clock that was set back.
 */
export function provedSince(since: string) {
  return `f.proved_absent_at > ${since} - interval '2 days'`;
}

type Span = { own: string; elsewhere: string };
type Window = Span & { since: string };
const OURS = "s.team_id = m.team_id and s.mailbox_id = m.id and s.delivery in ('sent', 'dot', 'unconfirmed')";
const ownIn = (span: Window) => `((select count(*) from messages s where ${OURS} and ${span.own})
  + (select count(*) from (select * from ${FIRST_COPIES} f where ${provedSince(span.since)}) s
      where s.team_id = m.team_id and s.mailbox_id = m.id and ${span.own}))`;
// The first email that a contact got of a sequence.
export const firstEmail = (
  m: string,
) => `${m}.enrollment_id is not null and ${m}.copy_of is null and not exists (
    select from messages o
     where o.team_id = ${m}.team_id and o.enrollment_id = ${m}.enrollment_id and o.copy_of is null and o.released_at < ${m}.released_at
       and o.delivery in ('sent', 'dot', 'unconfirmed'))`;
/** SQL: of a message `s`. */
export const FIRST_EMAIL = firstEmail("s");
const countNew = ({ own }: Span) =>
  `case when m.new_contacts_limit is null then 0
        else (select count(*) from messages s where ${OURS} and ${own} and ${FIRST_EMAIL}) end`;
/** So far below a limit a count need not be exact, as no batch of emails is as large: then all emails are counted, which is quick. */
const ROOM = 1_000;
const oldestNew = ({ own }: Span) =>
  `(select s.released_at from messages s where ${OURS} and ${own} and ${FIRST_EMAIL}
     order by s.released_at desc offset greatest(m.new_contacts_limit, 1) - 1 limit 1)`;
// What the same address sent as another mailbox, before it was connected again; and the emails of placement tests.
const formerMoments = ({ own }: Span) => `
  select s.released_at as at from placement_mails s
   where s.team_id = m.team_id and s.mailbox_id = m.id and s.released_at is not null and ${own}
  union all
  select s.released_at from messages s
   where s.team_id = m.team_id and s.mailbox_id = any(m.former_ids) and s.delivery in ('sent', 'dot', 'unconfirmed')
     and s.released_at > m.former_count_until - interval '48 hours' and ${own}`;
const formerIn = (span: Span) => `(select count(*) from (${formerMoments(span)}) f)`;
const elsewhereIn = ({ elsewhere }: Span) => `(select count(*) from (${elsewhereMoments(elsewhere)}) y)`;

// The last mail but so many: by the indexes on what a mailbox has sent, as far back as its limit reaches.
const lastBut = (limit: string, span: Span, withElsewhere: boolean) => {
  const most = `greatest(coalesce(${limit}, 1), 1)`;
  const own = `select s.released_at as at from messages s where ${OURS} and ${span.own} order by s.released_at desc`;
  if (!withElsewhere) return `(${own} offset ${most} - 1 limit 1)`;
  return `(select t.at from ((${own} limit ${most})
           union all (${elsewhereMoments(span.elsewhere)} order by x.sent_at desc limit ${most})
           union all (select f.at from (${formerMoments(span)}) f order by f.at desc limit ${most})) t
            order by t.at desc offset ${most} - 1 limit 1)`;
};

const lastElsewhere = (span: Span, withElsewhere: boolean) =>
  withElsewhere ? `(select max(y.at) from (${elsewhereMoments(span.elsewhere)}) y)` : "null::timestamptz";

const between = (from: string): Window => ({
  since: `${from}::timestamptz`,
  own: `s.released_at > ${from} and s.released_at <= $3`,
  elsewhere: `x.sent_at > ${from} and x.sent_at <= $3`,
});
const UNTIL_THEN = { own: "s.released_at <= $3", elsewhere: "x.sent_at <= $3" };

const sendingSql = (withElsewhere: boolean) => {
  const [day, hour] = [between("$4"), between("$5")];
  const sent = (span: Window) =>
    withElsewhere ? `${ownIn(span)} + ${elsewhereIn(span)} + ${formerIn(span)}` : ownIn(span);
  const last = (limit: string) => lastBut(limit, UNTIL_THEN, withElsewhere);
  return `
  select ${KNOWN},
         ${sent(day)} as sent_last_day, ${sent(hour)} as sent_last_hour, ${countNew(day)} as new_last_day,
         case when m.new_contacts_limit is not null then ${oldestNew(day)} end as oldest_new_in_day,
         ${withElsewhere ? elsewhereIn(day) : 0} as elsewhere_last_day, ${withElsewhere ? elsewhereIn(hour) : 0} as elsewhere_last_hour,
         ${last("m.limit_today")} as oldest_in_day, ${last("m.hourly_limit")} as oldest_in_hour, ${last("1")} as last_sent_at,
         ${lastElsewhere(UNTIL_THEN, withElsewhere)} as last_elsewhere_at,
         (select max(coalesce(w.released_at, a.started_at))
            from messages w
            join send_attempts a on a.team_id = w.team_id and a.id = w.attempt_id
           where w.team_id = m.team_id and w.mailbox_id = m.id and w.delivery in ('claimed', 'dot')) as underway_since
    from mailboxes m
    join users u on u.team_id = m.team_id and u.id = m.user_id
   where m.team_id = $1`;
};
const SENDING = sendingSql(true);
const OWN_SENDING = sendingSql(false);

// What no limit asks for is not counted. The time is the database's own, read by the statement itself: what others have let
// go a moment ago is counted.
const AGO = `(select cadenza_now() - interval '24 hours' as day, cadenza_now() - interval '1 hour' as hour offset 0)`;
const since = (from: "w.day" | "w.hour"): Window => ({
  since: from,
  own: `s.released_at > ${from}`,
  elsewhere: `x.sent_at > ${from}`,
});
const AT_ANY_TIME = { own: "s.released_at is not null", elsewhere: "true" };
/** As far back as a limit of the mailbox looks: one reading serves all of its limits. */
const LOOKS_BACK = `case when m.limit_today is not null or m.new_contacts_limit is not null then w.day
  when m.hourly_limit is not null then w.hour else 'infinity'::timestamptz end`;
const IN_BOTH = `count(*) filter (where s.released_at > w.day) as in_day, count(*) filter (where s.released_at > w.hour) as in_hour`;

const limitingSql = (withElsewhere: boolean) => {
  const [day, hour] = [since("w.day"), since("w.hour")];
  const sent = (name: string, span: Window) =>
    [`own.${name}`, `again.${name}`, ...(withElsewhere ? [elsewhereIn(span), formerIn(span)] : [])].join(
      " + ",
    );
  const last = (limit: string) => lastBut(limit, AT_ANY_TIME, withElsewhere);
  const ifAny = (limit: string, count: string) => `case when ${limit} is null then 0 else ${count} end`;
  const elsewhere = (limit: string, span: Span) => (withElsewhere ? ifAny(limit, elsewhereIn(span)) : 0);
  // Which email is in the way is asked only where one is: a limit with room would be read to its end.
  const ifFull = (limit: string, count: string, oldest: string) =>
    `case when ${count} >= ${limit} then ${oldest} end`;
  return `
  select ${KNOWN},
         n.in_day as sent_last_day, n.in_hour as sent_last_hour, n.new_in_day as new_last_day,
         ${elsewhere("m.limit_today", day)} as elsewhere_last_day, ${elsewhere("m.hourly_limit", hour)} as elsewhere_last_hour,
         ${ifFull("m.limit_today", "n.in_day", last("m.limit_today"))} as oldest_in_day,
         ${ifFull("m.hourly_limit", "n.in_hour", last("m.hourly_limit"))} as oldest_in_hour,
         ${ifFull("m.new_contacts_limit", "n.new_in_day", oldestNew(day))} as oldest_new_in_day,
         case when m.gap_seconds > 0 then ${last("1")} end as last_sent_at,
         ${lastElsewhere(AT_ANY_TIME, withElsewhere)} as last_elsewhere_at
    from mailboxes m
    join users u on u.team_id = m.team_id and u.id = m.user_id
   cross join ${AGO} w
   cross join lateral (select ${IN_BOTH} from messages s where ${OURS} and s.released_at > ${LOOKS_BACK}) own
   cross join lateral (
          select ${IN_BOTH} from (select * from ${FIRST_COPIES} f where ${provedSince(`(${LOOKS_BACK})`)}) s
           where s.team_id = m.team_id and s.mailbox_id = m.id) again
   cross join lateral (
          select ${ifAny("m.limit_today", sent("in_day", day))} as in_day, ${ifAny("m.hourly_limit", sent("in_hour", hour))} as in_hour,
                 case when own.in_day + ${ROOM} <= m.new_contacts_limit then own.in_day else ${countNew(day)} end as new_in_day offset 0) n
   where m.team_id = $1 and m.id = any($2::text[])`;
};
const LIMITING = limitingSql(true);
const OWN_LIMITING = limitingSql(false);

/**
 * As far as limits ask: for sending, and not for showing. What was sent elsewhere is counted only where a mailbox
 * includes it, so that it costs nothing otherwise.
 */
export async function readLimits(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await readLimitsOf(db, teamId, ids, false);
  return rows.some(({ countsSentElsewhere, countsFormer }) => countsSentElsewhere || countsFormer)
    ? readLimitsOf(db, teamId, ids, true)
    : rows;
}

/** In one statement, for callers that know already whether a mailbox counts what was sent elsewhere. */
export function readLimitsOf(db: Db, teamId: string, ids: readonly string[], countsElsewhere: boolean) {
  return db.rows<SendingRow>(countsElsewhere ? LIMITING : OWN_LIMITING, [teamId, ids]);
}

function windows(now: Temporal.Instant) {
  return [now, now.subtract({ hours: 24 }), now.subtract({ hours: 1 })];
}

/** What each mailbox has sent in the windows that end now. */
export function readSending(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  return db.rows<SendingRow>(`${SENDING} and m.id = any($2::text[])`, [teamId, ids, ...windows(now)]);
}

/** Without what was sent elsewhere, which is not kept for long. */
export function readOwnSending(db: Db, teamId: string, ids: readonly string[], at: Temporal.Instant) {
  return db.rows<SendingRow>(`${OWN_SENDING} and m.id = any($2::text[])`, [teamId, ids, ...windows(at)]);
}

/** Connected ones beside these, the user's own first: a few, to choose another from. */
export function otherSenders(
  db: Db,
  teamId: string,
  { except, userId }: { except: readonly string[]; userId: string },
  now: Temporal.Instant,
) {
  return db.rows<SendingRow>(
    `${SENDING} and m.id <> all($2::text[]) and m.is_active and not m.is_seed and m.revoked_at is null and u.deactivated_at is null
      order by m.user_id = $6 desc, m.is_default desc, m.created_at, m.id limit 10`,
    [teamId, except, ...windows(now), userId],
  );
}

/** Counting stops here. */
export const FAR = 10_000;

/** How many mails of a mailbox are due before this one, counted no further than `FAR`. */
export async function countBefore(
  db: Db,
  teamId: string,
  { mailboxId, dueAt, id }: { mailboxId: string; dueAt: Temporal.Instant; id: string },
) {
  const row = await db.row<{ before: number }>(
    `select count(*) as before
       from (select current_step_id, sequence_id from enrollments
              where team_id = $1 and mailbox_id = $2 and state = 'active' and (due_at < $3 or due_at = $3 and id < $4)
              order by due_at limit ${FAR}) d
       join sequence_steps p on p.team_id = $1 and p.id = d.current_step_id and p.type = 'auto_email' and p.is_on
       join sequences s on s.team_id = $1 and s.id = d.sequence_id and s.is_active`,
    [teamId, mailboxId, dueAt, id],
  );
  return row?.before ?? 0;
}

/** What was sent since the day began: of a sequence, and of each of its steps. */
export async function sentOn(db: Db, teamId: string, sequenceId: string, dayBegan: Temporal.Instant) {
  const rows = await db.rows<{ stepId: string | null; count: number }>(
    `select step_id, count(*) as count
       from (select step_id from messages
              where team_id = $1 and sequence_id = $2 and released_at >= $3 and delivery in ('sent', 'dot', 'unconfirmed')
             union all
             select step_id from ${FIRST_COPIES} f
              where f.team_id = $1 and f.sequence_id = $2 and f.released_at >= $3 and ${provedSince("$3::timestamptz")}) s
      group by 1`,
    [teamId, sequenceId, dayBegan],
  );
  return {
    ofSequence: rows.reduce((sum, { count }) => sum + count, 0),
    ofStep: new Map(rows.map(({ stepId, count }) => [stepId, count])),
  };
}

/**
 * How many contacts got their first email of a sequence since the day began. With `near`, a limit: where there is room for many more,
 * all emails of the day are told, which are more and quicker to count.
 */
export async function newOn(
  db: Db,
  teamId: string,
  sequenceId: string,
  dayBegan: Temporal.Instant,
  near: number | null = null,
) {
  const row = await db.row<{ count: number }>(
    `select case when a.count + ${ROOM} <= $4::int then a.count else (
              select count(distinct m.enrollment_id) from messages m
               where ${ON_DAY} and not exists (
                     select from messages o
                      where o.team_id = m.team_id and o.enrollment_id = m.enrollment_id and o.copy_of is null
                        and o.released_at < $3 and o.delivery in ('sent', 'unconfirmed'))) end as count
       from (select case when $4::int is not null then (select count(*) from messages m where ${ON_DAY}) end as count offset 0) a`,
    [teamId, sequenceId, dayBegan, near],
  );
  return row?.count ?? 0;
}

const ON_DAY = `m.team_id = $1 and m.sequence_id = $2 and m.released_at >= $3 and m.enrollment_id is not null and m.copy_of is null
  and m.delivery in ('sent', 'dot', 'unconfirmed')`;

/** How many wait for a mailbox, counted no further than `FAR`, and since when or until when. */
export async function waitingFor(db: Db, teamId: string, mailboxId: string, now: Temporal.Instant) {
  const row = await db.row<{ waiting: number; due: number; firstDueAt: Temporal.Instant | null }>(
    `select count(*) as waiting, count(*) filter (where due_at <= $3) as due, min(due_at) as first_due_at
       from (select due_at from enrollments
              where team_id = $1 and mailbox_id = $2 and state = 'active' and due_at is not null
              order by due_at limit ${FAR}) d`,
    [teamId, mailboxId, now],
  );
  return row ?? { waiting: 0, due: 0, firstDueAt: null };
}
