// A sequence as it would go for a contact who joined, without delays: no limit, and no day off that the team has not
// entered.

import { type BranchCondition, decidedBy } from "../sequences/branch-condition.ts";
import { type ContactPace, dueAfter, type WaitingStep } from "../sequences/cadence.ts";
import { explainedDate, type ShiftedDate } from "../sequences/date-shifts.ts";
import { lineAfter, stepsOn } from "../sequences/sequence-plan.ts";
import type { BranchPath, PathStep } from "../sequences/step-paths.ts";
import type { ComposeResult } from "../templates/composing.ts";
import type { MailAccountFacts, MailContactFacts } from "../templates/mail-facts.ts";

/** The contact it is tried with; null for an invented one. */
export type Someone = {
  id: string;
  name: string | null;
  email: string | null;
  timeZone: string | null;
  country: string | null;
  region: string | null;
} | null;

export type RehearsedMail = {
  someone: Someone;
  mailbox: { id: string; email: string } | null;
  composed: ComposeResult;
  /** Names that nothing has, with the one that is probably meant. */
  unknown: readonly { name: string; meant: string | null }[];
};

export type RehearsedPlan = {
  someone: Someone;
  zone: string;
  startsAt: Temporal.Instant;
  /** The zone is the contact's, and not that of the schedule. */
  isContactsZone: boolean;
  steps: { position: number; type: string; date: RehearsedDate | null; takes: BranchPath | null }[];
};

/** What a step's mail lacks, for how many. */
export type Missing = {
  stepId: string;
  position: number;
  variable: string;
  count: number;
  contactIds: string[];
};

export type RehearsedStep = WaitingStep &
  PathStep & { isOn: boolean; condition: Pick<BranchCondition, "waitDays"> | null };

/** Whether the condition of a branch holds for the contact as things are; null: nobody can say. */
type Takes = (stepId: string) => BranchPath | null;

export type RehearsedDate = ShiftedDate & {
  due: Temporal.Instant;
  /** Whichever paths the contact takes, and however long each branch waits. */
  earliest: Temporal.Instant;
  latest: Temporal.Instant;
};

/** When a step is done, and so when the next one begins to wait. */
type Reach = Record<"due" | "earliest" | "latest", Temporal.Instant>;

/**
 * When each step falls due, on both paths of a branch: on the no path when the condition was waited for. Behind it the
 * contact comes from the path that they take. Null: it is off, its date has passed, or the schedule never opens, which also
 * ends the rest.
 */
export function rehearsedDates(
  steps: readonly RehearsedStep[],
  place: ContactPace,
  joinedAt: Temporal.Instant,
  takes: Takes = () => null,
): (RehearsedDate | null)[] {
  const dates = new Map<string, RehearsedDate>();
  const walk = (line: readonly RehearsedStep[], since: Reach | null) => {
    let from = since;
    for (const step of line) {
      if (!from || !step.isOn || isPassedOver(steps, step, from.due)) continue;
      const reach = reached(step, place, from);
      if (reach)
        dates.set(step.id, { ...reach, ...explainedDate({ step, ...place, from: from.due }, reach.due) });
      from = reach && step.condition ? behind(step, step.condition, reach) : reach;
    }
    return from;
  };
  const behind = (step: RehearsedStep, condition: Waiting, reach: Reach): Reach | null => {
    const waited = decidedBy(condition, reach.due);
    const latest = decidedBy(condition, reach.latest);
    const earliest = decidedBy(condition, reach.earliest);
    const yes = walk(stepsOn(steps, step.id, "yes"), { ...reach, latest });
    const no = walk(stepsOn(steps, step.id, "no"), { due: waited, earliest, latest });
    if (!yes || !no) return takes(step.id) === "no" ? no : yes;
    const [first] = [yes.earliest, no.earliest].sort(Temporal.Instant.compare);
    const [, last] = [yes.latest, no.latest].sort(Temporal.Instant.compare);
    const { due } = takes(step.id) === "no" ? no : yes;
    return { due, earliest: first ?? due, latest: last ?? due };
  };
  walk(stepsOn(steps, null, null), { due: joinedAt, earliest: joinedAt, latest: joinedAt });
  return steps.map(({ id }) => dates.get(id) ?? null);
}

type Waiting = NonNullable<RehearsedStep["condition"]>;

function reached(step: RehearsedStep, place: ContactPace, from: Reach): Reach | null {
  const due = dueAfter({ step, ...place, from: from.due });
  const after = (at: Temporal.Instant) =>
    at.equals(from.due) ? due : dueAfter({ step, ...place, from: at });
  const [earliest, latest] = [after(from.earliest), after(from.latest)];
  return due && earliest && latest && { due, earliest, latest };
}

/** As contacts go on (sequence-plan.ts): past a date that has passed, unless nothing behind it is still ahead. */
function isPassedOver(steps: readonly RehearsedStep[], step: RehearsedStep, from: Temporal.Instant) {
  const isPast = ({ exactAt }: RehearsedStep) =>
    exactAt !== null && Temporal.Instant.compare(exactAt, from) < 0;
  return isPast(step) && lineAfter(steps, step.id).some((one) => one.isOn && !isPast(one));
}

/** A contact to fill mails with where a team has none yet. */
export const SAMPLE_RECIPIENT: { contact: MailContactFacts; account: MailAccountFacts } = {
  contact: {
    firstName: "Ines",
    lastName: "Okafor",
    name: "Ines Okafor",
    title: "Plant manager",
    headline: "Keeps turbines turning",
    organizationName: "Norrland Kraft AB",
    email: "ines@norrland.example",
    phone: "+46701234567",
    linkedinUrl: "https://linkedin.com/in/ines",
    city: "Luleå",
    state: "Norrbotten",
    country: "Sweden",
    timeZone: "Europe/Stockholm",
    customFields: [],
  },
  account: {
    name: "Norrland Kraft AB",
    domain: "norrland.example",
    websiteUrl: "https://norrland.example",
    phone: "+46920123456",
    industry: "Utilities",
    employees: 200,
    annualRevenue: 12_000_000,
    foundedYear: 1987,
    city: "Luleå",
    state: "Norrbotten",
    country: "Sweden",
    customFields: [],
  },
};
