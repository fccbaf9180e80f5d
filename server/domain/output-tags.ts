// What is printed: a variable with Apollo's operators and a fallback, or any expression of Liquid.
//
// Easy to get wrong: what stands behind the bar is a filter where one has that name (`first_name | upcase`), and the
// fallback as it is where none has (`first_name|there`).

import { BUDGETS } from "../budgets.ts";
import { FILTERS, OPERATORS } from "./liquid-words.ts";
import { quoted, Unreadable } from "./mail-fault.ts";
import { type Desk, expression, refer, referenceFrom } from "./translation.ts";

export function outputFrom(desk: Desk, content: string): string {
  const [head = "", ...behind] = splitAtBars(content);
  const { filters, hasFallback } = filtersFrom(desk, behind, content);
  const [name = "", ...operators] = head.split("->").map((word) => word.trim());
  const { shift, applied } = operatorsFrom(operators, content);
  const reference = referenceFrom(name, shift);
  const all = [...applied, ...filters, ...placeOf(desk)];
  if (reference) return [refer(desk, reference, !hasFallback), "_value", ...all].join(" | ");
  if (name === "" || operators.length > 0)
    throw new Unreadable("unreadable", `{{${quoted(content)}}} names no variable.`);
  const given = expression(desk, name);
  if (/^(?:"[^"]*"|'[^']*'|[\d.]+)$/.test(given)) return [given, ...all].join(" | ");
  desk.isPlain = false;
  const number = refer(desk, { name, key: "", shift: 0 }, false);
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

function filtersFrom(desk: Desk, pieces: readonly string[], content: string) {
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
    throw new Unreadable("unreadable", `{{${quoted(content)}}}: "${quoted(unknown)}" is no filter.`);
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
    throw new Unreadable(
      "too_long",
      `{{${quoted(content)}}} has more than ${BUDGETS.template.operators} "->".`,
    );
  for (const operator of operators) {
    const [, sign, days] = /^(plus|minus)_(\d{1,4})$/i.exec(operator) ?? [];
    const filter = Object.hasOwn(OPERATORS, operator.toLowerCase()) && OPERATORS[operator.toLowerCase()];
    if (sign) shift += Number(days) * (sign.toLowerCase() === "plus" ? 1 : -1);
    else if (filter) applied.push(filter);
    else throw new Unreadable("unreadable", `{{${quoted(content)}}}: "->${quoted(operator)}" is not known.`);
  }
  if (Math.abs(shift) > BUDGETS.template.shift)
    throw new Unreadable("too_long", `{{${quoted(content)}}} moves by more than ${BUDGETS.template.shift}.`);
  return { shift, applied };
}

/** Within an HTML tag a value is a part of an attribute: one line, and in a link a part of an address. */
function placeOf(desk: Desk): string[] {
  const { openTag } = desk;
  if (openTag === null) return [];
  desk.lookedInside += openTag.length;
  if (desk.lookedInside > BUDGETS.template.insideTags)
    throw new Unreadable("too_long", "Too much stands before the variables of one HTML tag.");
  if (openTag.split('"').length % 2 === 1)
    throw new Unreadable("unreadable", "A variable stands between the attributes of a tag.");
  const link = /\s(?:href|src)="([^"]*)$/i.exec(openTag)?.[1];
  if (link === undefined) return ["_one_line"];
  desk.fillsLinks = true;
  if (link === "") return ["_one_line"];
  return [/[?#]/.test(link) ? "_url_part" : "_url"];
}
