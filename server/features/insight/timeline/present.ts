import type { TaskType } from "../../../domain/work/task.ts";
import { codeWords } from "../../../kernel/code-words.ts";
import { stored } from "../../../kernel/moments.ts";
import { dayWords, say, texts } from "../../../kernel/say.ts";
import type { EventType } from "../../events/events/store.ts";
import { actorNameOf, eventSentenceOf } from "../../events/feed/present.ts";
import { inSequenceSays } from "../history/present.ts";
import type { TimelineEntry } from "./store.ts";

export function presentHappened(row: TimelineEntry) {
  const { kind, id, at, type, userId, contactId, data } = row;
  const shown = { id, kind, at: stored(at), type, user_id: userId, contact_id: contactId };
  if (kind === "message" || kind === "task") {
    const { sequenceId, stepId, mailboxId: _, fromEmail: __, ...rest } = data;
    return {
      ...shown,
      sentence: withOrigin(SENTENCES[kind](type, data), row),
      data: { ...rest, emailer_campaign_id: sequenceId, emailer_step_id: stepId },
    };
  }
  if (type === "label.joined") return { ...shown, sentence: listedSays(row), data };
  if (kind !== "event") return { ...shown, sentence: withOrigin(SENTENCES[kind](type, data), row), data };
  const event = data as {
    cause: string;
    apiKeyId: string | null;
    userName: string | null;
    subjectName: string | null;
    sequenceName: string | null;
    data: Record<string, unknown>;
  };
  const { fromStage: from_stage, toStage: to_stage } = row;
  const told = {
    ...event,
    data: to_stage ? { ...event.data, from_stage, to_stage } : event.data,
    type: type as EventType,
    contactName: event.subjectName,
    reasons: null,
  };
  return { ...shown, sentence: inSequenceSays(told) ?? eventSentenceOf(told), data: event.data };
}

/** Memberships from before lists had events, and those of imports from elsewhere, say nothing of the actor. */
function listedSays({ userName, listed, data }: TimelineEntry) {
  const [whom, name] = [listed?.name ?? say("a contact"), data.name];
  if (!listed?.cause) return say("{whom} was added to the list {name}", { whom, name });
  const who = actorNameOf({ userName, cause: listed.cause, apiKeyId: listed.apiKeyId });
  return say("{who} added {whom} to the list {name}", { who, whom, name });
}

/** From which mailbox an email is, whose the rest is, and which step of which sequence made it. */
function withOrigin(says: string, { kind, sender, userName, sequenceName, stepPosition }: TimelineEntry) {
  const step = stepPosition === null ? "" : say("step {stepPosition} of ", { stepPosition });
  const origin = [
    kind === "message" ? sender : userName,
    sequenceName === null ? null : `${step}${sequenceName}`,
  ];
  return [says, ...origin.filter(Boolean)].join(" · ");
}

type Data = Record<string, unknown>;

const SENTENCES: Record<Exclude<TimelineEntry["kind"], "event">, (type: string, data: Data) => string> = {
  message: (status, { subject }) =>
    say(
      "{hasSubject, select, yes {Email “{subject}”} other {An email}} {status, select, drafted {is a draft} scheduled {is scheduled} completed {was sent} failed {could not be sent} skipped {was skipped} other {({status})}}",
      { hasSubject: subject ? "yes" : "no", subject, status },
    ),
  incoming_mail: (kind, data) =>
    data.subject
      ? say("{what} · “{subject}”", { what: cameBack(kind, data), subject: data.subject })
      : cameBack(kind, data),
  task: (type, { status, title }) =>
    say(
      "{task} {status, select, scheduled {is open} completed {was completed} skipped {was skipped} other {({status})}}",
      { task: taskNamed(type as TaskType, title), status },
    ),
  call: (status, { inbound }) =>
    say("{isInbound, select, yes {Incoming call} other {Outgoing call}}: {outcome}", {
      isInbound: inbound ? "yes" : "no",
      outcome: codeWords(status),
    }),
  conversation: (type, { topic }) =>
    withTitle(type === "phone_call" ? say("Recorded call") : say("Recorded meeting"), topic),
  note: () => say("Note added"),
};

function cameBack(kind: string, { certainty, ...told }: Data) {
  const words = INCOMING_WORDS[kind]?.(told) ?? say("An email came in");
  return certainty === "probable" ? say("{words} (not certain)", { words }) : words;
}

const INCOMING_WORDS: Record<string, (told: Data) => string> = {
  reply: ({ reply_class: word }) =>
    say("The contact replied{word}", { word: REPLY_WORDS[String(word)] ?? "" }),
  unsubscribe: () => say("The contact unsubscribed"),
  complaint: () => say("The contact reported an email as spam"),
  out_of_office: ({ returns_on: day }) =>
    say("The contact is out of office{hasDay, select, yes { until {day}} other {}}", {
      day: day ? dayWords(day) : "",
      hasDay: day ? "yes" : "no",
    }),
  auto_reply: () => say("An automatic reply came in"),
  challenge: () => say("The contact's mail server asks the sender to confirm the email"),
  bounce: ({ bounce_class: word }) => BOUNCE_WORDS[String(word)] ?? say("An email bounced"),
  delay: () => say("An email is delayed: the contact's mail server has not accepted it yet"),
  receipt: () => say("The contact's email program sent a read receipt"),
  unreadable: () => say("An email came in that could not be read"),
};

const REPLY_WORDS: Record<string, string> = texts({
  willing_to_meet: " and is interested",
  follow_up_question: " with a question",
  person_referral: " and named another person",
  already_left_company_or_not_right_person: ": not the right person",
  not_interested: ": not interested",
});

const BOUNCE_WORDS: Record<string, string> = texts({
  hard: "An email hard bounced: the address does not exist",
  soft: "An email soft bounced",
  policy: "An email was rejected by the contact's mail server",
});

const TASK_NAMES: Record<TaskType, string> = texts({
  call: "Call",
  outreach_manual_email: "Manual email",
  sms: "Text message",
  whatsapp: "WhatsApp message",
  linkedin_step_connect: "LinkedIn connection request",
  linkedin_step_message: "LinkedIn message",
  linkedin_step_view_profile: "LinkedIn profile view",
  linkedin_step_interact_post: "LinkedIn post interaction",
  action_item: "Action item",
});

/** What is to be done is only known by the title of an action item: the others say it by their type. */
function taskNamed(type: TaskType, title: unknown) {
  const name = TASK_NAMES[type] ?? say("A task");
  return type === "action_item" && typeof title === "string" && title !== "" ? withTitle(name, title) : name;
}

function withTitle(what: string, title: unknown) {
  return title ? say("{what} “{title}”", { what, title }) : what;
}

/** Opaque to callers: the last thing that was told. */
export function presentTimelineCursor({ atText, place }: TimelineEntry) {
  return Buffer.from(`${atText}|${place}`).toString("base64url");
}

export function readTimelineCursor(cursor: string) {
  const [, at, place] =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00)\|([0-9a-f]{24})$/.exec(
      Buffer.from(cursor, "base64url").toString(),
    ) ?? [];
  return at && place ? { at, place } : null;
}
