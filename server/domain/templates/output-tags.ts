// What is printed: a variable with Apollo's operators and a fallback, or any expression of Liquid.
//
// Easy to get wrong: the word after the bar is a filter where one has that name (`first_name | upcase`), and otherwise
// the fallback (`first_name|there`).

import { BUDGETS } from "../../kernel/budgets.ts";
import { say } from "../../kernel/say.ts";
import { FILTERS, LIQUID_OPERATORS } from "./liquid-words.ts";
import { shortQuote, TemplateUnreadable } from "./mail-fault.ts";
import { expression, noteReference, referenceFrom, type TranslationState } from "./translation.ts";

export function outputFrom(desk: TranslationState, content: string): string {
  const [head = "", ...behind] = splitAtBars(content);
  const { filters, hasFallback } = filtersFrom(desk, behind, content);
  const [name = "", ...operators] = head.split("->").map((word) => word.trim());
  const { shift, applied } = operatorsFrom(operators, content);
  const reference = referenceFrom(name, shift);
  const all = [...applied, ...filters, ...placeOf(desk)];
  if (reference) return [noteReference(desk, reference, !hasFallback), "_value", ...all].join(" | ");
  if (name === "" || operators.length > 0)
    throw new TemplateUnreadable(
      "unreadable",
      say("{variable} contains no variable.", { variable: `{{${shortQuote(content)}}}` }),
    );
  const given = expression(desk, name);
  if (/^(?:"[^"]*"|'[^']*'|[\d.]+)$/.test(given)) return [given, ...all].join(" | ");
  desk.isPlain = false;
  const number = noteReference(desk, { name, key: "", shift: 0 }, false);
  return [given, ...(hasFallback ? [] : [`_need: ${number}`]), ...all].join(" | ");
}

function splitAtBars(content: string) {
  return (content.match(/(?:"[^"]*"|'[^']*'|[^|])+|\|/g) ?? []).reduce<string[]>(
    (pieces, piece) => {
      if (piece === "|") pieces.push("");
      else pieces[pieces.length - 1] += piece;
      return pieces;
    },
    [""],
  );
}

function filtersFrom(desk: TranslationState, pieces: readonly string[], content: string) {
  const calls = pieces.map((piece) => /^\s*([a-z][a-z_]*)\s*(?::([\s\S]*))?$/.exec(piece) ?? []);
  const names = calls.map(([, name = ""]) => name);
  if (names.every((name) => FILTERS.has(name))) {
    const filters = calls.map(([, name, given]) =>
      given ? `${name}: ${expression(desk, given)}` : `${name}`,
    );
    return { filters, hasFallback: names.includes("default") };
  }
  if (pieces.length > 1) {
    const unknown = pieces[names.findIndex((name) => !FILTERS.has(name))] ?? "";
    throw new TemplateUnreadable(
      "unreadable",
      say('{variable}: "{unknown}" is not a filter.', {
        variable: `{{${shortQuote(content)}}}`,
        unknown: shortQuote(unknown),
      }),
    );
  }
  const number = desk.fallbacks.push(unquoted(pieces[0] ?? "")) - 1;
  return { filters: [`_or: ${number}`], hasFallback: true };
}

function unquoted(text: string) {
  return text.trim().replace(/^(["'“”„‘’])(.*)["'“”‘’]$/su, "$2");
}

function operatorsFrom(operators: readonly string[], content: string) {
  let shift = 0;
  const applied: string[] = [];
  if (operators.length > BUDGETS.template.operators)
    throw new TemplateUnreadable(
      "too_long",
      say('{variable} has more than {operators} "->".', {
        variable: `{{${shortQuote(content)}}}`,
        operators: BUDGETS.template.operators,
      }),
    );
  for (const operator of operators) {
    const [, sign, days] = /^(plus|minus)_(\d{1,4})$/i.exec(operator) ?? [];
    const filter =
      Object.hasOwn(LIQUID_OPERATORS, operator.toLowerCase()) && LIQUID_OPERATORS[operator.toLowerCase()];
    if (sign) shift += Number(days) * (sign.toLowerCase() === "plus" ? 1 : -1);
    else if (filter) applied.push(filter);
    else
      throw new TemplateUnreadable(
        "unreadable",
        say('{variable}: "->{operator}" is not a known operator.', {
          variable: `{{${shortQuote(content)}}}`,
          operator: shortQuote(operator),
        }),
      );
  }
  if (Math.abs(shift) > BUDGETS.template.shift)
    throw new TemplateUnreadable(
      "too_long",
      say("{variable} moves the date by more than {shift} days.", {
        variable: `{{${shortQuote(content)}}}`,
        shift: BUDGETS.template.shift,
      }),
    );
  return { shift, applied };
}

/** Within an HTML tag a value is a part of an attribute: one line, and in a link a part of an address. */
function placeOf(desk: TranslationState): string[] {
  const { openTag } = desk;
  if (openTag === null) return [];
  desk.lookedInside += openTag.length;
  if (desk.lookedInside > BUDGETS.template.insideTags)
    throw new TemplateUnreadable("too_long", say("An HTML tag has too much text before its variables."));
  if (openTag.split('"').length % 2 === 1)
    throw new TemplateUnreadable(
      "unreadable",
      say("A variable cannot be used between the attributes of an HTML tag."),
    );
  const link = /\s(?:href|src)="([^"]*)$/i.exec(openTag)?.[1];
  if (link === undefined) return ["_one_line"];
  desk.fillsLinks = true;
  if (link === "") return ["_one_line"];
  return [/[?#]/.test(link) ? "_url_part" : "_url"];
}
