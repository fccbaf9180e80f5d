// Where a contact stands in a sequence, as facts: what the gate is asked about, and what the explanation adds. Types alone.

import type { UsualHour } from "../sequences/usual-hour.ts";
import type { TaskType } from "../work/task.ts";
import type { GateCode } from "./gate.ts";
import type { GateFacts } from "./gate-facts.ts";

/** The step waits for a person to do it, or to send the mail that was drafted for it. */
export type TaskOfStep = {
  id: string;
  userId: string;
  who: string;
  type: TaskType;
  dueAt: Temporal.Instant;
  messageId: string | null;
  mailDueAt: Temporal.Instant | null;
  mailFailure: string | null;
  isPendingSend: boolean;
};

/** The step is a branch, whose condition may still come to hold. */
export type BranchOfStep = { says: string; holds: boolean; decidedBy: Temporal.Instant };

export type GateStatus = {
  facts: GateFacts;
  task?: TaskOfStep;
  branch?: BranchOfStep;
  lock?: LockInTheWay;
  /** Of an email that waits for it. */
  usualHour?: UsualHour | null;
  who: string;
  sequenceName: string;
  /** Mails due before in the same mailbox, counted no further than `atLeast` says. */
  queue: { before: number; atLeast: boolean };
  estimate?: Estimate;
};

/** Another session of the database has held it for long, and the step is due. */
export type LockInTheWay = {
  kind: LockKind;
  heldBy: string;
  /** What ends it. */
  advice: string;
  /** The team's own database login that holds it. */
  loginId: string | null;
  since: Temporal.Instant;
};

/** When a mail leaves by the forecast's reckoning, after how many others of its mailbox, and what it waits for longest. */
export type Estimate = { at: Temporal.Instant | null; after: number; limit: GateCode | null };

/** What another session holds. */
export type LockKind =
  | "contact"
  | "enrollment"
  | "step"
  | "mailbox"
  | "mail"
  | "team"
  | "table"
  | "rules"
  | "suppressions"
  | "answers"
  | "limit"
  | "company_limit"
  | "touch_limit";
