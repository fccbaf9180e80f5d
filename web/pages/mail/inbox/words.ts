// What an incoming mail was taken for, in words; and what follows when a person says that it is something else.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import type { StateKind } from "../../../parts/State.tsx";
import type { Incoming, Overruling } from "./queries.ts";

type Kind = Incoming["kind"];
type Bounce = Pick<NonNullable<Incoming["bounce"]>, "class">;
type Said = Pick<Incoming, "kind" | "reply_class" | "returns_on" | "certainty"> & { bounce: Bounce | null };
type Suggestion = NonNullable<Incoming["suggestion"]>;
type ReplyClass = NonNullable<Overruling["reply_class"]>;

const CLASSES: Record<ReplyClass, string> = perLanguage(() => ({
  willing_to_meet: t("wants to meet"),
  follow_up_question: t("has a question"),
  person_referral: t("refers to another person"),
  already_left_company_or_not_right_person: t("is not the right person"),
  not_interested: t("not interested"),
  none_of_the_above: t("reply"),
}));
export const REPLY_CLASSES: Record<string, string> = perLanguage(() => CLASSES);
const eachClass = () => Object.entries(CLASSES) as [ReplyClass, string][];
const isReplyClass = (word: string): word is ReplyClass => word in CLASSES;

const KINDS: Record<Kind, string> = perLanguage(() => ({
  reply: t("reply"),
  unsubscribe: t("unsubscribe request"),
  out_of_office: t("out of office"),
  auto_reply: t("automatic reply"),
  challenge: t("asks to confirm the sender"),
  bounce: t("bounce"),
  delay: t("delivery delayed"),
  receipt: t("read receipt"),
  complaint: t("reported as spam"),
  list: t("mailing list"),
  own: t("sent from this mailbox"),
  unrelated: t("unrelated to your emails"),
  unreadable: t("could not be read"),
}));

export function sayVerdict({ kind, reply_class, returns_on, bounce }: Said, day: (at: string) => string) {
  if (kind === "reply") return REPLY_CLASSES[reply_class ?? ""] ?? KINDS.reply;
  if (kind === "out_of_office" && returns_on)
    return t("out of office until {returns_on}", { returns_on: day(returns_on) });
  if (kind === "bounce" && bounce) return bounce.class === "soft" ? t("temporary bounce") : t("bounce");
  return KINDS[kind];
}

/** What a language model takes it for, and whether that is what it has been read as anyway. */
export function saySuggested({
  kind,
  reply_class,
  suggestion,
}: Pick<Incoming, "kind" | "reply_class"> & { suggestion: Pick<Suggestion, "reply_class"> | null }) {
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
  return contact?.name ?? from_name ?? from_email ?? t("Unknown sender");
}

/** Out of the inbox for now. */
export function isSnoozed({ snoozed_until }: Pick<Incoming, "snoozed_until">, now: Date) {
  return snoozed_until !== null && Date.parse(snoozed_until) > now.getTime();
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
    header: t("a header"),
    body: t("the text"),
    text: t("the text"),
    subject: t("the subject"),
    report: t("the delivery report"),
    folder: t("its folder"),
  };
  return places[where] ?? where;
}

/** The evidence for it, without the ids that tie a mail to ours: users do not read those. */
export function telling<Reason extends { rule: string }>(evidence: readonly Reason[]) {
  return evidence.filter(({ rule }) => !rule.startsWith("answers us"));
}

export type OverruleOption = { key: string; label: string; changes: string; wish: Omit<Overruling, "id"> };

/** Everything it could be instead, each with what follows from it. `who` stands at the beginning of a sentence. */
export function choicesFor(mail: Said, who: string, tomorrow: string): OverruleOption[] {
  const replies = eachClass().map(([reply_class, label]) => ({
    key: `reply:${reply_class}`,
    label: reply_class === "none_of_the_above" ? t("Reply") : t("Reply: {label}", { label }),
    changes:
      mail.kind === "reply"
        ? t("Only the type of reply changes.")
        : t("{who} will be marked as finished in the sequence (replied).", { who }),
    wish: { kind: "reply" as const, reply_class },
  }));
  const now = mail.kind === "reply" ? `reply:${mail.reply_class ?? "none_of_the_above"}` : mail.kind;
  return [...replies, ...othersFor(mail, one(who), tomorrow)].filter(({ key }) => key !== now);
}

/** The contact as subject and as object of a sentence, and the beginning of one about the mail. */
type Who = { who: string; object: string; it: string };

function one(who: string): Who {
  return { who, object: who, it: t("This email will be") };
}

const MANY: Who = perLanguage(() => ({
  who: t("The contacts"),
  object: t("them"),
  it: t("These emails will be"),
}));

