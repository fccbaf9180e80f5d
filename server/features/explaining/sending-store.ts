// How much mailboxes, sequences and teams have sent, and what waits to be.

import type { Db } from "../../db/connect.ts";
import { elsewhereMoments } from "../sent-elsewhere/store.ts";

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
  dailyLimit: number | null;
  hourlyLimit: number | null;
  gapSeconds: number | null;
  /** What was sent elsewhere is among these, where it counts. */
  sentLastDay: number;
  sentLastHour: number;
  countsSentElsewhere: boolean;
  /** A mailbox that had the same address before has sent something that counts. */
  countsFormer: boolean;
  elsewhereLastDay: number;
  elsewhereLastHour: number;
  lastElsewhereAt: Temporal.Instant | null;
  oldestInDay: Temporal.Instant | null;
  oldestInHour: Temporal.Instant | null;
  lastSentAt: Temporal.Instant | null;
  restsUntil: Temporal.Instant | null;
  restReason: string | null;
  type: "smtp" | "gmail" | "microsoft" | "catcher";
  /** A catcher's mail reaches nobody, so it may go however old the last reading is. */
  readsInbox: boolean;
  inboxReadAt: Temporal.Instant | null;
  inboxFreshUntil: Temporal.Instant | null;
  readingError: string | null;
  /** When the last of the mails that are on their way was claimed or let go; null where none is, and for whoever sends. */
  underwaySince?: Temporal.Instant | null;
};

const KNOWN = `m.id, m.user_id, m.email, m.visibility, m.is_default, m.is_active, m.inactive_reason, m.revoked_at, m.updated_at,
         u.deactivated_at as user_left_at, m.daily_limit, m.hourly_limit, m.gap_seconds, m.rests_until, m.rest_reason, m.type,
         m.imap_host is not null and m.type <> 'catcher' as reads_inbox, m.inbox_read_at, m.inbox_fresh_until, m.reading_error,
         m.counts_sent_elsewhere, coalesce(m.former_ids <> '{}' and m.former_count_until > cadenza_now(), false) as counts_former`;

/** Copies of which nobody could know, and whose mails were sent once more: those keep their place in the limits beside the second. */
const FIRST_COPIES = `(
  select a.team_id, a.mailbox_id, a.dot_at, f.sequence_id, f.step_id, f.contact_id, f.to_email, f.copy_of,
         f.reader_digest, f.host_digest, f.company_digest
    from send_attempts a
    join messages f on f.team_id = a.team_id and f.id = a.message_id
   where a.outcome = 'ambiguous' and a.proved_absent_at is not null)`;

type Span = { own: string; elsewhere: string };
const OURS = "s.team_id = m.team_id and s.mailbox_id = m.id and s.delivery in ('sent', 'dot', 'unconfirmed')";
const ownIn = (span: Span) => `((select count(*) from messages s where ${OURS} and ${span.own})
  + (select count(*) from ${FIRST_COPIES} s where s.team_id = m.team_id and s.mailbox_id = m.id and ${span.own}))`;
// What the same address sent as another mailbox, before it was connected again.
const formerMoments = ({ own }: Span) => `
  select s.dot_at as at from messages s
   where s.team_id = m.team_id and s.mailbox_id = any(m.former_ids) and s.delivery in ('sent', 'dot', 'unconfirmed')
     and s.dot_at > m.former_count_until - interval '48 hours' and ${own}`;
const formerIn = (span: Span) => `(select count(*) from (${formerMoments(span)}) f)`;
const elsewhereIn = ({ elsewhere }: Span) => `(select count(*) from (${elsewhereMoments(elsewhere)}) y)`;

// The last mail but so many: by the indexes on what a mailbox has sent, as far back as its limit reaches.
const lastBut = (limit: string, span: Span, withElsewhere: boolean) => {
  const most = `greatest(coalesce(${limit}, 1), 1)`;
  const own = `select s.dot_at as at from messages s where ${OURS} and ${span.own} order by s.dot_at desc`;
  if (!withElsewhere) return `(${own} offset ${most} - 1 limit 1)`;
  return `(select t.at from ((${own} limit ${most})
           union all (${elsewhereMoments(span.elsewhere)} order by x.sent_at desc limit ${most})
           union all (${formerMoments(span)} order by s.dot_at desc limit ${most})) t
            order by t.at desc offset ${most} - 1 limit 1)`;
};

