// Mails that people write: kept as drafts, planned when they are to go out.

import type { Db } from "../../../db/connect.ts";

/** Whom a mail is for, and what keeps them from being written to. */
export type DraftRecipient = {
  id: string;
  name: string | null;
  email: string | null;
  accountId: string | null;
  ownerId: string | null;
  accountOwnerId: string | null;
  companyKey: string | null;
  isBarred: boolean;
  pausedUntil: Temporal.Instant | null;
};

export function findDraftRecipient(db: Db, teamId: string, contactId: string) {
  return db.row<DraftRecipient>(
    `select c.id, coalesce(c.name, c.email) as name, c.email, c.account_id, c.owner_id, a.owner_id as account_owner_id, c.company_key,
            c.do_not_contact or coalesce(c.email_unsubscribed, false) as is_barred, c.paused_until
       from contacts c
       left join accounts a on a.team_id = c.team_id and a.id = c.account_id
      where c.team_id = $1 and c.id = $2`,
    [teamId, contactId],
  );
}

export async function defaultMailboxOf(db: Db, teamId: string, userId: string) {
  const row = await db.row<{ id: string }>(
    `select id from mailboxes where team_id = $1 and user_id = $2 and is_active and revoked_at is null
      order by is_default desc, created_at, id limit 1`,
    [teamId, userId],
  );
  return row?.id ?? null;
}

/** What a mail that goes on from another one refers to; null while that one has no id on the net. */
type DraftThread = { inReplyTo: string; referenceIds: string[]; threadRoot: string };

export async function threadAfter(db: Db, teamId: string, messageId: string): Promise<DraftThread | null> {
  const row = await db.row<{ internetId: string | null; referenceIds: string[]; threadRoot: string | null }>(
    `select coalesce(provider_message_id, internet_message_id) as internet_id, reference_ids, thread_root
       from messages where team_id = $1 and id = $2 and delivery in ('sent', 'unconfirmed')`,
    [teamId, messageId],
  );
  if (!row?.internetId) return null;
  const { internetId, referenceIds, threadRoot } = row;
  return {
    inReplyTo: internetId,
    referenceIds: [...referenceIds, internetId].slice(-50),
    threadRoot: threadRoot ?? referenceIds[0] ?? internetId,
  };
}

/** What of a mail a person decides. */
type MailDraft = {
  id: string;
  userId: string | null;
  contactId: string;
  accountId: string | null;
  mailboxId: string | null;
  fromEmail: string | null;
  subject: string | null;
  bodyHtml: string | null;
  bodyText: string | null;
  ccEmails: readonly string[];
  bccEmails: readonly string[];
  attachmentIds: readonly string[];
  isTracked: boolean;
  inResponseTo: string | null;
};

export function insertDraft(db: Db, teamId: string, draft: MailDraft, now: Temporal.Instant) {
  return db.run(
    `insert into messages (team_id, id, user_id, contact_id, account_id, mailbox_id, from_email, subject, body_html, body_text,
            cc_emails, bcc_emails, attachment_ids, open_tracking, click_tracking, in_response_to, type, delivery, created_at,
            updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, 'outreach_manual_email', 'draft', $16, $16)`,
    [
      ...[teamId, draft.id, draft.userId, draft.contactId, draft.accountId, draft.mailboxId, draft.fromEmail],
      ...[
        draft.subject,
        draft.bodyHtml,
        draft.bodyText,
        draft.ccEmails,
        draft.bccEmails,
        draft.attachmentIds,
      ],
      ...[draft.isTracked, draft.inResponseTo, now],
    ],
  );
}

/** So that two changes of a mail, or a change and the engine, come one after the other. */
export function lockMessage(db: Db, teamId: string, id: string) {
  return db.row("select 1 as one from messages where team_id = $1 and id = $2 for update", [teamId, id]);
}

export type Rewriting = Pick<
  MailDraft,
  | "id"
  | "subject"
  | "bodyHtml"
  | "bodyText"
  | "ccEmails"
  | "bccEmails"
  | "attachmentIds"
  | "mailboxId"
  | "fromEmail"
  | "isTracked"
>;

/** A person's own words are sent as they stand, so a mail with them is theirs and no longer the step's. */
export function rewrite(db: Db, teamId: string, to: Rewriting, isTheirs: boolean, now: Temporal.Instant) {
  return db.run(
    `update messages
        set subject = $3, body_html = $4, body_text = $5, cc_emails = $6, bcc_emails = $7, attachment_ids = $8, mailbox_id = $9,
            from_email = $10, open_tracking = $11, click_tracking = $11, composed_at = null,
            type = case when $12 then 'outreach_manual_email' else type end, updated_at = $13
      where team_id = $1 and id = $2`,
    [
      ...[teamId, to.id, to.subject, to.bodyHtml, to.bodyText, to.ccEmails, to.bccEmails, to.attachmentIds],
      ...[to.mailboxId, to.fromEmail, to.isTracked, isTheirs, now],
    ],
  );
}

