// A sequence as it would go for a contact who joined, without delays: no limit, and no day off that the team has not
// entered.

import type { BranchCondition } from "../sequences/branch-condition.ts";
import { dueAfter, type WaitingStep } from "../sequences/cadence.ts";
import { stepsOn } from "../sequences/sequence-plan.ts";
import type { BranchPath, PathStep } from "../sequences/step-paths.ts";
import type { ComposeResult } from "../templates/composing.ts";
import type { MailAccountFacts, MailContactFacts } from "../templates/mail-facts.ts";
import type { ScheduleZone } from "../time/schedule.ts";

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
  steps: { position: number; type: string; dueAt: Temporal.Instant | null; takes: BranchPath | null }[];
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

/**
 * When each step falls due, on both paths of a branch: on the no path when the condition was waited for. Behind it the
 * contact comes from the path that they take. Null: it is off, its date has passed, or the schedule never opens, which also
 * ends the rest.
 */
export function rehearsedDates(
  steps: readonly RehearsedStep[],
  place: ScheduleZone,
  joinedAt: Temporal.Instant,
  takes: Takes = () => null,
): (Temporal.Instant | null)[] {
  const dates = new Map<string, Temporal.Instant>();
  const walk = (line: readonly RehearsedStep[], since: Temporal.Instant | null) => {
    let from = since;
    for (const step of line) {
      if (!from || !step.isOn || isPast(step, joinedAt)) continue;
      const due: Temporal.Instant | null = dueAfter({ step, ...place, from });
      from = due;
      if (!due) continue;
      dates.set(step.id, due);
      if (!step.condition) continue;
      const yes = walk(stepsOn(steps, step.id, "yes"), due);
      const waited = due.add({ hours: 24 * step.condition.waitDays });
      const no = walk(stepsOn(steps, step.id, "no"), waited);
      from = takes(step.id) === "no" ? no : yes;
    }
    return from;
  };
  walk(stepsOn(steps, null, null), joinedAt);
  return steps.map(({ id }) => dates.get(id) ?? null);
}

function isPast({ exactAt }: RehearsedStep, joinedAt: Temporal.Instant) {
  return exactAt !== null && Temporal.Instant.compare(exactAt, joinedAt) < 0;
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
