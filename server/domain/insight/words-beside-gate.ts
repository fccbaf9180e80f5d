// What holds beside the gate: others that go first, a server that does not answer, a lock that another session holds, people who have it to do, and sequences in which there is nothing to do.

import { say, texts } from "../../kernel/say.ts";
import { wordsFor } from "../enrollments/failure-words.ts";
import type { LockKind } from "../gate/standing.ts";
import { text, type Words } from "./hold-words/words.ts";
import { LOCKED } from "./lock-words.ts";

export const WORDS_BESIDE_GATE = texts({
  no_steps: {
    means: "The sequence has no steps, so nothing can be sent.",
    says: () => say("The sequence has no steps."),
  },
  nobody_waits: {
    means: "No contact in the sequence is waiting for a step.",
    says: () => say("No contacts are active in this sequence."),
  },
  waits_for_person: {
    means: "The step is a task for a user. The contact continues when the task is completed or skipped.",
    says: ({ who, type, dueAt, failure }, at) =>
      say(
        "{who} has to {type}, due {dueAt}.{hasFailure, select, yes { The email was not sent: {failure}.} other {}}",
        {
          who,
          type: DOING[String(type)] ?? say("complete the task"),
          dueAt: at(dueAt),
          failure: wordsFor(text(failure)),
          hasFailure: failure ? "yes" : "no",
        },
      ),
  },
  waits_for_condition: {
    means:
      "The contact is at a branch and waits for its condition. If it becomes true in time, the contact takes the yes path, otherwise the no path.",
    says: ({ condition, until }, at) =>
      say(
        "The contact takes the yes path as soon as this is true: {condition}. Otherwise the contact takes the no path on {until}.",
        { condition, until: at(until) },
      ),
  },
  server_hangs: {
    means:
      "The mail server has not answered since it was given an email. Cadenza gives up after a while and tries again later.",
    says: ({ email, since }, at) =>
      say("The server of {email} has not answered since {since}. Emails wait for its answer.", {
        email,
        since: at(since),
      }),
  },
  lock_held: {
    means:
      "Another database session has locked data that the step needs for more than 5 seconds. It may be a database login, a very large change, or a person who works in the database directly.",
    says: ({ lock, holder, since, waiting, advice }, at) => {
      const then =
        waiting === undefined
          ? say("The step continues when that ends.")
          : say(
              "{waiting, plural, one {# due contact continues when that ends.} other {# due contacts continue when that ends.}}",
              { waiting: Number(waiting) },
            );
      return say("{lock} is held by {holder}, in a transaction open since {since}. {then} {advice}", {
        lock: LOCKED[lock as LockKind] ?? say("A row"),
        holder,
        since: at(since),
        then,
        advice,
      });
    },
  },
  queue: {
    means: "Other emails of the same mailbox go out first. Their number is exact; the time is an estimate.",
    says: ({ before, email, atLeast }) =>
      say(
        "{hasAtLeast, select, yes {At least } other {}}{before, plural, one {# email of {email} goes out first.} other {# emails of {email} go out first.}}",
        { hasAtLeast: atLeast ? "yes" : "no", before: Number(before), email },
      ),
  },
} satisfies Record<string, Words>);

const DOING: Record<string, string> = texts({
  call: "make the call",
  action_item: "do the task",
  outreach_manual_email: "send the email",
  sms: "send the text message",
  whatsapp: "send the WhatsApp message",
  linkedin_step_connect: "send the LinkedIn invitation",
  linkedin_step_message: "send the LinkedIn message",
  linkedin_step_view_profile: "view the LinkedIn profile",
  linkedin_step_interact_post: "interact with a LinkedIn post",
});
