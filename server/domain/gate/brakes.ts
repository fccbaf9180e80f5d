// Whether what a mailbox, a sequence or a whole team has sent lately is reason to send less. Each email's outcome counts on the day it was
// sent, so a bounce that comes late changes the figures of that day. Days are spans of 24 hours before the moment of asking.
//
// Replies need days to come. So emails count for three days each, and those sent less than three days ago are not asked about.

import {
  BRAKE_CAUSES,
  type BrakeCause,
  type BrakeLevel,
  type BrakeRule,
  type BrakeRules,
  type BrakeScope,
} from "./brake-rules.ts";

/** What was sent within 24 hours, so many days before. */
export type DaySum = {
  ago: number;
  sent: number;
  bounced: number;
  complained: number;
  blocked: number;
  /** Within three days of being sent. */
  answered: number;
};

/** By one mailbox in one sequence. */
export type SendingDay = DaySum & { mailboxId: string | null; sequenceId: string | null };

export type BrakeFigures = {
  sent: number;
  count: number;
  percent: number;
  threshold: number;
  days: number;
  /** Of replies: the percentage of the four weeks before. */
  before: number | null;
};

type BrakeFinding = { level: BrakeLevel; cause: BrakeCause; figures: BrakeFigures };

export type BrakeSubject = { scope: BrakeScope; subjectId: string };
export type BrakeFound = BrakeSubject & BrakeFinding;

/** One bounce or report is an accident. */
const FEWEST_EVENTS = 2;
const REPLY_DAYS = 3;
const BEFORE_DAYS = 28;
/** With fewer replies to expect, chance alone makes them fall. */
const FEWEST_EXPECTED = 10;

/** So far back the facts must reach. */
export function daysNeeded(rules: BrakeRules) {
  const needed = (cause: BrakeCause) =>
    rules[cause].days + (cause === "replies" ? REPLY_DAYS + BEFORE_DAYS : 0);
  return Math.max(...BRAKE_CAUSES.map(needed));
}

type Span = { days: readonly DaySum[]; at: number; countsDays: number };

/**
 * Of each cause, the worst first. `at`: asked so many days ago. `countsDays`: since a person lifted a brake, only what was sent since counts.
 */
export function causesOf(
  rules: BrakeRules,
  days: readonly DaySum[],
  { at = 0, countsDays = Number.POSITIVE_INFINITY } = {},
): BrakeFinding[] {
  const span = { days, at, countsDays };
  const found = BRAKE_CAUSES.flatMap((cause) => findingOf(cause, rules[cause], span) ?? []);
  const isPause = ({ level }: BrakeFinding) => level === "paused";
  return [...found.filter(isPause), ...found.filter((one) => !isPause(one))];
}

function findingOf(cause: BrakeCause, rule: BrakeRule, span: Span): BrakeFinding | null {
  if (!rule.isOn) return null;
  const figures = cause === "replies" ? fallOf(rule, span) : shareOf(COUNTED[cause], rule, span);
  if (!figures) return null;
  const { pause, first } = rule;
  const measured = cause === "replies" ? fallen(figures) : (100 * figures.count) / figures.sent;
  if (pause !== null && measured >= pause)
    return { level: "paused", cause, figures: { ...figures, threshold: pause } };
  return measured >= first
    ? { level: "first_steps", cause, figures: { ...figures, threshold: first } }
    : null;
}

const COUNTED: Record<Exclude<BrakeCause, "replies">, (day: DaySum) => number> = {
  bounces: ({ bounced }) => bounced,
  complaints: ({ complained }) => complained,
  blocks: ({ blocked }) => blocked,
};

function shareOf(
  counted: (day: DaySum) => number,
  { days, fewest }: BrakeRule,
  span: Span,
): BrakeFigures | null {
  const window = between(span, 0, Math.min(days, span.countsDays));
  const sent = sum(window, (day) => day.sent);
  const count = sum(window, counted);
  if (sent < fewest || count < FEWEST_EVENTS) return null;
  return { sent, count, percent: percentOf(count, sent), threshold: 0, days, before: null };
}

function fallOf({ days, fewest }: BrakeRule, span: Span): BrakeFigures | null {
  const ends = REPLY_DAYS + days;
  if (span.countsDays < ends) return null;
  const recent = between(span, REPLY_DAYS, ends);
  const earlier = between(span, ends, ends + BEFORE_DAYS);
  const sent = sum(recent, (day) => day.sent);
  const sentBefore = sum(earlier, (day) => day.sent);
  if (sent < fewest || sentBefore < fewest) return null;
  const count = sum(recent, (day) => day.answered);
  const before = sum(earlier, (day) => day.answered) / sentBefore;
  if (before * sent < FEWEST_EXPECTED) return null;
  return {
    sent,
    count,
    percent: percentOf(count, sent),
    threshold: 0,
    days,
    before: percentOf(before * 100, 100),
  };
}

/** By how many percent there are fewer replies than before. */
function fallen({ percent, before }: BrakeFigures) {
  return before ? 100 * (1 - percent / before) : 0;
}

function between({ days, at }: Span, from: number, until: number) {
  return days.filter(({ ago }) => ago - at >= from && ago - at < until);
}

function sum(days: readonly DaySum[], count: (day: DaySum) => number) {
  return days.reduce((all, day) => all + count(day), 0);
}

function percentOf(part: number, whole: number) {
  return whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100;
}

/** Each mailbox and sequence that has sent, and the team. */
export function subjectsOf(teamId: string, days: readonly SendingDay[]) {
  const parts: (BrakeSubject & { days: readonly DaySum[] })[] = [];
  for (const [subjectId, own] of Map.groupBy(days, ({ mailboxId }) => mailboxId))
    if (subjectId !== null) parts.push({ scope: "mailbox", subjectId, days: byDay(own) });
  for (const [subjectId, own] of Map.groupBy(days, ({ sequenceId }) => sequenceId))
    if (subjectId !== null) parts.push({ scope: "sequence", subjectId, days: byDay(own) });
  return [...parts, { scope: "team" as const, subjectId: teamId, days: byDay(days) }];
}

/** Added up, so that a team with many mailboxes and sequences is judged as fast as one with few. */
function byDay(days: readonly SendingDay[]): DaySum[] {
  return [...Map.groupBy(days, ({ ago }) => ago)].map(([ago, those]) => ({
    ago,
    sent: sum(those, ({ sent }) => sent),
    bounced: sum(those, ({ bounced }) => bounced),
    complained: sum(those, ({ complained }) => complained),
    blocked: sum(those, ({ blocked }) => blocked),
    answered: sum(those, ({ answered }) => answered),
  }));
}

export function subjectKey({ scope, subjectId }: BrakeSubject) {
  return `${scope} ${subjectId}`;
}
