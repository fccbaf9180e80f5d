// The slot of a mail, from its place in the queue to its end. Every change of hands is fenced by the attempt's id.

import type { Db } from "../../../db/connect.ts";
import type { EvidenceValue } from "../../../domain/basics/evidence.ts";
import { notAside } from "../../events/set-aside/store.ts";

export type Slot = {
  id: string;
  enrollmentId: string | null;
  contactId: string | null;
  sequenceId: string | null;
  stepId: string | null;
  touchId: string | null;
  mailboxId: string;
  copyOf: string | null;
  /** Whom the mail names as its reader, where this is a copy of it. */
  originalTo: string | null;
  originalToName: string | null;
  type: "outreach_automatic_email" | "outreach_manual_email";
  dueAt: Temporal.Instant | null;
  dueAtManuallyChanged: boolean;
  isComposed: boolean;
  tries: number;
  subject: string | null;
  bodyHtml: string | null;
  bodyText: string | null;
  fromEmail: string | null;
  fromName: string | null;
  toEmail: string | null;
  toName: string | null;
  ccEmails: string[];
  bccEmails: string[];
  attachmentIds: string[];
  composedAt: Temporal.Instant | null;
  internetMessageId: string | null;
  token: string | null;
  inReplyTo: string | null;
  referenceIds: string[];
  threadRoot: string | null;
  openTracking: boolean;
  clickTracking: boolean;
  /** The mail that this one answers, where a person chose it. */
  inResponseTo: string | null;
  /** Why it may go beyond the limits of touches: a person has said so. */
  touchReason: string | null;
  /** When a person asked for it to go. */
  byHandAt: Temporal.Instant | null;
  /** Smaller goes first. */
  rank: number;
  /** It was in doubt, and is sent once more: word of the first copy may still come. */
  isAgain: boolean;
};

const SLOT = `m.id, m.enrollment_id, m.contact_id, m.sequence_id, m.step_id, m.touch_id, m.mailbox_id, m.copy_of, m.type, m.due_at,
  m.due_at_manually_changed, m.composed_at is not null as is_composed, m.tries, m.subject, m.body_html, m.body_text, m.from_email,
  m.from_name, m.to_email, m.to_name, m.cc_emails, m.bcc_emails, m.attachment_ids, m.composed_at, m.internet_message_id,
  m.token, m.in_reply_to, m.reference_ids, m.thread_root, m.open_tracking, m.click_tracking, m.in_response_to, m.touch_reason, m.rank,
  coalesce(m.by_hand_at, (select o.by_hand_at from messages o where o.team_id = m.team_id and o.id = m.copy_of)) as by_hand_at,
  m.again_at is not null as is_again,
  (select o.to_email from messages o where o.team_id = m.team_id and o.id = m.copy_of) as original_to,
  (select o.to_name from messages o where o.team_id = m.team_id and o.id = m.copy_of) as original_to_name`;

/** The first in the queue of each mailbox, in its order, locked; those whom another engine holds are passed over. */
export function lockQueues(db: Db, teamId: string, wanted: readonly { mailboxId: string; most: number }[]) {
  return db.rows<Slot>(
    `select q.* from unnest($2::text[], $3::int[]) as w (mailbox_id, most)
      cross join lateral (
        select ${SLOT} from messages m
         where m.team_id = $1 and m.mailbox_id = w.mailbox_id and m.delivery = 'planned' and m.is_queued
           and ${notAside("send-mails", "m.id")}
         order by m.rank, m.enrollment_id, m.id limit w.most for update skip locked) q
      order by q.mailbox_id, q.rank, q.enrollment_id, q.id`,
    [teamId, wanted.map(({ mailboxId }) => mailboxId), wanted.map(({ most }) => most)],
  );
}

/** Looked at again at that moment. One that is locked is left to whatever changes it. */
export function putMailOff(db: Db, teamId: string, id: string, until: Temporal.Instant) {
  return db.run(
    `update messages set is_queued = false, next_check_at = $3
      where team_id = $1 and id in (select id from messages
                                     where team_id = $1 and id = $2 and delivery = 'planned' and is_queued
                                       for update skip locked)`,
    [teamId, id, until],
  );
}

/** One of them that is still planned, locked; null where it is not. */
export function lockPlanned(db: Db, teamId: string, id: string) {
  return db.row<Slot>(
    `select ${SLOT} from messages m where m.team_id = $1 and m.id = $2 and m.delivery = 'planned' for update`,
    [teamId, id],
  );
}

/** What a mail says, to whom and in which thread. */
export type MailContent = Pick<
  Slot,
  | "touchId"
  | "subject"
  | "bodyHtml"
  | "bodyText"
  | "fromEmail"
  | "fromName"
  | "toEmail"
  | "toName"
  | "ccEmails"
  | "bccEmails"
  | "attachmentIds"
  | "composedAt"
  | "inReplyTo"
  | "referenceIds"
  | "threadRoot"
>;

export type ClaimedOutboxMail = MailContent &
  Pick<Slot, "id" | "internetMessageId" | "token" | "openTracking" | "clickTracking"> &
  RecipientDigests & { attemptId: string; recipientProvider: string | null };

/** Whom it reaches, as it stays known when the contact is deleted. */
export type RecipientDigests = {
  readerDigest: string | null;
  hostDigest: string | null;
  companyDigest: string | null;
};

