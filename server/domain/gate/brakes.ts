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
import { between, type DaySums, type SendingDay } from "./brake-sums.ts";

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

type Asked = { sums: DaySums; at: number };

/** Of each cause, the worst first. `at`: asked so many days ago. */
export function causesOf(rules: BrakeRules, sums: DaySums, at = 0): BrakeFinding[] {
  if (!hasSample(rules, sums)) return [];
  const found = BRAKE_CAUSES.flatMap((cause) => findingOf(cause, rules[cause], { sums, at }) ?? []);
  const isPause = ({ level }: BrakeFinding) => level === "paused";
  return [...found.filter(isPause), ...found.filter((one) => !isPause(one))];
}

/** A team has many mailboxes and sequences that send little. */
function hasSample(rules: BrakeRules, { all }: DaySums) {
  const fewest = Math.min(...BRAKE_CAUSES.map((cause) => rules[cause].fewest));
  return between(all, "sent", 0, Number.POSITIVE_INFINITY) >= fewest;
}

function findingOf(cause: BrakeCause, rule: BrakeRule, asked: Asked): BrakeFinding | null {
  if (!rule.isOn) return null;
  const figures = cause === "replies" ? fallOf(rule, asked) : shareOf(COUNTED[cause], rule, asked);
  if (!figures) return null;
  const { pause, first } = rule;
  const measured = cause === "replies" ? fallen(figures) : (100 * figures.count) / figures.sent;
  if (pause !== null && measured >= pause)
    return { level: "paused", cause, figures: { ...figures, threshold: pause } };
  return measured >= first
    ? { level: "first_steps", cause, figures: { ...figures, threshold: first } }
    : null;
}

const COUNTED = { bounces: "bounced", complaints: "complained", blocks: "blocked" } as const;

function shareOf(
  counted: "bounced" | "complained" | "blocked",
  { days, fewest }: BrakeRule,
  { sums, at }: Asked,
): BrakeFigures | null {
  const sent = between(sums.counted, "sent", at, at + days);
  const count = between(sums.counted, counted, at, at + days);
  if (sent < fewest || count < FEWEST_EVENTS) return null;
  return { sent, count, percent: percentOf(count, sent), threshold: 0, days, before: null };
}

/** What it is compared with counts also from before a brake was lifted. */
function fallOf({ days, fewest }: BrakeRule, { sums, at }: Asked): BrakeFigures | null {
  const [from, until] = [at + REPLY_DAYS, at + REPLY_DAYS + days];
  const sent = between(sums.counted, "asked", from, until);
  const sentBefore = between(sums.all, "asked", until, until + BEFORE_DAYS);
  if (sent < fewest || sentBefore < fewest) return null;
  const count = between(sums.counted, "answered", from, until);
  const before = between(sums.all, "answered", until, until + BEFORE_DAYS) / sentBefore;
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

function percentOf(part: number, whole: number) {
  return whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100;
}

/** Each mailbox and sequence that has sent, and the team. */
export function subjectsOf(teamId: string, days: readonly SendingDay[]) {
  const parts: (BrakeSubject & { days: readonly SendingDay[] })[] = [];
  for (const [subjectId, own] of Map.groupBy(days, ({ mailboxId }) => mailboxId))
    if (subjectId !== null) parts.push({ scope: "mailbox", subjectId, days: own });
  for (const [subjectId, own] of Map.groupBy(days, ({ sequenceId }) => sequenceId))
    if (subjectId !== null) parts.push({ scope: "sequence", subjectId, days: own });
  return [...parts, { scope: "team" as const, subjectId: teamId, days }];
}

export function subjectKey({ scope, subjectId }: BrakeSubject) {
  return `${scope} ${subjectId}`;
}
