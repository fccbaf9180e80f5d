// A template cut into text, `{{ … }}` and `{% … %}`.
//
// Easy to get wrong: in HTML the signs inside have been escaped by the editor or the sanitizer (`title-&gt;plural`),
// and a search for an end that is not there must not begin anew at every brace: time grows with the length only.

import { BUDGETS } from "../../kernel/budgets.ts";
import { say } from "../../kernel/say.ts";
import { shortQuote, TemplateUnreadable } from "./mail-fault.ts";

export type TemplatePart =
  | { is: "text" | "verbatim"; text: string }
  | { is: "output" | "tag"; content: string; trimsBefore: boolean; trimsAfter: boolean };

const LONGEST = 2000; // inside one pair of braces
const END = { "{{": "}}", "{%": "%}" } as const;

export function partsOf(source: string, inHtml: boolean): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let tags = 0;
  const find = { "{{": finder(source, "{{"), "{%": finder(source, "{%") };
  for (let at = 0; at < source.length; ) {
    const output = find["{{"](at);
    const tag = find["{%"](at);
    let start = Math.min(output, tag);
    // `{{{name}}|there}`: the outer brace begins alternatives.
    if (output < tag) while (source[start + 2] === "{") start++;
    if (start > at) parts.push({ is: "text", text: source.slice(at, start) });
    if (start === source.length) break;
    const opens = output < tag ? "{{" : "{%";
    const end = source.indexOf(END[opens], start + 2);
    const inside = source.slice(start + 2, end === -1 ? undefined : end);
    if (end === -1 || /\{[{%]/.test(inside)) throw notClosed(opens, inside);
    if (inside.length > LONGEST)
      throw new TemplateUnreadable(
        "too_long",
        say("{opens}{inside} is too long.", { opens, inside: shortQuote(inside) }),
      );
    if (++tags > BUDGETS.template.tags)
      throw new TemplateUnreadable(
        "too_long",
        say("The text has more than {tags} variables and conditions.", { tags: BUDGETS.template.tags }),
      );
    const part = partFrom(opens, inside, inHtml);
    at = end + 2;
    const verbatim = opens === "{%" ? verbatimAfter(source, at, part.content) : null;
    if (verbatim === null) parts.push(part);
    else {
      if (verbatim.text) parts.push({ is: "verbatim", text: verbatim.text });
      at = verbatim.end;
    }
  }
  return parts;
}

/** Where the sign stands next, looked for once each; the source's length where it does not. */
function finder(source: string, sign: string) {
  let known = -1;
  return (from: number) => {
    if (known < from) known = source.indexOf(sign, from);
    if (known === -1) known = source.length;
    return known;
  };
}

function notClosed(opens: keyof typeof END, inside: string) {
  return new TemplateUnreadable(
    "unclosed",
    say("{opens}{inside} is not closed with {closes}.", {
      opens,
      inside: shortQuote(inside),
      closes: END[opens],
    }),
  );
}

function partFrom(opens: keyof typeof END, inside: string, inHtml: boolean) {
  if (inHtml && /<[a-z/]/i.test(inside))
    throw new TemplateUnreadable(
      "unreadable",
      say(
        "{opens}{inside}{closes} has formatting in the middle. Format the whole variable or nothing of it.",
        { opens, inside: shortQuote(inside), closes: END[opens] },
      ),
    );
  const bare = inHtml ? unescaped(inside) : inside;
  const trimsBefore = bare.startsWith("-");
  const trimsAfter = bare.endsWith("-");
  const content = bare.slice(trimsBefore ? 1 : 0, trimsAfter ? -1 : undefined).replaceAll("\u00a0", " ");
  return {
    is: opens === "{{" ? ("output" as const) : ("tag" as const),
    trimsBefore,
    trimsAfter,
    content: content.trim(),
  };
}

const ENDS = {
  raw: /\{%-?\s{0,9}endraw\s{0,9}-?%\}/g,
  comment: /\{%-?\s{0,9}endcomment\s{0,9}-?%\}/g,
};

/** `{% raw %}` keeps what follows as it is, `{% comment %}` drops it, up to their ends. */
function verbatimAfter(source: string, from: number, tag: string) {
  if (tag.startsWith("#")) return { text: "", end: from };
  if (tag !== "raw" && tag !== "comment") return null;
  const end = ENDS[tag];
  end.lastIndex = from;
  const found = end.exec(source);
  if (!found)
    throw new TemplateUnreadable(
      "unclosed",
      say("{begins} is not closed with {ends}.", { begins: `{% ${tag} %}`, ends: `{% end${tag} %}` }),
    );
  return { text: tag === "raw" ? source.slice(from, found.index) : "", end: end.lastIndex };
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0" };

/** Decodes the entities of sanitized HTML. */
export function unescaped(html: string) {
  return html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : whole;
  });
}
