// What became of one mail, or what is happening to it, in sentences; and of every attempt to send it, a line.
//
// Easy to get wrong: a mail whose server's answer was lost is neither sent nor unsent, and no sentence may say that it is one
// of them; and what a server said is a stranger's text, so it is quoted and kept short.

import { say } from "../../kernel/say.ts";
import { wordsFor } from "../enrollments/failure-words.ts";

export type MailStory = {
  delivery: string;
  isAssumed: boolean;
  toEmail: string | null;
  fromEmail: string | null;
  dueAt: Temporal.Instant | null;
  releasedAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  failureReason: string | null;
  notSentReason: string | null;
  hasBounced: boolean | null;
  repliedAt: Temporal.Instant | null;
  numOpens: number;
  numClicks: number;
  /** When the mail is looked for next, while it is unknown whether the server took it. */
  nextCheckAt: Temporal.Instant | null;
  /** When its owner was asked. */
  askedAt: Temporal.Instant | null;
  attempts: number;
};

type Printing = (instant: Temporal.Instant | null) => string;

/** `standing`: the state of its contact, if a step made the mail. */
export function storyOf(mail: MailStory, standing: string | null, at: Printing): string {
  const to = mail.toEmail ?? say("the contact");
  switch (mail.delivery) {
    case "sent":
      return `${sentOn(mail, to, at)} ${afterwards(mail, at)}`;
    case "failed": {
      const { notSentReason, failureReason } = mail;
      const why = notSentReason ? wordsFor(notSentReason) : (failureReason ?? wordsFor(null));
      return say(
        "The email was not sent on {failedAt}: {why}.{hasStanding, select, yes { {standing}} other {}}",
        { failedAt: at(mail.failedAt), why, standing, hasStanding: standing ? "yes" : "no" },
      );
    }
    case "draft":
      return standing ?? say("The email is a draft. It is sent when a user sends it.");
    case "claimed":
      return say("The email to {to} is being sent now{mail}.", { to, mail: from(mail) });
    case "dot":
      return say(
        "The email to {to} is being sent now: it was handed to the mail server on {releasedAt}, which has not answered yet.",
        { to, releasedAt: at(mail.releasedAt) },
      );
    case "unconfirmed":
      return unclear(mail, to, at);
    case "cancelled":
      return say("The planned email was canceled, because the reason for it no longer applies.");
    case "skipped":
      return say("The email was skipped with its step.");
    default:
      return standing ?? say("The email is scheduled for {dueAt}.", { dueAt: at(mail.dueAt) });
  }
}

function sentOn({ isAssumed, completedAt }: MailStory, to: string, at: Printing) {
  return isAssumed
    ? say(
        "The email to {to} counts as sent on {completedAt}. The mail server's answer was lost; a user marked it as sent, or no bounce came within your team's waiting time.",
        { to, completedAt: at(completedAt) },
      )
    : say("The email was sent to {to} on {completedAt}.", { to, completedAt: at(completedAt) });
}

function afterwards({ hasBounced, numOpens, numClicks, repliedAt }: MailStory, at: Printing) {
  const seen = hasBounced
    ? say("It bounced.")
    : say("It was opened {numOpens} and clicked {numClicks} times.", { numOpens, numClicks });
  return repliedAt
    ? say("{seen} The contact replied on {repliedAt}.", { seen, repliedAt: at(repliedAt) })
    : seen;
}

function from({ fromEmail }: MailStory) {
  return fromEmail ? say(" from {fromEmail}", { fromEmail }) : "";
}

/** What is known, what was tried, until when. */
function unclear({ releasedAt, attempts, nextCheckAt, askedAt }: MailStory, to: string, at: Printing) {
  const tried =
    attempts > 1
      ? say(" There were {attempts, plural, one {# attempt} other {# attempts}}.", { attempts })
      : "";
  const looks = nextCheckAt
    ? say(" Cadenza looks for it in the Sent folder and for a reply or bounce, next on {nextCheckAt}.", {
        nextCheckAt: at(nextCheckAt),
      })
    : say(" Cadenza looks for it in the Sent folder and for a reply or bounce.");
  const asked = askedAt
    ? say(" The owner of the mailbox was asked to decide on {askedAt}.", { askedAt: at(askedAt) })
    : releasedAt
      ? say(" If nothing is found by {add}, the owner of the mailbox is asked to decide.", {
          add: at(releasedAt.add({ hours: 24 })),
        })
      : "";
  return (
    say(
      "Delivery of the email to {to} is not confirmed: it was handed to the mail server on {releasedAt}, but the server's answer was lost.",
      { to, releasedAt: at(releasedAt) },
    ) +
    say("{tried}{looks}{asked} Until delivery is known, the contact gets no further email from this step.", {
      tried,
      looks,
      asked,
    })
  );
}

export type SendAttempt = {
  startedAt: Temporal.Instant;
  releasedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  outcome: "accepted" | "rejected_4xx" | "rejected_5xx" | "failed_before_dot" | "ambiguous" | null;
  phase: string | null;
  why: string | null;
  smtpCode: number | null;
  serverSaid: string | null;
  mailboxEmail: string | null;
};

/** One line for each attempt to send it. */
export function attemptSays(attempt: SendAttempt, number: number) {
  const { mailboxEmail, outcome, phase, why, releasedAt } = attempt;
  const who = say("Attempt {number}{hasMailboxEmail, select, yes { from {mailboxEmail}} other {}}", {
    number,
    mailboxEmail,
    hasMailboxEmail: mailboxEmail ? "yes" : "no",
  });
  const said = quoted(attempt);
  switch (outcome) {
    case "accepted":
      return say("{who}: the mail server accepted the email{said}", { who, said });
    case "rejected_4xx":
      return say("{who}: the mail server asked to try again later{said}", { who, said });
    case "rejected_5xx":
      return say("{who}: the mail server rejected the email{said}", { who, said });
    case "ambiguous":
      return say("{who}: the email was handed over, but the server's answer was lost{said}", { who, said });
    case "failed_before_dot":
      return say(
        "{who}: the email was not handed over{hasPhase, select, yes {, it stopped at {phase}} other {}}{hasWhy, select, yes { ({why})} other {}}{said}",
        { who, phase, hasPhase: phase ? "yes" : "no", why, hasWhy: why ? "yes" : "no", said },
      );
    case null:
      return releasedAt
        ? say("{who}: the email was handed over, and the server has not answered yet", { who })
        : say("{who} is in progress", { who });
  }
}

const LONGEST_QUOTE = 300;

function quoted({ smtpCode, serverSaid }: SendAttempt) {
  const text = (serverSaid ?? "")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, LONGEST_QUOTE)
    .toWellFormed();
  if (text) return `: "${text}"`;
  return smtpCode === null ? "" : `: ${smtpCode}`;
}

/** What it says is put together when it goes out. */
export function isBlank({
  status,
  bodyHtml,
  bodyText,
}: {
  status: string | null;
  bodyHtml: string | null;
  bodyText: string | null;
}) {
  return status === "scheduled" && bodyHtml === null && bodyText === null;
}
