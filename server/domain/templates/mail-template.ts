// One template, ready to be filled: translated, parsed and remembered, because a job that mails a hundred thousand
// people does so with a handful of templates.

import type { Liquid } from "liquidjs";
import { say, spokenLanguage } from "../../kernel/say.ts";
import { translated } from "./apollo-syntax.ts";
import { type Escape, engineWith, fillLiquid, type Template } from "./liquid.ts";
import { shortQuote, type TemplateFault, TemplateUnreadable } from "./mail-fault.ts";
import type { Translation } from "./translation.ts";
import type { VariableInputs } from "./variable-scope.ts";

export type TemplateField = "subject" | "body";
export type Ready = { kind: TemplateField; translation: Translation; templates: Template[] };

const KINDS: Record<TemplateField, { longestSource: number; longest: number; escaped: Escape }> = {
  subject: { longestSource: 2_000, longest: 2_000, escaped: withoutTurns },
  body: { longestSource: 600_000, longest: 1_000_000, escaped: escapedHtml },
};

const engines = new Map<TemplateField, Liquid>();
const remembered = new Map<string, { ready: Ready } | { fault: TemplateFault; language: string }>();
const MOST_REMEMBERED = 500;
const MOST_CHARACTERS = 8_000_000;
let characters = 0;

/** Throws Unreadable for a template that cannot be mailed to any contact. */
export function readyTemplate(kind: TemplateField, source: string): Ready {
  const key = `${kind} ${source}`;
  const kept = remembered.get(key);
  const known = kept && "fault" in kept && kept.language !== spokenLanguage() ? undefined : kept;
  remembered.delete(key); // and set again, so that what is used stands last
  const outcome = known ?? attempt(kind, source);
  remembered.set(key, outcome);
  if (!kept) forgetOldest(key.length);
  if ("fault" in outcome) throw new TemplateUnreadable(outcome.fault.code, outcome.fault.sentence);
  return outcome.ready;
}

export function fillTemplate({ kind, translation, templates }: Ready, told: VariableInputs) {
  return fillLiquid(engineOf(kind), { translation, templates, told, longest: KINDS[kind].longest });
}

function attempt(kind: TemplateField, source: string) {
  try {
    return { ready: prepare(kind, source) };
  } catch (error) {
    if (error instanceof TemplateUnreadable) return { fault: error.fault, language: spokenLanguage() };
    throw error;
  }
}

function prepare(kind: TemplateField, source: string): Ready {
  const { longestSource } = KINDS[kind];
  if (source.length > longestSource)
    throw new TemplateUnreadable(
      "too_long",
      say("The text has more than {longestSource} characters.", {
        longestSource: longestSource.toLocaleString("en"),
      }),
    );
  const translation = translated(source, kind === "body");
  return { kind, translation, templates: parsed(kind, translation.liquid) };
}

function parsed(kind: TemplateField, liquid: string) {
  const engine = engineOf(kind);
  try {
    return engine.parse(liquid);
  } catch (error) {
    // The engine's own words, without the place, which is one in our translation.
    const words = error instanceof Error ? error.message.replace(/,? (?:line|file):.*$/s, "") : "";
    throw new TemplateUnreadable(
      "unreadable",
      say("A condition or variable cannot be read: {words}.", { words: shortQuote(words) }),
    );
  }
}

function engineOf(kind: TemplateField) {
  const engine = engines.get(kind) ?? engineWith(KINDS[kind].escaped);
  engines.set(kind, engine);
  return engine;
}

function forgetOldest(added: number) {
  characters += added;
  for (const key of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED && characters <= MOST_CHARACTERS) return;
    remembered.delete(key);
    characters -= key.length;
  }
}

// Overrides and isolates of the writing direction would reach beyond the value; marks (LRM, RLM) stay.
function withoutTurns(text: string) {
  return text.toWellFormed().replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
}

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapedHtml(text: string) {
  return withoutTurns(text)
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? "")
    .replace(/\r\n?|\n|[\u2028\u2029]/g, "<br />")
    .replace(/[^\P{Cc}\t]/gu, "");
}
