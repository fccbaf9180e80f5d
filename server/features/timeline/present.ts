import { stored } from "../../moments.ts";
import { sentenceOf } from "../events/present.ts";
import type { EventType } from "../events/store.ts";
import { inSequenceSays } from "../history/present.ts";
import type { Happened } from "./store.ts";

export function presentHappened(row: Happened) {
  const { kind, id, at, type, userId, contactId, data } = row;
  const shown = { id, kind, at: stored(at), type, user_id: userId, contact_id: contactId };
  if (kind === "message") {
    const { sequenceId, ...rest } = data;
    return {
      ...shown,
      sentence: SENTENCES.message(type, data),
      data: { ...rest, emailer_campaign_id: sequenceId },
    };
  }
  if (type === "label.joined") return { ...shown, sentence: `Put on the list ${data.name}`, data };
  if (kind !== "event") return { ...shown, sentence: SENTENCES[kind](type, data), data };
  const event = data as {
    cause: string;
    apiKeyId: string | null;
    userName: string | null;
    subjectName: string | null;
    sequenceName: string | null;
    data: Record<string, unknown>;
  };
  const told = { ...event, type: type as EventType, contactName: event.subjectName, reasons: null };
  return { ...shown, sentence: inSequenceSays(told) ?? sentenceOf(told), data: event.data };
}

type Data = Record<string, unknown>;

const SENTENCES: Record<Exclude<Happened["kind"], "event">, (type: string, data: Data) => string> = {
  message: (status, { subject }) =>
    `Mail “${subject ?? "without a subject"}” ${MAIL_WORDS[status] ?? status}`,
  incoming_mail: cameBack,
  task: (type, { status }) =>
    `${capital(type.replaceAll("_", " ").replace(/^linkedin step /, "LinkedIn: "))} ${TASK_WORDS[String(status)] ?? String(status)}`,
  call: (status, { inbound }) =>
    `${inbound ? "They called" : "A call was made"}: ${status.replaceAll("_", " ")}`,
  note: () => "A note was written",
};

function cameBack(kind: string, { certainty, ...told }: Data) {
  const words = INCOMING_WORDS[kind]?.(told) ?? "A mail came";
  return certainty === "probable" ? `${words}, as it seems` : words;
}

const INCOMING_WORDS: Record<string, (told: Data) => string> = {
  reply: ({ reply_class: word }) => `They replied${REPLY_WORDS[String(word)] ?? ""}`,
  unsubscribe: () => "They asked for no more mail",
  complaint: () => "They called a mail spam",
  out_of_office: ({ returns_on: day }) => `They are away${day ? ` until ${dayIn(String(day))}` : ""}`,
  auto_reply: () => "A machine answered for them",
  challenge: () => "Their mail server wants to know who writes",
  bounce: ({ bounce_class: word }) => BOUNCE_WORDS[String(word)] ?? "A mail came back",
  delay: () => "A mail is late: their server has not taken it yet",
  receipt: () => "A mail was read, says their mail program",
  unreadable: () => "A mail came that could not be read",
};

const REPLY_WORDS: Record<string, string> = {
  willing_to_meet: " and are interested",
  follow_up_question: " with a question",
  person_referral: " and named somebody else",
  already_left_company_or_not_right_person: ": not the right person",
  not_interested: ": not interested",
};

const BOUNCE_WORDS: Record<string, string> = {
  hard: "A mail came back: nobody is at that address",
  soft: "A mail came back for now",
  policy: "A mail came back: their server refused it",
};

function dayIn(date: string) {
  return Temporal.PlainDate.from(date).toLocaleString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

const MAIL_WORDS: Record<string, string> = {
  drafted: "is a draft",
  scheduled: "is scheduled",
  completed: "was sent",
  failed: "could not be sent",
};

const TASK_WORDS: Record<string, string> = {
  scheduled: "is to be done",
  completed: "was done",
  skipped: "was skipped",
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Opaque to callers: the last thing that was told. */
export function presentCursor({ atText, place }: Happened) {
  return Buffer.from(`${atText}|${place}`).toString("base64url");
}

export function readCursor(cursor: string) {
  const [, at, place] =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00)\|([0-9a-f]{24})$/.exec(
      Buffer.from(cursor, "base64url").toString(),
    ) ?? [];
  return at && place ? { at, place } : null;
}
