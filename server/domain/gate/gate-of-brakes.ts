// Rows of the gate's table (gate.ts). Brakes: what holds emails because too many came back.

import type { BrakeScope } from "./brake-rules.ts";
import { figuresSay } from "./brake-words.ts";
import type { GateFacts } from "./gate-facts.ts";
import { type Check, waits } from "./gate-rules.ts";

export const OF_BRAKES = {
  "brake:mailbox": {
    ...ofBrake({ about: "mailbox", lifts: ["time", "owner", "admin"] }),
    look: (facts) => braked(facts, "mailbox"),
  },
  "brake:sequence": {
    ...ofBrake({ about: "sequence", lifts: ["time", "owner", "admin"] }),
    look: (facts) => braked(facts, "sequence"),
  },
  "brake:team": {
    ...ofBrake({ about: "team", lifts: ["time", "admin"] }),
    look: (facts) => braked(facts, "team"),
  },
} satisfies Record<string, Check>;

function ofBrake(of: Pick<Check, "about" | "lifts">) {
  return waits({
    ...of,
    of: "automatic",
    locks: ["gates"],
    notByHand: true,
    lookAgain: { hours: 1 }, // its end wakes it (wakeBraked), but not what is being judged at that moment
  });
}

function braked({ brakes }: GateFacts, scope: BrakeScope) {
  const brake = brakes.find((one) => one.scope === scope);
  if (!brake) return null;
  const { id: brakeId, subjectId, level, cause, figures } = brake;
  const about = { mailbox: "mailboxId", sequence: "sequenceId", team: "teamId" }[scope];
  return {
    evidence: {
      brakeId,
      [about]: subjectId,
      level,
      cause,
      sent: figures.sent,
      count: figures.count,
      percent: figures.percent,
      threshold: figures.threshold,
      figures: figuresSay(cause, figures),
    },
    since: Temporal.Instant.from(brake.since),
  };
}
