// What waits for a user, counted. Each count ends at a thousand, so that the page may ask every minute.

import type { Db } from "../../../db/connect.ts";
import { seesIncoming, seesMessage, seesTask } from "../../access/sharing/sight-store.ts";
import { elsewhereSince } from "../../mailboxes/sent-elsewhere/store.ts";
import { AWAITS, inCharge } from "../../receiving/incoming/search-store.ts";
import { isFor } from "../../sending/message-search/store.ts";
import { IS_HIDDEN_TASK } from "../../work/tasks/store.ts";

type TodayOwner = { userId: string | null };

export type TodayCounts = {
  overdue: number;
  dueToday: number;
  replies: number;
  questions: number;
  scheduled: number;
  mailsToday: number;
  mailsNextDay: number;
  nextMailAt: Temporal.Instant | null;
  held: number;
  unconfirmed: number;
  failed: number;
  drafted: number;
  catchesMail: boolean;
  sampleComing: boolean;
  /** Mailboxes whose mails wait because their inbox was not read for too long. */
  inboxesBehind: number;
};

const FAR = 1000;
const upTo = (from: string) => `(select count(*) from (select ${from} limit ${FAR}) counted)`;

const TASKS = `from tasks t where t.team_id = $1 and t.status = 'scheduled' and ($2::text is null or t.user_id = $2)
  and not (t.created_from is not distinct from 'sequence' and ${IS_HIDDEN_TASK}) and ${seesTask("$7", "t")}`;

const REPLIES = `from incoming_mails i
  join mailboxes b on b.team_id = i.team_id and b.id = i.mailbox_id
  left join contacts c on c.team_id = i.team_id and c.id = i.contact_id
 where i.team_id = $1 and ${AWAITS} and ($2::text is null or ${inCharge("$2")})
   and ${seesIncoming("$7", "i")}`;

const MAILS = `from messages m
 where m.team_id = $1 and m.copy_of is null and ($2::text is null or ${isFor("array[$2::text]")})
   and ${seesMessage("$7", "m")}`;

// What waits for less than a minute is a server that starts; a new mailbox has five minutes for its first reading.
const BEHIND = `from mailboxes b
 where b.team_id = $1 and ($2::text is null or b.user_id = $2) and b.is_active and b.revoked_at is null
   and b.imap_host is not null and b.type <> 'catcher' and not b.is_seed
   and coalesce(b.inbox_fresh_until, b.created_at + interval '4 minutes') <= cadenza_now() - interval '1 minute'`;

/** Tried a few times over; what takes longer has failed. */
const PLANTED_WITHIN = { minutes: 10 };

export async function countWaitingToday(
  db: Db,
  teamId: string,
  { userId, viewerId }: TodayOwner & { viewerId: string | null },
  { now, endsAt, failedFrom }: Record<"now" | "endsAt" | "failedFrom", Temporal.Instant>,
): Promise<TodayCounts> {
  const row = await db.row<TodayCounts>(
    `select ${upTo(`${TASKS} and t.due_at < $3`)} as overdue,
            ${upTo(`${TASKS} and t.due_at >= $3 and t.due_at < $4`)} as due_today,
            ${upTo(`${REPLIES} and i.kind = 'reply'`)} as replies,
            ${upTo(`${REPLIES} and i.kind <> 'reply'`)} as questions,
            ${upTo(`${MAILS} and m.delivery = 'planned'`)} as scheduled,
            ${upTo(`${MAILS} and m.delivery = 'planned' and m.due_at < $4`)} as mails_today,
            ${upTo(`${MAILS} and m.delivery = 'planned' and m.due_at >= $4 and m.due_at < $4::timestamptz + interval '1 day'`)} as mails_next_day,
            (select min(m.due_at) ${MAILS} and m.delivery = 'planned' and m.due_at >= $3 and m.due_at < $4) as next_mail_at,
            ${upTo(`${MAILS} and m.delivery = 'planned' and m.hold_code is not null`)} as held,
            ${upTo(`${MAILS} and m.delivery = 'unconfirmed'`)} as unconfirmed,
            ${upTo(`${MAILS} and m.status = 'failed' and m.failed_at >= $5 and m.has_bounced is not true and m.is_spam_blocked is not true`)} as failed,
            ${upTo(`${MAILS} and m.delivery = 'draft'`)} as drafted,
            exists (select from mailboxes where team_id = $1 and type = 'catcher' and revoked_at is null) as catches_mail,
            exists (select from teams where id = $1 and sample_asked_at > $6) as sample_coming,
            ${upTo(BEHIND)} as inboxes_behind`,
    [teamId, userId, now, endsAt, failedFrom, now.subtract(PLANTED_WITHIN), viewerId],
  );
  if (!row) throw new Error("A count had no row.");
  return row;
}

export type HeldSequence = {
  sequenceId: string;
  sequenceName: string;
  code: string;
  isFailure: boolean;
  /** Of the step, where it is about one. */
  position: number | null;
  contacts: number;
  since: Temporal.Instant | null;
};

/** Decided by the contact, by a mail server or by a rule: users need not fix it. */
const SETTLED = [
  ...["bounced", "hard_bounced", "not_valid_hard_bounce_detected", "spam_blocked", "suppressed"],
  ...["same_account_reply", "contact_stage_safeguard", "account_stage_safeguard"],
];

