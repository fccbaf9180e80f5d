// Rows of the gate's table (gate.ts). What the mail says, and whether this database may send.

import { type Check, fails, waits } from "./gate-rules.ts";

export const OF_MAIL = {
  needs_review: {
    ...waits({
      of: "automatic",
      about: "step",
      locks: ["gates"],
      lifts: ["user"],
      notByHand: true,
      lookAgain: { hours: 1 },
    }),
    look: ({ step }) =>
      step && step.approvedMails === 0
        ? { evidence: { stepId: step.id, position: step.position, mails: step.mails } }
        : null,
  },
  mail_unreadable: {
    ...fails("other_safeguard", { of: "automatic", about: "step", locks: ["gates"], lifts: ["user"] }),
    look: ({ mail }) => (mail?.fault ? { evidence: { touchId: mail.touchId, fault: mail.fault } } : null),
  },
  snippets_missing: {
    ...fails("snippets_missing", { of: "automatic", about: "contact", locks: ["gates"], lifts: ["user"] }),
    look: ({ mail, person }) => {
      const missing = mail?.missing.filter((name) => !isOpener(name)) ?? [];
      return mail && missing.length > 0
        ? { evidence: { touchId: mail.touchId, contactId: person.id, missing } }
        : null;
    },
  },
  personalized_opener_missing: {
    ...fails("personalized_opener_missing", {
      of: "automatic",
      about: "contact",
      locks: ["gates"],
      lifts: ["user"],
    }),
    look: ({ mail }) => (mail?.missing.some(isOpener) ? { evidence: { touchId: mail.touchId } } : null),
  },
  thread_reply_original_email_missing: {
    ...fails("thread_reply_original_email_missing", {
      of: "automatic",
      about: "enrollment",
      locks: ["enrollment"],
      lifts: ["user"],
    }),
    look: ({ mail }) => (mail?.isReply && !mail.hasParent ? { evidence: { touchId: mail.touchId } } : null),
  },
  instance_fenced: {
    ...waits({ of: "mails", about: "installation", locks: ["fence"], lifts: ["operator"] }),
    look: ({ heldBack }) => heldBack && { evidence: { because: heldBack.because }, since: heldBack.since },
  },
} satisfies Record<string, Check>;

function isOpener(name: string) {
  return name.includes("personalized_opener");
}
