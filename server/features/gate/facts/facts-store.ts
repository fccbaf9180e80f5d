// The facts about people in sequences that the gate asks for, for any number of them in one statement each.

import type { Db } from "../../../db/connect.ts";
import type { MembershipFacts, SameAddress } from "../../../domain/gate/gate-facts.ts";
import type { TaskOfStep } from "../../../domain/gate/standing.ts";
import type { MailStory, SendAttempt } from "../../../domain/sending/mail-words.ts";
import type { StepType } from "../../../domain/sequences/sequence-plan.ts";
import { whereabouts } from "../../sequences/holidays/store.ts";
import { countsFromElsewhere } from "../../sequences/rulesets/store.ts";

export type StandingRow = MembershipFacts & {
  id: string;
  sequenceId: string;
  contactId: string;
  currentStepId: string | null;
  mailboxId: string | null;
  allowsUnverified: boolean;
  allowsNoEmail: boolean;
  sameAddress: SameAddress | null;
  contactName: string | null;
  email: string | null;
  emailStatus: string | null;
  isUnsubscribed: boolean;
  unsubscribedAt: Temporal.Instant | null;
  isDoNotContact: boolean;
  pausedUntil: Temporal.Instant | null;
  hasBounced: boolean;
  bouncedAt: Temporal.Instant | null;
  otherEmail: string | null;
  jobChangedAt: Temporal.Instant | null;
  timeZone: string | null;
  country: string | null;
  region: string | null;
  companyKey: string | null;
  accountId: string | null;
  excludedStage: { id: string; name: string } | null;
  excludedAccountStage: { id: string; name: string } | null;
  /** The last colleague who has answered, where their answer counts here. */
  colleague: { contactId: string; repliedAt: string; replyClass: string | null; isElsewhere: boolean } | null;
  hasSentMail: boolean;
  unclear: { messageId: string; since: string } | null;
  isInvented: boolean;
};

/** When the first mail of this enrollment was on its way to the address. Who is mailed there already goes on. */
const firstMailed = (enrollment: string) => `coalesce((
    select min(a.started_at) from messages m
      join send_attempts a on a.team_id = m.team_id and a.message_id = m.id
     where m.team_id = e.team_id and m.enrollment_id = ${enrollment} and m.copy_of is null
       and m.delivery in ('claimed', 'dot', 'sent', 'unconfirmed') and lower(m.to_email) = lower(c.email)), 'infinity')`;

// With a limit, or all rows of a kind would be gathered first.
export const ALLOWS_UNVERIFIED = `(e.allows_unverified
  or coalesce((select true from enrollments o
                where o.team_id = e.team_id and o.contact_id = e.contact_id
                  and o.sequence_id = e.sequence_id and o.allows_unverified limit 1), false))`;

