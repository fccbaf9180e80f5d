// What rows said at a moment: the first of their earlier values that lasted beyond it, or else what they say now.

import type { Db } from "../../../db/connect.ts";
import type { MailDeliveryState } from "../../../domain/insight/as-of.ts";
import type { HeldBy } from "../../../domain/insight/explaining.ts";

/** Since when it is kept how things stood. */
export async function beganAt(db: Db) {
  const row = await db.row<{ at: Temporal.Instant }>("select at from history_began");
  return row?.at ?? null;
}

const past = (row: string) =>
  `(select p.was from row_history p where p.team_id = ${row}.team_id and p.subject_id = ${row}.id and p.until_at > $3
     order by p.place limit 1)`;

export type EnrollmentThen = {
  id: string;
  sequenceId: string;
  sequenceName: string;
  contactId: string;
  contactName: string | null;
  timeZone: string | null;
  addedAt: Temporal.Instant;
  /** The state that was kept before anything else was. */
  stateThen: string | null;
  reasonThen: string | null;
  stepPosition: number | null;
  was: {
    state: string;
    inactive_reason: string | null;
    step_id: string | null;
    mailbox_id: string | null;
    due_at: string | null;
    resume_at: string | null;
    // Left out of what is kept where they say nothing (migration 0334).
    failure_reason?: string | null;
    paused_at?: string | null;
    finished_at?: string | null;
    failed_at?: string | null;
    removed_at?: string | null;
  };
};

export function enrollmentsThen(db: Db, teamId: string, ids: readonly string[], at: Temporal.Instant) {
  return db.rows<EnrollmentThen>(
    `select e.id, e.sequence_id, s.name as sequence_name, e.contact_id, coalesce(c.name, c.email) as contact_name, c.time_zone,
            e.added_at, h.state as state_then, h.reason as reason_then, t.was,
            (select p.position from sequence_steps p where p.team_id = e.team_id and p.id = t.was ->> 'step_id') as step_position
       from enrollments e
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
      cross join lateral (select coalesce(${past("e")},
              jsonb_build_object('state', e.state, 'inactive_reason', e.inactive_reason, 'failure_reason', e.failure_reason,
                'step_id', e.current_step_id, 'mailbox_id', e.mailbox_id, 'due_at', e.due_at, 'paused_at', e.paused_at,
                'resume_at', e.resume_at, 'finished_at', e.finished_at, 'failed_at', e.failed_at,
                'removed_at', e.removed_at)) as was) t
       left join enrollment_states h on h.team_id = e.team_id and h.enrollment_id = e.id and h.from_at <= $3 and h.to_at > $3
      where e.team_id = $1 and e.id = any($2::text[])
      order by e.added_at, e.id`,
    [teamId, ids, at],
  );
}

export async function enrollmentIdsThen(db: Db, teamId: string, contactId: string, at: Temporal.Instant) {
  const rows = await db.rows<{ id: string }>(
    `select id from enrollments where team_id = $1 and contact_id = $2 and added_at <= $3 order by added_at desc, id desc limit 50`,
    [teamId, contactId, at],
  );
  return rows.map(({ id }) => id);
}

type MailThen = {
  id: string;
  stepId: string | null;
  claimedAt: Temporal.Instant | null;
  releasedAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
  was: {
    delivery: MailDeliveryState;
    due_at: string | null;
    hold_code: string | null;
    hold_evidence: Record<string, unknown> | null;
    held_since: string | null;
    next_check_at: string | null;
    mailbox_id: string | null;
    not_sent_reason: string | null;
  };
};

export function mailsThen(db: Db, teamId: string, enrollmentId: string, at: Temporal.Instant) {
  return db.rows<MailThen>(
    `select m.id, m.step_id, m.released_at, m.completed_at,
            (select a.started_at from send_attempts a
              where a.team_id = m.team_id and a.message_id = m.id order by a.started_at desc limit 1) as claimed_at,
            coalesce(${past("m")},
              jsonb_build_object('delivery', m.delivery, 'due_at', m.due_at, 'hold_code', m.hold_code,
                'hold_evidence', m.hold_evidence, 'held_since', m.held_since, 'next_check_at', m.next_check_at,
                'mailbox_id', m.mailbox_id, 'not_sent_reason', m.not_sent_reason)) as was
       from messages m
      where m.team_id = $1 and m.enrollment_id = $2 and m.copy_of is null and m.created_at <= $3
      order by m.created_at, m.id`,
    [teamId, enrollmentId, at],
  );
}

