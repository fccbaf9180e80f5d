// What has come in: each mail once, as what it was taken for, and why.

import type { Db } from "../../../db/connect.ts";
import type { EnrollmentStatus } from "../../../domain/enrollments/enrollment.ts";
import type { HoldReason } from "../../../domain/receiving/answer-holds.ts";
import type { AnswerMatch } from "../../../domain/receiving/answered-mail.ts";
import type { Certainty, InboundKind, VerdictAction } from "../../../domain/receiving/inbound-verdict.ts";
import type { AttachedFile } from "../../../domain/receiving/incoming-mail.ts";
import { seesIncoming } from "../../access/sharing/sight-store.ts";
import { HOLD_OF_MAIL } from "../../contacts/answer-holds/store.ts";
import { type Suggested, suggestedOn } from "../model-suggestions/store.ts";

/** When its current state began, so that it can be put back if it was not changed since. */
export type Effects = {
  enrollments: { id: string; before: EnrollmentStatus; revision: number }[];
  suppressionIds: string[];
  /** Contacts who were marked because of it, and what stood there before. */
  bounced: { contactId: string; emailStatus: string | null }[];
  unsubscribed: string[];
};

export type IncomingRow = {
  id: string;
  mailboxId: string;
  contentKey: string;
  internetMessageId: string | null;
  folder: string;
  uid: number;
  kind: InboundKind;
  certainty: Certainty;
  action: VerdictAction | null;
  probability: number | null;
  tiedBy: AnswerMatch | null;
  messageId: string | null;
  contactId: string | null;
  enrollmentId: string | null;
  counts: boolean;
  replyClass: string | null;
  returnsOn: Temporal.PlainDate | null;
  bounceClass: "hard" | "soft" | "policy" | null;
  bounceCode: string | null;
  bouncedEmail: string | null;
  namedEmails: readonly string[];
  evidence: readonly { rule: string; where: string; quote: string; from?: number; to?: number }[];
  fromEmail: string | null;
  fromName: string | null;
  subject: string | null;
  bodyText: string | null;
  attachments: readonly AttachedFile[];
  setAside: string | null;
  question: "reply" | "unsubscribe" | "bounce" | null;
  needsPerson: boolean;
  taskId: string | null;
  effects: Effects | null;
  firstKind: string | null;
  overruledAt: Temporal.Instant | null;
  overruledBy: string | null;
  handledAt: Temporal.Instant | null;
  handledBy: string | null;
  snoozedUntil: Temporal.Instant | null;
  assignedTo: string | null;
  receivedAt: Temporal.Instant;
  processedAt: Temporal.Instant;
};

const COLUMNS: Record<keyof IncomingRow, [column: string, type: string]> = {
  id: ["id", "text"],
  mailboxId: ["mailbox_id", "text"],
  contentKey: ["content_key", "text"],
  internetMessageId: ["internet_message_id", "text"],
  folder: ["folder", "text"],
  uid: ["uid", "bigint"],
  kind: ["kind", "text"],
  certainty: ["certainty", "text"],
  action: ["action", "text"],
  probability: ["probability", "real"],
  tiedBy: ["tied_by", "text"],
  messageId: ["message_id", "text"],
  contactId: ["contact_id", "text"],
  enrollmentId: ["enrollment_id", "text"],
  counts: ["counts", "boolean"],
  replyClass: ["reply_class", "text"],
  returnsOn: ["returns_on", "date"],
  bounceClass: ["bounce_class", "text"],
  bounceCode: ["bounce_code", "text"],
  bouncedEmail: ["bounced_email", "text"],
  namedEmails: ["named_emails", "text[]"],
  evidence: ["evidence", "jsonb"],
  fromEmail: ["from_email", "text"],
  fromName: ["from_name", "text"],
  subject: ["subject", "text"],
  bodyText: ["body_text", "text"],
  attachments: ["attachments", "jsonb"],
  setAside: ["set_aside", "text"],
  question: ["question", "text"],
  needsPerson: ["needs_person", "boolean"],
  taskId: ["task_id", "text"],
  effects: ["effects", "jsonb"],
  firstKind: ["first_kind", "text"],
  overruledAt: ["overruled_at", "timestamptz"],
  overruledBy: ["overruled_by", "text"],
  handledAt: ["handled_at", "timestamptz"],
  handledBy: ["handled_by", "text"],
  snoozedUntil: ["snoozed_until", "timestamptz"],
  assignedTo: ["assigned_to", "text"],
  receivedAt: ["received_at", "timestamptz"],
  processedAt: ["processed_at", "timestamptz"],
};

const PAIRS = Object.entries(COLUMNS);
const NAMES = PAIRS.map(([, [column]]) => column).join(", ");
const VALUES = PAIRS.map(([key]) => `i."${key}"`).join(", ");
const TYPES = PAIRS.map(([key, [, type]]) => `"${key}" ${type}`).join(", ");

