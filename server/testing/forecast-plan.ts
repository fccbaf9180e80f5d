// A forecast of one mailbox and one sequence with one email, for tests to change a part of.

import {
  type ForecastFacts,
  type ForecastPerson,
  type ForecastStep,
  UNKNOWN_PERSON,
} from "../domain/insight/forecast-facts.ts";

export const NOW = Date.parse("2026-11-20T10:00:00Z");

export const MAIL: ForecastStep = {
  id: "mail",
  versionId: null,
  position: 1,
  type: "auto_email",
  waitTime: 0,
  waitMode: "minute",
  exactAt: null,
  isOn: true,
  dailyLimit: null,
  sentToday: 0,
  isReady: true,
  parentId: null,
  path: null,
  waitDays: 0,
};

export const PERSON: ForecastPerson = {
  sequence: 0,
  step: 0,
  mailbox: 0,
  zone: "UTC",
  calendar: null,
  at: NOW,
  ...UNKNOWN_PERSON,
  isAdded: false,
  lot: 0,
};

export const MAILBOX = {
  id: "box",
  userId: "ada",
  dailyLimit: null,
  hourlyLimit: null,
  gapSeconds: null,
  ramp: null,
  backoffUntil: null,
  newLimit: null,
  newSentAt: [],
  sentAt: [],
  isConnected: true,
};

export const SEQUENCE = {
  id: "seq",
  ownerId: "ada",
  schedule: null,
  policy: "fifo" as const,
  dailyLimit: null,
  sentToday: 0,
  newLimit: null,
  newToday: 0,
  goesOnWhenNotSent: false,
  steps: [MAIL],
};

export function facts(rest: Partial<ForecastFacts>, count = 1): ForecastFacts {
  return {
    now: NOW,
    days: 30,
    timeZone: "UTC",
    endsWithAdded: false,
    seed: 1,
    mailboxes: [MAILBOX],
    sequences: [SEQUENCE],
    counted: null,
    people: Array.from({ length: count }, (_, lot) => ({ ...PERSON, lot })),
    brakes: [],
    linkedIn: { limits: {}, timeZone: "UTC", taken: new Map() },
    touchLimits: [],
    touchedAt: new Map(),
    recipientLimits: [],
    recipientsSentAt: new Map(),
    domainLimit: null,
    sentToDomain: new Map(),
    replyRate: 0,
    ...rest,
  };
}
