// What holds beside the gate: others that go first, a server that does not answer, a lock that another session holds, people who have it to do, and sequences in which there is nothing to do.

import { plural } from "../basics/clock-words.ts";
import { wordsFor } from "../enrollments/failure-words.ts";
import type { LockKind } from "../gate/standing.ts";
import { text, type Words } from "./hold-words/words.ts";
import { LOCKED } from "./lock-words.ts";

export const WORDS_BESIDE_GATE = {
  no_steps: {
    means: "The sequence has no steps, so nothing can be sent.",
    says: () => "The sequence has no steps.",
  },
  nobody_waits: {
    means: "No contact in the sequence is waiting for a step.",
    says: () => "No contacts are active in this sequence.",
  },
  waits_for_person: {
    means: "The step is a task for a user. The contact continues when the task is completed or skipped.",
    says: ({ who, type, dueAt, failure }, at) =>
      `${who} has to ${DOING[String(type)] ?? "complete the task"}, due ${at(dueAt)}.${failure ? ` The email was not sent: ${wordsFor(text(failure))}.` : ""}`,
  },
  waits_for_condition: {
    means:
      "The contact is at a branch and waits for its condition. If it becomes true in time, the contact takes the yes path, otherwise the no path.",
    says: ({ condition, until }, at) =>
      `The contact takes the yes path as soon as this is true: ${condition}. Otherwise the contact takes the no path on ${at(until)}.`,
  },
  server_hangs: {
    means:
      "The mail server has not answered since it was given an email. Cadenza gives up after a while and tries again later.",
    says: ({ email, since }, at) =>
      `The mail server of ${email} has not answered since ${at(since)}. Emails wait for its answer.`,
  },
  lock_held: {
    means:
      "Another database session has locked data that the step needs for more than 5 seconds. It may be a database login, a very large change, or a person who works in the database directly.",
    says: ({ lock, holder, since, waiting, advice }, at) => {
      const many = `${plural(Number(waiting), "due contact")} ${waiting === 1 ? "continues" : "continue"}`;
      const then = waiting === undefined ? "The step continues" : many;
      return `${LOCKED[lock as LockKind] ?? "A row"} is locked by ${holder}, in a transaction open since ${at(since)}. ${then} when that ends. ${advice}`;
    },
  },
  queue: {
    means: "Other emails of the same mailbox go out first. Their number is exact; the time is an estimate.",
    says: ({ before, email, atLeast }) =>
      `${atLeast ? "At least " : ""}${plural(Number(before), "email")} of ${email} ${before === 1 ? "goes" : "go"} out first.`,
  },
} satisfies Record<string, Words>;

const DOING: Record<string, string> = {
  call: "make the call",
  action_item: "do the task",
  outreach_manual_email: "send the email",
  sms: "send the text message",
  whatsapp: "send the WhatsApp message",
  linkedin_step_connect: "send the LinkedIn invitation",
  linkedin_step_message: "send the LinkedIn message",
  linkedin_step_view_profile: "view the LinkedIn profile",
  linkedin_step_interact_post: "interact with a LinkedIn post",
};
