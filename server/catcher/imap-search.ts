// SEARCH: criteria into a question that is asked of each mail.

import type { ImapMail } from "./imap-fetch.ts";
import { isIn, readDay, readSet, type Token, tokenText } from "./imap-words.ts";
import { fieldValue } from "./mime-tree.ts";

type Held = { mail: ImapMail; number: number; largestNumber: number; largestUid: number };
type Question = (held: Held) => boolean;

type ImapSearch = { holds: Question; needsText: boolean };

const FLAGS: Record<string, [string, boolean]> = {
  ANSWERED: ["\\Answered", true],
  UNANSWERED: ["\\Answered", false],
  DELETED: ["\\Deleted", true],
  UNDELETED: ["\\Deleted", false],
  DRAFT: ["\\Draft", true],
  UNDRAFT: ["\\Draft", false],
  FLAGGED: ["\\Flagged", true],
  UNFLAGGED: ["\\Flagged", false],
  SEEN: ["\\Seen", true],
  UNSEEN: ["\\Seen", false],
};

const ORDER: Record<string, (day: string, than: string) => boolean> = {
  SINCE: (day, than) => day >= than,
  BEFORE: (day, than) => day < than,
  ON: (day, than) => day === than,
};

/** Null for unknown criteria. */
export function searchFor(tokens: readonly Token[]): ImapSearch | null {
  const reader = new CriteriaReader(tokens);
  if (reader.word() === "CHARSET") reader.skip(2);
  const all = reader.all();
  return all && { holds: all, needsText: reader.needsText };
}

class CriteriaReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  needsText = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  word() {
    return tokenText(this.#tokens[this.#at]).toUpperCase();
  }

  skip(count: number) {
    this.#at += count;
  }

  /** All that is left: each has to hold. */
  all(): Question | null {
    const questions: Question[] = [];
    while (this.#at < this.#tokens.length) {
      const question = this.#next();
      if (!question) return null;
      questions.push(question);
    }
    return questions.length > 0 ? (held) => questions.every((holds) => holds(held)) : null;
  }

  #take() {
    return tokenText(this.#tokens[this.#at++]);
  }

  #next(): Question | null {
    const token = this.#tokens[this.#at++];
    if (Array.isArray(token)) return this.#inner(token);
    const word = tokenText(token).toUpperCase();
    const flag = FLAGS[word];
    if (flag) return ({ mail }) => mail.flags.includes(flag[0]) === flag[1];
    const set = readSet(word);
    if (set) return ({ number, largestNumber }) => isIn(set, number, largestNumber);
    return this.#known(word);
  }

  #inner(tokens: readonly Token[]) {
    const reader = new CriteriaReader(tokens);
    const question = reader.all();
    this.needsText ||= reader.needsText;
    return question;
  }

  #known(word: string): Question | null {
    switch (word) {
      case "ALL":
      case "OLD":
        return () => true;
      case "NEW":
      case "RECENT":
        return () => false;
      case "UID": {
        const set = readSet(this.#take());
        return set && (({ mail, largestUid }) => isIn(set, mail.entry.uid, largestUid));
      }
      case "NOT": {
        const inner = this.#next();
        return inner && ((held) => !inner(held));
      }
      case "OR": {
        const [one, other] = [this.#next(), this.#next()];
        return one && other && ((held) => one(held) || other(held));
      }
      case "KEYWORD":
      case "UNKEYWORD": {
        const flag = this.#take();
        return ({ mail }) => mail.flags.includes(flag) === (word === "KEYWORD");
      }
      case "LARGER":
      case "SMALLER": {
        const size = Number(this.#take());
        return ({ mail }) => (word === "LARGER" ? mail.entry.size > size : mail.entry.size < size);
      }
      default:
        return this.#dated(word) ?? this.#worded(word);
    }
  }

  #dated(word: string): Question | null {
    const isSent = word.startsWith("SENT");
    const order = ORDER[isSent ? word.slice(4) : word];
    if (!order) return null;
    this.needsText ||= isSent;
    const than = readDay(this.#take());
    return ({ mail }) => order(isSent ? dayWritten(mail) : mail.entry.at.toString().slice(0, 10), than);
  }

  #worded(word: string): Question | null {
    if (!["HEADER", "FROM", "TO", "CC", "BCC", "SUBJECT", "BODY", "TEXT"].includes(word)) return null;
    this.needsText = true;
    const field = (word === "HEADER" ? this.#take() : word).toLowerCase();
    const wanted = Buffer.from(this.#take()).toString("latin1").toLowerCase();
    if (word === "BODY") return ({ mail }) => mail.tree().body.toLowerCase().includes(wanted);
    if (word === "TEXT") return ({ mail }) => mail.text().toLowerCase().includes(wanted);
    return ({ mail }) =>
      mail.tree().fields.some(({ name, value }) => name === field && value.toLowerCase().includes(wanted));
  }
}

function dayWritten(mail: ImapMail) {
  const at = Date.parse(fieldValue(mail.tree().fields, "date") ?? "");
  return Number.isNaN(at) ? "" : new Date(at).toISOString().slice(0, 10);
}
