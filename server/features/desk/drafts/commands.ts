// Mails that people write: begun, changed, thrown away.

import type { Act } from "../../../app.ts";
import { DATED_BY_HAND, type Recipient } from "../../../domain/contacts/own-mails.ts";
import { mayEdit } from "../../../domain/identity/sharing.ts";
import { cleanHtml, textOf } from "../../../kernel/html.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findTemplate } from "../../editing/template-editing/commands.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { getSender } from "../../mailboxes/mailboxes/sender.ts";
import { findMessage } from "../../sending/messages/commands.ts";
import type { MessageRow } from "../../sending/messages/store.ts";
import { setReminder } from "../../sending/reminders/store.ts";
import { refuseUnknownAttachments } from "../../sequences/attachments/commands.ts";
import { composeAlone } from "../../sequences/composing/commands.ts";
import { getVisible, sequenceViewerOf } from "../../sequences/sequences/finding.ts";
import { linkMessage, lockTask } from "../../work/tasks/store.ts";
import { getPerson, getRecipient, isOwnStepMail, readCopies, refuseBarred } from "./recipients.ts";
import { planByHand, standAtStep } from "./sending.ts";
import * as store from "./store.ts";

type DraftText = { subject: string | null | undefined; bodyHtml: string | null | undefined };

type DraftWish = DraftText & {
  contactId: string | undefined;
  inResponseTo: string | undefined;
  recipients: readonly Recipient[];
  templateId: string | undefined;
  attachmentIds: readonly string[];
  mailboxId: string | undefined;
  sendFrom: string | null;
  isTracked: boolean;
  remindAfterDays: number | null;
  taskId: string | undefined;
};

/** Answers its id, and which variables of its template have no value for the contact. */
export async function createDraft(act: Act, wish: DraftWish) {
  const { db, caller, now } = act;
  const { teamId } = caller;
  const answered = wish.inResponseTo === undefined ? null : await findMessage(act, wish.inResponseTo);
  if (wish.inResponseTo !== undefined && !answered)
    throw new Refusal("unknown_id", { value: wish.inResponseTo });
  const contactId = wish.contactId ?? answered?.contactId;
  if (!contactId)
    throw new Refusal(answered ? "mail_contact_unknown" : "parameter_missing", { name: "contact_id" });
  const person = await getPerson(act, contactId);
  const { cc, bcc } = readCopies(wish.recipients, person);
  await refuseBarred(act, person, [...cc, ...bcc]);
  await refuseUnknownAttachments(act, wish.attachmentIds);
  const sender = await senderOf(act, wish, answered);
  const { missing, ...text } = await textFor(
    act,
    wish,
    { contactId, mailboxId: sender?.id ?? null },
    answered,
  );
  const draft = {
    id: newId(),
    userId: caller.userId,
    contactId,
    accountId: person.accountId,
    mailboxId: sender?.id ?? null,
    fromEmail: sender?.alias ?? null,
    ...text,
    ccEmails: cc,
    bccEmails: bcc,
    attachmentIds: wish.attachmentIds,
    isTracked: wish.isTracked,
    inResponseTo: answered?.id ?? null,
  };
  await store.insertDraft(db, teamId, draft, now);
  if (wish.remindAfterDays !== null) await remindAfter(act, draft.id, wish.remindAfterDays);
  if (wish.taskId !== undefined) await tieToTask(act, wish.taskId, draft.id);
  await tell(act, "message.drafted", draft);
  return { id: draft.id, missing };
}

/** The one that is named, that of the mail it answers, or one's own. */
async function senderOf(act: Act, wish: DraftWish, answered: MessageRow | null) {
  if (wish.mailboxId !== undefined) return getSender(act, wish.mailboxId, wish.sendFrom);
  const { db, caller } = act;
  const own = answered?.mailboxId ?? (await store.defaultMailboxOf(db, caller.teamId, caller.userId));
  return own === null ? null : { id: own, alias: null };
}

async function textFor(
  act: Act,
  wish: DraftWish,
  addressed: { contactId: string; mailboxId: string | null },
  answered: MessageRow | null,
) {
  const given = readText(wish);
  const written = wish.templateId === undefined ? null : await fromTemplate(act, wish.templateId, addressed);
  return {
    subject: given.subject ?? written?.subject ?? replying(answered?.subject ?? null),
    bodyHtml: given.bodyHtml ?? written?.html ?? null,
    bodyText: given.bodyText ?? written?.text ?? null,
    missing: written?.missing ?? [],
  };
}

async function fromTemplate(
  act: Act,
  id: string,
  addressed: { contactId: string; mailboxId: string | null },
) {
  const template = await findTemplate(act, id);
  if (!template) throw new Refusal("template_not_found", { id });
  return composeAlone(act, template, addressed);
}