type SendPlan = {
  id: string;
  dueAt: Temporal.Instant;
  source: string;
  rank: number;
  mailboxId: string;
  thread: DraftThread | null;
  /** Why it may go beyond the limits of touches, and who says so. */
  touchReason: { text: string; by: string } | null;
};

/** From here on the engine sees to it, within the same limits as every other mail. */
export function planDraft(
  db: Db,
  teamId: string,
  { id, dueAt, source, rank, mailboxId, thread, touchReason }: SendPlan,
  now: Temporal.Instant,
) {
  return db.run(
    `update messages
        set delivery = 'planned', due_at = $3, next_check_at = $3, is_queued = false, due_at_source = $4, due_at_manually_changed = true,
            rank = $5, mailbox_id = $6, hold_code = null, hold_evidence = null, held_since = null, tries = 0,
            in_reply_to = coalesce($7, in_reply_to), thread_root = coalesce($8, thread_root),
            reference_ids = case when $7::text is null then reference_ids else $9::text[] end, updated_at = $10,
            touch_reason = $11, touch_reason_by = $12, by_hand_at = $10
      where team_id = $1 and id = $2`,
    [
      ...[teamId, id, dueAt, source, rank, mailboxId],
      ...[thread?.inReplyTo ?? null, thread?.threadRoot ?? null, thread?.referenceIds ?? [], now],
      ...[touchReason?.text ?? null, touchReason?.by ?? null],
    ],
  );
}

/** Nothing of it has left: it may be sent to another address, and under another id. */
export function forgetComposed(db: Db, teamId: string, id: string) {
  return db.run(
    `update messages set composed_at = null, internet_message_id = null, token = null, to_email = null, to_name = null
      where team_id = $1 and id = $2`,
    [teamId, id],
  );
}

export function backToDraft(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run(
    `update messages set delivery = 'draft', due_at = null, next_check_at = null, is_queued = false, due_at_source = null,
            due_at_manually_changed = false, hold_code = null, hold_evidence = null, held_since = null, updated_at = $3
      where team_id = $1 and id = $2`,
    [teamId, id, now],
  );
}

/** It may have arrived, so nothing about it changes any more. */
export async function isInDoubt(db: Db, teamId: string, id: string) {
  const row = await db.row(
    "select 1 as one from send_attempts where team_id = $1 and message_id = $2 and outcome = 'ambiguous' limit 1",
    [teamId, id],
  );
  return row !== null;
}

/** Those who ask for mails of a mailbox come one after the other. The sender needs no such lock: at its gate the limit itself holds. */
export function lockAskedFor(db: Db, teamId: string, mailboxId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('asked for from ' || $1 || ' ' || $2, 0))", [
    teamId,
    mailboxId,
  ]);
}

/** What a person has asked to go out from this mailbox at once, and has not gone. */
export async function countAskedFor(
  db: Db,
  teamId: string,
  mailboxId: string,
  source: string,
  except: string,
) {
  const row = await db.row<{ count: number }>(
    `select count(*) as count from messages
      where team_id = $1 and mailbox_id = $2 and delivery in ('planned', 'claimed') and due_at_manually_changed
         and due_at_source = $3 and id <> $4`,
    [teamId, mailboxId, source, except],
  );
  return row?.count ?? 0;
}

/** The mail that began with a task, where no user has edited it. Locked: one that is being edited is left alone. */
export async function lockUntouchedDrafts(db: Db, teamId: string, taskId: string) {
  const rows = await db.rows<{ id: string }>(
    `select m.id from tasks t
       join messages m on m.team_id = t.team_id and m.id = t.message_id
      where t.team_id = $1 and t.id = $2 and m.delivery = 'draft' and m.enrollment_id is null
        and m.subject is null and m.body_html is null
        for update of m`,
    [teamId, taskId],
  );
  return rows.map(({ id }) => id);
}

/** Leaves a tombstone. */
export function deleteMessage(db: Db, teamId: string, id: string, userId: string, now: Temporal.Instant) {
  return db.run(
    `with gone as (delete from messages where team_id = $1 and id = $2 returning id)
     insert into tombstones (team_id, kind, id, deleted_by, deleted_at) select $1, 'message', id, $3, $4 from gone`,
    [teamId, id, userId, now],
  );
}

export async function wasDeleted(db: Db, teamId: string, id: string) {
  const row = await db.row(
    "select 1 as one from tombstones where team_id = $1 and kind = 'message' and id = $2",
    [teamId, id],
  );
  return row !== null;
}
