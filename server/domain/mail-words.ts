// What became of one mail, or what is happening to it, in sentences; and of every attempt to send it, a line.
//
// Easy to get wrong: a mail whose server's answer was lost is neither sent nor unsent, and no sentence may say that it is one
// of them; and what a server said is a stranger's text, so it is quoted and kept short.

import { plural } from "./clock-words.ts";
import { wordsFor } from "./failure-words.ts";

export type MailStory = {
  delivery: string;
  isAssumed: boolean;
  toEmail: string | null;
  fromEmail: string | null;
  dueAt: Temporal.Instant | null;
  dotAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  failureReason: string | null;
  notSentReason: string | null;
  hasBounced: boolean | null;
  repliedAt: Temporal.Instant | null;
  numOpens: number;
  numClicks: number;
  /** When it is looked for next, while nobody knows whether it was taken. */
  lookAt: Temporal.Instant | null;
  /** When its owner was asked. */
  askedAt: Temporal.Instant | null;
  attempts: number;
};

type Printing = (instant: Temporal.Instant | null) => string;

/** `standing`: what is said of whoever it is for, where it is a step's. */
export function storyOf(mail: MailStory, standing: string | null, at: Printing): string {
  const to = mail.toEmail ?? "the contact";
  switch (mail.delivery) {
    case "sent":
      return `${sentOn(mail, to, at)} ${afterwards(mail, at)}`;
    case "failed": {
      const { notSentReason, failureReason } = mail;
      const why = notSentReason ? wordsFor(notSentReason) : (failureReason ?? wordsFor(null));
      return `The mail was not sent on ${at(mail.failedAt)}: ${why}.${standing ? ` ${standing}` : ""}`;
    }
    case "draft":
      return standing ?? "The mail is a draft, and waits for somebody to send it.";
    case "claimed":
      return `The mail to ${to} is being sent now${from(mail)}.`;
    case "dot":
      return `The mail to ${to} is being sent now: it was handed over on ${at(mail.dotAt)}, and the mail server's answer is awaited.`;
    case "unconfirmed":
      return unclear(mail, to, at);
    case "cancelled":
      return "The mail was planned and will not be sent: what it was planned for is no longer so.";
    case "skipped":
      return "The mail was skipped: somebody passed over its step.";
    default:
      return standing ?? `The mail is planned for ${at(mail.dueAt)}.`;
  }
}

function sentOn({ isAssumed, completedAt }: MailStory, to: string, at: Printing) {
  return isAssumed
    ? `The mail to ${to} counts as sent on ${at(completedAt)}: the mail server's answer was lost, and a person decided so, or no bounce came for as long as your team waits.`
    : `The mail went to ${to} on ${at(completedAt)}.`;
}

function afterwards({ hasBounced, numOpens, numClicks, repliedAt }: MailStory, at: Printing) {
  const seen = hasBounced ? "It bounced." : `It was opened ${numOpens} and clicked ${numClicks} times.`;
  return repliedAt ? `${seen} They replied on ${at(repliedAt)}.` : seen;
}

function from({ fromEmail }: MailStory) {
  return fromEmail ? ` from ${fromEmail}` : "";
}

/** What is known, what was tried, until when. */
function unclear({ dotAt, attempts, lookAt, askedAt }: MailStory, to: string, at: Printing) {
  const tried = attempts > 1 ? ` It was tried ${plural(attempts, "time")}.` : "";
  const looks = lookAt
    ? ` It is looked for among what the mailbox has sent and in what comes back, next on ${at(lookAt)}.`
    : " It is looked for among what the mailbox has sent and in what comes back.";
  const asked = askedAt
    ? ` Its owner was asked on ${at(askedAt)} what became of it.`
    : dotAt
      ? ` If nothing is found by ${at(dotAt.add({ hours: 24 }))}, its owner is asked.`
      : "";
  return (
    `The mail to ${to} was handed over on ${at(dotAt)}, and the mail server's answer was lost: nobody can know whether it was taken.` +
    `${tried}${looks}${asked} Until then nothing more is sent to this contact in its place.`
  );
}

export type Attempt = {
  startedAt: Temporal.Instant;
  dotAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  outcome: "accepted" | "rejected_4xx" | "rejected_5xx" | "failed_before_dot" | "ambiguous" | null;
  phase: string | null;
  why: string | null;
  smtpCode: number | null;
  serverSaid: string | null;
  mailboxEmail: string | null;
};

/** One line for each time somebody set out to send it. */
export function attemptSays(attempt: Attempt, number: number) {
  const { mailboxEmail, outcome, phase, why, dotAt } = attempt;
  const who = `Attempt ${number}${mailboxEmail ? ` from ${mailboxEmail}` : ""}`;
  const said = quoted(attempt);
  switch (outcome) {
    case "accepted":
      return `${who}: the mail server took the mail${said}`;
    case "rejected_4xx":
      return `${who}: the mail server said later${said}`;
    case "rejected_5xx":
      return `${who}: the mail server refused the mail${said}`;
    case "ambiguous":
      return `${who}: the mail was handed over, and the answer was lost${said}`;
    case "failed_before_dot":
      return `${who}: nothing was handed over${phase ? `, it ended at ${phase}` : ""}${why ? ` (${why})` : ""}${said}`;
    case null:
      return dotAt ? `${who}: the mail was handed over, and the answer is awaited` : `${who} is under way`;
  }
}

const LONGEST_QUOTE = 300;

function quoted({ smtpCode, serverSaid }: Attempt) {
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