const STANDING = `
  select e.id, e.sequence_id, e.contact_id, e.current_step_id, e.mailbox_id, e.state, e.inactive_reason, e.failure_reason,
         e.added_at, e.due_at, e.paused_at, e.resume_at, e.finished_at, e.failed_at, e.removed_at,
         ${ALLOWS_UNVERIFIED} as allows_unverified,
         e.allows_no_email,
         -- By the view, or row security would keep the index of addresses from being used.
         case when e.allows_same_email or c.email is null then null else (
           select jsonb_build_object('contactId', o.contact_id, 'enrollmentId', o.id)
             -- Few have the address, however many are in the sequence: they are found first, and each is looked up by itself.
             from (select w.id from team_contacts w
                    where w.team_id = e.team_id and w.email is not null and lower(w.email) = lower(c.email)
                      and w.id <> e.contact_id offset 0) w
            cross join lateral (
                    select o.id, o.contact_id, o.added_at from enrollments o
                     where o.team_id = e.team_id and o.sequence_id = e.sequence_id and o.contact_id = w.id
                       and o.state <> 'removed' limit 1) o
            where (${firstMailed("o.id")}, o.added_at, o.id) < (${firstMailed("e.id")}, e.added_at, e.id)
            order by o.added_at, o.id limit 1) end as same_address,
         coalesce(c.name, c.email) as contact_name, c.email, c.email_status,
         coalesce(c.email_unsubscribed, false) as is_unsubscribed, c.email_unsubscribed_at as unsubscribed_at,
         c.do_not_contact as is_do_not_contact, c.paused_until,
         c.bounced_at is not null or coalesce(c.email_status = 'bounced', false) as has_bounced, c.bounced_at,
         (select x.email from contact_emails x
           where x.team_id = c.team_id and x.contact_id = c.id and lower(x.email) is distinct from lower(c.email)
           order by x.position limit 1) as other_email,
         c.job_change_detected_at as job_changed_at, ${whereabouts("c")}, c.company_key, c.account_id, c.is_invented,
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
         (select jsonb_build_object('contactId', o.contact_id, 'repliedAt', o.replied_at, 'replyClass', o.reply_class,
                                    'isElsewhere', o.sequence_id <> e.sequence_id)
            from enrollments o
           where o.team_id = e.team_id and o.company_key = e.company_key and o.replied_at is not null
             and o.state <> 'removed' and o.contact_id <> e.contact_id
             and (o.sequence_id = e.sequence_id or ${countsFromElsewhere("o", "e")})
           order by o.replied_at desc limit 1) as colleague,
         (select e.send_from_email from mailboxes b
           where b.team_id = e.team_id and b.id = e.mailbox_id and lower(b.email) <> lower(e.send_from_email)
             and not exists (select from mailbox_aliases a where a.team_id = b.team_id and a.mailbox_id = b.id
                                and lower(a.email) = lower(e.send_from_email))) as lost_address,
         coalesce((select true from messages m
                    where m.team_id = e.team_id and m.enrollment_id = e.id and m.delivery = 'sent' limit 1),
                  false) as has_sent_mail,
         (select jsonb_build_object('messageId', m.id, 'since', m.released_at) from messages m
           where m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id
             and m.delivery = 'unconfirmed' and m.copy_of is null) as unclear
    from enrollments e
    join contacts c on c.team_id = e.team_id and c.id = e.contact_id
   where e.team_id = $1 and `;

/** In the order of the ids. Each mail is asked for this at its claim and at its gate. */
export const STANDINGS = `${STANDING} e.id = any($2::text[]) order by array_position($2::text[], e.id::text)`;

