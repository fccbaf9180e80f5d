import { setAsideSentence } from "../../../domain/basics/set-aside-words.ts";
import type { AttachedFile } from "../../../domain/receiving/incoming-mail.ts";
import { safeContentType, safeFileName } from "../../../domain/sequences/attached-files.ts";
import { stored } from "../../../kernel/moments.ts";
import { presentClass } from "../model-suggestions/present.ts";
import type { IncomingShown } from "./store.ts";

/** Times inside JSON come as Postgres writes them there. */
function printed(text: string) {
  return stored(Temporal.Instant.from(text));
}

export function presentIncoming(row: IncomingShown) {
  const { bounceClass, bounceCode: code, bouncedEmail: email, overruledAt, handledAt } = row;
  return {
    id: row.id,
    email_account_id: row.mailboxId,
    folder: row.folder,
    kind: row.kind,
    certainty: row.certainty,
    action: row.action,
    probability: row.probability,
    tied_by: row.tiedBy,
    emailer_message_id: row.messageId,
    contact_id: row.contactId,
    contact_campaign_status_id: row.enrollmentId,
    counts_as_response: row.counts,
    reply_class: row.replyClass,
    returns_on: row.returnsOn?.toString() ?? null,
    bounce: bounceClass && { class: bounceClass, code, email },
    named_emails: [...row.namedEmails],
    evidence: [...row.evidence],
    from_email: row.fromEmail,
    from_name: row.fromName,
    subject: row.subject,
    body_text: row.bodyText,
    attachments: row.attachments.map((file) => ({
      position: file.position,
      file_name: receivedFileName(file),
      content_type: safeContentType(file.type),
      size: file.size,
      is_inline: file.isInline,
    })),
    set_aside_reason: row.setAside,
    set_aside_says: setAsideSentence(row.setAside),
    question: row.question,
    needs_person: row.needsPerson,
    task_id: row.taskId,
    overruled: overruledAt && {
      at: stored(overruledAt),
      by_user_id: row.overruledBy,
      was: row.firstKind ?? row.kind,
    },
    snoozed_until: row.snoozedUntil && stored(row.snoozedUntil),
    assigned_to_user_id: row.assignedTo,
    handled: handledAt && { at: stored(handledAt), by_user_id: row.handledBy },
    is_open: (handledAt === null && (row.kind === "reply" || row.needsPerson)) || row.hold !== null,
    hold: row.hold && {
      reason: row.hold.reason,
      since: printed(row.hold.since),
      until: row.hold.until && printed(row.hold.until),
    },
    contact: row.contactId
      ? { id: row.contactId, name: row.contactName, account_name: row.accountName }
      : null,
    mailbox_email: row.mailboxEmail,
    suggestion: presentClass(row.suggestion),
    received_at: stored(row.receivedAt),
    processed_at: stored(row.processedAt),
  };
}

const ENDINGS: Readonly<Record<string, string>> = {
  "message/rfc822": "eml",
  "text/calendar": "ics",
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "text/plain": "txt",
  "text/html": "html",
};

/** Mail programs leave the names of pictures, invitations and forwarded emails out. */
export function receivedFileName({ name, type, position }: AttachedFile) {
  if (name.trim() !== "") return safeFileName(name);
  return `file-${position + 1}.${ENDINGS[type] ?? "bin"}`;
}
