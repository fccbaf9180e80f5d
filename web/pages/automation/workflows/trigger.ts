// What sets a workflow off, in words, and as its fields change it.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { sayEvent } from "../../../parts/event-words.ts";
import type { Entity, Workflow } from "./queries.ts";

export type Every = "hour" | "day" | "week";
export type ScheduleTrigger = {
  type: "schedule";
  every?: Every | undefined;
  at?: string | undefined;
  weekday?: number | undefined;
  cron?: string | undefined;
  time_zone: string;
};
export type Data = Readonly<Record<string, string | number | boolean | null>>;
export type OnEvent = { type: "event"; event: string; data?: Data | undefined };
type OnHook = { type: "webhook"; creates_contacts: boolean };
/** `field`: "" where none is chosen. Without a time zone it is the team's. */
export type OnDate = {
  type: "date_field";
  field: string;
  days?: number | undefined;
  at?: string | undefined;
  time_zone?: string | undefined;
};
export type Trigger = ScheduleTrigger | OnEvent | OnDate | OnHook;

export const WEEKDAYS = perLanguage(() => [
  t("Monday"),
  t("Tuesday"),
  t("Wednesday"),
  t("Thursday"),
  t("Friday"),
  t("Saturday"),
  t("Sunday"),
]);
export const FIRST_TIME = "09:00";

/** As the contract has it; the answer is typed more loosely than the question. */
export function triggerOf({ trigger }: Pick<Workflow, "trigger">) {
  return trigger as Trigger;
}

export function freshTrigger(type: Trigger["type"], entity: Entity, zone: string): Trigger {
  if (type === "schedule") return { type, every: "day", at: FIRST_TIME, time_zone: zone };
  if (type === "webhook") return { type, creates_contacts: false };
  if (type === "date_field") return { type, field: "closed_date", days: 0, at: FIRST_TIME };
  return { type, event: entity === "account" ? "account.created" : "contact.created" };
}

/** One of hour, day, week or five fields; what the others said is dropped. */
export function withRhythm(
  { time_zone, at, weekday, cron }: ScheduleTrigger,
  rhythm: Every | "cron",
): ScheduleTrigger {
  const common = { type: "schedule" as const, time_zone };
  if (rhythm === "cron") return { ...common, cron: cron ?? "0 9 * * 1-5" };
  if (rhythm === "hour") return { ...common, every: rhythm };
  const timed = { ...common, every: rhythm, at: at ?? FIRST_TIME };
  return rhythm === "week" ? { ...timed, weekday: weekday ?? 1 } : timed;
}

/** `fieldName`: of a date field of the team's own, where it is known. */
export function sayTrigger(trigger: Trigger, fieldName?: string): string {
  switch (trigger.type) {
    case "date_field":
      return sayDate(trigger, fieldName);
    case "webhook":
      return t("When its URL is called");
    case "event":
      return t("When {event}{data}", { event: sayEvent(trigger.event), data: sayData(trigger.data) });
    case "schedule":
      return `${saySchedule(trigger)}, ${placeOf(trigger.time_zone)}`;
  }
}

function placeOf(zone: string) {
  return zone === "UTC" ? zone : (zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone);
}

function saySchedule({ every, at = FIRST_TIME, weekday = 1, cron }: ScheduleTrigger) {
  if (cron !== undefined) return t("On the cron schedule {cron}", { cron });
  if (every === "hour") return t("Every hour");
  return every === "week"
    ? t("Every {weekday} at {at}", { weekday: WEEKDAYS[weekday - 1], at })
    : t("Every day at {at}", { at });
}

/** The dates of deals that are no custom fields. */
export const DEAL_DATES: Record<string, string> = perLanguage(() => ({
  closed_date: t("Planned close date of an open deal"),
  actual_close_date: t("Close date of a deal"),
  next_step_date: t("Next step of an open deal"),
}));

function sayDate({ field, days = 0, at = FIRST_TIME, time_zone }: OnDate, fieldName?: string) {
  const date = DEAL_DATES[field] ?? fieldName ?? t("Date field");
  const place = time_zone === undefined ? "" : `, ${placeOf(time_zone)}`;
  if (days === 0) return `${t("{date}: on the day at {at}", { date, at })}${place}`;
  const count = Math.abs(days);
  const when =
    days < 0
      ? t("{date}: {count, plural, one {# day} other {# days}} before, at {at}", { date, count, at })
      : t("{date}: {count, plural, one {# day} other {# days}} after, at {at}", { date, count, at });
  return `${when}${place}`;
}

export const ofLists = (event: string) => event.startsWith("label.records_");

/** What an event trigger still needs: a template leaves it empty. */
export function triggerLacks(trigger: Trigger): string | null {
  if (trigger.type === "date_field") return trigger.field === "" ? t("a date field") : null;
  if (trigger.type !== "event") return null;
  if (trigger.data?.label_id === "") return t("a list");
  return trigger.data?.to === "" ? t("a stage") : null;
}

/** Whether the trigger itself says which records it is about: a list, a stage, a kind of reply, a date. */
export function hasConditions(trigger: Trigger) {
  return (
    trigger.type === "date_field" || (trigger.type === "event" && Object.keys(trigger.data ?? {}).length > 0)
  );
}

function sayData(data: Data = {}) {
  const count = Object.keys(data).length;
  if (count === 0) return "";
  return t("{count, plural, one {, with # condition} other {, with # conditions}}", { count });
}

/** What is typed as a value: yes and no, numbers and nothing are meant as such; an id never is a number. */
export function readValue(text: string): string | number | boolean | null {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  return /^-?\d{1,12}(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