/** `sequenceIds`: those that may be seen; null for all. Only what does not pass by itself. */
export function heldUp(
  db: Db,
  teamId: string,
  { userId, sequenceIds }: TodayOwner & { sequenceIds: readonly string[] | null },
  failedFrom: Temporal.Instant,
) {
  return db.rows<HeldSequence>(
    `with own as (
       select s.id, s.name from sequences s
        where s.team_id = $1 and s.is_active and s.archived_at is null
          and ($2::text is null or s.owner_id = $2) and ($3::text[] is null or s.id = any($3)))
     select o.id as sequence_id, o.name as sequence_name, 'needs_review' as code, false as is_failure, p.position,
            count(*) as contacts, min(e.due_at) as since
       from own o
       join sequence_steps p on p.team_id = $1 and p.sequence_id = o.id and p.is_on and p.type = 'auto_email'
       join enrollments e on e.team_id = $1 and e.current_step_id = p.id and e.state = 'active'
      where not exists (select from step_touches x
                         where x.team_id = $1 and x.step_id = p.id and x.status = 'approved' and x.weight > 0)
      group by o.id, o.name, p.position
     union all
     select o.id, o.name, 'no_active_email_account', false, null, count(*), min(e.due_at)
       from own o
       join enrollments e on e.team_id = $1 and e.sequence_id = o.id and e.state = 'active'
       join sequence_steps p on p.team_id = $1 and p.id = e.current_step_id and p.type = 'auto_email'
       left join mailboxes b on b.team_id = $1 and b.id = e.mailbox_id and b.is_active and b.revoked_at is null
      where b.id is null
      group by o.id, o.name
     union all
     select o.id, o.name, m.hold_code, false, null, count(*), min(m.held_since)
       from own o
       join messages m on m.team_id = $1 and m.sequence_id = o.id and m.copy_of is null
        and m.delivery = 'planned' and m.hold_code like 'brake:%'
      group by o.id, o.name, m.hold_code
     union all
     select o.id, o.name, coalesce(e.failure_reason, 'unknown'), true, null, count(*), min(e.failed_at)
       from own o
       join enrollments e on e.team_id = $1 and e.sequence_id = o.id and e.state = 'failed' and e.failed_at >= $4
        and coalesce(e.failure_reason, '') <> all ($5::text[])
      group by 1, 2, 3
     order by contacts desc, sequence_name, code
     limit 20`,
    [teamId, userId, sequenceIds, failedFrom, SETTLED],
  );
}

export type BoxToday = {
  id: string;
  email: string;
  userId: string;
  isActive: boolean;
  isRevoked: boolean;
  inactiveReason: string | null;
  lastTestError: string | null;
  failures: number;
  backoffUntil: Temporal.Instant | null;
  backoffReason: string | null;
  dailyLimit: number | null;
  /** What was sent elsewhere is among it, where it counts. */
  sentLastDay: number;
  elsewhereLastDay: number;
  waiting: number;
};

/** Connected mailboxes, and removed ones that an enrollment still waits for. */
export function mailboxesToday(db: Db, teamId: string, { userId }: TodayOwner, now: Temporal.Instant) {
  return db.rows<BoxToday>(
    `select m.id, m.email, m.user_id, m.is_active, m.revoked_at is not null as is_revoked, m.inactive_reason, m.last_test_error,
            m.failures, m.backoff_until, m.backoff_reason, m.limit_today as daily_limit,
            (select count(*) from messages o where o.team_id = $1 and o.mailbox_id = m.id and o.released_at > $4) + ${elsewhereSince("$4")} as sent_last_day,
            ${elsewhereSince("$4")} as elsewhere_last_day,
            ${upTo("from messages o where o.team_id = $1 and o.mailbox_id = m.id and o.delivery = 'planned' and o.due_at < $5")} as waiting
       from mailboxes m
      where m.team_id = $1 and ($2::text is null or m.user_id = $2)
        and (m.revoked_at is null
             or exists (select from enrollments e where e.team_id = $1 and e.mailbox_id = m.id and e.state = 'active'))
      order by (m.is_active and m.revoked_at is null and (m.backoff_until is null or m.backoff_until <= $3)), lower(m.email)
      limit 50`,
    [teamId, userId, now, now.subtract({ hours: 24 }), now.add({ hours: 24 })],
  );
}

export type DayOfMail = {
  date: Temporal.PlainDate;
  sent: number;
  replied: number;
  bounced: number;
  unsubscribed: number;
};

/** Of each day, the latest last: what went out that day, and what came back that day. */
export function daysOfMail(
  db: Db,
  teamId: string,
  { userId }: TodayOwner,
  { from, until, zone }: { from: Temporal.PlainDate; until: Temporal.PlainDate; zone: string },
) {
  return db.rows<DayOfMail>(
    `with days as (select d::date as date from generate_series($3::date, $4::date, '1 day') d),
      mine as (select id from mailboxes where team_id = $1 and ($2::text is null or user_id = $2)),
      sent as (
       select (m.released_at at time zone $5)::date as date, count(*) as n
         from mine b join messages m on m.team_id = $1 and m.mailbox_id = b.id
        where m.delivery = 'sent' and m.copy_of is null and m.released_at >= $3::timestamp at time zone $5
        group by 1),
      came as (
       select (i.received_at at time zone $5)::date as date,
              count(*) filter (where i.kind = 'reply' and i.counts) as replied,
              count(*) filter (where i.kind = 'bounce') as bounced,
              count(*) filter (where i.kind in ('unsubscribe', 'complaint')) as unsubscribed
         from mine b join incoming_mails i on i.team_id = $1 and i.mailbox_id = b.id
        where i.received_at >= $3::timestamp at time zone $5 and (i.message_id is not null or i.contact_id is not null)
        group by 1)
     select d.date, coalesce(s.n, 0) as sent, coalesce(c.replied, 0) as replied, coalesce(c.bounced, 0) as bounced,
            coalesce(c.unsubscribed, 0) as unsubscribed
       from days d left join sent s using (date) left join came c using (date)
      order by d.date`,
    [teamId, userId, from, until, zone],
  );
}
