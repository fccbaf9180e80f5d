// Who of the sample team's people has been in which sequence, since when, and how it ends: decided by the stage they
// are in, so that a stage, the mails and the counters of a sequence tell the same story.

import type { Chance } from "./chance.ts";
import type { SamplePerson } from "./invent.ts";
import { SEQUENCES } from "./sequences.ts";

export type SampleEnding =
  | { kind: "goesOn" }
  | { kind: "runsThrough" }
  | { kind: "replies"; replyClass: string; isDemoed: boolean }
  | { kind: "unsubscribes" }
  | { kind: "bounces" }
  | { kind: "spamBlocked" }
  | { kind: "changedJob" }
  | { kind: "finishedByHand" };

export type SampleEnrollment = { sequence: number; ending: SampleEnding; daysAgo: number };

/** Days since a sequence that is not active any more was switched off or put away. */
export const ENDED_DAYS_AGO = { active: 0, inactive: 20, archived: 60 } as const;

const LONGEST = 118; // days: the history goes back four months
/** More of it lately than long ago, as in a team that grows. */
const LATELY = 2;

export function castPart(chance: Chance, person: SamplePerson): SampleEnrollment | null {
  const ending = endingOf(chance, person);
  if (!ending || !person.email) return null;
  const sequence = pickSequence(chance);
  const { state, steps } = SEQUENCES[sequence] as (typeof SEQUENCES)[number];
  const days = Math.ceil(steps.reduce((sum, { waitDays }) => sum + waitDays, 0) * 1.5);
  const ended = ENDED_DAYS_AGO[state];
  const since =
    ending.kind === "goesOn"
      ? chance.next() * days
      : days + 2 + chance.next() ** LATELY * (LONGEST - ended - days - 2);
  return { sequence, ending, daysAgo: ended + since };
}

function endingOf(chance: Chance, { stage }: SamplePerson): SampleEnding | null {
  const replies = (replyClass: string, isDemoed = false) =>
    ({ kind: "replies", replyClass, isDemoed }) as const;
  switch (stage) {
    case "Approaching":
      return { kind: "goesOn" };
    case "Replied":
      return replies(chance.pick(["follow_up_question", "person_referral", "none_of_the_above"]));
    case "Interested":
      return replies("willing_to_meet", chance.happens(0.5));
    case "Not Interested":
      return replies("not_interested");
    case "Unresponsive":
      if (chance.happens(0.04)) return { kind: "spamBlocked" };
      return { kind: chance.happens(0.06) ? "finishedByHand" : "runsThrough" };
    case "Do Not Contact":
      return chance.happens(0.7) ? { kind: "unsubscribes" } : null;
    case "Bad Data":
      return { kind: "bounces" };
    case "Changed Job":
      return { kind: "changedJob" };
    default:
      return null;
  }
}

function pickSequence(chance: Chance) {
  let rest = chance.next() * SEQUENCES.reduce((sum, { share }) => sum + share, 0);
  return Math.max(
    0,
    SEQUENCES.findIndex(({ share }) => {
      rest -= share;
      return rest < 0;
    }),
  );
}
