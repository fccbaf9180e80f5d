// Where the step stands: the sequence, the step, the enrollment.

import { say, texts } from "../../../kernel/say.ts";
import { wordsFor } from "../../enrollments/failure-words.ts";
import type { OF_PLACE } from "../../gate/gate-of-place.ts";
import { text, type Words } from "./words.ts";

export const WORDS_OF_PLACE = texts({
  not_due: {
    means:
      "The step is not due yet: after the email was queued, its wait time was extended, or the contact was paused and resumed.",
    says: ({ dueAt }, at) =>
      say("The step is due on {dueAt}. Its email waits until then.", { dueAt: at(dueAt) }),
  },
  sequence_archived: {
    means: "The sequence is archived, and all its contacts are finished.",
    says: () => say("The sequence is archived."),
  },
  sequence_inactive: {
    means: "The sequence is inactive. Its contacts continue when it is activated.",
    says: () => say("The sequence is inactive."),
  },
  step_removed: {
    means:
      "The step that the contact was waiting at was deleted. Within the hour, the contact continues with the step after the last completed one.",
    says: ({ hasSteps }) =>
      hasSteps === false
        ? say("The sequence has no step for this contact.")
        : say(
            "The step that the contact was waiting at was deleted. The contact continues with the next one within the hour.",
          ),
  },
  step_off: {
    means: "The step is turned off.",
    says: ({ position }) => say("Step {position} is turned off.", { position }),
  },
  enrollment_removed: {
    means: "The contact was removed from the sequence.",
    says: ({ reason }) =>
      say("The contact was removed from the sequence{hasReason, select, yes {: {reason}} other {}}.", {
        reason: wordsFor(String(reason)),
        hasReason: reason ? "yes" : "no",
      }),
  },
  enrollment_finished: {
    means: "The contact has finished the sequence.",
    says: ({ reason }) => say("The contact is finished: {reason}.", { reason: wordsFor(text(reason)) }),
  },
  enrollment_failed: {
    means: "A step failed. The contact does not continue until a user retries the step.",
    says: ({ failure }) => say("A step failed: {failure}.", { failure: wordsFor(text(failure)) }),
  },
  enrollment_paused: {
    means: "The contact is paused, until a date or until a user resumes the contact.",
    says: ({ reason }) => say("The contact is paused: {reason}.", { reason: wordsFor(text(reason)) }),
  },
  delivery_unconfirmed: {
    means:
      "Delivery of an email is not confirmed: the connection broke before the mail server answered. The contact waits until delivery is confirmed or a user decides.",
    says: ({ sentAt }, at) =>
      say(
        "Delivery is not confirmed: on {sentAt} the connection broke after the email was handed over, before the mail server answered.",
        { sentAt: at(sentAt) },
      ),
  },
} satisfies Record<keyof typeof OF_PLACE, Words>);