/** All of them in one statement. */
export function insertIncoming(db: Db, teamId: string, rows: readonly IncomingRow[]) {
  return db.run(
    `insert into incoming_mails (team_id, ${NAMES})
     select $1, ${VALUES} from jsonb_to_recordset($2::jsonb) as i (${TYPES})`,
    [teamId, JSON.stringify(rows)],
  );
}

const CHANGED = PAIRS.filter(([key]) => key !== "id");

/** Writes the whole row anew. */
export function rewriteIncoming(db: Db, teamId: string, row: IncomingRow) {
  return db.run(
    `update incoming_mails t set ${CHANGED.map(([key, [column]]) => `${column} = i."${key}"`).join(", ")}
       from jsonb_to_recordset($2::jsonb) as i (${TYPES})
      where t.team_id = $1 and t.id = i."id"`,
    [teamId, JSON.stringify([row])],
  );
}

/** A mail may come to several mailboxes at once, and a mailbox may be read by two: a team's mails are taken in in turn. */
export function holdIncoming(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('incoming ' || $1::text, 0))", [teamId]);
}

export async function knownKeys(db: Db, teamId: string, keys: readonly string[]) {
  const rows = await db.rows<{ contentKey: string }>(
    "select content_key from incoming_mails where team_id = $1 and content_key = any($2::text[])",
    [teamId, keys],
  );
  return new Set(rows.map(({ contentKey }) => contentKey));
}

/** Who owns the mailboxes: the users who are asked. */
export async function ownersOf(db: Db, teamId: string, mailboxIds: readonly string[]) {
  const rows = await db.rows<{ id: string; userId: string }>(
    "select id, user_id from mailboxes where team_id = $1 and id = any($2::text[])",
    [teamId, mailboxIds],
  );
  return new Map(rows.map(({ id, userId }) => [id, userId]));
}

const ROW = PAIRS.map(([, [column]]) => `i.${column}`).join(", ");

/** `viewerId`: whose sight it is limited to, here and below; null sees all. */
export function lockIncoming(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<IncomingRow>(
    `select ${ROW} from incoming_mails i where i.team_id = $1 and i.id = $2 and ${seesIncoming("$3", "i")} for update of i`,
    [teamId, id, viewerId],
  );
}

/** As it is shown: with whom it is from and where it came to. */
export type IncomingShown = IncomingRow & {
  contactName: string | null;
  accountName: string | null;
  mailboxEmail: string;
  suggestion: Suggested | null;
  /** Nothing automatic goes to who wrote it, as long as this is open. Times are text. */
  hold: { id: string; reason: HoldReason; since: string; until: string | null } | null;
};

export const SHOWN = `${ROW}, c.name as contact_name, a.name as account_name, b.email as mailbox_email,
  ${suggestedOn("incoming_mail_id", "i")} as suggestion,
  ${HOLD_OF_MAIL} as hold`;

export const AROUND = `incoming_mails i
  join mailboxes b on b.team_id = i.team_id and b.id = i.mailbox_id
  left join contacts c on c.team_id = i.team_id and c.id = i.contact_id
  left join accounts a on a.team_id = c.team_id and a.id = c.account_id`;

export async function showIncoming(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<IncomingShown>(
    `select ${SHOWN} from ${AROUND} where i.team_id = $1 and i.id = $2 and ${seesIncoming("$3", "i")}`,
    [teamId, id, viewerId],
  );
}

/** In the order of their ids, so that two people who see to the same ones wait for each other and no longer. */
export function lockToHandle(db: Db, teamId: string, ids: readonly string[], viewerId: string | null) {
  return db.rows<{
    id: string;
    kind: string;
    certainty: IncomingRow["certainty"];
    contactId: string | null;
    isHandled: boolean;
  }>(
    `select i.id, i.kind, i.certainty, i.contact_id, i.handled_at is not null as is_handled from incoming_mails i
      where i.team_id = $1 and i.id = any($2::text[]) and ${seesIncoming("$3", "i")} order by i.id for update of i`,
    [teamId, ids, viewerId],
  );
}

export function setHandled(
  db: Db,
  teamId: string,
  ids: readonly string[],
  handled: { at: Temporal.Instant; by: string } | null,
) {
  return db.run(
    "update incoming_mails set handled_at = $3, handled_by = $4, snoozed_until = null where team_id = $1 and id = any($2::text[])",
    [...[teamId, ids, handled?.at ?? null, handled?.by ?? null]],
  );
}

/**
 * Mails that need not be recognized again: servers number their mails anew only within the days that are then read
 * again.
 */
export function deleteOldUnrelated(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    `delete from incoming_mails
      where team_id = $1 and kind in ('unrelated', 'list', 'own') and message_id is null and contact_id is null
        and processed_at < $2`,
    [teamId, before],
  );
}

// How far a folder was read
