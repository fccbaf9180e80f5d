import type { Db } from "../../../db/connect.ts";

export type AcceptedMail = {
  id: string;
  attemptId: string;
  serverSaid: string | null;
  queueId: string | null;
  providerMessageId: string | null;
  providerThreadId: string | null;
};

export type SentRow = {
  id: string;
  contactId: string | null;
  sequenceId: string | null;
  enrollmentId: string | null;
  stepId: string | null;
  copyOf: string | null;
  completedAt: Temporal.Instant;
  ccEmails: string[];
  bccEmails: string[];
};

const SENT = `m.id, m.contact_id, m.sequence_id, m.enrollment_id, m.step_id, m.copy_of, m.completed_at, m.cc_emails, m.bcc_emails`;

/**
 * Accepted by the server, explicitly: also where the attempt was already given up as unclear, and another was planned
 * or is about to be made. From here on that other attempt belongs to no engine, so it does not pass the gate, and its
 * end changes nothing.
 */
export function writeSent(db: Db, teamId: string, sent: readonly AcceptedMail[]) {
  return db.rows<SentRow & { wasAsked: boolean }>(
    `with n as (select * from jsonb_to_recordset($2::jsonb) as r ("id" text, "attemptId" text, "serverSaid" text,
                       "queueId" text, "providerMessageId" text, "providerThreadId" text)),
          attempts as (
       update send_attempts a set ended_at = cadenza_now(), outcome = 'accepted', server_said = n."serverSaid", proved_absent_at = null
         from n where a.team_id = $1 and a.id = n."attemptId")
     update messages m
        set delivery = 'sent', completed_at = coalesce(m.completed_at, cadenza_now()), confirmation = 'confirmed',
            server_said = n."serverSaid", queue_id = n."queueId", is_queued = false, next_check_at = null, hold_code = null,
            released_at = coalesce(m.released_at, (select a.released_at from send_attempts a where a.team_id = m.team_id and a.id = n."attemptId")),
            attempt_id = n."attemptId",
            provider_message_id = coalesce(n."providerMessageId", m.internet_message_id),
            provider_thread_id = coalesce(n."providerThreadId", m.provider_thread_id), updated_at = cadenza_now()
       from n
      where m.team_id = $1 and m.id = n."id" and m.delivery in ('claimed', 'dot', 'unconfirmed', 'planned', 'cancelled')
     returning ${SENT}, m.asked_at is not null as was_asked`,
    [teamId, JSON.stringify(sent)],
  );
}

/** What a mailbox has sent shows that its server is there again. */
export function clearMailboxBackoff(db: Db, teamId: string, mailboxIds: readonly string[]) {
  return db.run(
    `update mailboxes set failures = 0, backoff_until = null, backoff_reason = null
      where team_id = $1 and id = any($2::text[]) and failures > 0`,
    [teamId, mailboxIds],
  );
}

/** Each address in cc and bcc gets the same mail in a transmission of its own. */
export function planCopies(
  db: Db,
  teamId: string,
  copies: readonly { id: string; of: string; email: string }[],
  now: Temporal.Instant,
) {
  if (copies.length === 0) return;
  return db.run(
    `insert into messages (team_id, id, copy_of, user_id, contact_id, account_id, mailbox_id, sequence_id, step_id, touch_id,
            enrollment_id, type, delivery, subject, body_html, body_text, from_email, from_name, to_email, to_name, due_at,
            next_check_at, is_queued, rank, due_at_manually_changed, composed_at, internet_message_id, in_reply_to, reference_ids,
            thread_root, cc_emails, attachment_ids, created_at, updated_at)
     select $1, n."id", m.id, m.user_id, m.contact_id, m.account_id, m.mailbox_id, m.sequence_id, m.step_id, m.touch_id,
            m.enrollment_id, m.type, 'planned', m.subject, m.body_html, m.body_text, m.from_email, m.from_name, n."email", null,
            m.due_at, $3, true, m.rank, true, m.composed_at, m.internet_message_id, m.in_reply_to, m.reference_ids,
            m.thread_root, m.cc_emails, m.attachment_ids, $3, $3
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "of" text, "email" text)
       join messages m on m.team_id = $1 and m.id = n."of"`,
    [teamId, JSON.stringify(copies), now],
  );
}

export type TouchedMailRow = Pick<SentRow, "id" | "contactId" | "sequenceId" | "enrollmentId">;

/** The outcome is unknown: it counts against limits, and nothing follows from it until there is proof. */
export function writeUnclear(db: Db, teamId: string, attemptIds: readonly string[], why: string) {
  return db.rows<TouchedMailRow>(
    `with attempts as (
       update send_attempts a set ended_at = cadenza_now(), outcome = 'ambiguous', why = $3
        where a.team_id = $1 and a.id = any($2::text[]) and a.outcome is null)
     update messages m set delivery = 'unconfirmed', confirmation = 'unconfirmed', next_check_at = cadenza_now(), updated_at = cadenza_now()
      where m.team_id = $1 and m.attempt_id = any($2::text[]) and m.delivery = 'dot'
     returning m.id, m.contact_id, m.sequence_id, m.enrollment_id`,
    [teamId, attemptIds, why],
  );
}

