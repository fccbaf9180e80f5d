import { type ForbiddingCode, type RefusalCode, type RefusalEntry, refusals } from "@cadenza/contract";
import { sayWith } from "./say.ts";

type RefusalFacts = Record<string, string | number>;

/** The one error we throw on purpose: the caller asked for what we do not do, and is told why. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly facts: RefusalFacts;
  /** Further keys of the answer's body, for refusals that carry data. */
  readonly details: Record<string, unknown>;
  /** Why really, for the audit log alone, where the caller is not to learn that there is something they may not. */
  readonly because: ForbiddingCode | null;

  constructor(
    code: RefusalCode,
    facts: RefusalFacts = {},
    details: Record<string, unknown> = {},
    because: ForbiddingCode | null = null,
  ) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.facts = facts;
    this.details = details;
    this.because = because;
  }
}

/** In words, as the caller reads them. */
export function sentenceOf({ code, facts }: Refusal) {
  return sayWith(refusals[code].says, facts);
}

/** What to do about it, in words; null where nothing is said. */
export function fixOf({ code, facts }: Refusal) {
  const entry: RefusalEntry = refusals[code];
  return entry.fix === undefined ? null : sayWith(entry.fix, facts);
}
