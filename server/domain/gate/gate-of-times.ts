// Rows of the gate's table (gate.ts). Mailboxes, hours and limits: what passes by itself.

import { type Check, waits } from "./gate-rules.ts";
import {
  atRest,
  domainFull,
  linkedInFull,
  newcomersFull,
  newcomersOfMailboxFull,
  noMailbox,
  outsideHours,
  recipientsFull,
  sequenceFull,
  stepFull,
  touchedEnough,
  unreadInbox,
  windowFull,
  withinGap,
} from "./gate-times.ts";

/** People raise limits, so a mail that waits for one is looked at again before its day is over. */
const QUARTER_HOUR = { minutes: 15 };

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
      notAtBranch: true,
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
    ...ofMailbox({ lookAgain: QUARTER_HOUR }),
    look: (facts) => windowFull(facts, "day"),
  },
  "limit:mailbox_hour": {
    ...ofMailbox({ lookAgain: QUARTER_HOUR }),
    look: (facts) => windowFull(facts, "hour"),
  },
  "limit:mailbox_new_contacts": {
    ...ofMailbox({ lookAgain: QUARTER_HOUR }),
    look: newcomersOfMailboxFull,
  },
  "limit:recipients": {
    ...limit({
      of: "automatic",
      about: "mailbox",
      locks: ["gates", "mailbox"],
      lifts: ["time", "admin"],
      lookAgain: QUARTER_HOUR,
    }),
    look: recipientsFull,
  },
  "limit:mailbox_gap": {
    ...ofMailbox({}),
    look: withinGap,
  },
  "limit:sequence_day": {
    ...ofDay({ of: "automatic", about: "sequence", locks: ["gates", "caps"], lifts: ["time", "user"] }),
    look: sequenceFull,
  },
  "limit:new_contacts_day": {
    ...ofDay({ of: "automatic", about: "sequence", locks: ["gates", "caps"], lifts: ["time", "user"] }),
    look: newcomersFull,
  },
  "limit:step_day": {
    ...ofDay({ of: "all", about: "step", locks: ["gates", "caps"], lifts: ["time", "user"] }),
    notAtBranch: true,
    look: stepFull,
  },
  "limit:linkedin_day": {
    ...ofDay({ of: "linkedin", about: "user", locks: ["caps"], lifts: ["time", "user", "admin"] }),
    look: linkedInFull,
  },
  "limit:domain_day": {
    ...ofDay({ of: "mails", about: "company", locks: ["gates", "team", "caps"], lifts: ["time", "admin"] }),
    look: domainFull,
  },
  "limit:touches": {
    ...ofDay({ of: "all", about: "contact", locks: ["team", "caps"], lifts: ["time", "admin"] }),
    notAtBranch: true,
    look: touchedEnough,
  },
} satisfies Record<string, Check>;

type Limited = Pick<Check, "of" | "about" | "locks" | "lifts" | "lookAgain">;

/** A limit passes by itself when its time is over, or is raised. */
function limit(limited: Limited) {
  return waits({ ...limited, clock: "database", whenDue: true });
}

function ofMailbox(rest: Pick<Check, "lookAgain">) {
  return limit({
    of: "automatic",
    about: "mailbox",
    locks: ["mailbox"],
    lifts: ["time", "owner"],
    ...rest,
  });
}

function ofDay(limited: Omit<Limited, "lookAgain">) {
  return limit({ ...limited, lookAgain: QUARTER_HOUR });
}
