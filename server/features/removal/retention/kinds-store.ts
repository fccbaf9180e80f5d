// What each kind of data is, which of it is old, and what becomes of it. In all statements $1 is the team and $2 the moment before
// which it is old. No text of an email that may still be sent is deleted, and no contact that a user or a sequence still works with.

import type { RetentionKind } from "../../../domain/contacts/retention.ts";

type Kind = {
  /** Whose records are gone through, as `o`, in the order of their ids. */
  table: string;
  /** SQL: it is old, and there is something to delete. */
  isOld: string;
  /** SQL: how old it is. */
  since: string;
  /** So many at once. */
  batch: number;
  /** SQL, in this order: $2 are the ids. Contacts go the way of those that a user deletes. */
  deletes: readonly string[] | "as a user does";
};

const none = (sql: string) => `not exists (select from ${sql})`;

/** Newest first: most contacts of a team are told apart by the first lines. */
const NOBODY_WORKS_WITH = [
  // A new contact was changed when it was created.
  "o.updated_at < $2",
  "coalesce(o.last_activity_at < $2, true)",
  none(
    "enrollments e where e.team_id = $1 and e.contact_id = o.id and (e.state in ('active', 'paused') or e.added_at >= $2)",
  ),
  none(
    "messages m where m.team_id = $1 and m.contact_id = o.id and (m.created_at >= $2 or m.delivery not in ('sent', 'failed', 'skipped', 'cancelled'))",
  ),
  none(
    "incoming_mails i where i.team_id = $1 and i.contact_id = o.id and (i.received_at >= $2 or i.needs_person)",
  ),
  none(
    "tasks t where t.team_id = $1 and t.contact_id = o.id and (t.status = 'scheduled' or t.updated_at >= $2)",
  ),
  none("calls k where k.team_id = $1 and k.contact_id = o.id and coalesce(k.started_at, k.created_at) >= $2"),
  none(
    "bookings b where b.team_id = $1 and b.contact_id = o.id and (b.booked_at >= $2 or b.starts_at >= $2)",
  ),
  none(
    "note_contacts n join notes w on w.team_id = $1 and w.id = n.note_id where n.team_id = $1 and n.contact_id = o.id and w.updated_at >= $2",
  ),
  none(
    "conversation_participants p join conversations v on v.team_id = $1 and v.id = p.conversation_id where p.team_id = $1 and p.contact_id = o.id and v.started_at >= $2",
  ),
  none(
    `deal_contacts r join deals d on d.team_id = $1 and d.id = r.deal_id left join deal_stages s on s.team_id = $1 and s.id = d.stage_id
      where r.team_id = $1 and r.contact_id = o.id and (not coalesce(s.is_closed, false) or d.updated_at >= $2)`,
  ),
].join("\n and ");

export const KINDS: Readonly<Record<RetentionKind, Kind>> = {
  contacts: {
    table: "contacts",
    isOld: NOBODY_WORKS_WITH,
    since: "greatest(o.created_at, o.updated_at, o.last_activity_at)",
    batch: 200,
    deletes: "as a user does",
  },

  // Subject, recipient and times stay, so that lists, reports and explanations say the same as before.
  email_texts: {
    table: "messages",
    isOld: `o.delivery in ('sent', 'failed', 'skipped', 'cancelled') and o.created_at < $2 and coalesce(o.completed_at, o.failed_at, o.updated_at) < $2
      and (o.body_text is not null or o.body_html is not null)
      and (o.delivery = 'sent' or ${none("enrollments e where e.team_id = $1 and e.id = o.enrollment_id and e.state in ('active', 'paused')")})`,
    since: "coalesce(o.completed_at, o.failed_at, o.updated_at)",
    batch: 1_000,
    deletes: [
      "update messages set body_text = null, body_html = null where team_id = $1 and id = any($2::text[])",
      "update message_events set user_agent = null where team_id = $1 and message_id = any($2::text[]) and user_agent is not null",
    ],
  },

  reply_texts: {
    table: "incoming_mails",
    isOld: "o.received_at < $2 and not o.needs_person and o.body_text is not null",
    since: "o.received_at",
    batch: 1_000,
    deletes: [
      "delete from reply_examples where team_id = $1 and incoming_mail_id = any($2::text[])",
      "delete from model_suggestions where team_id = $1 and incoming_mail_id = any($2::text[])",
      "update incoming_mails set body_text = null, attachments = '[]', evidence = '[]', named_emails = '{}' where team_id = $1 and id = any($2::text[])",
    ],
  },

  call_notes: {
    table: "calls",
    isOld:
      "coalesce(o.started_at, o.created_at) < $2 and (o.note is not null or o.recording_url is not null)",
    since: "coalesce(o.started_at, o.created_at)",
    batch: 1_000,
    deletes: [
      "update calls set note = null, recording_url = null where team_id = $1 and id = any($2::text[])",
    ],
  },

  notes: {
    table: "notes",
    isOld: "o.updated_at < $2",
    since: "o.updated_at",
    batch: 1_000,
    deletes: ["delete from notes where team_id = $1 and id = any($2::text[])"],
  },

  conversations: {
    table: "conversations",
    isOld: "o.started_at < $2",
    since: "o.started_at",
    batch: 200,
    deletes: ["delete from conversations where team_id = $1 and id = any($2::text[])"],
  },

  dmarc_reports: {
    table: "dmarc_reports",
    isOld: "o.ends_at < $2",
    since: "o.ends_at",
    batch: 200,
    deletes: ["delete from dmarc_reports where team_id = $1 and id = any($2::text[])"],
  },
};