/** What will be sent is fixed here, before anybody is connected to, together with whose attempt it is. */
export function writeClaims(db: Db, teamId: string, engineId: string, claims: readonly ClaimedOutboxMail[]) {
  return db.run(
    `with claimed as (
       update messages m
          set delivery = 'claimed', is_queued = false, engine_id = $2, attempt_id = n."attemptId", hold_code = null,
              hold_evidence = null, held_since = null, touch_id = n."touchId", subject = n."subject", body_html = n."bodyHtml",
              body_text = n."bodyText", from_email = n."fromEmail", from_name = n."fromName", to_email = n."toEmail",
              to_name = n."toName", cc_emails = n."ccEmails", bcc_emails = n."bccEmails", attachment_ids = n."attachmentIds",
              composed_at = n."composedAt", internet_message_id = n."internetMessageId", token = n."token",
              in_reply_to = n."inReplyTo", reference_ids = n."referenceIds", thread_root = n."threadRoot",
              open_tracking = n."openTracking", click_tracking = n."clickTracking", reader_digest = n."readerDigest",
              host_digest = n."hostDigest", recipient_provider = n."recipientProvider", company_digest = n."companyDigest", updated_at = cadenza_now()
         from jsonb_to_recordset($3::jsonb) as n ("id" text, "attemptId" text, "touchId" text, "subject" text, "bodyHtml" text,
              "bodyText" text, "fromEmail" text, "fromName" text, "toEmail" text, "toName" text, "ccEmails" text[],
              "bccEmails" text[], "attachmentIds" text[], "composedAt" timestamptz, "internetMessageId" text, "token" text,
              "inReplyTo" text, "referenceIds" text[], "threadRoot" text, "openTracking" boolean, "clickTracking" boolean,
              "readerDigest" text, "hostDigest" text, "recipientProvider" text, "companyDigest" text)
        where m.team_id = $1 and m.id = n."id" and m.delivery = 'planned'
       returning m.id, m.attempt_id, m.mailbox_id)
     insert into send_attempts (team_id, id, message_id, mailbox_id, engine_id)
     select $1, attempt_id, id, mailbox_id, $2 from claimed`,
    [teamId, engineId, JSON.stringify(claims)],
  );
}

export type MailWait = {
  id: string;
  code: string;
  evidence: Record<string, EvidenceValue>;
  nextCheckAt: Temporal.Instant;
};

/** Not now: each is looked at again at its time. `isNew`: it was not held by the same before. */
export function writeWaits(db: Db, teamId: string, waits: readonly MailWait[]) {
  return db.rows<{
    id: string;
    contactId: string | null;
    sequenceId: string | null;
    holdCode: string;
    isNew: boolean;
  }>(
    `with before as (
       select m.id, m.hold_code from messages m where m.team_id = $1 and m.id = any($2::text[]))
     update messages m
        set is_queued = false, next_check_at = n."nextCheckAt", hold_code = n."code", hold_evidence = n."evidence",
            held_since = case when m.hold_code = n."code" then m.held_since else cadenza_now() end,
            updated_at = cadenza_now()
       from before b, jsonb_to_recordset($3::jsonb) as n ("id" text, "code" text, "evidence" jsonb, "nextCheckAt" timestamptz)
      where m.team_id = $1 and m.id = n."id" and b.id = m.id and m.delivery = 'planned'
     returning m.id, m.contact_id, m.sequence_id, m.hold_code, b.hold_code is distinct from n."code" as is_new`,
    [teamId, waits.map(({ id }) => id), JSON.stringify(waits)],
  );
}

/** Mails by their own ids, as something to answer. */
export function answeredMails(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<Parent & { id: string }>(
    `select m.id, m.enrollment_id, m.mailbox_id, coalesce(m.provider_message_id, m.internet_message_id) as internet_id,
            m.reference_ids, m.thread_root, m.subject
       from messages m
      where m.team_id = $1 and m.id = any($2::text[]) and coalesce(m.provider_message_id, m.internet_message_id) is not null`,
    [teamId, ids],
  );
}

/** The last of each enrollment's mails that was sent, which a reply answers. */
export type Parent = {
  id: string;
  enrollmentId: string | null;
  mailboxId: string | null;
  internetId: string;
  referenceIds: string[];
  threadRoot: string | null;
  subject: string | null;
};

export function parentsOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.rows<Parent>(
    `select distinct on (m.enrollment_id) m.id, m.enrollment_id, m.mailbox_id,
            coalesce(m.provider_message_id, m.internet_message_id) as internet_id, m.reference_ids, m.thread_root, m.subject
       from messages m
      where m.team_id = $1 and m.enrollment_id = any($2::text[]) and m.delivery = 'sent' and m.copy_of is null
        and coalesce(m.provider_message_id, m.internet_message_id) is not null
      order by m.enrollment_id, m.completed_at desc nulls last, m.id desc`,
    [teamId, enrollmentIds],
  );
}

/** Answers whether it was news. */
export async function noteLimited(
  db: Db,
  teamId: string,
  mailboxId: string,
  until: Temporal.Instant,
  now: Temporal.Instant,
) {
  const changed = await db.run(
    `update mailboxes set limited_until = $3
      where team_id = $1 and id = $2 and coalesce(limited_until, '-infinity') <= $4 and $3 > $4`,
    [teamId, mailboxId, until, now],
  );
  return changed > 0;
}
