// What a forecast starts from: everybody on their way, and what they are on their way through. Instants are milliseconds, because
// hundreds of thousands of them are compared.

import type { Ramp } from "../basics/ramp.ts";
import type { ActiveBrake } from "../gate/brake-changes.ts";
import type { GateCode } from "../gate/gate.ts";
import type { RecipientLimit } from "../gate/recipient-limits.ts";
import type { PriorityPolicy } from "../sequences/priority.ts";
import type { StepType } from "../sequences/sequence-plan.ts";
import type { PathStep } from "../sequences/step-paths.ts";
import type { TouchLimit } from "../sequences/touches.ts";
import type { TeamSchedule } from "../time/schedule.ts";
import type { LinkedInLimits } from "../work/linkedin-limits.ts";

/** `waits`: nothing is planned for them. */
export type Stays = GateCode | "waits";

type ForecastRamp = Ramp & {
  /** Days that have counted so far, and when the next one begins. */
  sendingDays: number;
  nextDayAt: number;
};

export type ForecastMailbox = {
  id: string;
  /** Who does the tasks of its contacts. */
  userId: string;
  dailyLimit: number | null;
  /** What it allows in 24 hours grows from day to day, up to `dailyLimit`. */
  ramp: ForecastRamp | null;
  hourlyLimit: number | null;
  gapSeconds: number | null;
  backoffUntil: number | null;
  /** How many contacts may get their first email of a sequence from it in 24 hours. */
  newLimit: number | null;
  /** Of the last day, the oldest first. */
  sentAt: readonly number[];
  /** First emails among those. */
  newSentAt: readonly number[];
  isConnected: boolean;
};

export type ForecastStep = PathStep & {
  /** A contact at a step of an earlier version stays in it; null for contacts who join. */
  versionId: string | null;
  position: number;
  type: StepType;
  waitTime: number;
  waitMode: "minute" | "hour" | "day";
  exactAt: number | null;
  isOn: boolean;
  dailyLimit: number | null;
  sentToday: number;
  /** There is something approved to send. */
  isReady: boolean;
  /** Of a branch: how long contacts wait for its condition. */
  waitDays: number;
};

export type ForecastSequence = {
  id: string;
  /** Who does the tasks of contacts without a mailbox. */
  ownerId: string;
  schedule: TeamSchedule | null;
  policy: PriorityPolicy;
  dailyLimit: number | null;
  sentToday: number;
  /** How many may get their first email in a day. */
  newLimit: number | null;
  newToday: number;
  /** A mail that cannot be sent ends nothing. */
  goesOnWhenNotSent: boolean;
  /** By position. */
  steps: readonly ForecastStep[];
};

export type ForecastPerson = {
  /** Which sequence, by its place among them. Null: a mail that a person wrote, to go out at its time. */
  sequence: number | null;
  /** At which step, by its place among them. */
  step: number;
  /** From which mailbox, by its place among them. */
  mailbox: number | null;
  zone: string;
  /** Whose public holidays count for them. */
  calendar: string | null;
  /** At which they usually read, where the sequence waits for it. */
  usualHour: number | null;
  /** From when on something can happen; null where nothing ever does. */
  at: number | null;
  /** When their step fell due, where it is known. */
  dueAt: number | null;
  /** Whose turn is first; drawn where the step is planned yet to be. */
  rank: number | null;
  score: number;
  hasSent: boolean;
  /** The company their mails count for, where that is limited. */
  domain: string | null;
  /** For whom each limit of touches counts them, by its place; empty where the team has none. */
  touchKeys: readonly (string | null)[];
  /** For whom each limit of providers and domains counts them, by its place; empty where the team has none. */
  recipientKeys: readonly (string | null)[];
  /** Nothing will happen to them by itself, for this reason. */
  staysBecause: Stays | null;
  /** What the gate will not let out: nothing at all, or no mail. */
  barred: "all" | "mails" | null;
  /** By the position of a step, why its mail will fail for them; null where no reason is known. */
  fails: ReadonlyMap<number, GateCode> | null;
  /** They have no address, and their mails are passed over. */
  skipsMails: boolean;
  /** The branches, by their places, whose conditions hold for them now: they are supposed to stay as they are. */
  yes: ReadonlySet<number> | null;
  /** Only supposed to join, and told apart from those who are on their way. */
  isAdded: boolean;
  /** Tells people apart, whatever else happens: for what is drawn by lot. */
  lot: number;
};

/** A contact of whom only the place in a sequence is known. */
export const UNKNOWN_PERSON = {
  dueAt: null,
  rank: null,
  score: 0,
  hasSent: false,
  usualHour: null,
  domain: null,
  touchKeys: [],
  recipientKeys: [],
  barred: null,
  fails: null,
  skipsMails: false,
  yes: null,
  staysBecause: null,
} satisfies Partial<ForecastPerson>;

export type ForecastFacts = {
  now: number;
  days: number;
  /** The team's, in which its days are counted. */
  timeZone: string;
  /** Earlier, where nothing more can be said of those who are supposed to join. */
  endsWithAdded: boolean;
  seed: number;
  mailboxes: readonly ForecastMailbox[];
  sequences: readonly ForecastSequence[];
  people: readonly ForecastPerson[];
  /** Which sequences' mails are told of, by their places; null: all mails. */
  counted: readonly number[] | null;
  /** What may go to one company in a day. */
  domainLimit: number | null;
  /** By company, when mails were sent to it within the last day, the oldest first. */
  sentToDomain: ReadonlyMap<string, readonly number[]>;
  /** Those that are on. They are supposed to stay on. */
  brakes: readonly ActiveBrake[];
  /** `taken`: by user and type, how many have a place today. */
  linkedIn: { limits: LinkedInLimits; taken: ReadonlyMap<string, number> };
  touchLimits: readonly TouchLimit[];
  /** By the place of the limit and whom it counts for: when they were touched within its days, the oldest first. */
  touchedAt: ReadonlyMap<string, readonly number[]>;
  recipientLimits: readonly RecipientLimit[];
  /** By the places of the limit and of the mailbox, and whom it counts for: what was sent within a day, the oldest first. */
  recipientsSentAt: ReadonlyMap<string, readonly number[]>;
  /** Of those who get a mail, how many answer it and are through: 0 to 1. */
  replyRate: number;
};
