// The evidence for an answer, in values that the API, the screen and the CLI can show.

export type EvidenceValue = string | number | boolean | null | readonly string[] | Temporal.Instant;
export type Evidence = Record<string, EvidenceValue>;

/** What was found: since when it is so, and when it passes by itself. */
export type RuleFinding = {
  evidence: Evidence;
  since?: Temporal.Instant | null;
  until?: Temporal.Instant | null;
};
