// The mails of a story: one variant of a step, written to one person.

import type { NewMessage } from "../features/sending/messages/store.ts";
import { newId } from "../kernel/ids.ts";
import { HOUR, instant } from "./acting.ts";
import type { Chance } from "./chance.ts";
import type { PlantedStep } from "./plant-sequences.ts";
import type { Cast } from "./story.ts";

export function mailFor(
  chance: Chance,
  { contact, sequence, sender }: Cast,
  step: PlantedStep,
  enrollmentId: string,
  createdAt: number,
): NewMessage {
  const touch = chance.pick(step.touches);
  const fill = (text: string) =>
    text
      .replaceAll("{{first_name}}", contact.firstName)
      .replaceAll("{{company}}", contact.company)
      .replaceAll("{{city}}", contact.city)
      .replaceAll("{{sender_first_name}}", sender.name.split(" ")[0] ?? "");
  return {
    ...NOTHING_YET,
    id: newId(),
    userId: sender.userId,
    contactId: contact.id,
    accountId: contact.accountId,
    mailboxId: sender.mailboxId,
    sequenceId: sequence.id,
    stepId: step.id,
    touchId: touch.id,
    enrollmentId,
    type: step.type === "manual_email" ? "outreach_manual_email" : "outreach_automatic_email",
    delivery: "planned",
    subject: fill(touch.subject ?? `Re: ${sequence.firstSubject}`),
    bodyHtml: fill(touch.bodyHtml ?? ""),
    bodyText: fill(touch.bodyText ?? ""),
    fromEmail: sender.email,
    fromName: sender.name,
    toEmail: contact.email,
    toName: contact.name,
    createdAt: instant(createdAt),
    updatedAt: instant(createdAt),
  };
}

const NOTHING_YET = {
  providerMessageId: null,
  providerThreadId: null,
  dueAt: null,
  releasedAt: null,
  nextCheckAt: null,
  confirmation: null,
  completedAt: null,
  failedAt: null,
  failureReason: null,
  notSentReason: null,
  hasBounced: null,
  isHardBounce: null,
  isSpamBlocked: null,
  repliedAt: null,
  replyClass: null,
  demoedAt: null,
  unsubscribedAt: null,
  numOpens: 0,
  numClicks: 0,
  openTracking: true,
  clickTracking: true,
};

/** What sending leaves on a mail. */
export function sentMailFacts(id: string, at: number) {
  return {
    delivery: "sent" as const,
    releasedAt: instant(at),
    confirmation: "confirmed" as const,
    dueAt: instant(at),
    completedAt: instant(at),
    updatedAt: instant(at),
    providerMessageId: `<${id}@mail.example>`,
  };
}

/** Whether the contact opened it and clicked, no later than `until`. A contact who replies has read it. */
export function openings(chance: Chance, at: number, until: number, isRead: boolean) {
  const openedAt = Math.min(until, at + HOUR * (0.1 + 30 * chance.next() ** 3));
  const isOpened = openedAt > at && (isRead || chance.happens(0.46));
  const isClicked = isOpened && chance.happens(isRead ? 0.3 : 0.09);
  return {
    counts: { numOpens: isOpened ? chance.whole(1, 4) : 0, numClicks: isClicked ? chance.whole(1, 2) : 0 },
    openedAt: isOpened ? openedAt : null,
    clickedAt: isClicked ? openedAt : null,
  };
}
