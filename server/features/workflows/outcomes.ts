// What an action is handed, and what it answers.

import type { Act } from "../../app.ts";
import type { Action, Entity } from "../../domain/workflow-steps.ts";
import type { CandidateRow } from "./candidates-store.ts";
import type { WorkflowRow } from "./store.ts";

export type Outcome = {
  outcome: "done" | "skipped" | "failed";
  code: string | null;
  data?: Record<string, unknown>;
  contactId?: string;
};

export type Doing<A extends Action = Action> = {
  act: Act;
  workflow: WorkflowRow;
  actions: readonly Action[];
  step: string;
  action: A;
  rows: readonly CandidateRow[];
  /** What the network said of each candidate, asked before the transaction. */
  prepared: ReadonlyMap<string, unknown>;
};

export type Outcomes = Map<string, Outcome>;

/** Nothing is done yet, for all of them. */
export class HeldUp extends Error {
  readonly code: string;
  readonly minutes: number;
  constructor(code: string, minutes: number) {
    super(code);
    this.code = code;
    this.minutes = minutes;
  }
}

/** What is asked for cannot be done, for any of them. */
export class CannotBeDone extends Error {
  readonly code: string;
  readonly data: Record<string, unknown>;
  constructor(code: string, data: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

export type About = { kind: Entity; recordOf(row: CandidateRow): string };
