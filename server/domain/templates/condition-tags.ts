// Conditions and loops: what opens, branches and ends, and what then holds inside.

import { BUDGETS } from "../../kernel/budgets.ts";
import { say } from "../../kernel/say.ts";
import { TAGS } from "./liquid-words.ts";
import { shortQuote, TemplateUnreadable } from "./mail-fault.ts";
import {
  type Block,
  expression,
  noteReference,
  referenceFrom,
  type TranslationState,
  type VariableGuard,
} from "./translation.ts";

/** The tag as Liquid reads it. `elides` where an empty inside prints what was asked for. */
export function tagFrom(desk: TranslationState, content: string, elides: boolean): string {
  const word = /^[a-z]+/.exec(content)?.[0] ?? "";
  const rest = content.slice(word.length).trim();
  const kind = Object.hasOwn(TAGS, word) ? TAGS[word] : undefined;
  if (!kind)
    throw new TemplateUnreadable(
      "unreadable",
      say("{tag} cannot be used in an email.", { tag: `{% ${shortQuote(content)} %}` }),
    );
  if (kind === "opening") return opened(desk, word, rest, elides);
  if (kind === "branch") return branched(desk, word, rest);
  if (kind === "closing") return closed(desk, word);
  desk.isPlain = false;
  desk.hasLocals = true;
  return `${word} ${expression(desk, rest)}`;
}

function opened(desk: TranslationState, word: string, rest: string, elides: boolean) {
  if (desk.blocks.length >= BUDGETS.template.depth)
    throw new TemplateUnreadable(
      "unreadable",
      say("Conditions are nested more than {depth} levels deep.", { depth: BUDGETS.template.depth }),
    );
  const isCondition = word === "if" || word === "unless";
  const { liquid, guard } = isCondition
    ? condition(desk, rest)
    : { liquid: expression(desk, rest), guard: null };
  desk.hasLocals ||= word === "for";
  desk.isPlain &&= isCondition;
  const current = guard && word === "unless" ? turned(guard) : guard;
  const elided = elides && guard?.isThere ? { start: desk.out.length + 1, reference: guard.reference } : null;
  desk.blocks.push({ opener: word, current, passed: [], elided, isLast: false });
  return `${word} ${liquid}`;
}

function branched(desk: TranslationState, word: string, rest: string) {
  const block = desk.blocks.at(-1);
  if (!block || block.isLast)
    throw new TemplateUnreadable("unreadable", say('"{word}" is outside a condition.', { word }));
  fillElided(desk, block);
  if (word === "when") return `when ${expression(desk, rest)}`;
  block.passed.push(block.current);
  block.isLast = word === "else";
  if (word === "else") return "else";
  const { liquid, guard } = condition(desk, rest);
  block.current = guard;
  return `elsif ${liquid}`;
}

function closed(desk: TranslationState, word: string) {
  const block = desk.blocks.at(-1);
  if (!block || `end${block.opener}` !== word)
    throw new TemplateUnreadable("unreadable", say('"{word}" has no matching start.', { word }));
  fillElided(desk, block);
  desk.blocks.pop();
  return word;
}

function fillElided(desk: TranslationState, block: Block) {
  const { elided } = block;
  block.elided = null;
  if (!elided || desk.out.slice(elided.start).join("").trim() !== "") return;
  desk.out.push(`{{ ${noteReference(desk, elided.reference, false)} | _value }}`);
}

/** Whether a variable is there, which can be said of a template without rendering it; or anything Liquid can ask. */
function condition(desk: TranslationState, text: string): { liquid: string; guard: VariableGuard | null } {
  const [, not = "", name = ""] = /^(!\s*|not\s+)?(\S[\s\S]*)?$/i.exec(text) ?? [];
  const asks = /\b(?:and|or|contains)\b/i.test(name) ? null : referenceFrom(name);
  if (!asks) {
    if (text === "") throw new TemplateUnreadable("unreadable", say("A condition is empty."));
    return { liquid: expression(desk, text), guard: null };
  }
  const number = noteReference(desk, asks, false);
  return { liquid: `${number} | ${not ? "_lacks" : "_has"}`, guard: { reference: asks, isThere: !not } };
}

const turned = (guard: VariableGuard): VariableGuard => ({ ...guard, isThere: !guard.isThere });
