// Facts without any problem. A question about one sequence, mailbox or contact replaces its part with the real facts,
// and the gate answers for it.

import type {
  GateContactFacts,
  GateFacts,
  MailboxFacts,
  MembershipFacts,
  SequenceFacts,
  StepFacts,
} from "./gate-facts.ts";

const NOBODY = "000000000000000000000000";

const PERSON: GateContactFacts = {
  id: NOBODY,
  email: "somebody@example.org",
  isAddressSound: true,
  emailStatus: "verified",
  isVerified: true,
  mayBeUnverified: false,
  mayLackAddress: false,
  sameAddress: null,
  isUnsubscribed: false,
  unsubscribedAt: null,
  isDoNotContact: false,
  pausedUntil: null,
  answerHold: null,
  hasBounced: false,
  bouncedAt: null,
  suppression: null,
  excludedStage: null,
  excludedAccountStage: null,
  jobChangedAt: null,
  colleague: null,
  timeZone: null,
  country: null,
  region: null,
};

const SEQUENCE: SequenceFacts = {
  id: NOBODY,
  hasSteps: true,
  isActive: true,
  archivedAt: null,
  ownerLeftAt: null,
  schedule: null,
  replyPolicy: "none",
  replyDelayDays: 30,
  dailyLimit: null,
  sentToday: 0,
  newLimit: null,
  newToday: 0,
};

const STEP: StepFacts = {
  id: NOBODY,
  position: 1,
  type: "auto_email",
  isOn: true,
  dailyLimit: null,
  sentToday: 0,
  mails: 1,
  approvedMails: 1,
};

const MAILBOX: MailboxFacts = {
  id: NOBODY,
  email: "box@example.org",
  isConnected: true,
  inactiveReason: null,
  inactiveSince: null,
  userLeftAt: null,
  lastDay: { limit: null, sent: 0, oldestInTheWay: null },
  lastHour: { limit: null, sent: 0, oldestInTheWay: null },
  newContacts: { limit: null, sent: 0, oldestInTheWay: null },
  ramp: null,
  gapSeconds: null,
  lastSentAt: null,
  countsSentElsewhere: false,
  countsFormer: false,
  lastElsewhereAt: null,
  backoffUntil: null,
  backoffReason: null,
  inbox: null,
};

/** Active, and due at this moment. */
function membershipAt(now: Temporal.Instant): MembershipFacts {
  return {
    state: "active",
    inactiveReason: null,
    failureReason: null,
    addedAt: now,
    dueAt: now,
    pausedAt: null,
    resumeAt: null,
    finishedAt: null,
    failedAt: null,
    removedAt: null,
    lostAddress: null,
    hasSentMail: false,
  };
}

export type GateFactOverrides = {
  membership?: Partial<MembershipFacts>;
  sequence?: Partial<SequenceFacts>;
  step?: Partial<StepFacts> | null;
  person?: Partial<GateContactFacts>;
  mail?: GateFacts["mail"];
  domain?: GateFacts["domain"];
  recipient?: GateFacts["recipient"];
  linkedIn?: GateFacts["linkedIn"];
  touches?: GateFacts["touches"];
  isInvented?: boolean;
  heldBack?: GateFacts["heldBack"];
  unclear?: GateFacts["unclear"];
  mailbox?: Partial<MailboxFacts> | null;
  brakes?: GateFacts["brakes"];
};

export function soundExcept(now: Temporal.Instant, known: GateFactOverrides): GateFacts {
  return {
    now,
    heldBack: known.heldBack ?? null,
    membership: { ...membershipAt(now), ...known.membership },
    sequence: { ...SEQUENCE, ...known.sequence },
    step: known.step === null ? null : { ...STEP, ...known.step },
    person: { ...PERSON, ...known.person },
    mail: known.mail ?? null,
    domain: known.domain ?? null,
    recipient: known.recipient ?? null,
    linkedIn: known.linkedIn ?? null,
    touches: known.touches ?? [],
    isInvented: known.isInvented ?? false,
    unclear: known.unclear ?? null,
    brakes: known.brakes ?? [],
    mailbox: known.mailbox === null ? null : { ...MAILBOX, ...known.mailbox },
  };
}
