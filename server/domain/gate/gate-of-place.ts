// Rows of the gate's table (gate.ts). Whether there is something to send at all: the step, the enrollment, the sequence and the mail's own state.

import type { GateFacts } from "./gate-facts.ts";
import { type Check, cancels, waits } from "./gate-rules.ts";
import { inState, pausedBySomething } from "./gate-standing.ts";

export const OF_PLACE = {
  not_due: {
    ...waits({
      of: "mails",
      about: "enrollment",
      locks: ["enrollment"],
      clock: "database",
      lifts: ["time", "user"],
      senderOnly: true,
    }),
    look: ({ membership: { dueAt }, now }) =>
      dueAt && Temporal.Instant.compare(dueAt, now) > 0 ? { evidence: { dueAt }, until: dueAt } : null,
  },
  sequence_archived: {
    ...cancels({ of: "all", about: "sequence", locks: ["gates"], lifts: ["user"] }),
    look: ({ sequence: { archivedAt } }) => archivedAt && { evidence: {}, since: archivedAt },
  },
  sequence_inactive: {
    ...cancels({ of: "all", about: "sequence", locks: ["gates"], lifts: ["user"] }),
    look: ({ sequence, membership }) =>
      sequence.isActive || sequence.archivedAt ? null : { evidence: {}, since: membership.pausedAt },
  },
  step_removed: {
    ...cancels({ of: "all", about: "step", locks: ["gates"], lifts: ["engine"] }),
    look: ({ step, membership, sequence: { id, hasSteps } }) =>
      step || !isLive(membership) ? null : { evidence: { sequenceId: id, hasSteps } },
  },
  step_off: {
    ...cancels({ of: "all", about: "step", locks: ["gates"], lifts: ["user"] }),
    look: ({ step }) =>
      step && !step.isOn ? { evidence: { stepId: step.id, position: step.position } } : null,
  },
  enrollment_removed: {
    ...cancels({ of: "all", about: "enrollment", locks: ["enrollment"], lifts: ["user"] }),
    look: inState("removed"),
  },
  enrollment_finished: {
    ...cancels({ of: "all", about: "enrollment", locks: ["enrollment"], lifts: ["user"] }),
    look: inState("finished"),
  },
  enrollment_failed: {
    ...cancels({ of: "all", about: "enrollment", locks: ["enrollment"], lifts: ["user"] }),
    look: inState("failed"),
  },
  enrollment_paused: {
    ...cancels({ of: "all", about: "enrollment", locks: ["enrollment"], lifts: ["user", "time"] }),
    look: pausedBySomething,
  },
  delivery_unconfirmed: {
    ...waits({ of: "mails", about: "message", locks: ["message"], lifts: ["owner", "provider", "reader"] }),
    look: ({ unclear }) =>
      unclear && { evidence: { messageId: unclear.messageId, sentAt: unclear.since }, since: unclear.since },
  },
} satisfies Record<string, Check>;

function isLive({ state }: GateFacts["membership"]) {
  return state === "active" || state === "paused";
}
