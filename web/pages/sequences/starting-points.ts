// Sequences to begin with, written by us: short, friendly, one thought a mail, and easy to stop. Every name that may be missing
// has something in its place, so that nobody is left without their mail.

import type { api } from "../../session.ts";

type Steps = NonNullable<NonNullable<Parameters<typeof api.sequences.create>[0]>["emailer_steps"]>;

export type StartingPoint = { key: string; name: string; says: string; steps: Steps };

export const BLANK = "blank";
export const CLONE = "clone";

type Wait = { days: number };

const html = (...paragraphs: string[]) => paragraphs.map((text) => `<p>${text}</p>`).join("");

function mail({ days }: Wait, subject: string | null, ...paragraphs: string[]): Steps[number] {
  return {
    type: "auto_email",
    wait_time: days,
    wait_mode: "day",
    emailer_touches: [
      {
        type: subject === null ? "reply_to_thread" : "new_thread",
        // Ours to begin with, theirs to approve.
        status: "to_be_reviewed",
        emailer_template: { subject: subject ?? "", body_html: html(...paragraphs) },
      },
    ],
  };
}

function task(type: Steps[number]["type"], { days }: Wait, note: string): Steps[number] {
  return { type, wait_time: days, wait_mode: "day", priority: "medium", note: html(note) };
}

const HI = "Hi {{first_name|there}},";
const BEST = "Best,<br>{{sender_first_name}}";

export const STARTING_POINTS: readonly StartingPoint[] = [
  {
    key: "gentle",
    name: "Five gentle mails over three weeks",
    says: "A question, two reasons, a short reminder and a kind goodbye. Nothing but mail.",
    steps: [
      mail(
        { days: 0 },
        "A question about {{company|your team}}",
        HI,
        "who at {{company|your company}} looks after [what you help with]? I ask because [one thing you noticed about them].",
        "We help teams like yours to [the result, in plain words]. Would it be worth fifteen minutes to see whether it fits?",
        BEST,
      ),
      mail(
        { days: 3 },
        null,
        HI,
        "one example, because examples say more than I could: [customer] went from [before] to [after] in [time].",
        "Happy to tell you how, if that is of interest.",
        BEST,
      ),
      mail(
        { days: 4 },
        null,
        HI,
        "most people in your place tell me that [common worry] is what holds them back. [How you deal with it, in one sentence.]",
        "Is it the same with you?",
        BEST,
      ),
      mail(
        { days: 4 },
        null,
        HI,
        "is this on your list for this quarter, or better left for later? A word is enough.",
        BEST,
      ),
      mail(
        { days: 5 },
        "Should I leave it here?",
        HI,
        "I have not heard from you, so I take it the time is not right, and this is my last mail about it.",
        "If it comes up again, you know where to find me. All the best to you{{#if company}} and {{company}}{{#endif}}!",
        BEST,
      ),
    ],
  },
  {
    key: "calls-first",
    name: "Calls first",
    says: "A call, a mail that refers to it, and two more tries. For people with a phone number.",
    steps: [
      task(
        "call",
        { days: 0 },
        "Say who you are, why them, and ask for two minutes. No answer: no message, go on.",
      ),
      mail(
        { days: 0 },
        "Tried to reach you",
        HI,
        "I just tried to call you, because [one thing you noticed about them].",
        "Is there a better time this week? Or a better person to ask?",
        BEST,
      ),
      task(
        "call",
        { days: 2 },
        "Another hour of the day than the first time. Leave a short message: name, reason, number.",
      ),
      mail(
        { days: 2 },
        null,
        HI,
        "two tries are enough from me on the phone. In short: [the result you help with], as [customer] has it.",
        "Shall I send you half a page about it?",
        BEST,
      ),
      task("call", { days: 4 }, "Last one. If nobody answers, the sequence ends by itself."),
    ],
  },
  {
    key: "after-meeting",
    name: "After we met",
    says: "Thanks on the same day, what was promised, and a nudge. For events and first talks.",
    steps: [
      mail(
        { days: 0 },
        "Good to meet you",
        HI,
        "it was good to talk at [where you met]. What stayed with me: [the one thing they said].",
        "As promised, here is [what you promised].",
        BEST,
      ),
      task("linkedin_step_connect", { days: 1 }, "Mention where you met. No pitch."),
      mail(
        { days: 4 },
        null,
        HI,
        "did you find the time to look at it? Glad to walk you through it in ten minutes.",
        BEST,
      ),
      mail(
        { days: 6 },
        null,
        HI,
        "I shall not chase you. If [their goal] becomes urgent, a word is enough and I am there.",
        BEST,
      ),
    ],
  },
  {
    key: "linkedin-then-mail",
    name: "LinkedIn, then mail",
    says: "Be seen first, connect, and write only then. Slow, and often the friendliest.",
    steps: [
      task("linkedin_step_view_profile", { days: 0 }, "Read it: what are they proud of?"),
      task("linkedin_step_interact_post", { days: 1 }, "Only if there is something you honestly like."),
      task("linkedin_step_connect", { days: 2 }, "One sentence on why. Nothing about what you sell."),
      mail(
        { days: 3 },
        "Your post on [topic]",
        HI,
        "your thoughts on [topic] made me write. We work on the same from another side: [one sentence].",
        "Would you be open to compare notes?",
        BEST,
      ),
      mail(
        { days: 5 },
        null,
        HI,
        "no need to answer if it is not for you. If it is: [one time], or [another]?",
        BEST,
      ),
    ],
  },
  {
    key: "wake-up",
    name: "Wake up a quiet contact",
    says: "Three short mails to somebody you knew, weeks apart.",
    steps: [
      mail(
        { days: 0 },
        "Still at {{company|the same place}}?",
        HI,
        "we talked a while ago about [topic], and the time was not right. Has anything changed since?",
        BEST,
      ),
      mail(
        { days: 8 },
        null,
        HI,
        "one thing is new on our side: [what is new]. It made me think of you.",
        BEST,
      ),
      mail(
        { days: 12 },
        null,
        HI,
        "last one from me. Shall I ask again in half a year, or not at all? Both are fine.",
        BEST,
      ),
    ],
  },
];
