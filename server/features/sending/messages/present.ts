import { readableUserAgent } from "../../../domain/basics/user-agent.ts";
import { SENT_BY_HAND } from "../../../domain/contacts/own-mails.ts";
import { isBlank } from "../../../domain/sending/mail-words.ts";
import { computed, computedOrNull, stored, storedOrNull } from "../../../kernel/moments.ts";
import { say } from "../../../kernel/say.ts";
import type { MessageEvent, MessageRow, SeenLast, WholeMessage } from "./store.ts";

export function presentMessage({ row, events, hold, preview, remindAfterDays }: WholeMessage) {
  const hasPreview = preview !== null && preview.html !== null;
  return {
    id: row.id,
    user_id: row.userId,
    contact_id: row.contactId,
    account_id: row.accountId,
    email_account_id: row.mailboxId,
    emailer_campaign_id: row.sequenceId,
    emailer_step_id: row.stepId,
    emailer_touch_id: row.touchId,
    crm_id: null,
    provider_message_id: row.providerMessageId,
    provider_thread_id: row.providerThreadId,
    conversation_id: null,
    status: row.status,
    type: row.type,
    due_at: computedOrNull(row.dueAt),
    due_at_source: row.dueAtSource,
    due_at_manually_changed: row.isDueAtManual,
    completed_at: computedOrNull(row.completedAt),
    ...presentFailure(row),
    schedule_delayed_reason: hold?.code ?? null,
    schedule_delayed_limit_reason: hold?.code.startsWith("limit:") ? hold.code.slice("limit:".length) : null,
    ai_variables_status: null,
    schedule_delayed_reason_details: hold && {
      sentence: hold.rule,
      since: storedOrNull(hold.since),
      until: storedOrNull(hold.until),
    },
    async_sending: isOnItsWay(row),
    needs_dynamic_assemble: isBlank(row),
    is_preview: hasPreview,
    created_at: stored(row.createdAt),
    time_zone: row.timeZone,
    bounce: row.hasBounced ?? (row.status === "completed" ? false : null),
    spam_blocked: row.isSpamBlocked ?? (row.status === "completed" ? false : null),
    replied: row.repliedAt ? row.replyClass !== "out_of_office" : null,
    reply_class: row.replyClass,
    demoed: row.demoedAt ? true : null,
    num_opens: row.numOpens,
    num_clicks: row.numClicks,
    emailer_message_events: events.map(presentMessageEvent),
    enable_tracking: row.openTracking || row.clickTracking,
    open_tracking_enabled: row.openTracking,
    click_tracking_enabled: row.clickTracking,
    tracking_disabled_reason: null,
    subject: row.subject ?? preview?.subject ?? (isBlank(row) ? row.templateSubject : null),
    body_html: row.bodyHtml ?? preview?.html ?? null,
    body_text: row.bodyText ?? preview?.text ?? null,
    body_html_loaded: row.bodyHtml !== null || hasPreview,
    appendment_html: null,
    appendment_html_loaded: false,
    attachment_ids: row.attachmentIds,
    personalized_opener: null,
    sensitive_info_redacted: null,
    ...presentPeople(row),
    campaign_name: row.sequenceName,
    campaign_position: row.stepPosition,
    campaign_max_emails_per_day: row.sequenceDailyLimit,
    step_max_emails_per_day: row.stepDailyLimit,
    in_response_to_emailer_message_id: row.inResponseTo,
    delivery_confirmation: confirmationOf(row),
    remind_after_days: remindAfterDays,
  };
}

function presentPeople(row: MessageRow) {
  const { toName, toEmail, fromName, fromEmail, ccEmails, bccEmails, mailboxId } = row;
  return {
    to_name: toName,
    to_email: toEmail,
    from_name: fromName,
    from_email: fromEmail,
    cc_emails: ccEmails,
    bcc_emails: bccEmails,
    send_from: {
      email: fromEmail,
      raw_name: fromName,
      recipient_type_cd: null,
      contact_id: null,
      user_id: null,
    },
    recipients: recipientsOf(row).map(({ email, kind }) => ({
      email,
      raw_name: kind === "to" ? toName : null,
      recipient_type_cd: kind,
      contact_id: kind === "to" ? row.contactId : null,
      user_id: null,
    })),
    send_from_info: mailboxId && fromEmail ? `${mailboxId}***${fromEmail}` : null,
  };
}