export type GivenBack = {
  id: string;
  attemptId: string;
  outcome: "failed_before_dot" | "rejected_4xx" | "rejected_5xx";
  phase: string | null;
  why: string | null;
  code: number | null;
  enhanced: string | null;
  serverSaid: string | null;
  nextCheckAt: Temporal.Instant | null;
  /** Why it waits until then, where that is worth telling. */
  holdCode: string | null;
  /** The server was asked and said later. */
  isTry: boolean;
};

/** Certainly not sent: it takes its place in the queue again, or waits for a moment, and is composed anew when its turn comes. */
export function giveBack(db: Db, teamId: string, given: GivenBack) {
  const { id, attemptId, outcome, phase, why, code, enhanced, serverSaid, nextCheckAt, holdCode, isTry } =
    given;
  return db.run(
    `with attempt as (
       update send_attempts a
          set ended_at = cadenza_now(), outcome = $4, phase = $5, why = $6, smtp_code = $7, enhanced_code = $8, server_said = $9
        where a.team_id = $1 and a.id = $3)
     update messages m
        set delivery = 'planned', released_at = null, confirmation = null, asked_at = null, is_queued = $10::timestamptz is null, next_check_at = coalesce($10, cadenza_now()),
            hold_code = $12,
            tries = m.tries + $11::int, composed_at = case when m.again_at is not null then m.composed_at end, updated_at = cadenza_now()
      where m.team_id = $1 and m.id = $2 and m.attempt_id = $3 and m.delivery in ('claimed', 'dot', 'unconfirmed')`,
    [
      teamId,
      id,
      attemptId,
      outcome,
      phase,
      why,
      code,
      enhanced,
      serverSaid,
      nextCheckAt,
      isTry ? 1 : 0,
      holdCode,
    ],
  );
}

type FailedRow = TouchedMailRow & { toEmail: string | null };

export function writeFailed(
  db: Db,
  teamId: string,
  failed: {
    ids: readonly string[];
    code: string | null;
    said: string;
    isHardBounce: boolean;
    isSpamBlocked: boolean;
  },
) {
  const { ids, code, said, isHardBounce, isSpamBlocked } = failed;
  return db.rows<FailedRow>(
    `update messages m
        set delivery = 'failed', failed_at = cadenza_now(), failure_reason = $4, not_sent_reason = $3, is_queued = false,
            next_check_at = null, hold_code = null, released_at = null, has_bounced = $5 or m.has_bounced,
            is_hard_bounce = $5 or m.is_hard_bounce, is_spam_blocked = $6 or m.is_spam_blocked, updated_at = cadenza_now()
      where m.team_id = $1 and m.id = any($2::text[]) and m.delivery in ('planned', 'cancelled')
     returning m.id, m.contact_id, m.sequence_id, m.enrollment_id, m.to_email`,
    [teamId, ids, code, said.slice(0, 500), isHardBounce, isSpamBlocked],
  );
}

export function passOver(db: Db, teamId: string, id: string) {
  return db.run(
    "update messages set delivery = 'skipped', updated_at = cadenza_now() where team_id = $1 and id = $2 and delivery = 'failed'",
    [teamId, id],
  );
}

/**
 * Not needed any more, or so it was when it was judged. An enrollment that is active at its step by now was resumed
 * meanwhile. The planner passed it over, because its mail was under way: it is looked at again. Enrollments are
 * locked.
 */
export function cancel(db: Db, teamId: string, id: string) {
  return db.run(
    `with cancelled as (
       update messages set delivery = 'cancelled', is_queued = false, next_check_at = null, hold_code = null, updated_at = cadenza_now()
        where team_id = $1 and id = $2 and delivery = 'planned'
       returning enrollment_id, step_id, copy_of)
     update enrollments e set plan_at = cadenza_now() + interval '1 second'
       from cancelled c
      where e.team_id = $1 and e.id = c.enrollment_id and e.current_step_id = c.step_id and c.copy_of is null
        and e.state = 'active' and e.plan_at is null`,
    [teamId, id],
  );
}

/** Those that fail while the mailbox rests already were under way together: it is one failure, not three. */
export async function countFailure(
  db: Db,
  teamId: string,
  { mailboxId, reason, now }: { mailboxId: string; reason: string; now: Temporal.Instant },
) {
  const row = await db.row<{ failures: number }>(
    `update mailboxes set failures = failures + case when backoff_until > $4 then 0 else 1 end, backoff_reason = $3
      where team_id = $1 and id = $2 returning failures`,
    [teamId, mailboxId, reason.slice(0, 300), now],
  );
  return row?.failures ?? 1;
}

export function restMailbox(db: Db, teamId: string, mailboxId: string, until: Temporal.Instant) {
  return db.run("update mailboxes set backoff_until = $3 where team_id = $1 and id = $2", [
    teamId,
    mailboxId,
    until,
  ]);
}

/** Its password was refused: more tries would lock the account. Not where a user has set another one meanwhile. */
export async function disconnect(
  db: Db,
  teamId: string,
  { mailboxId, signedInWith }: { mailboxId: string; signedInWith: Buffer | null },
  now: Temporal.Instant,
) {
  const changed = await db.run(
    `update mailboxes set is_active = false, inactive_reason = 'auth_failed', updated_at = $3
      where team_id = $1 and id = $2 and is_active
        and ($4::bytea is null or coalesce(smtp_password, oauth_access_token) = $4)`,
    [teamId, mailboxId, now, signedInWith],
  );
  return changed > 0;
}
