// A sequence as it would go for somebody who joined, if nothing held it up: no limit, no day off that nobody told us of.

import { dueAfter, type WaitingStep } from "./cadence.ts";
import type { Composed } from "./composing.ts";
import type { AccountFacts, ContactFacts } from "./mail-facts.ts";
import type { Place } from "./schedule.ts";

/** Whom it is tried out with; null for somebody invented. */
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
  composed: Composed;
};

export type RehearsedPlan = {
  someone: Someone;
  zone: string;
  startsAt: Temporal.Instant;
  steps: { position: number; type: string; dueAt: Temporal.Instant | null }[];
};

/** What a step's mail lacks, for how many. */
export type Missing = {
  stepId: string;
  position: number;
  variable: string;
  count: number;
  contactIds: string[];
};

export type RehearsedStep = WaitingStep & { isOn: boolean };

/**
 * When each step falls due. Null: it is off, its date has passed, or the schedule never opens, which also ends the rest.
 */
export function rehearsedDates(
  steps: readonly RehearsedStep[],
  place: Place,
  joinedAt: Temporal.Instant,
): (Temporal.Instant | null)[] {
  let from: Temporal.Instant | null = joinedAt;
  return steps.map((step) => {
    if (!from || !step.isOn || isPast(step, joinedAt)) return null;
    const due: Temporal.Instant | null = dueAfter({ step, ...place, from });
    from = due;
    return due;
  });
}

function isPast({ exactAt }: RehearsedStep, joinedAt: Temporal.Instant) {
  return exactAt !== null && Temporal.Instant.compare(exactAt, joinedAt) < 0;
}

/** Somebody to fill a mail with where a team knows nobody yet. */
export const INVENTED: { contact: ContactFacts; account: AccountFacts } = {
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
