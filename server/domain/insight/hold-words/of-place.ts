// Where the step stands: the sequence, the step, the enrollment.

import { wordsFor } from "../../enrollments/failure-words.ts";
import type { OF_PLACE } from "../../gate/gate-of-place.ts";
import { text, type Words } from "./words.ts";

export const WORDS_OF_PLACE = {
  not_due: {
    means:
      "The step is not due yet: after the email was queued, its wait time was extended, or the contact was paused and resumed.",
    says: ({ dueAt }, at) => `The step is due on ${at(dueAt)}. Its email waits until then.`,
  },
  sequence_archived: {
    means: "The sequence is archived, and all its contacts are finished.",
    says: () => "The sequence is archived.",
  },
  sequence_inactive: {
    means: "The sequence is inactive. Its contacts continue when it is activated.",
    says: () => "The sequence is inactive.",
  },
  step_removed: {
    means:
      "The step that the contact was waiting at was deleted. Within the hour, the contact continues with the step after the last completed one.",
    says: ({ hasSteps }) =>
      hasSteps === false
        ? "The sequence has no step for this contact."
        : "The step that the contact was waiting at was deleted. The contact continues with the next one within the hour.",
  },
  step_off: {
    means: "The step is turned off.",
    says: ({ position }) => `Step ${position} is turned off.`,
  },
  enrollment_removed: {
    means: "The contact was removed from the sequence.",
    says: ({ reason }) =>
      `The contact was removed from the sequence${reason ? `: ${wordsFor(String(reason))}` : ""}.`,
  },
  enrollment_finished: {
    means: "The contact has finished the sequence.",
    says: ({ reason }) => `The contact is finished: ${wordsFor(text(reason))}.`,
  },
  enrollment_failed: {
    means: "A step failed. The contact does not continue until a user retries the step.",
    says: ({ failure }) => `A step failed: ${wordsFor(text(failure))}.`,
  },
  enrollment_paused: {
    means: "The contact is paused, until a date or until a user resumes the contact.",
    says: ({ reason }) => `The contact is paused: ${wordsFor(text(reason))}.`,
  },
  delivery_unconfirmed: {
    means:
      "Delivery of an email is not confirmed: the connection broke before the mail server answered. The contact waits until delivery is confirmed or a user decides.",
    says: ({ sentAt }, at) =>
      `Delivery is not confirmed: on ${at(sentAt)} the connection broke after the email was handed over, before the mail server answered.`,
  },
} satisfies Record<keyof typeof OF_PLACE, Words>;
