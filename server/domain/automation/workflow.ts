// The records a workflow takes: none that it has had, no more than its caps allow, and none in an endless loop.

import type { Entity, WorkflowAction } from "./workflow-steps.ts";

type EventTrigger = { is: "event"; event: string; data: Readonly<Record<string, unknown>> };
type ScheduleTrigger = { is: "schedule"; cron: string; zone: string };
/** So many days after a record's date, or before it, at a time of day. `field`: a custom field, or a date of deals. */
export type DateTrigger = { is: "date_field"; field: string; days: number; at: string; zone: string };
export type Trigger =
  | EventTrigger
  | ScheduleTrigger
  | DateTrigger
  | { is: "webhook"; createsContacts: boolean };

export type Reentry = "once" | "every_time" | { days: number };
export type Caps = { perRun: number | null; perDay: number | null; perOwner: number | null };

export type Definition = {
  trigger: Trigger;
  filters: Readonly<Record<string, unknown>>;
  netNew: boolean;
  reentry: Reentry;
  caps: Caps;
  actions: readonly WorkflowAction[];
  /** Trigger and actions as they were said, to be shown again. */
  said: { trigger: Record<string, unknown>; actions: readonly Record<string, unknown>[] };
};

/** How many workflows may lead to one another. The next one is stopped, and it is said. */
export const LONGEST_CHAIN = 5;

/** A run that nothing else limits finds no more at once. */
export const MOST_PER_RUN = 100_000;

/**
 * Records taken since this moment are not taken again; null: those ever taken; undefined: every record may be taken.
 */
export function takenSince(
  { reentry, netNew }: Pick<Definition, "reentry" | "netNew">,
  now: Temporal.Instant,
) {
  if (netNew || reentry === "once") return null;
  return reentry === "every_time" ? undefined : now.subtract({ hours: reentry.days * 24 });
}

/** Days are UTC's, whatever the schedule. */
export function startOfDay(now: Temporal.Instant) {
  return now.toZonedDateTimeISO("UTC").startOfDay().toInstant();
}

/** Events that are no triggers: those about access to the team, and what workflows do themselves. */
const UNSUITABLE = new Set([
  "team",
  "user",
  "session",
  "password",
  "access",
  "sql_login",
  "api_key",
  "application",
  "webhook",
  "workflow",
]);

export function maySetOff(event: string) {
  return !UNSUITABLE.has(event.split(".")[0] ?? "");
}

export type OwnedRecord = { id: string; ownerId: string | null };
export type CapsUsed = { run: number; day: number; byOwner: ReadonlyMap<string, number> };
type CapCode = "cap_per_run" | "cap_per_day" | "cap_per_owner";

/** In their order: null for who may be taken, or the cap that leaves them out. */
export function withinCaps(caps: Caps, found: readonly OwnedRecord[], used: CapsUsed): (CapCode | null)[] {
  let { run, day } = used;
  const byOwner = new Map(used.byOwner);
  return found.map(({ ownerId }) => {
    const ofOwner = byOwner.get(ownerId ?? "") ?? 0;
    if (caps.perRun !== null && run >= caps.perRun) return "cap_per_run";
    if (caps.perDay !== null && day >= caps.perDay) return "cap_per_day";
    if (caps.perOwner !== null && ofOwner >= caps.perOwner) return "cap_per_owner";
    run++;
    day++;
    byOwner.set(ownerId ?? "", ofOwner + 1);
    return null;
  });
}

/** Whether everybody there is would be taken, as far as what is said goes. */
export function isUnfiltered(filters: Readonly<Record<string, unknown>>) {
  return Object.entries(filters).every(([key, value]) => isModifier(key) || isSilent(value));
}

/** What only says how another filter is meant. */
export function isModifier(filter: string) {
  return filter === "include_similar_titles";
}

function isSilent(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object") return Object.values(value).every((inside) => isSilent(inside));
  return false;
}

export type { Entity };
