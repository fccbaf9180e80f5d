// Rows of the gate's table (gate.ts). Mailboxes, hours and limits: what passes by itself.

import { type Check, waits } from "./gate-rules.ts";
import {
  atRest,
  domainFull,
  noMailbox,
  outsideHours,
  sequenceFull,
  stepFull,
  touchedEnough,
  unreadInbox,
  windowFull,
  withinGap,
} from "./gate-times.ts";

export const OF_TIMES = {
  no_active_email_account: {
    ...waits(
      {
        of: "automatic",
        about: "mailbox",
        locks: ["mailbox"],
        clock: "database",
        lifts: ["owner"],
        lookAgain: { minutes: 1 },
      },
      "no_active_email_account",
    ),
    look: noMailbox,
  },
  outside_window: {
    ...waits({
      of: "all",
      about: "sequence",
      locks: ["gates"],
      clock: "database",
      lifts: ["time", "user"],
      whenDue: true,
      notByHand: true,
    }),
    look: outsideHours,
  },
  provider_rate_limited: {
    ...waits({
      of: "automatic",
      about: "mailbox",
      locks: ["mailbox"],
      clock: "database",
      lifts: ["time"],
      whenDue: true,
    }),
    look: atRest,
  },
  inbox_unread: {
    ...waits({
      of: "automatic",
      about: "mailbox",
      locks: ["mailbox"],
      clock: "database",
      lifts: ["engine", "provider", "owner"],
      whenDue: true,
      lookAgain: { seconds: 5 },
    }),
    look: unreadInbox,
  },
  "limit:mailbox_day": {
    ...waits({
      of: "automatic",
      about: "mailbox",
      locks: ["mailbox"],
      clock: "database",
      lifts: ["time", "owner"],
      whenDue: true,
      lookAgain: { minutes: 15 },
    }),
    look: (facts) => windowFull(facts, "day"),
  },
  "limit:mailbox_hour": {
    ...waits({
      of: "automatic",
      about: "mailbox",
      locks: ["mailbox"],
      clock: "database",
      lifts: ["time", "owner"],
      whenDue: true,
      lookAgain: { minutes: 15 },
    }),
    look: (facts) => windowFull(facts, "hour"),
  },
  "limit:mailbox_gap": {
    ...waits({
      of: "automatic",
      about: "mailbox",
      locks: ["mailbox"],
      clock: "database",
      lifts: ["time", "owner"],
      whenDue: true,
    }),
    look: withinGap,
  },
  "limit:sequence_day": {
    ...waits({
      of: "automatic",
      about: "sequence",
      locks: ["gates", "caps"],
      clock: "database",
      lifts: ["time", "user"],
      whenDue: true,
      lookAgain: { minutes: 15 },
    }),
    look: sequenceFull,
  },
  "limit:step_day": {
    ...waits({
      of: "automatic",
      about: "step",
      locks: ["gates", "caps"],
      clock: "database",
      lifts: ["time", "user"],
      whenDue: true,
      lookAgain: { minutes: 15 },
    }),
    look: stepFull,
  },
  "limit:domain_day": {
    ...waits({
      of: "mails",
      about: "company",
      locks: ["gates", "team", "caps"],
      clock: "database",
      lifts: ["time", "admin"],
      whenDue: true,
      lookAgain: { minutes: 15 },
    }),
    look: domainFull,
  },
  "limit:touches": {
    ...waits({
      of: "all",
      about: "contact",
      locks: ["team", "caps"],
      clock: "database",
      lifts: ["time", "admin"],
      whenDue: true,
      lookAgain: { minutes: 15 },
    }),
    look: touchedEnough,
  },
} satisfies Record<string, Check>;
