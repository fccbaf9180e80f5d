// Finds opt-outs in a contact's own words.
//
// Easy to get wrong: "unsubscribe" is in our own footer, which every answer quotes, and in the footers of others. So
// only fresh text counts. A lone word such as "stop" counts only as the whole mail, and a request must be one: "how do
// your customers unsubscribe?" is a question, and "don't stop" is the opposite.

import { type Find, finderOf, folded, quoteAround } from "../basics/phrases.ts";
import { ALONE, REQUESTS } from "./opt-out-phrases.ts";
import { wantsMore } from "./opt-outs-denied.ts";
import { endsAsQuestion } from "./questions.ts";
import {
  ASKS,
  ASKS_TOO,
  MENTIONS,
  OPTS_OUT,
  OPTS_OUT_AT_LENGTH,
  OPTS_OUT_IN_A_QUESTION,
  OPTS_OUT_IN_FEW_WORDS,
} from "./reading/limits.ts";
import type { SentenceReading } from "./reading/reader.ts";

const alone = finderOf(ALONE);
const requests = finderOf(REQUESTS);
const COURTESIES =
  /(?<!\p{L})(?:please|pls|plz|thanks?|thank you|thx|hi|hello|bitte|danke|s'il vous plait|svp|merci|por favor|gracias|per favore|grazie|obrigad[oa]|alstublieft|aub|svp|dank u|bedankt|tack|snalla|takk|vennligst|tak|venligst|kiitos|prosze|dziekuje|now|immediately|sofort)(?!\p{L})|[^\p{L}\p{N}'\- ]+/gu;
const SHORT = 600;

/** "More" at the end of a line and a name are no wish; "stop" and its like are phrases. Scripts without spaces are no such case. */
const LONE_WORD = /^[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}'’.-]{1,20}[!.]?$/u;

/** "Bastien" below a text, but not "unsuscribe", nor a word that is the whole mail. */
const isName = (word: string, fresh: string) => fresh.trim() !== word && !/^\p{Ll}/u.test(word);

/** "Thanks to all!" and a wish in three words look alike in a language that the reader hardly knows. */
function leastFor(text: string) {
  const words = text.split(/\s+/).length;
  if (words > LONG) return OPTS_OUT_AT_LENGTH;
  return words <= 3 && !/\p{Lo}/u.test(text) ? OPTS_OUT_IN_FEW_WORDS : OPTS_OUT;
}
const LONG = 10;

type Phrase = { rule: string; language: string; quote: string };
export type OptOutPhrase = Phrase & { isSure: boolean; probability: number };

/** A phrase says it exactly, and can be shown; the reader knows the other ways to say it, in more languages. */
export function optOutIn(
  heard: { fresh: string; reading: SentenceReading },
  ownSubject: string | null,
): OptOutPhrase | null {
  const phrase = optOutByPhrase(heard.fresh, ownSubject);
  const { optout } = heard.reading;
  const { probability, text } = optout;
  // "Please take me off hold": a phrase in the middle of a text, and the reader hears no such wish in any sentence.
  if (phrase) {
    // "¿Se puede dar de baja a un usuario?"
    const least = endsAsQuestion(text) ? OPTS_OUT_IN_A_QUESTION : ASKS;
    const isHeard = phrase.rule !== "a request" || probability >= least;
    const isWhole = phrase.rule !== "a request";
    const isSure = isHeard && !wantsMore(phrase.quote) && (isWhole || !isContradicted(heard.reading));
    return { ...phrase, isSure };
  }
  if (probability < ASKS) return null;
  const acts = leastFor(text);
  if (LONE_WORD.test(text) && (probability < acts || isName(text, heard.fresh))) return null;
  if (probability < OPTS_OUT && isOfAnother(heard.reading)) return null;
  const isSure =
    probability >= (endsAsQuestion(text) ? OPTS_OUT_IN_A_QUESTION : acts) &&
    !isContradicted(heard.reading) &&
    !wantsMore(text);
  return { rule: "the words", language: "", quote: text, isSure, probability };
}

/** "Don't take us off yet. Call me on Monday": who is interested in another sentence, or asks for a price, is asked about. */
const isContradicted = ({ optout, sentences }: SentenceReading) =>
  sentences.some(
    ({ name, probability, from }) =>
      from !== optout.from &&
      ((name === "yes" && probability >= MENTIONS) || (name === "ask" && probability >= ASKS_TOO)),
  );
