// The sequences of the sample team, twelve as a sales team would have written them, and one to see it work.

export type SampleStep = {
  type:
    | "auto_email"
    | "manual_email"
    | "call"
    | "action_item"
    | "linkedin_step_connect"
    | "linkedin_step_message"
    | "linkedin_step_view_profile";
  waitDays: number;
  /** In place of days. */
  waitMinutes?: number;
  note?: string;
  /** Several make an A/B test. Without a subject it replies in the thread. */
  mails?: readonly { subject: string | null; body: string }[];
};

export type SampleSequence = {
  name: string;
  state: "active" | "inactive" | "archived";
  share: number;
  /** Mails go out at any hour of any day. */
  isAlwaysOpen?: true;
  steps: readonly SampleStep[];
};

const opening = (subject: string, body: string): SampleStep => ({
  type: "auto_email",
  waitDays: 0,
  mails: [{ subject, body }],
});
const tested = (first: [string, string], second: [string, string]): SampleStep => ({
  type: "auto_email",
  waitDays: 0,
  mails: [first, second].map(([subject, body]) => ({ subject, body })),
});
const nudge = (waitDays: number, body: string): SampleStep => ({
  type: "auto_email",
  waitDays,
  mails: [{ subject: null, body }],
});
const reminder = (waitMinutes: number, body: string): SampleStep => ({ ...nudge(0, body), waitMinutes });
const call = (waitDays: number, note: string): SampleStep => ({ type: "call", waitDays, note });
const connect = (waitDays: number): SampleStep => ({
  type: "linkedin_step_connect",
  waitDays,
  note: "A line about their plant, no pitch.",
});

/** The sequence, and the list of people to try it with. */
export const SEE_IT_WORK = "See it work";

const HELLO = "Hi {{first_name}},";
const BYE = "Best,<br>{{sender_first_name}}";
const mail = (...lines: string[]) => [HELLO, ...lines, BYE].map((line) => `<p>${line}</p>`).join("");