type TaskThen = {
  id: string;
  type: string;
  stepId: string | null;
  dueAt: Temporal.Instant;
  userId: string;
  who: string;
  status: "scheduled" | "completed" | "skipped";
};

export function tasksThen(db: Db, teamId: string, enrollmentId: string, at: Temporal.Instant) {
  return db.rows<TaskThen>(
    `select t.id, t.type, t.step_id, t.due_at, t.user_id,
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as who,
            case when t.completed_at <= $3 then 'completed' when t.skipped_at <= $3 then 'skipped' else 'scheduled' end as status
       from tasks t
       join users u on u.team_id = t.team_id and u.id = t.user_id
      where t.team_id = $1 and t.enrollment_id = $2 and t.created_at <= $3
      order by t.created_at, t.id`,
    [teamId, enrollmentId, at],
  );
}

export type ContactThen = {
  id: string;
  name: string | null;
  timeZone: string | null;
  createdAt: Temporal.Instant;
  was: {
    stage_id: string | null;
    owner_id: string | null;
    account_id: string | null;
    email_status: string | null;
    is_unsubscribed: boolean;
    is_do_not_contact: boolean;
    bounced_at: string | null;
    /** Not of what was kept before it was. */
    paused_until?: string | null;
    has_email: boolean;
  };
};

export function contactThen(db: Db, teamId: string, id: string, at: Temporal.Instant) {
  return db.row<ContactThen>(
    `select c.id, coalesce(c.name, c.email) as name, c.time_zone, c.created_at,
            coalesce(${past("c")},
              jsonb_build_object('stage_id', c.contact_stage_id, 'owner_id', c.owner_id, 'account_id', c.account_id,
                'email_status', c.email_status, 'is_unsubscribed', coalesce(c.email_unsubscribed, false),
                'is_do_not_contact', c.do_not_contact, 'bounced_at', c.bounced_at, 'paused_until', c.paused_until, 'has_email', c.email is not null)) as was
       from contacts c where c.team_id = $1 and c.id = $2`,
    [teamId, id, at],
  );
}

type MailboxThen = {
  id: string;
  createdAt: Temporal.Instant;
  was: {
    is_active: boolean;
    inactive_reason: string | null;
    revoked_at: string | null;
    daily_limit: number | null;
    hourly_limit: number | null;
    gap_seconds: number | null;
    backoff_until: string | null;
    backoff_reason: string | null;
    user_id: string;
  };
};

export function mailboxThen(db: Db, teamId: string, id: string, at: Temporal.Instant) {
  return db.row<MailboxThen>(
    `select b.id, b.created_at,
            coalesce(${past("b")},
              jsonb_build_object('is_active', b.is_active, 'inactive_reason', b.inactive_reason, 'revoked_at', b.revoked_at,
                'daily_limit', b.limit_today, 'hourly_limit', b.hourly_limit, 'gap_seconds', b.gap_seconds,
                'backoff_until', b.backoff_until, 'backoff_reason', b.backoff_reason, 'user_id', b.user_id)) as was
       from mailboxes b where b.team_id = $1 and b.id = $2`,
    [teamId, id, at],
  );
}

export type Then = { at: Temporal.Instant; existed: boolean; notKept: string[] };

export type PastEnrollment = {
  id: string;
  sequenceId: string;
  sequenceName: string;
  contactId: string;
  contactName: string | null;
  state: string;
  reason: string | null;
  stepId: string | null;
  stepPosition: number | null;
  mailboxId: string | null;
  dueAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  sentence: string;
};

export type EnrollmentAsOf = Then & {
  membership: PastEnrollment;
  heldBy: HeldBy[];
  mails: (MailThen & { delivery: MailDeliveryState })[];
  tasks: TaskThen[];
};

export type ContactAsOf = Then & {
  contact: ContactThen;
  state: "not_there" | "barred" | "in_sequence" | "reachable";
  sentence: string;
  memberships: PastEnrollment[];
};

export type MailboxAsOf = Then & {
  name: string;
  state: string;
  sentence: string;
  heldBy: readonly HeldBy[];
  row: {
    id: string;
    userId: string;
    dailyLimit: number | null;
    hourlyLimit: number | null;
    gapSeconds: number | null;
    sentLastDay: number;
    sentLastHour: number;
    lastSentAt: Temporal.Instant | null;
  };
};