export function recipientsOf({ toEmail, ccEmails, bccEmails }: MessageRow) {
  const of = (kind: "to" | "cc" | "bcc", emails: readonly string[]) =>
    emails.map((email) => ({ email, kind }));
  return [...of("to", toEmail === null ? [] : [toEmail]), ...of("cc", ccEmails), ...of("bcc", bccEmails)];
}

/** An engine is sending it, or was and the outcome is unknown, or it was asked for just now. */
export function isOnItsWay({ delivery, dueAtSource }: MessageRow) {
  return (
    ["claimed", "dot", "unconfirmed"].includes(delivery) ||
    (delivery === "planned" && dueAtSource === SENT_BY_HAND)
  );
}

function confirmationOf({ delivery, confirmation }: MessageRow) {
  if (delivery === "unconfirmed") return "unconfirmed" as const;
  return delivery === "sent" ? (confirmation ?? ("confirmed" as const)) : null;
}

function presentMessageEvent(event: MessageEvent) {
  return {
    id: event.id,
    type: event.type,
    created_at: stored(event.at),
    contact_id: event.contactId,
    emailer_message_id: event.messageId,
    readable_user_agent: readableUserAgent(event.userAgent),
    third_party_tracking_service: null,
    state: null,
    country: null,
    is_machine: event.isMachine,
    url: event.url,
  };
}

type Activity = { message: ReturnType<typeof presentMessage>; events: readonly MessageEvent[] };

/** The mail first, then what was seen of it, kind by kind, the latest first; people before machines. */
export function presentActivities({ message, events }: Activity) {
  const groups = Map.groupBy(events, ({ type, isMachine }) => `${type} ${isMachine}`);
  return [
    {
      id: message.id,
      type: "emailer_message" as const,
      emailer_message_id: message.id,
      emailer_message: message,
    },
    ...[...groups.values()].flatMap((group) => {
      const [latest] = group;
      if (!latest) return [];
      return {
        id: latest.id,
        type: "emailer_message_events_group" as const,
        event_group_type: latest.type,
        is_machine: latest.isMachine,
        emailer_message_events: group.map(presentMessageEvent),
      };
    }),
  ];
}

/** By people. */
export function presentLastSeen(seen: readonly SeenLast[]) {
  const last = (wanted: MessageEvent["type"]) =>
    storedOrNull(seen.find(({ type, isMachine }) => type === wanted && !isMachine)?.at ?? null);
  return { last_opened_at: last("open"), last_clicked_at: last("click") };
}

export function presentContent(row: MessageRow, format: "plain" | "html") {
  return {
    id: row.id,
    subject: row.subject,
    body: format === "html" ? row.bodyHtml : row.bodyText,
    body_format: format,
    status: "completed" as const,
    sent_at: row.completedAt && computed(row.completedAt).replace(/\.\d{3}/, ""),
    recipients: recipientsOf(row).map(({ email, kind }) => ({ email, type: kind })),
  };
}

const ASK_AGAIN_SECONDS = 10;

export function presentSendStatus({ row, hold }: WholeMessage) {
  const { id, status } = row;
  switch (status) {
    case "completed":
      return {
        id,
        status,
        message: say("The email has been sent."),
        ...(row.completedAt && { completed_at: computed(row.completedAt) }),
      };
    case "failed":
      return {
        id,
        status,
        message: say("The email could not be sent."),
        not_sent_reason: row.notSentReason,
        failure_reason: row.failureReason,
        ...(row.failedAt && { failed_at: computed(row.failedAt) }),
      };
    case "drafted":
      return { id, status, message: say("The email is a draft. It is sent when a user sends it.") };
    case "scheduled":
      return { id, status, message: waits(row, hold?.rule ?? null), retry_after_seconds: ASK_AGAIN_SECONDS };
  }
}

/** The row of an email that is tried again keeps why it failed, because the brakes count it. The email itself has not failed now. */
function presentFailure({ status, failedAt, failureReason, notSentReason }: MessageRow) {
  if (status !== "failed") return { failed_at: null, failure_reason: null, not_sent_reason: null };
  return {
    failed_at: computedOrNull(failedAt),
    failure_reason: failureReason,
    not_sent_reason: notSentReason,
  };
}

function waits(row: MessageRow, rule: string | null) {
  if (row.delivery === "unconfirmed")
    return say(
      "Delivery is not confirmed: the mail server's answer was lost. Cadenza is checking whether the email arrived.",
    );
  if (isOnItsWay(row))
    return rule ? say("The email is about to be sent. {rule}", { rule }) : say("The email is being sent.");
  return rule ? say("The email is scheduled. {rule}", { rule }) : say("The email is scheduled.");
}