function replying(subject: string | null) {
  return subject === null || /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

/** Cleaned, with its plain text; a line break in a subject would begin another header. */
function readText({ subject, bodyHtml }: DraftText) {
  const html = bodyHtml == null ? bodyHtml : cleanHtml(bodyHtml);
  return {
    subject: subject == null ? subject : subject.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim(),
    bodyHtml: html,
    bodyText: html == null ? html : textOf(html),
  };
}

async function tieToTask(act: Act, taskId: string, messageId: string) {
  const { db, caller, now } = act;
  const task = await lockTask(db, caller.teamId, taskId);
  if (!task) throw new Refusal("unknown_id", { value: taskId });
  if (task.userId !== caller.userId && caller.role !== "admin") throw new Refusal("mail_task_of_another");
  for (const id of await store.lockUntouchedDrafts(db, caller.teamId, taskId))
    await store.deleteMessage(db, caller.teamId, id, caller.userId, now);
  await linkMessage(db, caller.teamId, taskId, messageId, now);
}

type ChangeWish = Partial<DraftText> & {
  recipients?: readonly Recipient[] | undefined;
  attachmentIds?: readonly string[] | undefined;
  mailboxId?: string | undefined;
  sendFrom: string | null;
  isTracked?: boolean | undefined;
  /** Null takes the reminder away. */
  remindAfterDays?: number | null | undefined;
  /** Null takes a mail that was planned back to a draft. */
  dueAt?: Temporal.Instant | null | undefined;
};

export async function changeMessage(act: Act, id: string, wish: ChangeWish) {
  const { db, caller, now } = act;
  const { teamId } = caller;
  if (wish.dueAt) await holdStepOf(act, id);
  const message = await getChangeable(act, id);
  if (rewrites(wish)) {
    const next = await rewritten(act, message, wish);
    const isTheirs = wish.bodyHtml !== undefined || wish.subject !== undefined;
    await store.rewrite(db, teamId, next, isTheirs, now);
  }
  if (wish.remindAfterDays !== undefined) await remindAfter(act, id, wish.remindAfterDays);
  if (wish.dueAt === null && message.delivery === "planned") {
    if (message.enrollmentId) throw new Refusal("message_of_step");
    await store.backToDraft(db, teamId, id, now);
  } else if (wish.dueAt) {
    if (Temporal.Instant.compare(wish.dueAt, now) < 0) throw new Refusal("due_at_past");
    const { mailboxId, sendFrom } = wish;
    const fresh = (await findMessage(act, id)) ?? message;
    await planByHand(act, fresh, {
      dueAt: wish.dueAt,
      source: DATED_BY_HAND,
      mailboxId,
      sendFrom,
      touchReason: null,
    });
    return;
  }
  await tell(act, "message.changed", message);
}

function remindAfter({ db, caller }: Act, messageId: string, afterDays: number | null) {
  return setReminder(db, caller.teamId, { messageId, userId: caller.userId, afterDays });
}

async function holdStepOf(act: Act, id: string) {
  const message = await findMessage(act, id);
  if (message?.enrollmentId && message.delivery !== "failed")
    await standAtStep(act, message, message.enrollmentId);
}

function rewrites(wish: ChangeWish) {
  const { subject, bodyHtml, recipients, attachmentIds, mailboxId, isTracked } = wish;
  return [subject, bodyHtml, recipients, attachmentIds, mailboxId, isTracked].some(
    (one) => one !== undefined,
  );
}

async function getChangeable(act: Act, id: string) {
  const { db, caller } = act;
  await store.lockMessage(db, caller.teamId, id);
  const message = await findMessage(act, id);
  if (!message) throw new Refusal("record_not_found");
  if (message.delivery !== "draft" && message.delivery !== "planned") throw new Refusal("message_not_open");
  if (await store.isInDoubt(db, caller.teamId, id)) throw new Refusal("message_not_open");
  await refuseUnlessEditable(act, message);
  return message;
}

async function refuseUnlessEditable(act: Act, message: MessageRow) {
  const { sequenceId } = message;
  if (!sequenceId) return; // what is not in a sequence is seen by its writer and admins only
  if (await isOwnStepMail(act, message)) return;
  const sequence = await getVisible(act, sequenceId);
  if (!mayEdit(sequence, await sequenceViewerOf(act))) throw new Refusal("sequence_not_permitted");
}

async function rewritten(act: Act, message: MessageRow, wish: ChangeWish) {
  const { attachmentIds = message.attachmentIds, isTracked = message.openTracking } = wish;
  if (wish.attachmentIds) await refuseUnknownAttachments(act, wish.attachmentIds);
  const person = await getRecipient(act, message);
  const copies = wish.recipients
    ? readCopies(wish.recipients, person)
    : { cc: message.ccEmails, bcc: message.bccEmails };
  await refuseBarred(act, person, [...copies.cc, ...copies.bcc]);
  const isSteps = message.bodyHtml === null && message.enrollmentId !== null;
  if (wish.mailboxId !== undefined && message.enrollmentId) throw new Refusal("message_of_step");
  const sender =
    wish.mailboxId === undefined
      ? { id: message.mailboxId, alias: message.fromAlias }
      : await getSender(act, wish.mailboxId, wish.sendFrom);
  const given = readText({ subject: wish.subject, bodyHtml: wish.bodyHtml });
  // What a step will say is made from its template when it goes out: a user who writes their own writes the whole.
  if (isSteps && (given.bodyHtml == null) !== (given.subject == null))
    throw new Refusal("parameter_missing", { name: given.subject == null ? "subject" : "body_html" });
  return {
    id: message.id,
    subject: given.subject === undefined ? message.subject : given.subject,
    bodyHtml: given.bodyHtml === undefined ? message.bodyHtml : given.bodyHtml,
    bodyText: given.bodyText === undefined ? message.bodyText : given.bodyText,
    ccEmails: copies.cc,
    bccEmails: copies.bcc,
    attachmentIds,
    isTracked,
    mailboxId: sender.id,
    fromEmail: sender.alias,
  };
}

/** Drafts, and what a person has planned. What a step has made goes when its contact leaves the step. */
export async function deleteDraft(act: Act, id: string) {
  const { db, caller, now } = act;
  const message = await getChangeable(act, id);
  if (message.enrollmentId) throw new Refusal("message_of_step");
  await store.deleteMessage(db, caller.teamId, id, caller.userId, now);
  await tell(act, "message.deleted", message);
}

async function tell(act: Act, type: EventType, { id, contactId }: { id: string; contactId: string | null }) {
  await record(byCaller(act), { type, subject: { type: "message", id }, data: { contact_id: contactId } });
}
