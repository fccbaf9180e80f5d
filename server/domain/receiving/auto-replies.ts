// Answers that no person wrote: absence notes, ticket desks, "has left the company", demands for proof.
//
// Easy to get wrong: machines send what people typed, and people mention holidays. Sure needs both a header that
// machines set and words that machines write. Where one is missing, the verdict says so and a person is asked.

import { type Finder, finderOf, folded, quoteAround } from "../basics/phrases.ts";
import { returnIn } from "../time/return-dates.ts";
import { AWAY, CHALLENGE, COURTESY, DESK, LEFT } from "./auto-reply-phrases.ts";
import type { Certainty, MailEvidence } from "./inbound-verdict.ts";
import type { IncomingMail } from "./incoming-mail.ts";
import { holdsQuestion } from "./questions.ts";
import { ACTS, ASKS, MENTIONS } from "./reading/limits.ts";
import { onlySays, type RatedQuote, type SentenceReading, strongest } from "./reading/reader.ts";
import { DECLINES, WELCOMES } from "./reply-phrases.ts";
import { type AutoReplySign, machineSign, withoutOurs } from "./signs.ts";

type AutoReply = {
  kind: "out_of_office" | "auto_reply" | "challenge";
  hasLeft: boolean;
  /** A confirmation and nothing else: nothing has to follow. */
  isPlain: boolean;
  certainty: Certainty;
  probability: number;
  returnsOn: Temporal.PlainDate | null;
  evidence: MailEvidence[];
};

// Phrases stay beside the reader where they are the better evidence: each says one thing, in words that can be shown.
const find = {
  away: finderOf(AWAY),
  left: finderOf(LEFT),
  desk: finderOf(DESK),
  challenge: finderOf(CHALLENGE),
  courtesy: finderOf(COURTESY),
};
const LONGEST = 3000;

export type AutoReplyInput = {
  fresh: string;
  reading: SentenceReading;
  receivedAt: Temporal.Instant;
  ourSubjects: readonly string[];
};

export function autoReplyIn(mail: IncomingMail, heard: AutoReplyInput): AutoReply | null {
  const sign = machineSign(mail, heard.ourSubjects);
  // Below a quotation is our own mail, with our own days and words: it is read only where nothing else is left.
  const isBare = heard.fresh === "" && sign?.by === "responder";
  const text = (isBare ? mail.text : heard.fresh).slice(0, LONGEST);
  const challenge = challengeIn(mail, text);
  if (challenge)
    return {
      ...answer("challenge"),
      certainty: sign !== null && sign.by !== "subject" ? "sure" : "probable",
      evidence: signs(sign?.evidence ?? null, challenge),
    };
  const told = toldIn(mail, text, heard);
  return sign ? byMachine(mail, sign, told, heard) : byWords(mail, text, told, heard);
}

const answer = (kind: AutoReply["kind"]) => ({
  kind,
  hasLeft: false,
  isPlain: false,
  certainty: "sure" as const,
  probability: 1,
  returnsOn: null,
});
const signs = (...all: (MailEvidence | null)[]) => all.filter((one) => one !== null);

type Told = ReturnType<typeof toldIn>;

/** What the words say, by phrases and by the reader. Our own subject may speak of absences and days, too. */
function toldIn(mail: IncomingMail, text: string, { reading, receivedAt, ourSubjects }: AutoReplyInput) {
  const dated = noteDate(mail, receivedAt);
  const added = withoutOurs(mail.subject, ourSubjects);
  const back = returnIn(text, dated) ?? returnIn(added, dated);
  const person = strongest(reading, ["yes", "ask", "no", "optout"]);
  return {
    left: words("has left", find.left, text) ?? said("has left", reading.left),
    away:
      words("away", find.away, text) ??
      words("away", find.away, added, "subject") ??
      said("away", reading.away),
    desk: words("ticket desk", find.desk, text) ?? said("confirms", reading.ack),
    back,
    person: reading[person].probability >= MENTIONS ? { name: person, ...reading[person] } : null,
  };
}

function said(rule: string, one: RatedQuote): MailEvidence | null {
  return one.probability >= MENTIONS ? { rule: `read: ${rule}`, where: "text", quote: one.text } : null;
}

const dayOf = ({ back }: Told): MailEvidence | null =>
  back && { rule: "day of return", where: "text", quote: back.quote };

