// The facts about people in sequences that the gate asks for, for any number of them in one statement each.

import type { Db } from "../../db/connect.ts";
import type { TaskOfStep } from "../../domain/explaining.ts";
import type { MembershipFacts } from "../../domain/gate-facts.ts";
import type { Attempt } from "../../domain/mail-words.ts";
import type { StepType } from "../../domain/sequence-plan.ts";
import type { CandidateRow } from "../joining/store.ts";

export type StandingRow = MembershipFacts & {
  id: string;
  sequenceId: string;
  contactId: string;
  currentStepId: string | null;
  mailboxId: string | null;
  allowsUnverified: boolean;
  contactName: string | null;
  email: string | null;
  emailStatus: string | null;
  isUnsubscribed: boolean;
  unsubscribedAt: Temporal.Instant | null;
  isDoNotContact: boolean;
  hasBounced: boolean;
  bouncedAt: Temporal.Instant | null;
  otherEmail: string | null;
  jobChangedAt: Temporal.Instant | null;
  timeZone: string | null;
  companyKey: string | null;
  accountId: string | null;
  excludedStage: { id: string; name: string } | null;
  excludedAccountStage: { id: string; name: string } | null;
  /** The last colleague who has answered in the same sequence. */
  colleague: { contactId: string; repliedAt: string } | null;
  hasSentMail: boolean;
  unclear: { messageId: string; since: string } | null;
  isInvented: boolean;
};

const STANDING = `
  select e.id, e.sequence_id, e.contact_id, e.current_step_id, e.mailbox_id, e.state, e.inactive_reason, e.failure_reason,
         e.added_at, e.due_at, e.paused_at, e.resume_at, e.finished_at, e.failed_at, e.removed_at,
         -- With a limit, or all rows of a kind would be gathered first.
         e.allows_unverified or coalesce((select true from enrollments o
                                           where o.team_id = e.team_id and o.contact_id = e.contact_id
                                             and o.sequence_id = e.sequence_id and o.allows_unverified limit 1),
                                         false) as allows_unverified,
         coalesce(c.name, c.email) as contact_name, c.email, c.email_status,
         coalesce(c.email_unsubscribed, false) as is_unsubscribed, c.email_unsubscribed_at as unsubscribed_at,
         c.do_not_contact as is_do_not_contact,
         c.bounced_at is not null or coalesce(c.email_status = 'bounced', false) as has_bounced, c.bounced_at,
         (select x.email from contact_emails x
           where x.team_id = c.team_id and x.contact_id = c.id and lower(x.email) is distinct from lower(c.email)
           order by x.position limit 1) as other_email,
         c.job_change_detected_at as job_changed_at, c.time_zone, c.company_key, c.account_id, c.is_invented,
         (select to_jsonb(s) from (select t.id, t.name
            from sequence_excluded_contact_stages x
            join contact_stages t on t.team_id = x.team_id and t.id = x.stage_id
           where x.team_id = e.team_id and x.sequence_id = e.sequence_id and x.stage_id = c.contact_stage_id) s) as excluded_stage,
         (select to_jsonb(s) from (select t.id, t.name
            from accounts a
            join sequence_excluded_account_stages x
              on x.team_id = a.team_id and x.sequence_id = e.sequence_id and x.stage_id = a.account_stage_id
            join account_stages t on t.team_id = x.team_id and t.id = x.stage_id
           where a.team_id = e.team_id and a.id = c.account_id) s) as excluded_account_stage,
         (select jsonb_build_object('contactId', o.contact_id, 'repliedAt', o.finished_at)
            from enrollments o
           where o.team_id = e.team_id and o.sequence_id = e.sequence_id and o.company_key = e.company_key
             and o.state <> 'removed' and o.state = 'finished' and o.inactive_reason = 'replied'
             and o.contact_id <> e.contact_id and o.finished_at is not null
           order by o.finished_at desc limit 1) as colleague,
         coalesce((select true from messages m
                    where m.team_id = e.team_id and m.enrollment_id = e.id and m.delivery = 'sent' limit 1),
                  false) as has_sent_mail,
         (select jsonb_build_object('messageId', m.id, 'since', m.dot_at) from messages m
           where m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id
             and m.delivery = 'unconfirmed' and m.copy_of is null) as unclear
    from enrollments e
    join contacts c on c.team_id = e.team_id and c.id = e.contact_id
   where e.team_id = $1 and `;

/** In the order of the ids. */
export function readStandings(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<StandingRow>(
    `${STANDING} e.id = any($2::text[]) order by array_position($2::text[], e.id::text)`,
    [teamId, ids],
  );
}

