// How a hold is told: one sentence for each kind in the docs, and one about the case at hand.

import type { Evidence, EvidenceValue } from "../../basics/evidence.ts";

/** `at` prints an instant for the reader. */
export type Words = {
  means: string;
  says: (evidence: Evidence, at: (value: EvidenceValue | undefined) => string) => string;
};

export function text(value: EvidenceValue | undefined) {
  return typeof value === "string" ? value : null;
}

export function list(value: EvidenceValue | undefined) {
  return Array.isArray(value) ? value.join(", ") : "";
}
