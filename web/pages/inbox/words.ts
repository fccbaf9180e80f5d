// What an incoming mail was taken for, in words; and what follows when a person says that it is something else.

import { capital } from "../../parts/capital.ts";
import type { StateKind } from "../../parts/State.tsx";
import type { Incoming, Overruling } from "./queries.ts";

type Kind = Incoming["kind"];
type Said = Pick<Incoming, "kind" | "reply_class" | "returns_on" | "bounce" | "certainty">;

export const REPLY_CLASSES: Record<string, string> = {
  willing_to_meet: "wants to meet",
  follow_up_question: "has a question",
  person_referral: "names somebody else",
  already_left_company_or_not_right_person: "is not the right person",
  not_interested: "not interested",
  none_of_the_above: "a reply",
};

const KINDS: Record<Kind, string> = {
  reply: "a reply",
  unsubscribe: "wants no more mail",
  out_of_office: "out of office",
  auto_reply: "an automatic answer",
  challenge: "asks to prove that you are a person",
  bounce: "could not be delivered",
  delay: "is delayed on its way",
  receipt: "a receipt",
  complaint: "was reported as spam",
  list: "a mailing list",
  own: "sent from this mailbox",
  unrelated: "nothing to do with our mails",
  unreadable: "could not be read",
};

export function sayVerdict({ kind, reply_class, returns_on, bounce }: Said, day: (at: string) => string) {
  if (kind === "reply") return REPLY_CLASSES[reply_class ?? ""] ?? KINDS.reply;
  if (kind === "out_of_office" && returns_on) return `out of office until ${day(returns_on)}`;
  if (kind === "bounce" && bounce)
    return bounce.class === "soft" ? "could not be delivered for now" : "could not be delivered";
  return KINDS[kind];
}

/** What a language model takes it for, and whether that is what it has been read as anyway. */
export function saySuggested({
  kind,
  reply_class,
  suggestion,
}: Pick<Incoming, "kind" | "reply_class" | "suggestion">) {
  const word = suggestion?.reply_class ?? "";
  const isOfReplies = word in REPLY_CLASSES;
  const already = isOfReplies
    ? kind === "reply" && (reply_class ?? "none_of_the_above") === word
    : kind === word;
  return [REPLY_CLASSES[word] ?? KINDS[word as Kind] ?? "", already] as const;
}

/** Whom a mail is from, as one would say it. */
export function whoWrote({
  contact,
  from_name,
  from_email,
}: Pick<Incoming, "contact" | "from_name" | "from_email">) {
  return contact?.name ?? from_name ?? from_email ?? "Somebody";
}

const TONES: Partial<Record<Kind, StateKind>> = {
  reply: "good",
  out_of_office: "waiting",
  delay: "waiting",
  challenge: "waiting",
  unsubscribe: "bad",
  bounce: "bad",
  complaint: "bad",
};

export function toneOf({ kind, reply_class }: Said): StateKind {
  if (reply_class === "not_interested") return "off";
  return TONES[kind] ?? "off";
}

/** Where in the mail the reason stands. */
export function sayWhere(where: string) {
  const places: Record<string, string> = {
    ...{ header: "a header", body: "the text", text: "the text", subject: "the subject" },
    ...{ report: "its report", folder: "the folder it came into" },
  };
  return places[where] ?? where;
}

/** What speaks for it, the ids by which a mail is tied to ours left out: nobody reads those. */
export function telling<Reason extends { rule: string }>(evidence: readonly Reason[]) {
  return evidence.filter(({ rule }) => !rule.startsWith("answers us"));
}

export type Choice = { key: string; label: string; changes: string; wish: Omit<Overruling, "id"> };

/** Everything it could be instead, each with what follows from it. `who` stands at the beginning of a sentence. */
export function choicesFor(mail: Said, who: string, tomorrow: string): Choice[] {
  const replies = Object.entries(REPLY_CLASSES).map(([reply_class, label]) => ({
    key: `reply:${reply_class}`,
    label: reply_class === "none_of_the_above" ? "A reply" : `A reply: ${label}`,
    changes:
      mail.kind === "reply" ? "Only the class changes." : `${who} is finished in the sequence: they replied.`,
    wish: { kind: "reply" as const, reply_class: reply_class as never },
  }));
  const now = mail.kind === "reply" ? `reply:${mail.reply_class ?? "none_of_the_above"}` : mail.kind;
  return [...replies, ...othersFor(mail, one(who), tomorrow)].filter(({ key }) => key !== now);
}

/** Of whom is spoken, and how the verb goes with that. */
type Who = { who: string; waits: string; goes: string; object: string; it: string };

function one(who: string): Who {
  return { who, waits: "waits", goes: "goes", object: who, it: "this mail leaves" };
}

