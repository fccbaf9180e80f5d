// What sets a workflow off, in words, and as its fields change it.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
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
  closed_date: t("Expected close date of an open deal"),
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

const NOUNS: Record<string, string> = perLanguage(() => ({
  contact: t("a contact"),
  account: t("a company"),
  enrollment: t("a contact in a sequence"),
  message: t("an email"),
  task: t("a task"),
  deal: t("a deal"),
  sequence: t("a sequence"),
  email_account: t("a mailbox"),
  job: t("a job"),
  call: t("a call"),
  note: t("a note"),
  person: t("a prospect"),
  organization: t("a company of the People database"),
  template: t("an email template"),
  incoming_mail: t("a received email"),
  conversation: t("a recorded conversation"),
  label: t("a list"),
  import: t("an import"),
}));

const DEEDS: Record<string, string> = perLanguage(() => ({
  "*": t("changes in any way"),
  created: t("is created"),
  updated: t("is updated"),
  added: t("is added"),
  stage_changed: t("changes stage"),
  score_crossed: t("crosses a score threshold"),
  replied: t("gets a reply"),
  changed: t("is changed"),
  deleted: t("is deleted"),
  removed: t("is removed"),
  merged: t("is merged with another record"),
  skipped: t("is skipped"),
  paused: t("is paused"),
  unpaused: t("is no longer paused"),
  resumed: t("is resumed"),
  moved: t("is moved to another step"),
  branched: t("takes a branch"),
  failed: t("fails"),
  held: t("is held back"),
  released: t("is no longer held back"),
  referred: t("names another person"),
  resubscribed: t("subscribes again"),
  completed: t("is completed"),
  reopened: t("is reopened"),
  scheduled: t("is scheduled"),
  sent: t("is sent"),
  delayed: t("is delayed"),
  drafted: t("is drafted"),
  bounced: t("bounces"),
  spam_blocked: t("is blocked as spam"),
  unsubscribed: t("leads to an unsubscribe"),
  started: t("starts"),
  done: t("is done"),
  cancelled: t("is canceled"),
  approved: t("is approved"),
  archived: t("is archived"),
  logged: t("is logged"),
  recorded: t("is recorded"),
  exported: t("is exported"),
  matched: t("is matched by a provider"),
  enriched: t("is enriched"),
  connected: t("is connected"),
  disconnected: t("is disconnected"),
  limited: t("reaches a limit"),
  handled: t("is handled"),
  snoozed: t("is snoozed"),
  assigned: t("is assigned"),
}));

/** Events whose type says little to a reader. */
const WHOLE: Record<string, string> = perLanguage(() => ({
  "label.records_added": t("a record is added to a list"),
  "label.records_removed": t("a record is removed from a list"),
  "message.opened": t("a person opens an email"),
  "message.clicked": t("a person clicks a link in an email"),
  "contact.meeting_booked": t("a contact books a meeting"),
  "contact.meeting_cancelled": t("a contact cancels a meeting"),
  "contact.unsubscribed": t("a contact unsubscribes"),
  "enrollment.finished": t("a contact finishes a sequence"),
  "person.job_changed": t("a contact changes jobs"),
}));

export const ofLists = (event: string) => event.startsWith("label.records_");

/** What an event trigger still needs: a template leaves it empty. */
export function triggerLacks(trigger: Trigger): string | null {
  if (trigger.type === "date_field") return trigger.field === "" ? t("a date field") : null;
  if (trigger.type !== "event") return null;
  if (trigger.data?.label_id === "") return t("a list");
  return trigger.data?.to === "" ? t("a stage") : null;
}

/** "a contact changes stage"; for what has no words of its own, its own name. */
export function sayEvent(event: string) {
  if (WHOLE[event]) return WHOLE[event];
  const [noun = "", deed = ""] = event.split(".");
  const subject = NOUNS[noun];
  if (!subject) return event;
  return DEEDS[deed] ? `${subject} ${DEEDS[deed]}` : event;
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
