// What an action is handed, and what it answers.

import type { Act } from "../../../app.ts";
import type { Entity, WorkflowAction } from "../../../domain/automation/workflow-steps.ts";
import type { WorkflowCandidateRow } from "./candidates-store.ts";
import type { WorkflowRow } from "./store.ts";

export type ActionOutcome = {
  outcome: "done" | "skipped" | "failed";
  code: string | null;
  data?: Record<string, unknown>;
  contactId?: string;
};

export type Doing<A extends WorkflowAction = WorkflowAction> = {
  act: Act;
  workflow: WorkflowRow;
  actions: readonly WorkflowAction[];
  step: string;
  action: A;
  rows: readonly WorkflowCandidateRow[];
  /** What the network said of each candidate, asked before the transaction. */
  prepared: ReadonlyMap<string, unknown>;
};

/** Of the named kinds of actions. */
export type DoingOf<Is extends WorkflowAction["is"]> = Doing<Extract<WorkflowAction, { is: Is }>>;

export type Outcomes = Map<string, ActionOutcome>;

/** Nothing is done yet, for all of them. */
export class StepHeldUp extends Error {
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

export type RecordOfCandidate = { kind: Entity; recordOf(row: WorkflowCandidateRow): string };