const MANY: Who = { who: "They", waits: "wait", goes: "go", object: "them", it: "these mails leave" };

function othersFor(
  { returns_on }: Pick<Said, "returns_on">,
  { who, waits, goes, object, it }: Who,
  tomorrow: string,
): Choice[] {
  return [
    {
      key: "out_of_office",
      label: "Out of office",
      changes: `${who} ${waits} until ${returns_on ? "they are back" : "tomorrow"} and then ${goes} on.`,
      wish: { kind: "out_of_office", returns_on: returns_on ?? tomorrow },
    },
    {
      key: "auto_reply",
      label: "An automatic answer",
      changes: `${who} ${goes} on as if nothing had come.`,
      wish: { kind: "auto_reply" },
    },
    {
      key: "unsubscribe",
      label: "Wants no more mail",
      changes: `Nobody of the team mails ${object} any more.`,
      wish: { kind: "unsubscribe" },
    },
    {
      key: "bounce",
      label: "Could not be delivered",
      changes: `The address counts as dead, and nothing more is sent to it.`,
      wish: { kind: "bounce", bounce_class: "hard" },
    },
    {
      key: "unrelated",
      label: "Nothing to do with our mails",
      changes: `${who} ${goes} on, and ${it} the inbox.`,
      wish: { kind: "unrelated" },
    },
  ];
}

/** What many could be instead: each of them follows what its own call would. */
export function everyChoice(): Choice[] {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return [
    ...Object.entries(REPLY_CLASSES).map(([reply_class, label]) => ({
      key: `reply:${reply_class}`,
      label: reply_class === "none_of_the_above" ? "A reply" : `A reply: ${label}`,
      changes: "Whoever wrote them is finished in the sequence: they replied.",
      wish: { kind: "reply" as const, reply_class: reply_class as never },
    })),
    ...othersFor({ returns_on: null }, MANY, tomorrow),
  ];
}

/** What it was before, said so that it can be said again; null where only a machine can say it. */
export function wishBefore({ kind, reply_class, returns_on, bounce }: Said): Omit<Overruling, "id"> | null {
  switch (kind) {
    case "reply":
      return {
        kind,
        ...(reply_class && reply_class in REPLY_CLASSES && { reply_class: reply_class as never }),
      };
    case "out_of_office":
      return { kind, ...(returns_on && { returns_on }) };
    case "bounce":
      return { kind, ...(bounce && { bounce_class: bounce.class }) };
    case "unsubscribe":
    case "auto_reply":
    case "unrelated":
      return { kind };
    default:
      return null;
  }
}

export const VERDICT_CHOICES = [
  { value: "holds", label: "Holds a contact" },
  { value: "reply", label: "Any reply" },
  ...Object.entries(REPLY_CLASSES)
    .filter(([key]) => key !== "none_of_the_above")
    .map(([key, label]) => ({ value: `reply:${key}`, label: capital(label) })),
  ...(["out_of_office", "auto_reply", "unsubscribe", "bounce", "challenge"] as const).map((kind) => ({
    value: kind as string,
    label: capital(KINDS[kind]),
  })),
];

type Hold = NonNullable<Incoming["hold"]>;

const HELD: Record<Hold["reason"], string> = {
  answered: "has answered",
  maybe_answered: "may have answered",
  maybe_opted_out: "may want no more mail",
  maybe_bounced: "may have an address that no longer works",
  automatic: "has an automatic answer",
  unclear: "sent a mail that could not be understood",
};

/** `who` begins the sentence. */
export function sayHeld(
  { reason, until }: Pick<Hold, "reason" | "until">,
  who: string,
  day: (at: string) => string,
) {
  const end = until ? ` or ${day(until)} comes` : "";
  return `${who} ${HELD[reason]}. No automatic mail goes to them until you say what this is${end}.`;
}

/** In a line of the list. */
export function brieflyHeld({ until }: Pick<Hold, "until">, day: (at: string) => string) {
  return until ? `held until ${day(until)}` : "held";
}

/** What a key settles a mail as. Without `kind` it is what it was read as. */
export type Answer = { key: string; label: string; wish: Partial<Omit<Overruling, "id">> };

/** The first is what it was read as. */
export function answersTo(mail: Said, day: (at: string) => string): Answer[] {
  const others: Answer[] = [
    { key: "a", label: "A reply", wish: { kind: "reply" } },
    { key: "u", label: "Wants no more mail", wish: { kind: "unsubscribe" } },
    { key: "o", label: "An automatic answer", wish: { kind: "auto_reply" } },
  ];
  const asRead: Answer = { key: "y", label: `Yes: ${sayVerdict(mail, day)}`, wish: {} };
  return [asRead, ...others.filter(({ wish }) => wish.kind !== mail.kind)];
}
