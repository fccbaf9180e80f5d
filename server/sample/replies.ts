// What people of the sample answer. Each text says what its class says, so that the product reads it as it was planted.

const INTERESTED = [
  "Hi {sender},\n\nthis comes at a good time, we lost a night shift to a bearing in October. I'm interested. Could you send a few times for next week?\n\n{name}",
  "Thanks {sender}. Sounds interesting, let's talk. I am free on Thursday after two.\n\n{name}",
  "Hello {sender}, we would be interested in what it looked like at a plant of our size. Please send me an invitation.\n\nBest regards,\n{name}",
];

const QUESTIONS = [
  "Hi {sender},\n\nwhat happens where we have no network on the shop floor?\n\n{name}",
  "Hello,\n\ndoes it work with pumps that only run twice a day?\n\n{name}\n{company}",
  "Hi {sender}. How long does it take until the first alarm means something?\n\n{name}",
];

const REFERRALS = [
  "Hi {sender},\n\nI am not the right person for this. Please write to {colleague}, who runs maintenance at {company}.\n\n{name}",
  "Hello {sender}, you should speak with our head of maintenance about that: {colleague}.\n\n{name}",
];

const OTHERS = [
  "Hi {sender}, got it. I read your mail on the train this morning.\n\n{name}",
  "Thank you, received. The text is in our folder now.\n\n{name}",
];

const DECLINES = [
  "Hi {sender},\n\nthanks, but not interested. We are happy with our current supplier.\n\n{name}",
  "Hello {sender}, it is not a priority for {company} this year.\n\n{name}",
  "No thanks, we already use something for this.\n\n{name}",
];

const OPT_OUTS = [
  "Please remove me from your list.\n\n{name}",
  "Hi {sender}, please unsubscribe me.\n\n{name}",
];

export const AWAY =
  "Thank you for your mail. I am out of the office until {day} and will answer when I am back.\n\n{name}";

export const REPLIES: Record<string, readonly string[]> = {
  willing_to_meet: INTERESTED,
  follow_up_question: QUESTIONS,
  person_referral: REFERRALS,
  none_of_the_above: OTHERS,
  not_interested: DECLINES,
  unsubscribe: OPT_OUTS,
};
