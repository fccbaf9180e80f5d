// A workflow from a sentence, by rules of words: no language model, nothing leaves the browser. What no rule knows is told.

import type { NewWorkflow } from "../queries.ts";
import type { WorkflowTemplate } from "../templates/template.ts";
import { ACTIONS } from "./actions.ts";
import { CONDITIONS, type Condition } from "./conditions.ts";
import { type Match, matchOf, type Rule } from "./rule.ts";
import { TRIGGERS } from "./triggers.ts";

export type Described = {
  /** Null where no rule knows what starts it. */
  trigger: NewWorkflow["trigger"] | null;
  /** Which contacts it takes, in the order of the sentence. */
  conditions: Condition[];
  actions: NewWorkflow["actions"];
  /** Parts of the sentence that no rule knows, as they were typed. */
  missed: string[];
};

/** What keeps it from happening turns the meaning of the words in it around, so none of them is taken for what it says. */
const EXCEPTION =
  /(?<!\p{L})(?:unless|except|außer|(?:es )?sei denn|sauf|à moins que|salvo|excepto|a menos que)(?!\p{L})[^.;,|]*/giu;

export function describe(sentence: string): Described {
  const said = sentence.slice(0, 500);
  const exceptions = [...said.matchAll(EXCEPTION)].map(([part]) => part.trim());
  const whole = said.replace(EXCEPTION, (part) => "|".repeat(part.length));
  const conditions = allOf(CONDITIONS, whole);
  const text = conditions.reduce(without, whole);
  const trigger = first(TRIGGERS, text);
  const rest = trigger ? without(text, trigger) : text;
  const found = allOf(ACTIONS, rest);
  const left = found.reduce(without, rest);
  return {
    trigger: trigger?.meaning ?? null,
    conditions: conditions.map(({ meaning }) => meaning),
    actions: found.map(({ meaning }) => meaning),
    missed: [...missedIn(left), ...exceptions],
  };
}

/** Null where nothing of the sentence was understood. */
export function templateOf(
  sentence: string,
  { trigger, conditions, actions }: Described,
): WorkflowTemplate | null {
  if (!trigger && actions.length === 0) return null;
  return {
    key: `described-${sentence.trim()}`,
    name: sentence.trim().slice(0, 100),
    says: sentence.trim(),
    trigger: trigger ?? { type: "event", event: "contact.created" },
    ...(conditions.length > 0 && { filters: Object.assign({}, ...conditions.map(({ filters }) => filters)) }),
    actions,
  };
}

function first<Meaning>(rules: readonly Rule<Meaning>[], text: string): Match<Meaning> | null {
  for (const rule of rules) {
    const match = matchOf(rule, text);
    if (match) return match;
  }
  return null;
}

/** In the order of the sentence. Of two rules that fit the same words the first is meant. */
function allOf<Meaning>(rules: readonly Rule<Meaning>[], text: string) {
  const all: Match<Meaning>[] = [];
  let left = text;
  for (const rule of rules)
    for (let match = matchOf(rule, left); match; match = matchOf(rule, left)) {
      all.push(match);
      left = without(left, match);
    }
  return all.sort((one, other) => one.from - other.from);
}

/** Bars take the place of the words that were understood, so that the others stay where they are. */
const without = (text: string, { from, to }: Match<unknown>) =>
  text.slice(0, from) + "|".repeat(to - from) + text.slice(to);

/** Words that say nothing by themselves. */
const FILLING = new Set(
  (
    "every each jeden jede jeder jedes chaque tous toutes cada todos todas on a an the and or then to of in on at for from with if when whenever as soon after before who that which they them he she it him her " +
    "only whose where their its his is are be been has have by my our me i us please contact contacts person people someone lead leads also immediately new " +
    "email emails mail every each ein eine einen einem einer der die das den dem und oder dann zu von in im am an auf für mit wenn sobald nach " +
    "wer sie er es ihn ihr ihm nur falls deren dessen ist sind wird werden mich mir bitte auch sofort kontakt kontakte kontakts jemand hinzu mail un une le la les " +
    "seulement uniquement dont des du de et ou puis à au aux dans sur pour avec si quand lorsque dès qui que il elle lui leur est sont moi me nous aussi personne " +
    "solo sólo solamente cuyo cuya tienen l d qu s'il el los las unos una y o luego en para con si cuando al del que quien lo le les es son mi también alguien contacto contactos se"
  ).split(" "),
);

function missedIn(left: string) {
  return left
    .split(/[|.;,:!?]+/u)
    .map((part) => trimmed(part))
    .filter((part) => part !== "");
}

/** Without words that say nothing, at both ends. */
function trimmed(part: string) {
  const words = part.split(/\s+/u).filter(Boolean);
  const says = (word: string) =>
    /[\p{L}\p{N}]/u.test(word) && !FILLING.has(word.toLowerCase().replace(/[^\p{L}\p{N}']/gu, ""));
  const from = words.findIndex(says);
  return from < 0 ? "" : words.slice(from, words.findLastIndex(says) + 1).join(" ");
}
