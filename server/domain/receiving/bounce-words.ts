// What the words of a failed delivery mean for the address, whatever its code.

import type { Find } from "../basics/phrases.ts";
import { FULL, MAIL_UNWANTED, NOBODY_NAMED, SENDER_BLAMED } from "./bounce-grammar.ts";
import {
  FULL_ABROAD,
  NOBODY_ABROAD,
  SENDER_BLAMED_ABROAD,
  UNWANTED_ABROAD,
} from "./bounce-grammar-abroad.ts";
import {
  FULL_EASTERN,
  NOBODY_EASTERN,
  SENDER_BLAMED_EASTERN,
  UNWANTED_EASTERN,
} from "./bounce-grammar-eastern.ts";
import {
  ANOTHER_DAY,
  NAMED_NOBODY,
  NOBODY_THERE,
  PERHAPS_NOBODY,
  REFUSED_SENDER,
  SENDING_SERVER,
  SURELY_ANOTHER_DAY,
  SURELY_SENDER,
} from "./bounce-phrases.ts";

type Meaning = (typeof PHRASES)[number];
export type Phrase = { class: Meaning["class"]; rule: Meaning["rule"]; find: Find };

/** The plainest first: words for a mailbox that does not exist are also said of senders, and of full mailboxes. */
const PHRASES = [
  { look: SURELY_SENDER, class: "policy", rule: "words: surely the sender" },
  { look: blamedSender, class: "policy", rule: "words: the sender" },
  { look: SENDER_BLAMED_ABROAD, class: "policy", rule: "words: the sender" },
  { look: sendingServer, class: "policy", rule: "words: the sending server" },
  { look: SURELY_ANOTHER_DAY, class: "soft", rule: "words: surely another day" },
  { look: NAMED_NOBODY, class: "hard", rule: "words: no such user" },
  { look: FULL, class: "soft", rule: "words: full" },
  { look: FULL_ABROAD, class: "soft", rule: "words: full" },
  { look: NOBODY_NAMED, class: "hard", rule: "words: unknown recipient" },
  { look: NOBODY_ABROAD, class: "hard", rule: "words: no such user" },
  { look: NOBODY_THERE, class: "hard", rule: "words: nobody there" },
  { look: ANOTHER_DAY, class: "soft", rule: "words: another day" },
  { look: REFUSED_SENDER, class: "policy", rule: "words: refused" },
  { look: MAIL_UNWANTED, class: "policy", rule: "words: unwanted" },
  { look: UNWANTED_ABROAD, class: "policy", rule: "words: unwanted" },
  { look: PERHAPS_NOBODY, class: "hard", rule: "words: perhaps nobody there" },
] as const;

/** In scripts that folding spoils: looked for in the text as it is. */
const EASTERN = [
  { look: SENDER_BLAMED_EASTERN, class: "policy", rule: "words: the sender" },
  { look: FULL_EASTERN, class: "soft", rule: "words: full" },
  { look: NOBODY_EASTERN, class: "hard", rule: "words: no such user" },
  { look: UNWANTED_EASTERN, class: "policy", rule: "words: unwanted" },
] as const;

/** `words` is the text folded, of the same length. */
export function phraseRule(words: string, text: string): Phrase | null {
  for (const { look, ...means } of EASTERN) {
    const find = look(text);
    if (find) return { ...means, find };
  }
  for (const { look, ...means } of PHRASES) {
    const find = look(words);
    if (find) return { ...means, find };
  }
  return null;
}

/** What is blamed is the sender, unless a name that nobody has comes first: "User unknown. Learn why your IP is listed". */
function blamedSender(words: string): Find | null {
  const sender = SENDER_BLAMED(words);
  const nobody = sender && (NAMED_NOBODY(words) ?? NOBODY_NAMED(words) ?? NOBODY_THERE(words));
  return sender && nobody && nobody.at < sender.at ? null : sender;
}

/** Words about the sender's server, unless they stand beside a name that nobody has. */
function sendingServer(words: string): Find | null {
  const server = SENDING_SERVER(words);
  const nobody = server && NAMED_NOBODY(words);
  return nobody && !isBlamed(server, nobody, words) ? null : server;
}

/** "Your IP is blocked: too many mails to no such user", but not "No such user. Learn why your IP is blocked". */
export const isBlamed = (server: Find, nobody: Find | null, words: string) =>
  (nobody === null || server.at < nobody.at) &&
  (REFUSED_SENDER(words) !== null || /\b(?:listed|too many)\b/.test(words));
