import type { Db } from "../../../db/connect.ts";
import type { MailDeliveryState } from "../../../domain/insight/as-of.ts";
import type { HeldBy } from "../../../domain/insight/explaining.ts";

export type NewMessage = {
  id: string;
  userId: string | null;
  contactId: string;
  accountId: string | null;
  mailboxId: string | null;
  sequenceId: string;
  stepId: string;
  touchId: string | null;
  enrollmentId: string;
  type: "outreach_automatic_email" | "outreach_manual_email";
  delivery: "draft" | "planned" | "sent" | "failed";
  subject: string | null;
  bodyHtml: string | null;
  bodyText: string | null;
  fromEmail: string | null;
  fromName: string | null;
  toEmail: string | null;
  toName: string | null;
  providerMessageId: string | null;
  providerThreadId: string | null;
  dueAt: Temporal.Instant | null;
  releasedAt: Temporal.Instant | null;
  confirmation: "confirmed" | "unconfirmed" | "assumed" | null;
  nextCheckAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  failureReason: string | null;
  notSentReason: string | null;
  hasBounced: boolean | null;
  isHardBounce: boolean | null;
  isSpamBlocked: boolean | null;
  repliedAt: Temporal.Instant | null;
  replyClass: string | null;
  demoedAt: Temporal.Instant | null;
  unsubscribedAt: Temporal.Instant | null;
  numOpens: number;
  numClicks: number;
  openTracking: boolean;
  clickTracking: boolean;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

const COLUMNS: Record<keyof NewMessage, [column: string, type: string]> = {
  id: ["id", "text"],
  userId: ["user_id", "text"],
  contactId: ["contact_id", "text"],
  accountId: ["account_id", "text"],
  mailboxId: ["mailbox_id", "text"],
  sequenceId: ["sequence_id", "text"],
  stepId: ["step_id", "text"],
  touchId: ["touch_id", "text"],
  enrollmentId: ["enrollment_id", "text"],
  type: ["type", "text"],
  delivery: ["delivery", "text"],
  releasedAt: ["released_at", "timestamptz"],
  confirmation: ["confirmation", "text"],
  nextCheckAt: ["next_check_at", "timestamptz"],
  subject: ["subject", "text"],
  bodyHtml: ["body_html", "text"],
  bodyText: ["body_text", "text"],
  fromEmail: ["from_email", "text"],
  fromName: ["from_name", "text"],
  toEmail: ["to_email", "text"],
  toName: ["to_name", "text"],
  providerMessageId: ["provider_message_id", "text"],
  providerThreadId: ["provider_thread_id", "text"],
  dueAt: ["due_at", "timestamptz"],
  completedAt: ["completed_at", "timestamptz"],
  failedAt: ["failed_at", "timestamptz"],
  failureReason: ["failure_reason", "text"],
  notSentReason: ["not_sent_reason", "text"],
  hasBounced: ["has_bounced", "boolean"],
  isHardBounce: ["is_hard_bounce", "boolean"],
  isSpamBlocked: ["is_spam_blocked", "boolean"],
  repliedAt: ["replied_at", "timestamptz"],
  replyClass: ["reply_class", "text"],
  demoedAt: ["demoed_at", "timestamptz"],
  unsubscribedAt: ["unsubscribed_at", "timestamptz"],
  numOpens: ["num_opens", "int"],
  numClicks: ["num_clicks", "int"],
  openTracking: ["open_tracking", "boolean"],
  clickTracking: ["click_tracking", "boolean"],
  createdAt: ["created_at", "timestamptz"],
  updatedAt: ["updated_at", "timestamptz"],
};

const PAIRS = Object.entries(COLUMNS);
const NAMES = PAIRS.map(([, [column]]) => column).join(", ");
const VALUES = PAIRS.map(([key]) => `m."${key}"`).join(", ");
const TYPES = PAIRS.map(([key, [, type]]) => `"${key}" ${type}`).join(", ");

/** All of them in one statement. */
export function insertMessages(db: Db, teamId: string, messages: readonly NewMessage[]) {
  return db.run(
    `insert into messages (team_id, ${NAMES})
     select $1, ${VALUES} from jsonb_to_recordset($2::jsonb) as m (${TYPES})`,
    [teamId, JSON.stringify(messages)],
  );
}

/** A mail as it is shown: with its own words, or those of what it will be made from. */
export type MessageRow = {
  id: string;
  userId: string | null;
  contactId: string | null;
  accountId: string | null;
  mailboxId: string | null;
  sequenceId: string | null;
  stepId: string | null;
  touchId: string | null;
  enrollmentId: string | null;
  type: NewMessage["type"];
  delivery: MailDeliveryState;
  status: "drafted" | "scheduled" | "completed" | "failed";
  confirmation: "confirmed" | "unconfirmed" | "assumed" | null;
  subject: string | null;
  templateSubject: string | null;
  bodyHtml: string | null;
  bodyText: string | null;
  fromEmail: string | null;
  /** What stands in its own row: an alias that was chosen. */
  fromAlias: string | null;
  fromName: string | null;
  toEmail: string | null;
  toName: string | null;
  ccEmails: string[];
  bccEmails: string[];
  attachmentIds: string[];
  providerMessageId: string | null;
  providerThreadId: string | null;
  inResponseTo: string | null;
  dueAt: Temporal.Instant | null;
  dueAtSource: string | null;
  isDueAtManual: boolean;
  holdCode: string | null;
  holdEvidence: Record<string, unknown> | null;
  heldSince: Temporal.Instant | null;
  nextCheckAt: Temporal.Instant | null;
  releasedAt: Temporal.Instant | null;
  serverSaid: string | null;
  isComposed: boolean;
  isStepOfEnrollment: boolean;
  completedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  failureReason: string | null;
  notSentReason: string | null;
  hasBounced: boolean | null;
  isSpamBlocked: boolean | null;
  repliedAt: Temporal.Instant | null;
  replyClass: string | null;
  demoedAt: Temporal.Instant | null;
  numOpens: number;
  numClicks: number;
  openTracking: boolean;
  clickTracking: boolean;
  timeZone: string | null;
  sequenceName: string | null;
  sequenceDailyLimit: number | null;
  stepPosition: number | null;
  stepType: string | null;
  stepDailyLimit: number | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

const SHOWN = `
  select m.id, coalesce(m.user_id, b.user_id) as user_id, m.contact_id, m.account_id, m.mailbox_id, m.sequence_id, m.step_id,
         m.touch_id, m.enrollment_id, m.type, m.delivery, m.status, m.confirmation, m.subject, t.subject as template_subject,
         m.body_html, m.body_text, coalesce(m.from_email, e.send_from_email, b.email) as from_email, m.from_email as from_alias,
         coalesce(m.from_name, b.display_name, nullif(concat_ws(' ', u.first_name, u.last_name), '')) as from_name,
         coalesce(m.to_email, c.email) as to_email, coalesce(m.to_name, c.name) as to_name,
         m.cc_emails, m.bcc_emails, m.attachment_ids, coalesce(m.provider_message_id, m.internet_message_id) as provider_message_id,
         coalesce(m.provider_thread_id, m.thread_root) as provider_thread_id, m.in_response_to, m.due_at, m.due_at_source,
         m.due_at_manually_changed as is_due_at_manual, m.hold_code, m.hold_evidence, m.held_since, m.next_check_at, m.released_at,
         m.server_said, m.composed_at is not null as is_composed,
         coalesce(e.current_step_id = m.step_id, false) as is_step_of_enrollment, m.completed_at, m.failed_at,
         m.failure_reason, m.not_sent_reason, m.has_bounced, m.is_spam_blocked, m.replied_at, m.reply_class, m.demoed_at,
         m.num_opens, m.num_clicks, m.open_tracking, m.click_tracking, coalesce(c.time_zone, m.schedule_tz, d.time_zone) as time_zone,
         s.name as sequence_name, s.max_emails_per_day as sequence_daily_limit, p.position as step_position, p.type as step_type,
         p.max_emails_per_day as step_daily_limit, m.created_at, m.updated_at
    from messages m
    left join contacts c on c.team_id = m.team_id and c.id = m.contact_id
    left join mailboxes b on b.team_id = m.team_id and b.id = m.mailbox_id
    left join users u on u.team_id = m.team_id and u.id = coalesce(m.user_id, b.user_id)
    left join sequences s on s.team_id = m.team_id and s.id = m.sequence_id
    left join schedules d on d.team_id = s.team_id and d.id = s.schedule_id
    left join sequence_steps p on p.team_id = m.team_id and p.id = m.step_id
    left join step_touches x on x.team_id = m.team_id and x.id = m.touch_id
    left join templates t on t.team_id = x.team_id and t.id = x.template_id
    left join enrollments e on e.team_id = m.team_id and e.id = m.enrollment_id
   where m.team_id = $1 and m.status is not null and m.copy_of is null`;

/** In the order of the ids. What is never shown (slots that were skipped or canceled, copies) is left out. */
export function readMessages(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<MessageRow>(
    `${SHOWN} and m.id = any($2::text[]) order by array_position($2::text[], m.id::text)`,
    [teamId, ids],
  );
}

export type MessageEvent = {
  id: string;
  messageId: string;
  contactId: string | null;
  type: "open" | "click" | "reply" | "bounce" | "unsubscribe";
  at: Temporal.Instant;
  isMachine: boolean;
  userAgent: string | null;
  url: string | null;
};

/** The last so many of each mail, newest first. */
export function lastEventsOf(db: Db, teamId: string, ids: readonly string[], most: number) {
  return db.rows<MessageEvent>(
    `select v.id, v.message_id, v.contact_id, v.type, v.at, v.is_machine, v.user_agent, k.url
       from unnest($2::text[]) as w (id)
      cross join lateral (select * from message_events e where e.team_id = $1 and e.message_id = w.id
                           order by e.at desc, e.id desc limit $3::int) v
       left join message_links k on k.team_id = $1 and k.message_id = v.message_id and k.position = v.link
      order by v.at desc, v.id desc`,
    [teamId, ids, most],
  );
}

/** How a mail that waits would read; without a body where it could not be composed. */
export type MailPreview = { subject: string | null; html: string | null; text: string | null };

/** With what was seen of it, and what it waits for. */
export type WholeMessage = {
  row: MessageRow;
  events: readonly MessageEvent[];
  hold: HeldBy | null;
  preview: MailPreview | null;
  remindAfterDays: number | null;
};

export type SeenLast = { type: MessageEvent["type"]; isMachine: boolean; at: Temporal.Instant };

/** When each kind of thing was last seen of a mail. */
export function lastSeen(db: Db, teamId: string, id: string) {
  return db.rows<SeenLast>(
    `select type, is_machine, max(at) as at from message_events where team_id = $1 and message_id = $2 group by 1, 2`,
    [teamId, id],
  );
}