export function readStandings(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<StandingRow>(STANDINGS, [teamId, ids]);
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

type NamedStage = { id: string; name: string };

/** The first stage that is not among the given ones, for contacts and for accounts. */
export async function freeStages(
  db: Db,
  teamId: string,
  excluded: { contact: readonly string[]; account: readonly string[] },
) {
  const row = await db.row<{ contact: NamedStage | null; account: NamedStage | null }>(
    `select (select to_jsonb(s) from (select id, name from contact_stages
              where team_id = $1 and id <> all($2::text[]) order by position, id limit 1) s) as contact,
            (select to_jsonb(s) from (select id, name from account_stages
              where team_id = $1 and id <> all($3::text[]) order by position, id limit 1) s) as account`,
    [teamId, excluded.contact, excluded.account],
  );
  return row ?? { contact: null, account: null };
}

export type MailFactsRow = Omit<MailStory, "attempts"> & {
  id: string;
  sequenceId: string | null;
  enrollmentId: string | null;
  contactId: string | null;
  mailboxId: string | null;
  userId: string | null;
  touchId: string | null;
  subject: string | null;
  stepPosition: number | null;
  stepType: StepType | null;
  isStepOfEnrollment: boolean;
  timeZone: string | null;
};

export function findMailFacts(db: Db, teamId: string, id: string) {
  return db.row<MailFactsRow>(
    `select m.id, m.sequence_id, m.enrollment_id, m.contact_id, m.mailbox_id, m.user_id, m.touch_id, m.delivery,
            coalesce(m.confirmation = 'assumed', false) as is_assumed, m.from_email, m.released_at, m.next_check_at, m.asked_at, m.subject, m.to_email,
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
  return db.rows<SendAttempt>(
    `select a.started_at, a.released_at, a.ended_at, a.outcome, a.phase, a.why, a.smtp_code, a.server_said, b.email as mailbox_email
       from send_attempts a
       left join mailboxes b on b.team_id = a.team_id and b.id = a.mailbox_id
      where a.team_id = $1 and a.message_id = $2 order by a.started_at, a.id limit 50`,
    [teamId, messageId],
  );
}

export type EnrollmentCandidateRow = {
  id: string;
  email: string | null;
  emailStatus: string | null;
  emailFromCustomer: boolean | null;
  emailUnsubscribed: boolean | null;
  doNotContact: boolean;
  pausedUntil: Temporal.Instant | null;
  bouncedAt: Temporal.Instant | null;
  ownerId: string | null;
  jobChangeDetectedAt: Temporal.Instant | null;
  companyKey: string | null;
  prospectScore: number;
  timeZone: string | null;
  country: string | null;
  region: string | null;
  contactStageId: string | null;
  accountStageId: string | null;
};

/** What adding looks at, and what else is shown of a contact. */
export type GateContactRow = EnrollmentCandidateRow & {
  name: string | null;
  emailUnsubscribedAt: Temporal.Instant | null;
  otherEmail: string | null;
  isInvented: boolean;
};

const CONTACT_FACTS = `
  select c.id, coalesce(c.name, c.email) as name, c.email, c.email_status, c.email_from_customer, c.email_unsubscribed,
         c.email_unsubscribed_at, c.do_not_contact, c.paused_until, c.bounced_at, c.is_invented, c.owner_id, c.job_change_detected_at, c.company_key,
         c.prospect_score, ${whereabouts("c")}, c.contact_stage_id,
         (select a.account_stage_id from accounts a where a.team_id = c.team_id and a.id = c.account_id) as account_stage_id,
         (select x.email from contact_emails x
           where x.team_id = c.team_id and x.contact_id = c.id and lower(x.email) is distinct from lower(c.email)
           order by x.position limit 1) as other_email
    from contacts c
   where c.team_id = $1 and `;

/** One contact alone. Reading it locks nothing. */
export function findContactFacts(db: Db, teamId: string, id: string) {
  return db.row<GateContactRow>(`${CONTACT_FACTS} c.id = $2`, [teamId, id]);
}

export function listContactFacts(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<GateContactRow>(`${CONTACT_FACTS} c.id = any($2::text[])`, [teamId, ids]);
}

/** The latest mails of an enrollment. */
export async function mailIdsOf(db: Db, teamId: string, enrollmentId: string) {
  const rows = await db.rows<{ id: string }>(
    "select id from messages where team_id = $1 and enrollment_id = $2 order by created_at desc, id desc limit 100",
    [teamId, enrollmentId],
  );
  return rows.map(({ id }) => id);
}

/** Of a contact, an enrollment or a mail: the others that belong to it. */
export async function hangingOn(db: Db, teamId: string, id: string) {
  const rows = await db.rows<{ id: string | null }>(
    `select id from enrollments where team_id = $1 and contact_id = $2
     union select contact_id from enrollments where team_id = $1 and id = $2
     union select id from messages where team_id = $1 and (contact_id = $2 or enrollment_id = $2) and delivery <> 'sent'
     union select unnest(array[contact_id, enrollment_id]) from messages where team_id = $1 and id = $2
     union select id from tasks where team_id = $1 and (contact_id = $2 or enrollment_id = $2) and status = 'scheduled'
     limit 1000`,
    [teamId, id],
  );
  return rows.flatMap((row) => row.id ?? []);
}