function byMachine(
  mail: IncomingMail,
  sign: AutoReplySign,
  told: Told,
  { reading, fresh }: AutoReplyInput,
): AutoReply | null {
  const { left, desk, back, person } = told;
  // Of what a system carries, the reader alone must be sure: a name in a frame around an answer resembles many things.
  const isHeard =
    told.away !== null && (told.away.rule.startsWith("words") || reading.away.probability >= ACTS);
  const away = sign.by !== "system" || back || isHeard ? told.away : null;
  // A hint by the subject alone never makes it sure, nor does a sentence of a person beside the signs.
  const isSure = sign.by === "responder";
  const certainty: Certainty =
    isSure && !(person && reading[person.name].probability >= ACTS) ? "sure" : "probable";
  const base = { certainty, probability: certainty === "sure" ? 1 : ASKS };
  const isDesk = desk !== null && TICKET.test(mail.subject);
  // A person on holiday writes that, too: through a ticket system an answer with a wish of its own is an answer.
  if (sign.by !== "responder" && person && !(away || left)) return null;
  if (left && !(away && back))
    return { ...answer("auto_reply"), ...base, hasLeft: true, evidence: signs(sign.evidence, left) };
  if ((away && !isDesk) || (back && !desk && sign.by === "responder"))
    return {
      ...answer("out_of_office"),
      ...base,
      returnsOn: back?.on ?? null,
      evidence: signs(sign.evidence, away, dayOf(told)),
    };
  if (desk) {
    // A ticket system's frame around what a person typed confirms, too: then not every sentence does.
    const isWhole =
      sign.by === "responder" ||
      (sign.by === "system" &&
        onlySays(
          reading,
          ["ack"],
          (said) => find.desk(folded(said)) !== null || find.courtesy(folded(said)) !== null,
        ));
    const sure =
      isWhole && !person
        ? { certainty: "sure" as const, probability: 1 }
        : { certainty: "probable" as const, probability: ASKS };
    return { ...answer("auto_reply"), ...sure, isPlain: !person, evidence: signs(sign.evidence, desk) };
  }
  // Only the header says so: a program that answers by itself, or one that carries what a person typed.
  if (sign.by !== "responder" && fresh.trim() !== "") return null;
  const isDoubtful = person !== null || (sign.isBare === true && fresh.trim() !== "");
  return { ...answer("auto_reply"), ...unless(isDoubtful), evidence: signs(sign.evidence) };
}

const unless = (isDoubtful: boolean) => ({
  certainty: isDoubtful ? ("probable" as const) : ("sure" as const),
  probability: isDoubtful ? ASKS : 1,
});

const TICKET =
  /[[(#]\s?(?:ticket|case|request|req|inc|sr|#|[a-z]{2,5}-)?\s?[:#-]?\s?\d{4,}|\bticket\s?#?\d{3,}/i;

function byWords(
  mail: IncomingMail,
  text: string,
  told: Told,
  { reading }: AutoReplyInput,
): AutoReply | null {
  const { away, desk, back, person } = told;
  const courtesy = words("as machines put it", find.courtesy, text);
  if (desk && !person && !away && (TICKET.test(mail.subject) || reading.ack.probability >= ACTS))
    return { ...answer("auto_reply"), ...probable(reading.ack), evidence: [desk] };
  const isAway = away !== null && (back !== null || courtesy !== null || away.where === "subject");
  // "If it is urgent, call …" is in every second note and reads like a wish to talk.
  const isPerson =
    person !== null &&
    (!isAway ||
      person.probability >= ACTS ||
      person.name === "optout" ||
      WELCOMES(folded(text)) !== null ||
      DECLINES(folded(text)) !== null);
  if (isPerson || holdsQuestion(text)) return null;
  // "Answer 1": of three words, only a phrase or a day says that they are an absence note.
  if (back === null && !away?.rule.startsWith("words") && text.trim().split(/\s+/).length <= 3) return null;
  // "I'm on sick leave. Please write to the office": each sentence is one of an absence note.
  const isNote = away !== null && onlySays(reading, ["away", "refer", "ack"], () => false);
  if (!isAway && !isNote && reading.away.probability < ACTS) return null;
  return {
    ...answer("out_of_office"),
    ...probable(reading.away),
    returnsOn: back?.on ?? null,
    evidence: signs(away, courtesy, dayOf(told)),
  };
}

const probable = ({ probability }: RatedQuote) => ({
  certainty: "probable" as const,
  probability: Math.max(ASKS, probability),
});

function challengeIn(mail: IncomingMail, text: string): MailEvidence | null {
  const header = Object.keys(mail.headers).find((name) => /^x-(?:boxbe|spamarrest|tmda)/.test(name));
  if (header)
    return { rule: "challenge", where: "header", quote: `${header}: ${mail.headers[header]?.[0] ?? ""}` };
  return /https?:\/\/|click|klick|clique/i.test(text) ? words("challenge", find.challenge, text) : null;
}

function words(
  rule: string,
  finder: Finder,
  source: string,
  where: "text" | "subject" = "text",
): MailEvidence | null {
  const found = finder(folded(source));
  return found && { rule: `words: ${rule} (${found.language})`, where, quote: quoteAround(source, found) };
}

/** A clock that is days off is no clock. */
function noteDate(mail: IncomingMail, receivedAt: Temporal.Instant) {
  const off = mail.date ? Math.abs(receivedAt.since(mail.date).total("hours")) : Number.POSITIVE_INFINITY;
  const offset = mail.utcOffset ?? 0;
  const at = (off <= 72 && mail.date) || receivedAt;
  const day = at.add({ minutes: offset }).toZonedDateTimeISO("UTC").toPlainDate();
  // Between Halifax in summer and Honolulu, the month comes first.
  return { day, monthFirst: offset <= -240 && offset >= -600 };
}
