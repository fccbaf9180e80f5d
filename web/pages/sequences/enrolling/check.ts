// What a dry run says, put together as a person reads it: how many join, who does not and why, grouped by the reason
// that is asked about first, and which day the first mails go.

import { dateFormat } from "../../../language/formats.ts";
import type { api } from "../../../session.ts";
import { type AllowFlag, FLAGS } from "./wish.ts";

type Answer = Awaited<ReturnType<typeof api.joining.addContacts>>;
type Whole = Extract<Answer, { contacts: unknown }>;

type SkippedReason = Whole["skipped_contacts"][number]["reasons"][number];
export type FirstEmailSurge = NonNullable<Whole["first_email_surges"]>[number];
export type EnrollmentPreview = NonNullable<Whole["previews"]>[number];

export type SkippedGroup = {
  code: string;
  /** The contacts left out for this reason, each with its own evidence. */
  people: { id: string; reason: SkippedReason }[];
  /** What lets them in; null where nothing does. */
  flag: AllowFlag | null;
  /** How many of them have something else against them too. */
  withMore: number;
};

export type Check = {
  joining: number;
  leftOut: number;
  /** How many more there are who were not tried. */
  untried: number;
  groups: SkippedGroup[];
  split: Whole["mailbox_split"];
  credits: Whole["credits"] | null;
  warnings: {
    code: string;
    count: number;
    /** Which steps it is about. */
    steps: number[];
    /** The first of them, by name. */
    names: string[];
    /** What is not known of them, that a mail needs. */
    missing: string[];
  }[];
  /** Mailboxes that would send far more first emails a day than before. */
  surges: FirstEmailSurge[];
  previews: EnrollmentPreview[];
  /** Too many to be added while one waits. */
  isLong: boolean;
};

export function readCheck(answer: Answer): Check {
  const isLong = !("contacts" in answer);
  const skipped = answer.skipped_contacts ?? [];
  const joining = isLong ? (answer.num_added ?? 0) : answer.enrollments.length;
  const named = isLong ? answer.entity_progress_job.entity_ids.length : joining + skipped.length;
  return {
    isLong,
    joining,
    leftOut: skipped.length,
    untried: Math.max(0, named - joining - skipped.length),
    groups: groupsOf(skipped),
    split: answer.mailbox_split ?? [],
    credits: answer.credits ?? null,
    warnings: countWarnings(answer.warnings ?? []),
    surges: answer.first_email_surges ?? [],
    previews: isLong ? [] : (answer.previews ?? []),
  };
}

function groupsOf(skipped: Whole["skipped_contacts"]): SkippedGroup[] {
  const groups = new Map<string, SkippedGroup>();
  for (const { contact_id: id, reasons } of skipped) {
    const [reason] = reasons;
    if (!reason) continue;
    const group = groups.get(reason.code) ?? { code: reason.code, people: [], flag: null, withMore: 0 };
    group.people.push({ id, reason });
    group.flag ??= FLAGS.find((flag) => flag === reason.flag) ?? null;
    if (hasOther(reasons)) group.withMore += 1;
    groups.set(reason.code, group);
  }
  return [...groups.values()].sort((one, other) => other.people.length - one.people.length);
}

/** The same flag lifts both kinds of unverified address, so the screen shows them as one. */
function hasOther([first, ...rest]: readonly SkippedReason[]) {
  return rest.some(({ flag, code }) => code !== first?.code && (flag === null || flag !== first?.flag));
}

function countWarnings(warnings: Whole["warnings"]) {
  const people = Map.groupBy(warnings, ({ code }) => code);
  return [...people].map(([code, all]) => ({
    code,
    count: new Set(all.map(({ contact_id }) => contact_id)).size,
    steps: stepsIn(all),
    names: [...new Set(all.flatMap(({ contact_name }) => contact_name ?? []))].slice(0, NAMED),
    missing: [...new Set(all.flatMap(({ evidence }) => listed(evidence.missing)))],
  }));
}

const NAMED = 3;

function listed(value: unknown) {
  return typeof value === "string" ? value.split(", ").filter(Boolean) : [];
}

/** All that any of them had, in order. */
function stepsIn(warnings: Whole["warnings"]) {
  const said = warnings.flatMap(({ evidence }) => listed(String(evidence.steps ?? evidence.position ?? "")));
  return [...new Set(said.map(Number))].sort((one, other) => one - other);
}

type DayCount = { day: string; count: number };

/** A bar a day, by the viewer's clock; days without a start are shown too, or a weekend would be hidden. */
export function daysOf(hours: readonly { hour: string; count: number }[], most = 60): DayCount[] {
  const counts = new Map<number, number>();
  for (const { hour, count } of hours) {
    const day = new Date(hour).setHours(0, 0, 0, 0);
    counts.set(day, (counts.get(day) ?? 0) + count);
  }
  const days: DayCount[] = [];
  const last = Math.max(...counts.keys());
  const at = new Date(Math.min(...counts.keys()));
  for (; counts.size > 0 && at.getTime() <= last && days.length < most; at.setDate(at.getDate() + 1))
    days.push({ day: dayWords(at), count: counts.get(at.getTime()) ?? 0 });
  return days;
}

export function dayWords(at: Date) {
  return dateFormat({ weekday: "short", day: "numeric", month: "short" }).format(at);
}
