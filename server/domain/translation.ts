// A template on its way into Liquid, and what is learned of it along the way.

import { quoted, Unreadable } from "./mail-fault.ts";
import { nameAsWritten, type Reference } from "./variable-scope.ts";

/** Holds where the variable is there, or where it is not. */
export type Guard = { reference: Reference; isThere: boolean };
export type Need = { reference: Reference; when: readonly Guard[] };

export type Translation = {
  liquid: string;
  references: { reference: Reference; isRequired: boolean }[];
  fallbacks: string[];
  needs: Need[];
  /** Whether `needs` says all; otherwise only rendering can tell what is missing. */
  isPlain: boolean;
  hasLocals: boolean;
  fillsLinks: boolean;
};

/** A condition or loop that stands open. A null among the guards is one that cannot be said so simply. */
export type Block = {
  opener: string;
  current: Guard | null;
  passed: (Guard | null)[];
  /** In its `else`. */
  isLast: boolean;
  /** `{{#if x}}{{#endif}}` prints x: where its inside begins. */
  elided: { start: number; reference: Reference } | null;
};

export type Desk = Translation & {
  out: string[];
  blocks: Block[];
  inHtml: boolean;
  /** The HTML tag we are in, as far as it is written. */
  openTag: string | null;
};

export function newDesk(inHtml: boolean): Desk {
  return {
    ...{ liquid: "", references: [], fallbacks: [], needs: [], isPlain: true, hasLocals: false },
    ...{ fillsLinks: false, out: [], blocks: [], inHtml, openTag: null },
  };
}

/** Its number in the template. One that is required and has no value is missing, where it is reached at all. */
export function refer(desk: Desk, reference: Reference, isRequired: boolean): number {
  if (isRequired) noteNeed(desk, reference);
  return desk.references.push({ reference, isRequired }) - 1;
}

function noteNeed(desk: Desk, reference: Reference) {
  const guards = desk.blocks.flatMap(guardsOf);
  const known = guards.filter((guard): guard is Guard => guard !== null);
  const isAsked = known.some((guard) => guard.isThere && isSame(guard.reference, reference));
  if (isAsked) return;
  if (known.length < guards.length) desk.isPlain = false;
  desk.needs.push({ reference, when: known });
}

function guardsOf({ current, passed, isLast }: Block): (Guard | null)[] {
  const turned = passed.map((guard) => guard && { ...guard, isThere: !guard.isThere });
  return isLast ? turned : [...turned, current];
}

function isSame(a: Reference, b: Reference) {
  return a.path.join(".") === b.path.join(".");
}

/** A name such as `first_name`, `contact.first_name`, `contact.Favourite Sport`; null for anything else. */
export function referenceFrom(text: string, shift = 0): Reference | null {
  const name = text.trim();
  if (!/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .'’&/-]*$/u.test(name) || /^[\d.]+$/.test(name)) return null;
  const path = name.split(".").map(nameAsWritten);
  if (path.includes("") || path.length > 3)
    throw new Unreadable("unreadable", `{{${quoted(name)}}} is no variable.`);
  return { name, path, shift };
}
