// What a failed delivery means: hard (nobody is there), soft (another day), policy (refused because of who sends).
//
// Easy to get wrong: servers put 5.0.0 or 5.1.1 on anything, so a code that says little gives way to the words beside
// it; "sender" codes of the 5.1 family are about us, not about the address; and what nobody can tell is soft, because
// an address that is suppressed by mistake is lost, and one that is mailed twice more is not.

import { ANOTHER_DAY, NOBODY_THERE, REFUSED_SENDER } from "./bounce-phrases.ts";
import { type Find, folded } from "./phrases.ts";

export type BounceClass = "hard" | "soft" | "policy";
export type BounceReason = { class: BounceClass; code: string | null; rule: string; quote: string };

/** From the code of a report, if it gives one, and whatever the server said. */
export function bounceReason(status: string | null, said: string): BounceReason {
  const text = said.slice(0, 2000);
  const code = tellingCode(status, text);
  const words = folded(text);
  const named = code === null ? null : ruleFor(code);
  const phrase = phraseRule(words);
  const quote = (find: Find) => text.slice(find.at, find.end).replace(/\s+/g, " ");
  // Of codes that name their cause only 5.7 gives way, where the words say plainly that nobody is there.
  if (named && !(named === "5.7.x" && phrase?.rule === "words: nobody there"))
    return { class: classOf(named), code, rule: named, quote: code ?? "" };
  if (phrase) return { class: phrase.class, code, rule: phrase.rule, quote: quote(phrase.find) };
  const reply = /(?<![\d.])([45])\d\d(?=[\s-])/.exec(text);
  if (code?.startsWith("4") || reply?.[1] === "4")
    return { class: "soft", code, rule: "4xx", quote: code ?? reply?.[0] ?? "" };
  if (/(?<![\d.])55[013](?=[\s-])/.test(text))
    return { class: "hard", code, rule: "550, 551 or 553", quote: text.slice(0, 80) };
  return { class: "soft", code, rule: "nobody can tell", quote: text.slice(0, 80) };
}

type Rule = keyof typeof RULES;
const RULES = {
  "5.1.x": "hard",
  "5.1.7, 5.1.8": "policy",
  "5.2.1": "hard",
  "5.2.x": "soft",
  "5.4.1, 5.4.4, 5.4.310": "hard",
  "5.4.x": "soft",
  "5.3.4": "soft",
  "5.7.x": "policy",
  "4.7.x": "soft",
  "4.x.x": "soft",
} as const satisfies Record<string, BounceClass>;

const classOf = (rule: Rule): BounceClass => RULES[rule];

/** Null where the code says no more than that it failed. */
function ruleFor(code: string): Rule | null {
  const [family = "", subject = "", detail = ""] = code.split(".");
  if (family === "4") return "4.x.x";
  if (subject === "7") return "5.7.x";
  if (subject === "1")
    return ["0", "9"].includes(detail) ? null : ["7", "8"].includes(detail) ? "5.1.7, 5.1.8" : "5.1.x";
  if (subject === "2") return detail === "0" ? null : detail === "1" ? "5.2.1" : "5.2.x";
  if (subject === "4")
    return ["1", "4", "310"].includes(detail) ? "5.4.1, 5.4.4, 5.4.310" : detail === "0" ? null : "5.4.x";
  return subject === "3" && detail === "4" ? "5.3.4" : null;
}

/** The report's code, unless the server's own words carry one that says more. */
function tellingCode(status: string | null, text: string) {
  const said =
    text.match(/(?<![\d.])[45]\.\d\.\d{1,3}(?![\d.])/g)?.find((code) => ruleFor(code) !== null) ?? null;
  if (status === null) return said;
  const isVague = ruleFor(status) === null;
  const isOfOneKind = said?.[0] === status[0];
  return isVague && said !== null && isOfOneKind ? said : status;
}

function phraseRule(words: string): { class: BounceClass; rule: string; find: Find } | null {
  const nobody = NOBODY_THERE(words);
  const day = ANOTHER_DAY(words);
  const refused = REFUSED_SENDER(words);
  if (nobody) return { class: "hard", rule: "words: nobody there", find: nobody };
  if (day) return { class: "soft", rule: "words: another day", find: day };
  return refused ? { class: "policy", rule: "words: refused", find: refused } : null;
}
