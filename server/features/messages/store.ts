import type { Db } from "../../db/connect.ts";

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
  dotAt: Temporal.Instant | null;
  confirmation: "confirmed" | "unconfirmed" | "assumed" | null;
  lookAt: Temporal.Instant | null;
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
  dotAt: ["dot_at", "timestamptz"],
  confirmation: ["confirmation", "text"],
  lookAt: ["look_at", "timestamptz"],
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
