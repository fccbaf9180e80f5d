// What has to be known of one enrollment to say whether its next step may be carried out: the facts of gate.ts.

import type { LimitWindow } from "../basics/limits.ts";
import type { Ramp } from "../basics/ramp.ts";
import type { EnrollmentState } from "../enrollments/enrollment.ts";
import type { AnswerHold } from "../receiving/answer-holds.ts";
import type { StepType } from "../sequences/sequence-plan.ts";
import type { TouchStanding } from "../sequences/touches.ts";
import type { TeamSchedule } from "../time/schedule.ts";
import type { LinkedInDay } from "../work/linkedin-limits.ts";
import type { ActiveBrake } from "./brake-changes.ts";
import type { RecipientFacts } from "./recipient-limits.ts";

export type MembershipFacts = {
  state: EnrollmentState;
  inactiveReason: string | null;
  failureReason: string | null;
  addedAt: Temporal.Instant;
  dueAt: Temporal.Instant | null;
  pausedAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  finishedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  removedAt: Temporal.Instant | null;
  /** They got an email of the sequence before. */
  hasSentMail: boolean;
  /** The address they are to be mailed from, where the mailbox has it no longer. */
  lostAddress: string | null;
};

export type SequenceFacts = {
  id: string;
  hasSteps: boolean;
  isActive: boolean;
  archivedAt: Temporal.Instant | null;
  ownerLeftAt: Temporal.Instant | null;
  schedule: TeamSchedule | null;
  replyPolicy: string;
  replyDelayDays: number;
  dailyLimit: number | null;
  /** On this day of the calendar, in the schedule's zone. */
  sentToday: number;
  /** How many may get their first email in a day, and how many got it today. */
  newLimit: number | null;
  newToday: number;
};

export type StepFacts = {
  id: string;
  position: number;
  type: StepType;
  isOn: boolean;
  dailyLimit: number | null;
  /** Emails sent, or tasks opened. */
  sentToday: number;
  mails: number;
  approvedMails: number;
};

/** The mail that this person would get at this step. */
export type MailOfStep = {
  touchId: string;
  isReply: boolean;
  /** Something of this enrollment was sent that it can answer. */
  hasParent: boolean;
  missing: readonly string[];
  /** Why the mail cannot be sent to any contact. */
  fault: string | null;
};

export type SameAddress = { contactId: string; enrollmentId: string };

export type GateContactFacts = {
  id: string;
  email: string | null;
  isAddressSound: boolean;
  emailStatus: string | null;
  isVerified: boolean;
  /** The user who added them accepted unverified addresses. */
  mayBeUnverified: boolean;
  /** Who added them said that mails may be skipped for want of an address. */
  mayLackAddress: boolean;
  /** Another contact in the sequence that has this address, and is mailed first. */
  sameAddress: SameAddress | null;
  isUnsubscribed: boolean;
  unsubscribedAt: Temporal.Instant | null;
  isDoNotContact: boolean;
  /** They asked for a pause, or a user noted one. */
  pausedUntil: Temporal.Instant | null;
  /** An answer of theirs that is not classified yet. */
  answerHold: AnswerHold | null;
  hasBounced: boolean;
  bouncedAt: Temporal.Instant | null;
  suppression: { id: string; kind: string; source: string; at: Temporal.Instant } | null;
  /** The stage they are in, where the sequence mails no contact in that stage. */
  excludedStage: { id: string; name: string } | null;
  excludedAccountStage: { id: string; name: string; accountId: string } | null;
  jobChangedAt: Temporal.Instant | null;
  /** The last of the same company who has answered, here or, where the rules say so, in another sequence. */
  colleague: {
    contactId: string;
    repliedAt: Temporal.Instant;
    replyClass: string | null;
    isElsewhere: boolean;
  } | null;
  timeZone: string | null;
  country: string | null;
  region: string | null;
};

export type MailboxFacts = {
  id: string;
  email: string;
  isConnected: boolean;
  inactiveReason: string | null;
  inactiveSince: Temporal.Instant | null;
  userLeftAt: Temporal.Instant | null;
  lastDay: LimitWindow;
  lastHour: LimitWindow;
  /** Contacts who got their first email of a sequence from it within 24 hours. */
  newContacts: LimitWindow;
  /** Where the limit of the day is that of a ramp. */
  ramp: Ramp | null;
  gapSeconds: number | null;
  lastSentAt: Temporal.Instant | null;
  /** Whether what people send from it with another program counts. */
  countsSentElsewhere: boolean;
  /** What the same address sent as another mailbox counts. */
  countsFormer: boolean;
  lastElsewhereAt: Temporal.Instant | null;
  /** Its server is left alone until then, and why. */
  backoffUntil: Temporal.Instant | null;
  backoffReason: string | null;
  /** Null where it is not read: it has no IMAP, or is a catcher that sends no real mail. */
  inbox: InboxFacts | null;
};

type InboxFacts = {
  readAt: Temporal.Instant | null;
  /** So long the last reading counts. */
  freshUntil: Temporal.Instant | null;
  /** What was wrong when it was last tried. */
  trouble: string | null;
  connectedAt: Temporal.Instant;
};

/** Nothing is sent from this database until a person confirms that it is no copy. */
export type HeldBack = { since: Temporal.Instant | null; because: readonly string[] };

export type GateFacts = {
  now: Temporal.Instant;
  heldBack: HeldBack | null;
  membership: MembershipFacts;
  sequence: SequenceFacts;
  step: StepFacts | null;
  person: GateContactFacts;
  mail: MailOfStep | null;
  /** The company it goes to, where the team limits what goes there. */
  domain: { name: string; lastDay: LimitWindow } | null;
  /** Who takes the mail, where the team limits what a mailbox sends to providers or domains. */
  recipient: RecipientFacts | null;
  /** The day of the user who gets their LinkedIn task, where the team limits those. */
  linkedIn: LinkedInDay | null;
  /** How often they have been touched, by each rule of the team; none for a mail that a person lets go beyond them. */
  touches: readonly TouchStanding[];
  /** A contact invented for the sample, and a mailbox that would mail them for real. */
  isInvented: boolean;
  /** The mail of this step, if it is unknown whether the mail server took it. */
  unclear: { messageId: string; since: Temporal.Instant } | null;
  mailbox: MailboxFacts | null;
  /** Those that hold this mail: not those that hold first emails only, where one was sent already. */
  brakes: readonly ActiveBrake[];
};
