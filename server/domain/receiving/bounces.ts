// What a failed delivery means: hard (no such mailbox), soft (another day), policy (refused because of the sender).
//
// Easy to get wrong: servers put 5.0.0 or 5.1.1 on anything, so a code that says little yields to the words beside it.
// "Sender" codes of the 5.1 family are about us, not about the address. And an unclear failure is soft: an address that
// is suppressed by mistake is lost, and one that is mailed twice more is not.

import { type Find, folded } from "../basics/phrases.ts";
import { maySpeakOfRecipient } from "./bounce-grammar.ts";
import { NOBODY_THERE } from "./bounce-phrases.ts";
import { isBlamed, type Phrase, phraseRule } from "./bounce-words.ts";

export type BounceClass = "hard" | "soft" | "policy";
type BounceReason = {
  class: BounceClass;
  code: string | null;
  rule: string;
  quote: string;
  /** False: code and words disagree, or neither says what it is, so that a user has to look. */
  isSure: boolean;
};

/** From the code of a report, if it gives one, and whatever the server said. */
export function bounceReason(status: string | null, said: string): BounceReason {
  const text = said.slice(0, 2000).replace(PASSED_ON, (words) => " ".repeat(words.length));
  const code = tellingCode(status, text);
  const reply = firstReply(text);
  const named = (code === null || reply === "521" ? null : ruleFor(code)) ?? ruleForReply(reply);
  const words = folded(text);
  const phrase = phraseRule(words, text);
  const quote = (find: Find) => text.slice(find.at, find.end).replace(/\s+/g, " ");
  const last = givenUpOn({ named, code, reply }, words, text);
  if (last) return { class: "hard", code, rule: last.rule, quote: quote(last.find), isSure: last.isSure };
  const isSure = true;
  if (named && !yieldsTo({ named, code, reply }, phrase, words))
    return {
      class: classOf(named),
      code,
      rule: named,
      quote: code ?? reply ?? "",
      // "5.7.1 Account disabled": about the recipient, or about the account that we send from.
      isSure: !(classOf(named) === "policy" && phrase?.rule === "words: unknown recipient"),
    };
  if (phrase) return { class: phrase.class, code, rule: phrase.rule, quote: quote(phrase.find), isSure };
  const bare = /(?<![\d.])55[013](?=[\s-])/.exec(text);
  if (bare && codesOf(status, text).every(mayMeanNobody) && maySpeakOfRecipient(words.slice(bare.index)))
    return { class: "hard", code, rule: "550, 551 or 553", quote: text.slice(0, 80), isSure };
  return { class: "soft", code, rule: "nobody can tell", quote: text.slice(0, 80), isSure: false };
}

type Named = { named: Rule; code: string | null; reply: string | null };
type CodeOnly = Omit<Named, "named"> & { named: Rule | null };

/** What Microsoft writes before the reply of another server: "Remote server returned unknown recipient" speaks of no unknown server. */
const PASSED_ON = /remote server returned/gi;

/** Codes that name their cause yield to plainer words of another. */
function yieldsTo({ named, code, reply }: Named, phrase: Phrase | null, words: string) {
  if (!phrase) return false;
  const isNoSuchUser = phrase.rule === "words: no such user";
  // Of the content: "5.6.0 Message-ID is not a valid one" names nobody.
  if (named === "5.6.x") return isNoSuchUser;
  if (named === "5.7.x")
    return isNoSuchUser || phrase.rule === "words: full" || namesRecipient(phrase, words);
  if (named === "reply 521") return true;
  if (classOf(named) !== "hard") return false;
  // "550 5.1.2 Relay not allowed".
  if (phrase.rule.startsWith("words: surely") || phrase.rule === "words: the sender") return true;
  if (phrase.rule === "words: full") return true;
  // "550 5.2.1 Mailbox unavailable. Your IP address is blacklisted", but "550 5.1.1 Rejected. Your IP has been noted".
  if (phrase.rule === "words: the sending server")
    return !isNobodyCode(code) || reply === "552" || isBlamed(phrase.find, NOBODY_THERE(words), words);
  // Gmail sends 5.2.1 for mailboxes that get too much at once, Orange "552 5.1.1 Recipient overquota".
  return phrase.class === "soft" && (named === "5.2.1" || (named === "5.1.x" && reply === "552"));
}

/** "Account" and "address" alone may be those that we send from, but not "ines@norrland.example: address invalid". */
function namesRecipient({ rule, find }: Phrase, words: string) {
  const isNamed = /recipient|mailbox|user|addressee/.test(find.quote);
  return rule === "words: unknown recipient" && (isNamed || /@[\w.-]+\W{0,6}$/.test(words.slice(0, find.at)));
}

/** What the queue says of its own patience, whatever the last server said. */
const EXPIRED =
  /queue\.expired|(?:message|delivery|mail|time|envelope|queue)\s{1,3}(?:has |was |is |time )?(?:expired|too old)/g;
const OF_NOBODY = ["words: no such user", "words: unknown recipient", "words: nobody there"];

/**
 * The report's code is of a queue that gave up ("4.4.7", "5.4.7"), and the words say that nobody is there. Sure with the last
 * server's own refusal ("550 5.1.1 User unknown"); where that server said 4xx to the end, it may mean another day.
 */
