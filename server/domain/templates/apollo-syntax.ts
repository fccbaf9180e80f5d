// Translates Apollo's and Liquid's forms into one Liquid: `{{#if title}}…{{#else}}…{{#endif}}`, `{{title->plural}}`,
// `{{first_name|there}}`, and all of Liquid itself.
//
// A variable becomes a number, `{{ 3 | _value }}`: its name never reaches the engine, so no name needs quoting, and the
// renderer learns which were missing.

import { BUDGETS } from "../../kernel/budgets.ts";
import { say } from "../../kernel/say.ts";
import { alternativesIn, type Mark } from "./alternatives.ts";
import { tagFrom } from "./condition-tags.ts";
import { shortQuote, TemplateUnreadable } from "./mail-fault.ts";
import { outputFrom } from "./output-tags.ts";
import { partsOf, type TemplatePart } from "./template-parts.ts";
import { newDesk, type Translation, type TranslationState } from "./translation.ts";

export function translated(source: string, inHtml: boolean): Translation {
  const desk = newDesk(inHtml);
  const parts = partsOf(source, inHtml);
  const { marks, versions } = alternativesIn(parts, inHtml);
  desk.versions = versions;
  for (const [number, part] of parts.entries()) {
    if ("content" in part) writePart(desk, part);
    else if (part.is === "text") writeMarked(desk, part.text, marks.get(number) ?? []);
    else desk.out.push(`{% raw %}${part.text}{% endraw %}`);
  }
  const open = desk.blocks.at(-1);
  if (open)
    throw new TemplateUnreadable(
      "unclosed",
      say('"{opener}" has no matching "end{opener}".', { opener: open.opener }),
    );
  return { ...desk, liquid: desk.out.join("") };
}

function writeMarked(desk: TranslationState, text: string, marks: readonly Mark[]) {
  let from = 0;
  for (const mark of marks) {
    writeText(desk, text.slice(from, mark.at));
    writeMark(desk, mark);
    from = mark.at + 1;
  }
  writeText(desk, text.slice(from));
}

const ALTERNATIVES = "{";

/** Subject and body are drawn apart. */
function writeMark(desk: TranslationState, mark: Mark) {
  if (mark.is === "opens") {
    if (desk.blocks.length >= BUDGETS.template.depth)
      throw new TemplateUnreadable(
        "unreadable",
        say("Alternatives are nested more than {depth} levels deep.", { depth: BUDGETS.template.depth }),
      );
    desk.blocks.push({ opener: ALTERNATIVES, current: null, passed: [], isLast: false, elided: null });
    const name = `${desk.inHtml ? "body" : "subject"} ${mark.group}`;
    desk.out.push(`{% case "${name}" | _drawn: ${mark.count} %}{% when 0 %}`);
    return;
  }
  if (desk.blocks.at(-1)?.opener !== ALTERNATIVES)
    throw new TemplateUnreadable(
      "unreadable",
      say("Alternatives {choice} and a condition overlap. Write one within the other.", { choice: "{…|…}" }),
    );
  if (mark.is === "closes") desk.blocks.pop();
  desk.out.push(mark.is === "closes" ? "{% endcase %}" : `{% when ${mark.nth} %}`);
}

function writeText(desk: TranslationState, text: string) {
  desk.out.push(text);
  if (!desk.inHtml) return;
  const opens = text.lastIndexOf("<");
  const closes = text.lastIndexOf(">");
  if (opens > closes) desk.openTag = text.slice(opens);
  else if (closes >= 0) desk.openTag = null;
  else if (desk.openTag !== null) desk.openTag += text;
}

function writePart(desk: TranslationState, part: Extract<TemplatePart, { content: string }>) {
  const before = part.trimsBefore ? "-" : "";
  const after = part.trimsAfter ? "-" : "";
  const form = part.is === "output" ? apollosTag(part.content) : null;
  const tag = part.is === "tag" ? tagFrom(desk, part.content, false) : form && tagFrom(desk, form, true);
  desk.out.push(
    tag === null
      ? `{{${before} ${outputFrom(desk, part.content)} ${after}}}`
      : `{%${before} ${tag} ${after}%}`,
  );
  // Whatever is printed here, an address goes on behind it.
  if (desk.openTag !== null) desk.openTag += "\u2026";
}

/** `#if title`, `#else`, `/if` as the tag they mean. */
function apollosTag(content: string): string | null {
  if (/^(?:#\s*end\s*(?:if)?|\/\s*if|endif)$/i.test(content)) return "endif";
  if (/^#?\s*else$/i.test(content)) return "else";
  const other = /^#?\s*(?:else?\s*if|elif|elsif)\s+(\S[\s\S]*)$/i.exec(content);
  if (other) return `elsif ${other[1]}`;
  const condition = /^#\s*if\b([\s\S]*)$/i.exec(content);
  if (condition) return `if ${condition[1]?.trim()}`;
  if (/^[#/]/.test(content))
    throw new TemplateUnreadable(
      "unreadable",
      say("{variable} is not a known condition or variable.", { variable: `{{${shortQuote(content)}}}` }),
    );
  return null;
}
