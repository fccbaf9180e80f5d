// The engine that fills templates: Liquid without files, without templates in templates, without escapes from escaping,
// and with limits that stop the same template at the same place on every machine.
//
// Easy to get wrong: the engine's own time limit asks the clock, so a busy machine would refuse a good mail. Here the
// steps are counted; the clock is only the last resort.

import { createRequire } from "node:module";
import type { FilterImplOptions, Liquid, Context as LiquidContext, Template } from "liquidjs";
import { BUDGETS } from "../../kernel/budgets.ts";
import { texts } from "../../kernel/say.ts";
import { lotOf } from "../basics/lots.ts";
import { FILTERS, TAGS } from "./liquid-words.ts";
import { printedDate } from "./mail-dates.ts";
import { isAbsent } from "./mail-facts.ts";
import { type FaultCode, TemplateUnreadable } from "./mail-fault.ts";
import type { Translation } from "./translation.ts";
import {
  type Reference,
  scopeOf,
  type VariableInputs,
  type VariableScope,
  variableValueAt,
} from "./variable-scope.ts";
import { capitalizedWords, plural } from "./wording.ts";

export type { Template };
/** How a value is printed: escaped for its context. */
export type Escape = (value: string) => string;
export type Filling = {
  translation: Translation;
  templates: Template[];
  told: VariableInputs;
  longest: number;
};

const MOST_STEPS = BUDGETS.template.steps;
const MOST_MEMORY = BUDGETS.template.memory; // characters and elements that filters and loops go through
const MOST_MS = 500; // once it has gone on for longer than any mail does
const FEW_STEPS = 2_000;

// Read when the first mail is composed.
const require = createRequire(import.meta.url);
let library: typeof import("liquidjs") | null = null;

export function engineWith(escaped: Escape): Liquid {
  library ??= require("liquidjs") as typeof import("liquidjs");
  const engine = new library.Liquid({
    strictFilters: true,
    strictVariables: false,
    ownPropertyOnly: true,
    cache: false,
    templates: {},
    outputEscape: (value: unknown) => escaped(printed(value)),
    globals: Object.create(null),
  });
  for (const name of Object.keys(engine.filters)) if (!FILTERS.has(name)) delete engine.filters[name];
  const tags = new Set(Object.keys(TAGS).concat("raw"));
  for (const name of Object.keys(engine.tags)) if (!tags.has(name)) delete engine.tags[name];
  for (const [name, filter] of Object.entries(OWN)) engine.registerFilter(name, filter);
  return engine;
}

function printed(value: unknown): string {
  if (Array.isArray(value)) return value.map(printed).filter(Boolean).join(", ");
  return value === null || value === undefined || typeof value === "object" ? "" : String(value);
}

type Work = Filling & { missing: Set<string>; hasLocals: boolean };
type Inside = { context: LiquidContext };

const workOf = ({ context }: Inside) => context.getRegister<Work>("work");
const asText = (change: (text: string) => string) => (value: unknown) =>
  isAbsent(value) ? value : change(printed(value));

const OWN: Record<string, FilterImplOptions> = {
  _value(number: number) {
    const work = workOf(this);
    const asked = work.translation.references[number];
    if (!asked) return null;
    const value = found(work, asked.reference, this.context);
    if (value === null && asked.isRequired) work.missing.add(asked.reference.name);
    return value;
  },
  _has(number: number) {
    return isThere(asked(this, number));
  },
  _lacks(number: number) {
    return !isThere(asked(this, number));
  },
  _need(value: unknown, number: number) {
    const work = workOf(this);
    if (isAbsent(value)) work.missing.add(work.translation.references[number]?.reference.name ?? "");
    return value;
  },
  _or(value: unknown, number: number) {
    return isAbsent(value) ? workOf(this).translation.fallbacks[number] : value;
  },
  _drawn(name: string, count: number) {
    const { contactId, stepId } = workOf(this).told.drawnFor;
    return lotOf(`${contactId} ${stepId ?? ""} ${name}`, count);
  },
  date(value: unknown, format: unknown) {
    return printedDate(value, format, workOf(this).told.at);
  },
  escape: (value: unknown) => value, // everything is escaped, once, when it is printed
  escape_once: (value: unknown) => value,
  _each_word: asText(capitalizedWords),
  _plural: asText(plural),
  _one_line: asText((text) => text.replace(/\s+/g, " ").trim()),
  _url: asText((text) => encodeURI(text.toWellFormed())),
  _url_part: asText((text) => encodeURIComponent(text.toWellFormed())),
  url_encode: asText((text) => encodeURIComponent(text.toWellFormed())),
};

function asked(inside: Inside, number: number) {
  const work = workOf(inside);
  const { reference } = work.translation.references[number] ?? {};
  return reference ? found(work, reference, inside.context) : null;
}

/** Whether a condition that asks for it holds. */
export function isThere(value: unknown) {
  return !isAbsent(value) && value !== false;
}

/** What `assign` and `for` named goes before what the mail is told. */
function found(work: Work, reference: Reference, context: LiquidContext) {
  if (work.hasLocals) {
    const local = context.getSync(reference.key.split("."));
    if (local !== undefined && local !== null) return isAbsent(local) ? null : local;
  }
  return variableValueAt(work.told, reference);
}

const NOTHING: VariableScope = Object.freeze(Object.create(null));

/** The template filled, with the variables that had no value where they were to be printed. */
export function fillLiquid(engine: Liquid, filling: Filling): { text: string; missing: Set<string> } {
  const work: Work = { ...filling, missing: new Set(), hasLocals: filling.translation.hasLocals };
  const limits = limitsFor();
  const context = new (library as typeof import("liquidjs")).Context(
    filling.translation.usesNames ? scopeOf(filling.told) : NOTHING,
    engine.options,
    { sync: true },
    { ...(limits as object), liquid: engine },
  );
  context.setRegister("work", work);
  const page = pageOf(filling.longest, limits);
  try {
    const { toValueSync } = library as typeof import("liquidjs");
    toValueSync(engine.renderer.renderTemplates(filling.templates, context, page));
  } catch {
    throw new TemplateUnreadable(limits.broken ?? "unreadable", SENTENCES[limits.broken ?? "unreadable"]);
  }
  return { text: page.buffer, missing: work.missing };
}

const SENTENCES: Record<FaultCode, string> = texts({
  unclosed: "A tag or variable is not closed.",
  unreadable: "The value cannot be computed.",
  too_long: "This is too long.",
  too_slow: "Composing this takes too long.",
  too_large: "This becomes too large.",
});

/** The engine asks both: memory with what it is about to use, time with what its clock says. */
function limitsFor() {
  let steps = 0;
  let memory = 0;
  let startedAt: number | null = null;
  const limits = {
    broken: null as FaultCode | null,
    memoryLimit: {
      use(amount: number) {
        memory += Math.max(0, amount || 0);
        if (memory > MOST_MEMORY) limits.stop("too_slow");
      },
      check() {},
    },
    renderLimit: {
      use() {},
      check(ms: number) {
        startedAt ??= ms;
        steps += 1;
        const hasLongWorked = steps > FEW_STEPS && ms - startedAt > MOST_MS;
        if (steps > MOST_STEPS || hasLongWorked) limits.stop("too_slow");
      },
    },
    stop(code: FaultCode) {
      limits.broken = code;
      throw new Error(code);
    },
  };
  return limits;
}

function pageOf(longest: number, limits: ReturnType<typeof limitsFor>) {
  return {
    buffer: "",
    write(text: unknown) {
      this.buffer += text;
      if (this.buffer.length > longest) limits.stop("too_large");
    },
  };
}
