// What the table of the gate says of each rule, as types: a row that leaves something out does not compile.

import type { RuleFinding } from "../basics/evidence.ts";
import type { FailureReason } from "../enrollments/failures.ts";
import type { GateFacts } from "./gate-facts.ts";

/** `fail` ends the mail and `cancel` the plan for it; `wait` keeps both. `skip`: the step is passed over, and the next one follows. */
export type GateOutcome = "cancel" | "fail" | "wait" | "skip";

/** What the rule is asked of. `address`: of the address the mail goes to, whichever contact has it. */
export type RuleSubject =
  | "address"
  | "contact"
  | "company"
  | "enrollment"
  | "step"
  | "sequence"
  | "mailbox"
  | "user"
  | "message"
  | "team"
  | "installation";

/**
 * What makes a change wait for the gates that are open, so that nothing leaves after the change was acknowledged.
 *
 * | lock         | the gate takes                                   | a change                                              |
 * |--------------|--------------------------------------------------|-------------------------------------------------------|
 * | `gates`      | a shared lock of the team                        | commits, then waits until the gates open by then ended |
 * | `addresses`  | a shared lock of the team's suppressions         | takes it alone before it writes                       |
 * | `caps`       | the cap's name, alone                            | needs nothing: counting takes the name, too           |
 * | `answers`    | a shared lock of the address                     | takes it alone before it writes                       |
 * | `contact`    | the contact's row                                | locks the row                                         |
 * | `enrollment` | the enrollment's row                             | locks the row                                         |
 * | `mailbox`    | the mailbox's row                                | locks the row                                         |
 * | `message`    | the mail's row                                   | locks the row                                         |
 * | `team`       | the team's row, where it limits touches          | locks the row                                         |
 * | `fence`      | nothing: the last statement asks                 | needs nothing: it is about who may send at all        |
 *
 * `gates` costs the sender one lock for a whole batch, however many rules the team has. Triggers (`note_rule_change`)
 * mark the tables it covers, so that every way of writing them counts.
 */
export type GateLock =
  | "gates"
  | "addresses"
  | "caps"
  | "answers"
  | "contact"
  | "enrollment"
  | "mailbox"
  | "message"
  | "team"
  | "fence";

/** In which order they are taken, everywhere. */
export const LOCK_ORDER = [
  ...([
    "gates",
    "addresses",
    "caps",
    "answers",
    "contact",
    "enrollment",
    "mailbox",
    "message",
    "team",
    "fence",
  ] as const),
] as const satisfies readonly GateLock[];

/** Who or what ends it. `reader`: the contact; `provider`: the mailbox's server; `time`: it passes by itself. */
export type Lifter =
  | "user"
  | "admin"
  | "owner"
  | "reader"
  | "provider"
  | "time"
  | "engine"
  | "operator"
  | "nobody";

export type Check = {
  outcome: GateOutcome;
  /** What stays in the rows where the mail is not sent; null where none was due. */
  failure: FailureReason | null;
  /** For which steps it is asked. What a person is to send is theirs to complete, and is asked the rest when it is sent. */
  of: "all" | "mails" | "automatic" | "linkedin";
  about: RuleSubject;
  locks: readonly [GateLock, ...GateLock[]];
  /** `database`: it compares times, and only `cadenza_now()` decides. */
  clock: "none" | "database";
  lifts: readonly [Lifter, ...Lifter[]];
  /** Explained only of a step that is due. Who sends always asks it. */
  whenDue?: true;
  /** Checked only when sending: in explanations it is the plan, not an obstacle. */
  senderOnly?: true;
  /** A person who sends a mail by hand has decided it. */
  notByHand?: true;
  /** A branch does nothing to the contact: it is decided at any time. */
  notAtBranch?: true;
  /** After how long a mail that waits for it is looked at again, though it may have to wait longer: people change it. */
  lookAgain?: Temporal.DurationLike;
  look(facts: GateFacts): RuleFinding | null;
};

type Asked = Pick<Check, "about" | "lifts"> &
  Partial<Pick<Check, "clock" | "whenDue" | "senderOnly" | "notByHand" | "notAtBranch" | "lookAgain">> & {
    of: Check["of"];
    locks: Check["locks"];
  };

type Row = Omit<Check, "look">;

export function cancels(asked: Asked): Row {
  return { clock: "none", ...asked, outcome: "cancel", failure: null };
}

export function fails(failure: FailureReason, asked: Asked): Row {
  return { clock: "none", ...asked, outcome: "fail", failure };
}

export function skips(asked: Asked): Row {
  return { clock: "none", ...asked, outcome: "skip", failure: null };
}

/** `failure`: what the mail fails with where it has waited too long. */
export function waits(asked: Asked, failure: FailureReason | null = null): Row {
  return { clock: "none", ...asked, outcome: "wait", failure };
}
