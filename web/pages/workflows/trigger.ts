// What sets a workflow off, in words, and as its fields change it.

import type { Entity, Workflow } from "./queries.ts";

export type Every = "hour" | "day" | "week";
export type Schedule = {
  type: "schedule";
  every?: Every | undefined;
  at?: string | undefined;
  weekday?: number | undefined;
  cron?: string | undefined;
  time_zone: string;
};
export type Data = Readonly<Record<string, string | number | boolean | null>>;
export type OnEvent = { type: "event"; event: string; data?: Data | undefined };
export type OnHook = { type: "webhook"; creates_contacts: boolean };
export type Trigger = Schedule | OnEvent | OnHook;

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
export const FIRST_TIME = "09:00";

/** As the contract has it; the answer is typed more loosely than the question. */
export function triggerOf({ trigger }: Pick<Workflow, "trigger">) {
  return trigger as Trigger;
}

export function freshTrigger(type: Trigger["type"], entity: Entity, zone: string): Trigger {
  if (type === "schedule") return { type, every: "day", at: FIRST_TIME, time_zone: zone };
  if (type === "webhook") return { type, creates_contacts: false };
  return { type, event: entity === "account" ? "account.created" : "contact.created" };
}

/** One of hour, day, week or five fields; what the others said is dropped. */
export function withRhythm({ time_zone, at, weekday, cron }: Schedule, rhythm: Every | "cron"): Schedule {
  const common = { type: "schedule" as const, time_zone };
  if (rhythm === "cron") return { ...common, cron: cron ?? "0 9 * * 1-5" };
  if (rhythm === "hour") return { ...common, every: rhythm };
  const timed = { ...common, every: rhythm, at: at ?? FIRST_TIME };
  return rhythm === "week" ? { ...timed, weekday: weekday ?? 1 } : timed;
}

export function sayTrigger(trigger: Trigger): string {
  switch (trigger.type) {
    case "webhook":
      return "When its address is called";
    case "event":
      return `When ${sayEvent(trigger.event)}${sayData(trigger.data)}`;
    case "schedule":
      return `${saySchedule(trigger)}, ${placeOf(trigger.time_zone)}`;
  }
}

function placeOf(zone: string) {
  return zone === "UTC" ? zone : (zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone);
}

function saySchedule({ every, at = FIRST_TIME, weekday = 1, cron }: Schedule) {
  if (cron !== undefined) return `By the schedule ${cron}`;
  if (every === "hour") return "Every hour";
  return every === "week" ? `Every ${WEEKDAYS[weekday - 1]} at ${at}` : `Every day at ${at}`;
}

const NOUNS: Record<string, string> = {
  contact: "a contact",
  account: "a company",
  enrollment: "somebody in a sequence",
  message: "a mail",
  task: "a task",
  deal: "a deal",
  sequence: "a sequence",
  email_account: "a mailbox",
  job: "a job",
};

const DEEDS: Record<string, string> = {
  "*": "has anything happen to it",
  created: "is made",
  updated: "is changed",
  added: "is added",
  stage_changed: "changes stages",
  score_crossed: "crosses a mark of the score",
  replied: "is answered",
};

/** "a contact changes stages"; for what has no words of its own, its own name. */
export function sayEvent(event: string) {
  const [noun = "", deed = ""] = event.split(".");
  const subject = NOUNS[noun];
  if (!subject) return event;
  return `${subject} ${DEEDS[deed] ?? `is ${deed.replaceAll("_", " ")}`}`;
}

function sayData(data: Data = {}) {
  const count = Object.keys(data).length;
  if (count === 0) return "";
  return count === 1 ? ", under one condition" : `, under ${count} conditions`;
}

/** What is typed as a value: yes and no, numbers and nothing are meant as such; an id never is a number. */
export function readValue(text: string): string | number | boolean | null {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  return /^-?\d{1,12}(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