export const SEQUENCES: readonly SampleSequence[] = [
  {
    name: "Nordic plants: downtime",
    state: "active",
    share: 0.2,
    steps: [
      tested(
        [
          "Unplanned stops at {{company}}",
          mail(
            "how much of last year's downtime at {{company}} was announced by a bearing first? We read that from vibration, weeks ahead.",
            "Worth twenty minutes?",
          ),
        ],
        [
          "{{first_name}}, a question about maintenance",
          mail(
            "who at {{company}} looks after condition monitoring? I have a short case from a plant of your size.",
          ),
        ],
      ),
      nudge(
        3,
        mail(
          "a plant in Umeå found eleven of fourteen failures before they stopped the line. I can send the two-page summary.",
        ),
      ),
      call(2, "Ask about planned stops this quarter. Mention the Umeå case."),
      nudge(4, mail("shall I close the file, or is spring a better time?")),
    ],
  },
  {
    name: "Energy managers Q4",
    state: "active",
    share: 0.15,
    steps: [
      opening(
        "Energy figures for {{company}}",
        mail(
          "most plants can name their electricity bill, few can name the ten machines behind it. We measure them in a week.",
        ),
      ),
      connect(1),
      nudge(
        3,
        mail("here is what a dairy in Denmark found: 14 % of the bill went into compressed air nobody used."),
      ),
      {
        type: "action_item",
        waitDays: 2,
        note: "Look for their sustainability report and quote one number.",
      },
      nudge(5, mail("last note from me. If energy is on the list for next year, I would be glad to help.")),
    ],
  },
  {
    name: "Trade fair Hamburg follow-up",
    state: "active",
    share: 0.12,
    steps: [
      opening(
        "Good to meet you in Hamburg",
        mail(
          "thank you for stopping by. As promised, the comparison of the two sensor types is one click away.",
        ),
      ),
      call(2, "They took the comparison sheet. Which machine did they have in mind?"),
      nudge(4, mail("did the comparison help? I can bring a demo kit to {{city}}.")),
    ],
  },
  {
    name: "Dutch food industry",
    state: "active",
    share: 0.1,
    steps: [
      opening(
        "Hygiene and vibration at {{company}}",
        mail(
          "wash-down kills most sensors within a year. Ours are rated for it, and a cheese plant near Utrecht has run them for four.",
        ),
      ),
      nudge(3, mail("would a trial on one line be of interest? It takes an afternoon.")),
      {
        type: "manual_email",
        waitDays: 3,
        mails: [
          {
            subject: "A trial at {{company}}",
            body: mail("I put together what a trial on one line would look like for you."),
          },
        ],
      },
    ],
  },
  {
    name: "UK manufacturing",
    state: "active",
    share: 0.1,
    steps: [
      opening(
        "{{company}} and spare parts",
        mail(
          "when a gearbox takes fourteen weeks to arrive, a warning of six helps little and one of sixteen helps a lot.",
        ),
      ),
      connect(2),
      nudge(3, mail("happy to show how the warning time is made up.")),
      call(3, "Spare part lead times are the door opener."),
    ],
  },
  {
    name: "Webinar October: attended",
    state: "active",
    share: 0.08,
    steps: [
      opening(
        "Your question in the webinar",
        mail("you asked about retrofitting older pumps. Short answer: yes, and here is how."),
      ),
      nudge(4, mail("would you like the recording for your colleagues?")),
    ],
  },
  {
    name: "Webinar October: missed",
    state: "active",
    share: 0.07,
    steps: [
      opening("We missed you", mail("the recording is up. Minute 12 is the part about maintenance plans.")),
      nudge(6, mail("any question it left open?")),
    ],
  },
  {
    name: "Warm from support",
    state: "active",
    share: 0.05,
    steps: [
      {
        type: "manual_email",
        waitDays: 0,
        mails: [
          {
            subject: "After your call with support",
            body: mail("I heard the replacement went well. What would have made it unnecessary?"),
          },
        ],
      },
      call(3, "Support ticket is linked in the notes."),
    ],
  },
  {
    name: "Win back 2025",
    state: "inactive",
    share: 0.05,
    steps: [
      opening(
        "It has been a while",
        mail("a lot has changed since your trial in 2025, above all the price of a gateway."),
      ),
      nudge(5, mail("shall I send the new list?")),
    ],
  },
  {
    name: "Partner referrals",
    state: "active",
    share: 0.04,
    steps: [
      opening("{{company}} and our partner", mail("our partner in {{city}} suggested that we talk.")),
      {
        type: "linkedin_step_message",
        waitDays: 2,
        note: "Name the partner.",
        mails: [{ subject: null, body: mail("we have a friend in common.") }],
      },
      call(3, "Name the partner in the first sentence."),
    ],
  },
  {
    name: "CFO: cost of downtime",
    state: "inactive",
    share: 0.02,
    steps: [
      opening(
        "What an hour costs at {{company}}",
        mail("three numbers are enough to put a figure on it. I can run it with yours."),
      ),
      { type: "linkedin_step_view_profile", waitDays: 1 },
      nudge(4, mail("the model is a one-page sheet, yours to keep.")),
    ],
  },
  {
    name: "Spring intro 2026",
    state: "archived",
    share: 0.02,
    steps: [
      opening(
        "Spring maintenance at {{company}}",
        mail("before the spring stop is the cheapest moment to install anything."),
      ),
      nudge(3, mail("is the date of your stop fixed yet?")),
    ],
  },
  {
    // It is empty: a new user tries it, and sees in a minute what the others take weeks for.
    name: SEE_IT_WORK,
    state: "active",
    share: 0,
    isAlwaysOpen: true,
    steps: [
      opening(
        "Unplanned stops at {{company}}",
        mail(
          "how much of last year's downtime at {{company}} was announced by a bearing first? We read that from vibration, weeks ahead.",
          "Worth twenty minutes?",
        ),
      ),
      reminder(1, mail("did my note reach you? I can send the two-page summary.")),
      reminder(2, mail("shall I close the file, or is spring a better time?")),
    ],
  },
];