/** Wherever a contact is and was, and has not been removed; newest first. */
export async function enrollmentIdsOf(db: Db, teamId: string, contactId: string, limit: number) {
  const rows = await db.rows<{ id: string }>(
    `select id from enrollments where team_id = $1 and contact_id = $2 and state <> 'removed'
      order by added_at desc, id desc limit $3`,
    [teamId, contactId, limit],
  );
  return rows.map(({ id }) => id);
}

/** The open tasks of the steps at which these enrollments stand, each with the mail that is to be sent for it. */
export function openTasksOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.rows<TaskOfStep & { enrollmentId: string }>(
    `select t.enrollment_id, t.id, t.user_id, t.type, t.due_at, m.id as message_id, m.due_at as mail_due_at,
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as who,
            case when m.delivery = 'failed' then m.not_sent_reason end as mail_failure,
            coalesce(m.delivery in ('planned', 'claimed', 'dot', 'unconfirmed'), false) as is_pending_send
       from tasks t
       join enrollments e on e.team_id = t.team_id and e.id = t.enrollment_id and e.current_step_id = t.step_id
       join users u on u.team_id = t.team_id and u.id = t.user_id
       left join messages m on m.team_id = t.team_id and m.id = t.message_id
      where t.team_id = $1 and t.enrollment_id = any($2::text[]) and t.status = 'scheduled' and t.created_from = 'sequence'`,
    [teamId, enrollmentIds],
  );
}

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
  sentLastDay: number;
  sentLastHour: number;
  oldestInDay: Temporal.Instant | null;
  oldestInHour: Temporal.Instant | null;
  lastSentAt: Temporal.Instant | null;
  restsUntil: Temporal.Instant | null;
  restReason: string | null;
  type: "smtp" | "gmail" | "microsoft" | "catcher";
};

// The last mail but so many: by the index on what a mailbox has sent, as far back as its limit reaches.
const lastBut = (limit: string) => `(
  select s.dot_at from messages s
   where s.team_id = m.team_id and s.mailbox_id = m.id and s.dot_at <= $3 and s.delivery in ('sent', 'dot', 'unconfirmed')
   order by s.dot_at desc offset greatest(coalesce(${limit}, 1), 1) - 1 limit 1)`;
const sentSince = (place: string) => `(
  select count(*) from messages s
   where s.team_id = m.team_id and s.mailbox_id = m.id and s.dot_at > ${place} and s.dot_at <= $3
     and s.delivery in ('sent', 'dot', 'unconfirmed'))`;

const KNOWN = `m.id, m.user_id, m.email, m.visibility, m.is_default, m.is_active, m.inactive_reason, m.revoked_at, m.updated_at,
         u.deactivated_at as user_left_at, m.daily_limit, m.hourly_limit, m.gap_seconds, m.rests_until, m.rest_reason, m.type`;

const SENDING = `
  select ${KNOWN},
         ${sentSince("$4")} as sent_last_day, ${sentSince("$5")} as sent_last_hour,
         ${lastBut("m.daily_limit")} as oldest_in_day, ${lastBut("m.hourly_limit")} as oldest_in_hour,
         ${lastBut("1")} as last_sent_at
    from mailboxes m
    join users u on u.team_id = m.team_id and u.id = m.user_id
   where m.team_id = $1`;

// What no limit asks for is not counted. The time is the database's own, read by the statement itself: what others have let
// go a moment ago is counted.
const SINCE = (length: string) => `(select cadenza_now() - interval '${length}' offset 0)`;
const letGoSince = (length: string) => `(
  select count(*) from messages s
   where s.team_id = m.team_id and s.mailbox_id = m.id and s.dot_at > ${SINCE(length)}
     and s.delivery in ('sent', 'dot', 'unconfirmed'))`;
const letGoBut = (limit: string) => `(
  select s.dot_at from messages s
   where s.team_id = m.team_id and s.mailbox_id = m.id and s.dot_at is not null and s.delivery in ('sent', 'dot', 'unconfirmed')
   order by s.dot_at desc offset greatest(coalesce(${limit}, 1), 1) - 1 limit 1)`;

const LIMITING = `
  select ${KNOWN},
         case when m.daily_limit is null then 0 else ${letGoSince("24 hours")} end as sent_last_day,
         case when m.hourly_limit is null then 0 else ${letGoSince("1 hour")} end as sent_last_hour,
         case when m.daily_limit is not null then ${letGoBut("m.daily_limit")} end as oldest_in_day,
         case when m.hourly_limit is not null then ${letGoBut("m.hourly_limit")} end as oldest_in_hour,
         case when m.gap_seconds > 0 then ${letGoBut("1")} end as last_sent_at
    from mailboxes m
    join users u on u.team_id = m.team_id and u.id = m.user_id
   where m.team_id = $1 and m.id = any($2::text[])`;

/** As far as limits ask: for whoever is about to send, and not for showing. */
export function readLimits(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<SendingRow>(LIMITING, [teamId, ids]);
}