function othersFor(
  { returns_on }: Pick<Said, "returns_on">,
  { who, object, it }: Who,
  tomorrow: string,
): OverruleOption[] {
  return [
    {
      key: "out_of_office",
      label: t("Out of office"),
      changes: t("{who} will be paused until {value}, then resumed.", {
        who,
        value: returns_on ? t("the return date") : t("tomorrow"),
      }),
      wish: { kind: "out_of_office", returns_on: returns_on ?? tomorrow },
    },
    {
      key: "auto_reply",
      label: t("Automatic reply"),
      changes: t("{who} will continue in the sequence.", { who }),
      wish: { kind: "auto_reply" },
    },
    {
      key: "unsubscribe",
      label: t("Unsubscribe request"),
      changes: t("{who} will be unsubscribed. Your team can no longer email {object}.", { who, object }),
      wish: { kind: "unsubscribe" },
    },
    {
      key: "bounce",
      label: t("Bounce"),
      changes: t("The address will be marked as bounced. No more emails will be sent to it."),
      wish: { kind: "bounce", bounce_class: "hard" },
    },
    {
      key: "unrelated",
      label: t("Unrelated to your emails"),
      changes: t("{who} will continue in the sequence. {it} removed from the inbox.", { who, it }),
      wish: { kind: "unrelated" },
    },
  ];
}

/** What many could be instead: each of them follows what its own call would. */
export function everyChoice(): OverruleOption[] {
  const tomorrow = new Date(currentTimeMs() + 86_400_000).toISOString().slice(0, 10);
  return [
    ...eachClass().map(([reply_class, label]) => ({
      key: `reply:${reply_class}`,
      label: reply_class === "none_of_the_above" ? t("Reply") : t("Reply: {label}", { label }),
      changes: t("The contacts will be marked as finished in the sequence (replied)."),
      wish: { kind: "reply" as const, reply_class },
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
        ...(reply_class && isReplyClass(reply_class) && { reply_class }),
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

export const VERDICT_CHOICES = perLanguage(() => [
  { value: "holds", label: t("Contact on hold") },
  { value: "reply", label: t("Any reply") },
  ...Object.entries(REPLY_CLASSES)
    .filter(([key]) => key !== "none_of_the_above")
    .map(([key, label]) => ({ value: `reply:${key}`, label: capital(label) })),
  ...(["out_of_office", "auto_reply", "unsubscribe", "bounce", "challenge"] as const).map((kind) => ({
    value: kind as string,
    label: capital(KINDS[kind]),
  })),
]);

type Hold = NonNullable<Incoming["hold"]>;

const HELD: Record<Hold["reason"], string> = perLanguage(() => ({
  answered: t("replied"),
  maybe_answered: t("may have replied"),
  maybe_opted_out: t("may have asked to unsubscribe"),
  maybe_bounced: t("may have an invalid email address"),
  automatic: t("sent an automatic reply"),
  unclear: t("sent an email that needs your decision"),
}));

/** `who` begins the sentence. */
export function sayHeld(
  { reason, until }: Pick<Hold, "reason" | "until">,
  who: string,
  day: (at: string) => string,
) {
  const end = until ? t(" or until {until}", { until: day(until) }) : "";
  return t("{who} {reason}. Automatic emails are on hold until you choose what this is{end}.", {
    who,
    reason: HELD[reason],
    end,
  });
}

/** In a line of the list. */
export function brieflyHeld({ until }: Pick<Hold, "until">, day: (at: string) => string) {
  return until ? t("on hold until {until}", { until: day(until) }) : t("on hold");
}

/** What a key settles a mail as. Without `kind` it is what it was read as. */
/** `says`: the label without its "Yes". */
export type OverruleKey = {
  key: string;
  label: string;
  says?: string;
  wish: Partial<Omit<Overruling, "id">>;
};

/** The first is what it was read as. */
export function answersTo(mail: Said, day: (at: string) => string): OverruleKey[] {
  const others: OverruleKey[] = [
    { key: "a", label: t("Reply"), wish: { kind: "reply" } },
    { key: "u", label: t("Unsubscribe request"), wish: { kind: "unsubscribe" } },
    { key: "o", label: t("Automatic reply"), wish: { kind: "auto_reply" } },
  ];
  const asRead: OverruleKey = {
    key: "y",
    label: t("Yes: {mail}", { mail: sayVerdict(mail, day) }),
    says: sayVerdict(mail, day),
    wish: {},
  };
  return [asRead, ...others.filter(({ wish }) => wish.kind !== mail.kind)];
}

export function sayMails(count: number) {
  return t("{count, plural, one {# email} other {# emails}}", { count });
}
