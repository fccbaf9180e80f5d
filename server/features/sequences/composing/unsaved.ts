// A mail that a user is writing, in the place of the mails of its step.

import { cleanHtml } from "../../../kernel/html.ts";
import type { MailStep } from "./commands.ts";

export type UnsavedMail = {
  /** Null for a step that is not saved yet. */
  stepId: string | null;
  subject: string | null;
  bodyHtml: string | null;
  isSigned: boolean;
  isReply: boolean;
};

/** A step that has no mail yet, or is turned off, comes last. */
export function withUnsaved(steps: readonly MailStep[], unsaved: UnsavedMail): MailStep[] {
  const { stepId, subject, bodyHtml, isSigned, isReply } = unsaved;
  const touch = {
    id: UNSAVED,
    type: isReply ? ("reply_to_thread" as const) : ("new_thread" as const),
    includeSignature: isSigned,
    genericPersonalizedOpener: null,
    personalizedOpenerFallbackOption: "send_without_opener" as const,
  };
  const template = { subject, bodyHtml: bodyHtml && cleanHtml(bodyHtml) };
  const mails = [{ id: UNSAVED, weight: 1, goesWithTouchId: null, touch, template }];
  if (steps.some(({ id }) => id === stepId))
    return steps.map((step) => (step.id === stepId ? { ...step, needsReview: false, mails } : step));
  const position = Math.max(0, ...steps.map((step) => step.position)) + 1;
  return [
    ...steps,
    { id: stepId ?? UNSAVED, position, type: "auto_email", versionId: null, needsReview: false, mails },
  ];
}

export const UNSAVED = "";
