// What a mail will say, to whom and in which thread, decided when it is claimed. What was composed for an attempt
// that may have arrived is not composed again.

import { copiesAmong, type Recipient } from "../../../domain/contacts/own-mails.ts";
import type { MailOfStep } from "../../../domain/gate/gate-facts.ts";
import { replying } from "../../../domain/templates/composing.ts";
import { dressMail } from "../../../domain/templates/dressing.ts";
import type { By } from "../../events/events/store.ts";
import {
  asking,
  isReaddressed,
  type Surrounded,
  type Surroundings,
  surroundingsOf,
} from "../../gate/facts/gate-facts.ts";
import type { SendingRow } from "../../gate/facts/sending-store.ts";
import * as store from "../../gate/outbox-rows/store.ts";
import type { MailboxForSending } from "../../mailboxes/mailboxes/store.ts";
import { previewFirstMails } from "../../sequences/composing/commands.ts";
import { optOutLineOf } from "../links/store.ts";

export type WrittenContent = {
  /** What the gate asks of it; null for what a person wrote. */
  facts: MailOfStep | null;
  content: store.MailContent;
  openTracking: boolean;
  clickTracking: boolean;
};

/** A mail with what surrounds it, and with its words where it has new ones. */
export type ComposedMails = {
  mails: (Surrounded & { written: WrittenContent | null })[];
  surroundings: Surroundings;
};

/** The mailboxes that the mails leave from. `sending`: what they have sent, where it was read a moment ago. */
export type Senders = {
  all: ReadonlyMap<string, MailboxForSending>;
  sending: readonly SendingRow[] | null;
};

/** Where the links of its mails lead. */
type LinksAt = (sender: MailboxForSending) => string;

export async function compose(
  by: By,
  slots: readonly store.Slot[],
  { all, sending }: Senders,
  linksAt: LinksAt,
): Promise<ComposedMails> {
  const surroundings = await surroundingsOf(by, slots, sending);
  const written = await writeMails(by, surroundings.mails, all, linksAt);
  const mails = surroundings.mails.map((mail) => ({ ...mail, written: written.get(mail.slot.id) ?? null }));
  return { mails, surroundings };
}

/** By slot. A mail that is not in it has nothing new to say: it was written before. */
async function writeMails(by: By, mails: readonly Surrounded[], senders: Senders["all"], linksAt: LinksAt) {
  const written = new Map<string, WrittenContent>();
  const fresh = mails.filter((mail) => !mail.slot.isComposed || isReaddressed(mail, mail.slot.toEmail));
  const alike = Map.groupBy(fresh, ({ slot }) => `${slot.sequenceId} ${slot.stepId} ${isTemplated(slot)}`);
  const [parents, lines, groups] = await Promise.all([
    parentsOf(by, fresh),
    optOutLinesOf(by, fresh, senders),
    Promise.all([...alike.values()].map(async (own) => [own, await previewsOf(by, own)] as const)),
  ]);
  for (const [own, previews] of groups)
    for (const mail of own) {
      const sender = senders.get(mail.slot.mailboxId);
      if (!sender) continue;
      const parent = parents.get(mail.slot.inResponseTo ?? mail.slot.enrollmentId ?? "") ?? null;
      const preview = previews?.get(mail.row?.contactId ?? "") ?? null;
      const one = preview
        ? fromTemplate(by, mail, preview, parent, sender)
        : byHand(by, mail, parent, sender);
      const line = lines.get(sender.userId) ?? null;
      if (one) written.set(mail.slot.id, mail.row ? ending(one, mail.slot, line, linksAt(sender)) : one);
    }
  return written;
}

/** By user. Only mails of sequences carry it. */
async function optOutLinesOf({ db, teamId }: By, mails: readonly Surrounded[], senders: Senders["all"]) {
  const ofSequences = mails.filter(({ row }) => row);
  const userIds = new Set(ofSequences.flatMap(({ slot }) => senders.get(slot.mailboxId)?.userId ?? []));
  return new Map(
    await Promise.all([...userIds].map(async (id) => [id, await optOutLineOf(db, teamId, id)] as const)),
  );
}

/** With the line that lets its reader go. Every mail of a sequence carries the headers that do, also without it. */
function ending(
  mail: WrittenContent,
  { token }: store.Slot,
  line: string | null,
  linksAt: string,
): WrittenContent {
  if (line === null || !token) return mail;
  const { content } = mail;
  const { html, text } = dressMail({
    html: content.bodyHtml ?? "",
    text: content.bodyText ?? "",
    token,
    linksAt,
    tracksOpens: false,
    tracksClicks: false,
    unsubscribe: { line, plusAddress: null },
  });
  return { ...mail, content: { ...content, bodyHtml: html, bodyText: text } };
}

/** As it leaves: with the links and the picture that are counted, where the mailbox counts them. */
export function dressed(claim: store.ClaimedOutboxMail, linksAt: string, plusAddress: string | null) {
  return dressMail({
    html: claim.bodyHtml ?? "",
    text: claim.bodyText ?? "",
    token: claim.token ?? "",
    linksAt,
    tracksOpens: claim.openTracking,
    tracksClicks: claim.clickTracking,
    unsubscribe: { line: null, plusAddress },
  });
}