const lastElsewhere = (span: Span, withElsewhere: boolean) =>
  withElsewhere ? `(select max(y.at) from (${elsewhereMoments(span.elsewhere)}) y)` : "null::timestamptz";

const between = (from: string) => ({
  own: `s.dot_at > ${from} and s.dot_at <= $3`,
  elsewhere: `x.sent_at > ${from} and x.sent_at <= $3`,
});
const UNTIL_THEN = { own: "s.dot_at <= $3", elsewhere: "x.sent_at <= $3" };

const sendingSql = (withElsewhere: boolean) => {
  const [day, hour] = [between("$4"), between("$5")];
  const sent = (span: Span) =>
    withElsewhere ? `${ownIn(span)} + ${elsewhereIn(span)} + ${formerIn(span)}` : ownIn(span);
  const last = (limit: string) => lastBut(limit, UNTIL_THEN, withElsewhere);
  return `
  select ${KNOWN},
         ${sent(day)} as sent_last_day, ${sent(hour)} as sent_last_hour,
         ${withElsewhere ? elsewhereIn(day) : 0} as elsewhere_last_day, ${withElsewhere ? elsewhereIn(hour) : 0} as elsewhere_last_hour,
         ${last("m.daily_limit")} as oldest_in_day, ${last("m.hourly_limit")} as oldest_in_hour, ${last("1")} as last_sent_at,
         ${lastElsewhere(UNTIL_THEN, withElsewhere)} as last_elsewhere_at,
         (select max(coalesce(w.dot_at, a.started_at))
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
const sinceAgo = (length: string) => {
  const from = `(select cadenza_now() - interval '${length}' offset 0)`;
  return { own: `s.dot_at > ${from}`, elsewhere: `x.sent_at > ${from}` };
};
const AT_ANY_TIME = { own: "s.dot_at is not null", elsewhere: "true" };

const limitingSql = (withElsewhere: boolean) => {
  const [day, hour] = [sinceAgo("24 hours"), sinceAgo("1 hour")];
  const sent = (span: Span) =>
    withElsewhere ? `${ownIn(span)} + ${elsewhereIn(span)} + ${formerIn(span)}` : ownIn(span);
  const last = (limit: string) => lastBut(limit, AT_ANY_TIME, withElsewhere);
  const ifAny = (limit: string, count: string) => `case when ${limit} is null then 0 else ${count} end`;
  const elsewhere = (limit: string, span: Span) => (withElsewhere ? ifAny(limit, elsewhereIn(span)) : 0);
  return `
  select ${KNOWN},
         ${ifAny("m.daily_limit", sent(day))} as sent_last_day, ${ifAny("m.hourly_limit", sent(hour))} as sent_last_hour,
         ${elsewhere("m.daily_limit", day)} as elsewhere_last_day, ${elsewhere("m.hourly_limit", hour)} as elsewhere_last_hour,
         case when m.daily_limit is not null then ${last("m.daily_limit")} end as oldest_in_day,
         case when m.hourly_limit is not null then ${last("m.hourly_limit")} end as oldest_in_hour,
         case when m.gap_seconds > 0 then ${last("1")} end as last_sent_at,
         ${lastElsewhere(AT_ANY_TIME, withElsewhere)} as last_elsewhere_at
    from mailboxes m
    join users u on u.team_id = m.team_id and u.id = m.user_id
   where m.team_id = $1 and m.id = any($2::text[])`;
};
const LIMITING = limitingSql(true);
const OWN_LIMITING = limitingSql(false);

/**
 * As far as limits ask: for whoever is about to send, and not for showing. What was sent elsewhere is asked for only where
 * some mailbox counts it, so that it costs nothing where none does.
 */
export async function readLimits(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await readLimitsOf(db, teamId, ids, false);
  return rows.some(({ countsSentElsewhere, countsFormer }) => countsSentElsewhere || countsFormer)
    ? readLimitsOf(db, teamId, ids, true)
    : rows;
}

/** In one statement, for whoever knows already whether one of them counts what was sent elsewhere. */
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
    `${SENDING} and m.id <> all($2::text[]) and m.is_active and m.revoked_at is null and u.deactivated_at is null
      order by m.user_id = $6 desc, m.is_default desc, m.created_at, m.id limit 10`,
    [teamId, except, ...windows(now), userId],
  );
}

export type DomainRow = { domain: string; sent: number; oldestInTheWay: Temporal.Instant | null };

const DAY_AGO =
  "(select date_trunc('minute', coalesce($4::timestamptz, cadenza_now())) - interval '24 hours' offset 0)";

/**
 * Within 24 hours and the minute that has begun, from all mailboxes. Counted by the digest that stays with a mail, those of
 * earlier versions by their address. Without a moment it is the database's own, read by the statement itself.
 */
export function sentToDomains(
  db: Db,
  teamId: string,
  hosts: readonly { host: string; digest: string | null }[],
  limit: number,
  now: Temporal.Instant | null,
) {
  return db.rows<DomainRow>(
    `select d.domain, s.sent, s.oldest_in_the_way
       from unnest($2::text[], $5::text[]) as d (domain, digest)
      cross join lateral (
              select count(*) as sent,
                     (array_agg(m.dot_at order by m.dot_at desc) filter (where m.is_own))[greatest($3::int, 1)] as oldest_in_the_way
                from (select dot_at, true as is_own from messages
                       where team_id = $1 and host_digest = d.digest and dot_at >= ${DAY_AGO}
                         and delivery in ('sent', 'dot', 'unconfirmed')
                      union all
                      select dot_at, true from messages
                       where team_id = $1 and lower(split_part(to_email, '@', 2)) = d.domain and host_digest is null
                         and dot_at >= ${DAY_AGO} and delivery in ('sent', 'dot', 'unconfirmed')
                      union all
                      select f.dot_at, false from ${FIRST_COPIES} f
                       where f.team_id = $1 and f.dot_at >= ${DAY_AGO}
                         and (f.host_digest = d.digest or lower(split_part(f.to_email, '@', 2)) = d.domain)) m) s`,
    [teamId, hosts.map(({ host }) => host), limit, now, hosts.map(({ digest }) => digest)],
  );
}

export type TouchAsk = {
  scope: string;
  key: string;
  digest: string | null;
  onlyMails: boolean;
  most: number;
  days: number;
};
export type TouchRow = { place: number; touches: number; oldestInTheWay: Temporal.Instant | null };

const TOUCHED_SINCE = `((select date_trunc('minute', coalesce($2::timestamptz, cadenza_now())) - interval '1 microsecond' offset 0)
  - k."days" * interval '24 hours')`;

/** Each by its place among those that were asked. Without a moment it is the database's own. */
export function countTouches(db: Db, asks: readonly TouchAsk[], now: Temporal.Instant | null) {
  return db.rows<TouchRow>(
    `select k."place", s.touches, s.oldest_in_the_way
       from jsonb_to_recordset($1::jsonb) as k ("place" int, "scope" text, "key" text, "digest" text, "onlyMails" boolean, "most" int, "days" int)
      cross join lateral (
              select count(*) as touches, (array_agg(t.at order by t.at desc))[k."most"] as oldest_in_the_way
                from (select t.at from touches_of(k."scope", k."key", k."digest", k."onlyMails", ${TOUCHED_SINCE}) as t (at)
                      union all
                      select f.dot_at from ${FIRST_COPIES} f
                       where f.team_id = current_team() and f.dot_at > ${TOUCHED_SINCE}
                         and case k."scope" when 'domain' then f.host_digest = k."digest" or lower(split_part(f.to_email, '@', 2)) = k."key"
                                            when 'company' then f.copy_of is null and (f.company_digest = k."digest" or exists (
                                                 select from contacts c where c.team_id = f.team_id and c.id = f.contact_id
                                                    and c.company_key = k."key"))
                                            else f.copy_of is null and (f.contact_id = k."key" or f.reader_digest = k."digest") end) t) s`,
    [JSON.stringify(asks.map((ask, place) => ({ ...ask, place }))), now],
  );
}

/** Further than this nobody counts. */
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
              where team_id = $1 and sequence_id = $2 and dot_at >= $3 and delivery in ('sent', 'dot', 'unconfirmed')
             union all
             select step_id from ${FIRST_COPIES} f where f.team_id = $1 and f.sequence_id = $2 and f.dot_at >= $3) s
      group by 1`,
    [teamId, sequenceId, dayBegan],
  );
  return {
    ofSequence: rows.reduce((sum, { count }) => sum + count, 0),
    ofStep: new Map(rows.map(({ stepId, count }) => [stepId, count])),
  };
}

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