/** "Helen has left us. Take her off your list", "Your mail has arrived. No need to write again": a user is asked about the mail. */
const isOfAnother = ({ left, ack, optout }: SentenceReading) =>
  left.probability >= MENTIONS || (ack.probability >= MENTIONS && ack.from !== optout.from);

/** Something like a wish for no more mail is in it, though it is read as something else. */
export const maySayOptOut = ({ reading: { optout } }: { reading: SentenceReading }) =>
  optout.probability >= ASKS && !LONE_WORD.test(optout.text);

/** In what was written afresh, and in the subject where that is not our own. */
export function optOutByPhrase(fresh: string, ownSubject: string | null): OptOutPhrase | null {
  const found = phraseIn(fresh, ownSubject);
  return found && { ...found, isSure: true, probability: 0.98 };
}

function phraseIn(fresh: string, ownSubject: string | null): Phrase | null {
  const text = folded(fresh.slice(0, 3000));
  const whole = bare(text);
  const subject = ownSubject === null ? null : folded(ownSubject);
  const found = wholly(whole, alone);
  if (found) return { rule: "the whole mail", language: found.language, quote: fresh.trim().slice(0, 120) };
  const lone = subject === null ? null : wholly(bare(subject), alone);
  if (lone && whole.length < 40)
    return { rule: "the subject", language: lone.language, quote: ownSubject ?? "" };
  const line = firstLine(text);
  const opening = fresh.length <= SHORT && line ? wholly(bare(line), alone) : null;
  if (opening) return { rule: "the first line", language: opening.language, quote: line ?? "" };
  const sentence =
    fresh.length <= 200 ? text.split(/[.!\n]/).find((one) => wholly(bare(one), alone)) : undefined;
  if (sentence) return { rule: "a sentence", language: "", quote: sentence.trim() };
  const request = requests(text);
  if (!request || isHarmless(text, request)) return null;
  return { rule: "a request", language: request.language, quote: quoteAround(fresh, request) };
}

const bare = (text: string) => text.replace(COURTESIES, " ").replace(/\s+/g, " ").trim();

function wholly(text: string, find: (text: string) => Find | null) {
  if (text.length > 60) return null;
  const found = find(text);
  return found && found.at === 0 && found.end === text.length ? found : null;
}

const firstLine = (text: string) => text.split("\n").find((line) => line.trim() !== "");

/** "Hay que dar de baja las dos líneas". */
const A_THING =
  /^(?:\s\p{L}{1,12})?\s(?:las?|los|el|una?|dos|tres|esas?|esos?)\s(?!(?:direccion|suscripcion|correo|e-?mail|mi)(?!\p{L}))/u;
const OFF_SOMETHING_ELSE = /^\s+(?:on\s+|the\s+)?(?:hold|mute|speaker|call|project|rota|hook)\b/;

/** A question, a condition, a denial, something else that one is taken off, or the footer of the sender's own newsletter. */
function isHarmless(text: string, { at, end, quote }: Find) {
  const before = text.slice(Math.max(0, at - 50), at);
  const sentenceEnd = text.slice(end, end + 120).split(/[.!\n]/, 1)[0] ?? "";
  if (/ baja$/.test(quote) && A_THING.test(sentenceEnd)) return true;
  if (/ off$/.test(quote) && OFF_SOMETHING_ELSE.test(sentenceEnd)) return true;
  if (
    /(?:\b(?:if you(?:'d)? (?:want|wish|would like|prefer|no longer)|how (?:do|can|would)|in order|don't|do not|never|to)\s+(?:\S+\s){0,3})$/.test(
      before,
    ) &&
    !/\b(?:want|like|wish|ask(?:ing)?|need|request(?:ing)?) (?:you )?to\s+(?:\S+\s){0,2}$/.test(before)
  )
    return !/^(?:do not|don't|never|no )/.test(quote);
  if (
    /\b(?:wenn sie|si vous|si desea|si no desea|se non|se desidera|als u|caso nao|om du|hvis du|jos haluat|jesli)\s+(?:\S+\s){0,6}$/.test(
      before,
    )
  )
    return true;
  return (
    endsAsQuestion(sentenceEnd) &&
    !/\b(?:can|could|would|will|konnten|pouvez|puede|puo|pode|kunt|kan)\b/.test(before)
  );
}
