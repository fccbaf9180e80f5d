// A template on its way into Liquid, and what is learned of it along the way.

import { say } from "../../kernel/say.ts";
import { shortQuote, TemplateUnreadable } from "./mail-fault.ts";
import { nameAsWritten, type Reference } from "./variable-scope.ts";

/** Holds where the variable is there, or where it is not. */
export type VariableGuard = { reference: Reference; isThere: boolean };
export type Need = { reference: Reference; when: readonly VariableGuard[] };

export type Translation = {
  liquid: string;
  references: { reference: Reference; isRequired: boolean }[];
  fallbacks: string[];
  needs: Need[];
  /** Whether `needs` says all; otherwise only rendering can tell what is missing. */
  isPlain: boolean;
  /** Whether anything in it is left for Liquid to look up by its name. */
  usesNames: boolean;
  hasLocals: boolean;
  fillsLinks: boolean;
  /** How many different texts its alternatives make. */
  versions: number;
};

/** A condition or loop that stands open. A null among the guards is one that cannot be said so simply. */
export type Block = {
  opener: string;
  current: VariableGuard | null;
  passed: (VariableGuard | null)[];
  /** In its `else`. */
  isLast: boolean;
  /** `{{#if x}}{{#endif}}` prints x: where its inside begins. */
  elided: { start: number; reference: Reference } | null;
};

export type TranslationState = Translation & {
  out: string[];
  blocks: Block[];
  inHtml: boolean;
  /** The HTML tag we are in, as far as it is written. */
  openTag: string | null;
  /** How many characters of such tags were looked through for variables. */
  lookedInside: number;
};

export function newDesk(inHtml: boolean): TranslationState {
  return {
    liquid: "",
    references: [],
    fallbacks: [],
    needs: [],
    isPlain: true,
    usesNames: false,
    hasLocals: false,
    fillsLinks: false,
    versions: 1,
    out: [],
    blocks: [],
    inHtml,
    openTag: null,
    lookedInside: 0,
  };
}

/** Its number in the template. One that is required and has no value is missing, where it is reached at all. */
export function noteReference(desk: TranslationState, reference: Reference, isRequired: boolean): number {
  if (isRequired) noteNeed(desk, reference);
  return desk.references.push({ reference, isRequired }) - 1;
}

function noteNeed(desk: TranslationState, reference: Reference) {
  const guards = desk.blocks.flatMap(guardsOf);
  const known = guards.filter((guard): guard is VariableGuard => guard !== null);
  const isAsked = known.some((guard) => guard.isThere && isSame(guard.reference, reference));
  if (isAsked) return;
  if (known.length < guards.length) desk.isPlain = false;
  desk.needs.push({ reference, when: known });
}

function guardsOf({ current, passed, isLast }: Block): (VariableGuard | null)[] {
  const turned = passed.map((guard) => guard && { ...guard, isThere: !guard.isThere });
  return isLast ? turned : [...turned, current];
}

function isSame(a: Reference, b: Reference) {
  return a.key === b.key;
}

/** A name such as `first_name`, `contact.first_name`, `contact.Favourite Sport`; null for anything else. */
export function referenceFrom(text: string, shift = 0): Reference | null {
  const name = text.trim();
  if (!/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .'’&/-]*$/u.test(name) || /^[\d.]+$/.test(name)) return null;
  const path = name.split(".").map(nameAsWritten);
  if (path.includes(""))
    throw new TemplateUnreadable(
      "unreadable",
      say("{variable} is not a known variable.", { variable: `{{${shortQuote(name)}}}` }),
    );
  return { name, key: path.join("."), shift };
}

/** An expression that Liquid reads by itself. Editors turn quotation marks, and Liquid knows the straight ones only. */
export function expression(desk: TranslationState, text: string) {
  const straight = text.replace(/[“”„‟]/g, '"').replace(/[‘’‚‛]/g, "'");
  desk.usesNames ||= /\p{L}/u.test(straight.replace(/"[^"]*"|'[^']*'/g, ""));
  return straight;
}