/** A person's own words are sent as they stand. */
function isTemplated({ type, enrollmentId, bodyHtml }: store.Slot) {
  return enrollmentId !== null && (type === "outreach_automatic_email" || bodyHtml === null);
}

type Preview = Awaited<ReturnType<typeof previewFirstMails>>[number];

async function previewsOf(by: By, mails: readonly Surrounded[]) {
  const [first] = mails;
  const sequenceId = first?.row?.sequenceId;
  const stepId = first?.slot.stepId;
  if (!first || !sequenceId || !stepId || !isTemplated(first.slot)) return null;
  if (!first.around?.steps.some(({ id, isOn }) => id === stepId && isOn)) return null; // the gate says so
  const enrollments = mails.flatMap(({ row, slot: { mailboxId } }) =>
    row ? [{ contactId: row.contactId, mailboxId }] : [],
  );
  const previews = await previewFirstMails(asking(by), { sequenceId, stepId, enrollments }, first.around);
  return new Map(previews.map((preview) => [preview.contactId, preview]));
}

async function parentsOf({ db, teamId }: By, mails: readonly Surrounded[]) {
  const parents = new Map<string, store.Parent>();
  const answered = mails.flatMap(({ slot }) => slot.inResponseTo ?? []);
  if (answered.length > 0)
    for (const row of await store.answeredMails(db, teamId, answered)) parents.set(row.id, row);
  const ids = mails.flatMap(({ slot }) => slot.enrollmentId ?? []);
  if (ids.length === 0) return parents;
  for (const row of await store.parentsOf(db, teamId, ids))
    if (row.enrollmentId) parents.set(row.enrollmentId, row);
  return parents;
}

function fromTemplate(
  by: By,
  mail: Surrounded,
  { touchId, mail: composed, fault }: Preview,
  parent: store.Parent | null,
  sender: MailboxForSending,
): WrittenContent {
  const touch = mail.around?.touches.find(({ id }) => id === touchId);
  const isReply = touch?.type === "reply_to_thread";
  return {
    facts: {
      touchId,
      isReply,
      hasParent: parent !== null,
      missing: composed?.missing ?? [],
      fault: fault?.sentence ?? null,
    },
    content: {
      ...addressed(by, mail, sender),
      touchId,
      subject: isReply ? replying(composed?.subject ?? "", parent?.subject ?? "") : (composed?.subject ?? ""),
      bodyHtml: composed?.html ?? "",
      bodyText: composed?.text ?? "",
      attachmentIds: [...(touch?.attachmentIds ?? [])],
      ...threadedTo(isReply ? parent : null, sender),
    },
    openTracking: sender.openTracking,
    clickTracking: sender.clickTracking,
  };
}

function byHand(
  by: By,
  mail: Surrounded,
  parent: store.Parent | null,
  sender: MailboxForSending,
): WrittenContent | null {
  const { slot } = mail;
  if (isTemplated(slot)) return null;
  return {
    facts: null,
    content: {
      ...addressed(by, mail, sender),
      touchId: slot.touchId,
      subject: slot.subject ?? "",
      bodyHtml: slot.bodyHtml ?? "",
      bodyText: slot.bodyText ?? "",
      attachmentIds: slot.attachmentIds,
      ...threadedTo(slot.inResponseTo || /^re:/i.test(slot.subject ?? "") ? parent : null, sender),
    },
    openTracking: slot.openTracking, // as its author chose
    clickTracking: slot.clickTracking,
  };
}

function addressed({ now }: By, { slot, row, person, around }: Surrounded, sender: MailboxForSending) {
  const toEmail = row?.email ?? person?.email ?? slot.toEmail;
  const written = [
    ...copiesOf("cc", slot.ccEmails, around?.sequence.ccEmails),
    ...copiesOf("bcc", slot.bccEmails, around?.sequence.bccEmails),
  ];
  const { cc, bcc } = copiesAmong(written, toEmail);
  return {
    fromEmail: fromOf(slot, sender),
    fromName: sender.displayName ?? slot.fromName,
    toEmail,
    toName: row?.contactName ?? person?.name ?? slot.toName,
    ccEmails: cc,
    bccEmails: bcc,
    composedAt: now,
  };
}

/** What stands with the mail, else what the sequence says. */
function copiesOf(kind: "cc" | "bcc", own: readonly string[], ofSequence: string | undefined): Recipient[] {
  const emails = own.length > 0 ? own : (ofSequence ?? "").split(/[,;\s]+/);
  return emails.filter((email) => email.includes("@")).map((email) => ({ email, kind }));
}

/** An alias that was chosen, while the mailbox still has it; the gate stops what a sequence sends from one that is gone. */
function fromOf({ fromEmail }: store.Slot, { email, aliases }: MailboxForSending) {
  return fromEmail && aliases.includes(fromEmail) ? fromEmail : email;
}

/** From another mailbox it begins a thread of its own: there the first mail was never sent. */
function threadedTo(parent: store.Parent | null, { id }: MailboxForSending) {
  if (!parent || parent.mailboxId !== id) return { inReplyTo: null, referenceIds: [], threadRoot: null };
  return {
    inReplyTo: parent.internetId,
    referenceIds: [...parent.referenceIds, parent.internetId],
    threadRoot: parent.threadRoot ?? parent.internetId,
  };
}
