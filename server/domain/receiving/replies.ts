// What a person's answer amounts to.
//
// Conservative: a class is given where a phrase says it, and "none" otherwise; a person may always set it. A refusal
// wins over an interest ("not interested, but tell me more" is read by a person anyway), and a question is one only if
// nothing else was said.

import { finderOf, folded, quoteAround } from "../basics/phrases.ts";
import { LEFT } from "./auto-reply-phrases.ts";
import { questionIn } from "./questions.ts";
import { ACTS, MENTIONS } from "./reading/limits.ts";
import { NOT_SAID, type RatedQuote, readingOf, type SentenceReading, strongest } from "./reading/reader.ts";
import { DECLINES, REFERS, WELCOMES, WRONG_PERSON } from "./reply-phrases.ts";

export type ReplyClass =
  | "interested"
  | "question"
  | "referral"
  | "not_right_person"
  | "not_interested"
  | "unsubscribe"
  | "out_of_office"
  | "none";

type ReplyReading = {
  replyClass: ReplyClass;
  rule: string;
  quote: string | null;
  probability: number;
};

const LONGEST = 4000;
const left = finderOf(LEFT);

export function replyClassOf(fresh: string, reading: SentenceReading = readingOf(fresh)): ReplyReading {
  const source = fresh.slice(0, LONGEST);
  const text = folded(source);
  for (const { replyClass, rule, find } of RULES) {
    const found = find(text);
    if (found && !(replyClass === "interested" && isDenied(text, found.at)))
      return { replyClass, rule: `words: ${rule}`, quote: quoteAround(source, found), probability: 0.95 };
  }
  return byReader(reading) ?? asksIn(source);
}

const READ = {
  yes: "interested",
  ask: "question",
  no: "not_interested",
  refer: "referral",
  wrong: "not_right_person",
  left: "not_right_person",
} as const;

function byReader(given: SentenceReading): ReplyReading | null {
  const reading = withoutNames(given);
  const name = strongest(reading, ["no", "wrong", "refer", "yes", "left", "ask"]);
  const { probability, text } = reading[name];
  if (probability < MENTIONS) return null;
  return { replyClass: READ[name], rule: "read: the words", quote: text, probability };
}

/** "Hi Marta," and a name below say nothing, whatever their letters are like; "Interested" says it for sure. */
function withoutNames({ sentences, ...best }: SentenceReading): SentenceReading {
  const isName = ({ from, text }: RatedQuote) => (from === 0 ? isSalutation(text) : isOnlyNames(text));
  const said = Object.entries(best).map(([name, one]) => [
    name,
    isName(one) && (one.probability < ACTS || /\s/.test(one.text)) ? NOT_SAID : one,
  ]);
  return { ...(Object.fromEntries(said) as typeof best), sentences };
}

const isSalutation = (text: string) => text.endsWith(",") && text.split(/\s+/).length <= 4;

const isOnlyNames = (text: string) => {
  const words = text.split(/\s+/);
  return words.length <= 3 && words.every((word) => /^\p{Lu}[\p{L}'’.-]*$/u.test(word));
};

function asksIn(source: string): ReplyReading {
  const question = questionIn(source);
  if (question)
    return {
      replyClass: "question",
      rule: "asks a question",
      probability: 0.7,
      quote: question.slice(0, 160),
    };
  return { replyClass: "none", rule: "says nothing we know", quote: null, probability: 0.6 };
}

const wrongPerson = (text: string) => WRONG_PERSON(text) ?? left(text);

const RULES = [
  {
    replyClass: "referral",
    rule: "wrong person, and names another",
    find: (text: string) => (wrongPerson(text) ? (addressIn(text) ?? REFERS(text)) : null),
  },
  { replyClass: "not_right_person", rule: "wrong person", find: wrongPerson },
  { replyClass: "not_interested", rule: "declines", find: DECLINES },
  { replyClass: "interested", rule: "interested", find: WELCOMES },
  {
    replyClass: "referral",
    rule: "names another",
    find: (text: string) => (addressIn(text) ? REFERS(text) : null),
  },
] as const;

const AN_ADDRESS = /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}/;
const ADDRESS = /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}/g;

function addressIn(text: string) {
  const found = AN_ADDRESS.exec(text);
  return found && { language: "", quote: found[0], at: found.index, end: found.index + found[0].length };
}

/** Addresses that the contact names as better ones to write to. */
export function addressesNamed(fresh: string, known: ReadonlySet<string>): string[] {
  const found = folded(fresh.slice(0, LONGEST)).match(ADDRESS) ?? [];
  return [...new Set(found)].filter((address) => !known.has(address)).slice(0, 5);
}

const isDenied = (text: string, at: number) =>
  /\b(?:not|n't|no|nicht|kein\w*|pas|no|non|nao|niet|geen|inte|ikke|ei|en|nie)\s+(?:\S+\s)?$/.test(
    text.slice(Math.max(0, at - 25), at),
  );