function givenUpOn({ named, code, reply }: CodeOnly, words: string, text: string) {
  const isOfQueue = named === "4.x.x" || named === "5.4.x";
  if (!isOfQueue || reply?.startsWith("4")) return null;
  const phrase = phraseRule(
    words.replace(EXPIRED, (said) => " ".repeat(said.length)),
    text,
  );
  if (!phrase || !OF_NOBODY.includes(phrase.rule)) return null;
  const codes = codesOf(null, text);
  if (codes.some((one) => one.startsWith("4") && one !== code)) return null;
  const isRefusal = /(?<![\d.])55[0134](?=[\s-])/.test(text) && codes.every((one) => !one.startsWith("4"));
  if (NO_DOMAIN.test(words)) return { ...phrase, isSure: true };
  return isRefusal || /^(?:4\.[04]|5\.4)\./.test(code ?? "") ? { ...phrase, isSure: isRefusal } : null;
}

/**
 * Gmail gives every failure of DNS 4.0.0, also the final one (github.com/PHPMailer/PHPMailer/issues/1500 has such a report whole).
 * That the name is in no zone is final; that a host named in its MX is not is another day's matter.
 */
const NO_DOMAIN = /dns type '?mx'? lookup of \S{1,260} responded with code nxdomain/;

/** No such mailbox; Microsoft writes 5.1.10. */
const isNobodyCode = (code: string | null) => code === "5.1.1" || code === "5.1.10";

/** The codes of protocol, system and content say that it is not the address. */
const mayMeanNobody = (code: string) => /^5\.[0124]\.[09]$/.test(code);

const codesOf = (status: string | null, text: string) => [
  ...(status === null ? [] : [status]),
  ...(text.match(/(?<![\d.])[45]\.\d\.\d{1,3}(?![\d.])/g) ?? []),
];

/** A number that mail servers use as a reply, the first in the text. */
const firstReply = (text: string) => REPLY.exec(text)?.[0] ?? null;

// In a sentence 450 may be a house number or an amount: such a number counts where a reply begins, and where no whole
// reply of class 5 follows on its line.
const REPLY_BEGINS = String.raw`(?:^|[-:;=<>"'([]|\b(?:said|returned|replied|responded|got|received|was|is|error|code|reply|response|status|smtp|with))`;
const REPLY = new RegExp(
  String.raw`(?<=${REPLY_BEGINS}\s{0,8})4(?:2[12]|32|5\d)(?=[\s-])(?!.{0,300}\b5[0-7]\d[ -]5\.\d\.\d)|(?<![\w.-])5[0-7]\d(?=[\s-])`,
  "im",
);

type Rule = keyof typeof RULES;
const RULES = {
  "5.1.x": "hard",
  "5.1.7, 5.1.8, 5.7.27": "policy",
  "5.2.1": "hard",
  "5.2.x": "soft",
  "5.4.1, 5.4.4, 5.4.310": "hard",
  "5.4.x": "soft",
  "5.3.4": "soft",
  "5.6.x": "policy",
  "5.7.504": "hard",
  "5.7.x": "policy",
  "reply 521": "policy",
  "4.7.x": "soft",
  "4.x.x": "soft",
} as const satisfies Record<string, BounceClass>;

const classOf = (rule: Rule): BounceClass => RULES[rule];

/** Null where the code says no more than that it failed. */
function ruleFor(code: string): Rule | null {
  const [family = "", subject = "", detail = ""] = code.split(".");
  if (family === "4") return "4.x.x";
  // 5.7.27 is a sender's domain that takes no mail (RFC 7505); 5.7.504 of Microsoft 365 an address that is not valid.
  if (subject === "7")
    return detail === "27" ? "5.1.7, 5.1.8, 5.7.27" : detail === "504" ? "5.7.504" : "5.7.x";
  if (subject === "6") return "5.6.x";
  if (subject === "1")
    return ["0", "9"].includes(detail)
      ? null
      : ["7", "8"].includes(detail)
        ? "5.1.7, 5.1.8, 5.7.27"
        : "5.1.x";
  if (subject === "2") return detail === "0" ? null : detail === "1" ? "5.2.1" : "5.2.x";
  if (subject === "4")
    return ["1", "4", "310"].includes(detail) ? "5.4.1, 5.4.4, 5.4.310" : detail === "0" ? null : "5.4.x";
  return subject === "3" && detail === "4" ? "5.3.4" : null;
}

/**
 * Without a telling code, or with 521: a host that takes no mail (RFC 7504), which AOL says of senders. Courier (courier/submit.C) replies
 * 517 about the sender.
 */
function ruleForReply(reply: string | null): Rule | null {
  if (reply?.startsWith("4")) return "4.x.x";
  if (reply === "521") return "reply 521";
  return reply === "517" || reply === "518" ? "5.1.7, 5.1.8, 5.7.27" : null;
}

/** The report's code, unless the server's own words carry one that says more. */
function tellingCode(status: string | null, text: string) {
  const said = codesOf(null, text).find((code) => ruleFor(code) !== null) ?? null;
  if (status === null) return said;
  const isVague = ruleFor(status) === null;
  const isOfOneKind = said?.[0] === status[0];
  return isVague && said !== null && isOfOneKind ? said : status;
}
