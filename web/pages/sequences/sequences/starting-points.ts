// Sequences to begin with: short, friendly, one thought a mail, and easy to stop. Every name that may be missing has a
// fallback, so that no contact is left without a mail. Their emails are in English, and are edited before they are sent.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { api } from "../../../session.ts";

type Steps = NonNullable<NonNullable<Parameters<typeof api.sequences.create>[0]>["emailer_steps"]>;

type StartingPoint = { key: string; name: string; says: string; steps: Steps };

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

/** On a path of the branch that stands at this position. */
function on(branch_path: "yes" | "no", branch_position: number, step: Steps[number]): Steps[number] {
  return { ...step, branch_position, branch_path };
}

// texts: not translated, the user edits the emails
const HI = "Hi {{first_name|there}},";
// texts: not translated, as above
const BEST = "Best,<br>{{sender_first_name}}";

// texts: not translated, but for their names: the user edits the emails
export const STARTING_POINTS: readonly StartingPoint[] = perLanguage(() => [
  {
    key: "gentle",
    name: t("Five short emails over three weeks"),
    says: t("A question, two reasons, a short reminder and a kind goodbye. Emails only."),
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
        "I have not heard from you, so I assume the time is not right, and this is my last email about it.",
        "If it comes up again, you know where to find me. All the best to you{{#if company}} and {{company}}{{#endif}}!",
        BEST,
      ),
    ],
  },
  {
    key: "calls-first",
    name: t("Calls first"),
    says: t("A call, an email about it, and two more tries. For contacts with a phone number."),
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
        "Call at another time of day than before. Leave a short message: name, reason, number.",
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
    key: "call-or-connect",
    name: t("Call or connect"),
    says: t(
      "An email, then a call for contacts with a phone number and LinkedIn for all others. Has a branch.",
    ),
    steps: [
      mail(
        { days: 0 },
        "A question about {{company|your team}}",
        HI,
        "who at {{company|your company}} looks after [what you help with]? I ask because [one thing you noticed about them].",
        BEST,
      ),
      {
        type: "branch",
        wait_time: 2,
        wait_mode: "day",
        condition: { rules: [{ type: "contact", filters: { has_phone_number: true } }] },
      },
      on("yes", 2, task("call", { days: 0 }, "Refer to the email. Ask for two minutes.")),
      on("no", 2, task("linkedin_step_connect", { days: 0 }, "Refer to the email. No pitch.")),
      mail(
        { days: 3 },
        null,
        HI,
        "I know your days are full, so in one sentence: [the result you help with], as [customer] has it.",
        "Is it worth fifteen minutes?",
        BEST,
      ),
    ],
  },
  {
    key: "after-meeting",
    name: t("After we met"),
    says: t("Thanks on the same day, what was promised, and a nudge. For events and first talks."),
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
        "I won't chase you. If [their goal] becomes urgent, just send me a word.",
        BEST,
      ),
    ],
  },
  {
    key: "linkedin-then-mail",
    name: t("LinkedIn, then email"),
    says: t("View the profile, connect, then write. Slow but friendly."),
    steps: [
      task("linkedin_step_view_profile", { days: 0 }, "Read it: what are they proud of?"),
      task("linkedin_step_interact_post", { days: 1 }, "Only if there is something you honestly like."),
      task("linkedin_step_connect", { days: 2 }, "One sentence on why. Nothing about what you sell."),
      mail(
        { days: 3 },
        "Your post on [topic]",
        HI,
        "your thoughts on [topic] made me write. We work on the same topic from another side: [one sentence].",
        "Would you be open to comparing notes?",
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
    name: t("Revive a quiet contact"),
    says: t("Three short emails to an old contact, weeks apart."),
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
]);