function windows(now: Temporal.Instant) {
  return [now, now.subtract({ hours: 24 }), now.subtract({ hours: 1 })];
}

/** What each mailbox has sent in the windows that end now. */
export function readSending(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  return db.rows<SendingRow>(`${SENDING} and m.id = any($2::text[])`, [teamId, ids, ...windows(now)]);
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

/** Within 24 hours, from all mailboxes. */
export function sentToDomains(
  db: Db,
  teamId: string,
  domains: readonly string[],
  limit: number,
  now: Temporal.Instant,
) {
  return db.rows<DomainRow>(
    `select d.domain, s.sent,
            (select m.dot_at from messages m
              where m.team_id = $1 and lower(split_part(m.to_email, '@', 2)) = d.domain and m.dot_at is not null
                and m.delivery in ('sent', 'dot', 'unconfirmed')
              order by m.dot_at desc offset greatest($3::int, 1) - 1 limit 1) as oldest_in_the_way
       from unnest($2::text[]) as d (domain)
      cross join lateral (
              select count(*) as sent from messages m
               where m.team_id = $1 and lower(split_part(m.to_email, '@', 2)) = d.domain
                 and m.dot_at > $4::timestamptz - interval '24 hours'
                 and m.delivery in ('sent', 'dot', 'unconfirmed')) s`,
    [teamId, domains, limit, now],
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
    `select step_id, count(*) as count from messages
      where team_id = $1 and sequence_id = $2 and dot_at >= $3 and delivery in ('sent', 'dot', 'unconfirmed') group by 1`,
    [teamId, sequenceId, dayBegan],
  );
  return {
    ofSequence: rows.reduce((sum, { count }) => sum + count, 0),
    ofStep: new Map(rows.map(({ stepId, count }) => [stepId, count])),
  };
}

export type Stage = { id: string; name: string };

/** The first stage that is not one of these, for contacts and for accounts. */
export async function freeStages(
  db: Db,
  teamId: string,
  excluded: { contact: readonly string[]; account: readonly string[] },
) {
  const row = await db.row<{ contact: Stage | null; account: Stage | null }>(
    `select (select to_jsonb(s) from (select id, name from contact_stages
              where team_id = $1 and id <> all($2::text[]) order by position, id limit 1) s) as contact,
            (select to_jsonb(s) from (select id, name from account_stages
              where team_id = $1 and id <> all($3::text[]) order by position, id limit 1) s) as account`,
    [teamId, excluded.contact, excluded.account],
  );
  return row ?? { contact: null, account: null };
}

export type MessageRow = {
  id: string;
  sequenceId: string | null;
  enrollmentId: string | null;
  contactId: string | null;
  mailboxId: string | null;
  userId: string | null;
  delivery: string;
  isAssumed: boolean;
  fromEmail: string | null;
  dotAt: Temporal.Instant | null;
  lookAt: Temporal.Instant | null;
  askedAt: Temporal.Instant | null;
  subject: string | null;
  toEmail: string | null;
  stepPosition: number | null;
  stepType: StepType | null;
  isStepOfEnrollment: boolean;
  dueAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  failureReason: string | null;
  notSentReason: string | null;
  hasBounced: boolean | null;
  repliedAt: Temporal.Instant | null;
  numOpens: number;
  numClicks: number;
  timeZone: string | null;
};

export function findMessage(db: Db, teamId: string, id: string) {
  return db.row<MessageRow>(
    `select m.id, m.sequence_id, m.enrollment_id, m.contact_id, m.mailbox_id, m.user_id, m.delivery,
            coalesce(m.confirmation = 'assumed', false) as is_assumed, m.from_email, m.dot_at, m.look_at, m.asked_at, m.subject, m.to_email,
            p.position as step_position, p.type as step_type, coalesce(e.current_step_id = m.step_id, false) as is_step_of_enrollment,
            m.due_at, m.completed_at, m.failed_at, m.failure_reason, m.not_sent_reason, m.has_bounced, m.replied_at,
            m.num_opens, m.num_clicks, c.time_zone
       from messages m
       left join sequence_steps p on p.team_id = m.team_id and p.id = m.step_id
       left join enrollments e on e.team_id = m.team_id and e.id = m.enrollment_id
       left join contacts c on c.team_id = m.team_id and c.id = m.contact_id
      where m.team_id = $1 and m.id = $2`,
    [teamId, id],
  );
}

/** Every attempt to send a mail, the first one first. */
export function attemptsOf(db: Db, teamId: string, messageId: string) {
  return db.rows<Attempt>(
    `select a.started_at, a.dot_at, a.ended_at, a.outcome, a.phase, a.why, a.smtp_code, a.server_said, b.email as mailbox_email
       from send_attempts a
       left join mailboxes b on b.team_id = a.team_id and b.id = a.mailbox_id
      where a.team_id = $1 and a.message_id = $2 order by a.started_at, a.id limit 50`,
    [teamId, messageId],
  );
}

export type CrowdRow = {
  stepId: string;
  state: "active" | "paused" | "failed";
  mailboxId: string | null;
  inactiveReason: string | null;
  failureReason: string | null;
  isDue: boolean;
  firstDueAt: Temporal.Instant | null;
  resumesAt: Temporal.Instant | null;
  count: number;
  /** Of the step and state, before they were told apart. */
  looked: number;
};

/** At each step and in each state so many are looked at; of a fuller one, what is counted is the least. */
export const LOOKED_AT = 5_000;

/** Who waits at which step, those who stand alike counted together. */
export async function crowdsIn(db: Db, teamId: string, sequenceId: string, now: Temporal.Instant) {
  const [, rows] = await Promise.all([
    db.run(BY_INDEX, ["off"]),
    db.rows<CrowdRow>(CROWDS, [teamId, sequenceId, now]),
    db.run(BY_INDEX, ["on"]),
  ]);
  return rows;
}

// For this statement only: of a table in which most rows are one sequence's, the planner would rather read the whole, or the whole
// of an index, than stop where it may.
const BY_INDEX = "select set_config('enable_seqscan', $1, true), set_config('enable_bitmapscan', $1, true)";

const CROWDS = `select p.id as step_id, s.state, w.mailbox_id, w.inactive_reason, w.failure_reason,
            coalesce(w.due_at <= $3, false) as is_due, min(w.due_at) as first_due_at, min(w.resume_at) as resumes_at,
            count(*) as count, sum(count(*)) over (partition by p.id, s.state)::int as looked
       from sequence_steps p
      cross join (values ('active'), ('paused'), ('failed')) as s (state)
      cross join lateral (
              select e.mailbox_id, e.inactive_reason, e.failure_reason, e.due_at, e.resume_at from enrollments e
               where e.team_id = $1 and e.current_step_id = p.id and e.state = s.state
               limit ${LOOKED_AT}) w
      where p.team_id = $1 and p.sequence_id = $2
      group by p.id, s.state, w.mailbox_id, w.inactive_reason, w.failure_reason, coalesce(w.due_at <= $3, false)
      order by p.id, s.state`;

/** The earliest of all that wait at these steps in these mailboxes. */
export function firstDue(
  db: Db,
  teamId: string,
  { mailboxIds, stepIds }: { mailboxIds: readonly string[]; stepIds: readonly string[] },
) {
  return db.row<{ dueAt: Temporal.Instant; stepId: string; mailboxId: string }>(
    `select f.due_at, f.current_step_id as step_id, m.id as mailbox_id
       from unnest($2::text[]) as m (id)
      cross join lateral (
              select d.due_at, d.current_step_id
                from (select due_at, current_step_id from enrollments
                       where team_id = $1 and mailbox_id = m.id and state = 'active' and due_at is not null
                       order by due_at limit ${FAR}) d
               where d.current_step_id = any($3::text[])
               order by d.due_at limit 1) f
      order by f.due_at limit 1`,
    [teamId, mailboxIds, stepIds],
  );
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

/** What adding looks at, and what else is told of somebody. */
export type PersonRow = CandidateRow & {
  name: string | null;
  emailUnsubscribedAt: Temporal.Instant | null;
  otherEmail: string | null;
  isInvented: boolean;
};

/** One contact by themselves. Nobody waits for whoever reads this. */
export function findPerson(db: Db, teamId: string, id: string) {
  return db.row<PersonRow>(
    `select c.id, coalesce(c.name, c.email) as name, c.email, c.email_status, c.email_from_customer, c.email_unsubscribed,
            c.email_unsubscribed_at, c.do_not_contact, c.bounced_at, c.is_invented, c.owner_id, c.job_change_detected_at, c.company_key,
            c.prospect_score, c.time_zone, c.contact_stage_id,
            (select a.account_stage_id from accounts a where a.team_id = c.team_id and a.id = c.account_id) as account_stage_id,
            (select x.email from contact_emails x
              where x.team_id = c.team_id and x.contact_id = c.id and lower(x.email) is distinct from lower(c.email)
              order by x.position limit 1) as other_email
       from contacts c
      where c.team_id = $1 and c.id = $2`,
    [teamId, id],
  );
}

/** The latest mails of an enrollment. */
export async function mailIdsOf(db: Db, teamId: string, enrollmentId: string) {
  const rows = await db.rows<{ id: string }>(
    "select id from messages where team_id = $1 and enrollment_id = $2 order by created_at desc, id desc limit 100",
    [teamId, enrollmentId],
  );
  return rows.map(({ id }) => id);
}
