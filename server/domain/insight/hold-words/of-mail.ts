// The email itself.

import { say, texts } from "../../../kernel/say.ts";
import type { OF_MAIL } from "../../gate/gate-of-mail.ts";
import { list, type Words } from "./words.ts";

export const WORDS_OF_MAIL = texts({
  needs_review: {
    means: "The step has no approved email.",
    says: ({ position, mails }) =>
      mails === 0
        ? say("Step {position} has no email.", { position })
        : say("Step {position} has no approved email.", { position }),
  },
  mail_unreadable: {
    means: "The text of the email has an error, so it cannot be composed for any contact.",
    says: ({ fault }) => say("The text of the email has an error: {fault}", { fault }),
  },
  snippets_missing: {
    means: "The contact has no value for a variable in the email.",
    says: ({ missing }) =>
      say("The email needs a value that this contact does not have: {missing}.", { missing: list(missing) }),
  },
  personalized_opener_missing: {
    means: "The email needs a personal opener, and none is written for this contact.",
    says: () => say("The personal opener of this email is not written yet."),
  },
  thread_reply_original_email_missing: {
    means: "The email is a reply in the same thread, but there is no earlier email to reply to.",
    says: () =>
      say("The email is a reply in the same thread, but no earlier email was sent to this contact."),
  },
  instance_fenced: {
    means:
      "Sending is paused, because this database may be a copy or a restored backup. An operator has to confirm that no other installation sends from it.",
    says: () =>
      say(
        "Sending is paused: this database may be a copy. An operator has to confirm that no other installation sends from it.",
      ),
  },
} satisfies Record<keyof typeof OF_MAIL, Words>);
