import type { Db } from "../../../db/connect.ts";

export type DraftOfStep = {
  id: string;
  enrollmentId: string;
  stepId: string;
  userId: string | null;
  touchId: string | null;
  subject: string;
  bodyHtml: string;
  bodyText: string;
  attachmentIds: string[];
  inResponseTo: string | null;
  dueAt: Temporal.Instant;
};

/** One slot for each enrollment and step. A text that a user has written there stays, under the current mailbox. */
export function saveDrafts(db: Db, teamId: string, drafts: readonly DraftOfStep[], now: Temporal.Instant) {
  return db.rows<{ id: string; enrollmentId: string }>(
    `insert into messages as m (team_id, id, user_id, contact_id, account_id, mailbox_id, sequence_id, step_id, enrollment_id,
            touch_id, from_email, to_email, to_name, subject, body_html, body_text, attachment_ids, in_response_to, open_tracking, click_tracking,
            type, delivery, due_at, created_at, updated_at)
     select $1, n."id", n."userId", e.contact_id, c.account_id, e.mailbox_id, e.sequence_id, n."stepId", e.id, n."touchId",
            e.send_from_email, c.email, c.name, n."subject", n."bodyHtml", n."bodyText", n."attachmentIds",
            n."inResponseTo", coalesce(b.open_tracking, false), coalesce(b.click_tracking, false), 'outreach_manual_email', 'draft', n."dueAt", $3, $3
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "enrollmentId" text, "stepId" text, "userId" text, "touchId" text,
            "subject" text, "bodyHtml" text, "bodyText" text, "attachmentIds" text[], "inResponseTo" text,
            "dueAt" timestamptz)
       join enrollments e on e.team_id = $1 and e.id = n."enrollmentId"
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       left join mailboxes b on b.team_id = e.team_id and b.id = e.mailbox_id
     on conflict (team_id, enrollment_id, step_id) where enrollment_id is not null and step_id is not null and copy_of is null
     do update set delivery = 'draft', type = excluded.type, mailbox_id = excluded.mailbox_id, user_id = excluded.user_id,
            from_email = excluded.from_email, to_email = excluded.to_email, to_name = excluded.to_name,
            touch_id = coalesce(m.touch_id, excluded.touch_id), subject = coalesce(m.subject, excluded.subject),
            body_html = coalesce(m.body_html, excluded.body_html), body_text = coalesce(m.body_text, excluded.body_text),
            due_at = excluded.due_at, due_at_manually_changed = false, due_at_source = null, next_check_at = null, is_queued = false,
            hold_code = null, composed_at = null, updated_at = $3
      where m.delivery in ('draft', 'cancelled', 'failed')
     returning m.id, m.enrollment_id`,
    [teamId, JSON.stringify(drafts), now],
  );
}
