// Who in a sequence waits for what: people who stand alike, counted together, each crowd under the first thing that holds
// it. What is wrong with a single person shows with that person and not here.

import { say } from "../../kernel/say.ts";
import { clockSays } from "../basics/clock-words.ts";
import type { Evidence } from "../basics/evidence.ts";
import { GATE_CODES, type GateCode, holdsOn } from "../gate/gate.ts";
import type { GateFacts } from "../gate/gate-facts.ts";
import { type HeldBy, holdWithSentence, stepWords } from "./explaining.ts";
import { HOLD_WORDS } from "./hold-words.ts";

/** People at one step with one mailbox, in one state for one reason; `dueAt` is the earliest among them. */
export type Crowd = {
  facts: GateFacts;
  count: number;
  atLeast: boolean;
  /** The first of its contacts, by id. */
  contactIds: readonly string[];
};

export type CrowdBucket = {
  /** `due` and `waiting`: nothing holds them. */
  code: GateCode | "due" | "waiting";
  count: number;
  atLeast: boolean;
  /** The first of its contacts that were looked at, by id. */
  contactIds: readonly string[];
  states: readonly GateFacts["membership"]["state"][];
  sentence: string;
  stepPosition: number | null;
  evidence: Evidence;
};

/** Of each bucket, `named` contacts are named. */
export function bucketsOf(crowds: readonly Crowd[], zone: string, named: number): CrowdBucket[] {
  const buckets = new Map<string, CrowdBucket>();
  for (const crowd of crowds) {
    const bucket = bucketOf(crowd, zone);
    const key = [bucket.code, bucket.stepPosition, ...identity(bucket.evidence)].join(" ");
    const known = buckets.get(key);
    if (!known) buckets.set(key, bucket);
    else
      buckets.set(key, {
        ...known,
        count: known.count + bucket.count,
        atLeast: known.atLeast || bucket.atLeast,
        contactIds: [...known.contactIds, ...bucket.contactIds].sort().slice(0, named),
        states: [...new Set([...known.states, ...bucket.states])],
      });
  }
  return [...buckets.values()].sort((a, b) => b.count - a.count || rank(a) - rank(b));
}

function bucketOf({ facts, count, atLeast, contactIds }: Crowd, zone: string): CrowdBucket {
  const { step, membership, now } = facts;
  const [first] = holdsOn(facts);
  const states = [membership.state];
  const common = { count, atLeast, contactIds, states, stepPosition: step?.position ?? null };
  if (first) {
    const { evidence, code } = first;
    return { ...common, code, evidence, sentence: holdWithSentence(first, zone).rule };
  }
  const isDue = membership.dueAt !== null && Temporal.Instant.compare(membership.dueAt, now) <= 0;
  const words = step ? stepWords(step) : say("The next step");
  const isByPeople = step !== null && step.type !== "auto_email";
  return isDue
    ? {
        ...common,
        code: "due",
        evidence: {},
        sentence: isByPeople
          ? say("{words} is waiting for a user.", { words })
          : say("{words} is due.", { words }),
      }
    : { ...common, code: "waiting", evidence: {}, sentence: say("{words} is not due yet.", { words }) };
}

/** What tells two crowds apart that are held by the same rule. */
function identity(evidence: Evidence) {
  return [evidence.mailboxId, evidence.reason, evidence.failure].map(String);
}

/** Every hold that affects one of the contacts, or would, each once, in the order of the gate. */
export function holdsOnAny(all: readonly GateFacts[], zone: string): HeldBy[] {
  const known = new Map<string, HeldBy>();
  for (const facts of all)
    for (const hold of holdsOn(facts)) {
      const { stepId } = hold.evidence;
      const key = [hold.code, stepId, ...identity(hold.evidence)].map(String).join(" ");
      if (!known.has(key)) known.set(key, holdWithSentence(hold, zone));
    }
  return [...known.values()].sort((a, b) => rank(a) - rank(b));
}

function rank({ code }: { code: string }) {
  const at = GATE_CODES.indexOf(code as GateCode);
  return at < 0 ? GATE_CODES.length : at;
}

type SequenceTold = {
  name: string;
  isActive: boolean;
  isArchived: boolean;
  hasSteps: boolean;
  crowds: readonly Crowd[];
  heldBy: readonly HeldBy[];
  /** Locks of the database for which contacts that are due wait. */
  locks: { heldBy: readonly HeldBy[]; holdsAll: boolean };
  nextAt: Temporal.Instant | null;
};

/** Whether a sequence runs, and if it does not, what is the matter. */
export function sequenceStands(told: SequenceTold, zone: string): { state: string; sentence: string } {
  const { name, crowds, heldBy, nextAt } = told;
  if (told.isArchived)
    return standing("archived", say("{name} is archived. All its contacts are finished.", { name }));
  if (!told.hasSteps)
    return standing(
      "empty",
      say("{name} has no steps yet. {isActive, select, yes {} other {It is inactive.}}", {
        name,
        isActive: told.isActive ? "yes" : "no",
      }),
    );
  if (!told.isActive) {
    const paused = inState(crowds, "paused");
    const whom =
      paused.count > 0
        ? say(" {paused} {count, plural, one {is} other {are}} waiting.", {
            paused: counted(paused),
            count: paused.count,
          })
        : "";
    return standing("off", say("{name} is inactive, so no emails go out.{whom}", { name, whom }));
  }
  const active = inState(crowds, "active");
  if (active.count === 0)
    return standing(
      "empty",
      say("{name} is active. {says}", { name, says: HOLD_WORDS.nobody_waits.says({}, String) }),
    );
  const moving = crowds.filter(({ facts }) => facts.membership.state === "active" && !isStuck(facts));
  const opening = say("{name} is active with {active}.", { name, active: counted(active) });
  if (moving.length === 0)
    return standing(
      "held",
      say("{opening} No emails go out: {rule}", { opening, rule: heldBy[0]?.rule ?? "" }),
    );
  const [lock] = told.locks.heldBy;
  if (lock && told.locks.holdsAll)
    return standing("held", say("{opening} No emails go out: {rule}", { opening, rule: lock.rule }));
  const then = nextAt
    ? say(" The next step is planned for {nextAt}.", { nextAt: clockSays(nextAt, zone) })
    : "";
  return standing("running", `${opening}${then}${lock ? ` ${lock.rule}` : ""}`);
}

/** Held by something that does not pass by itself. */
function isStuck(facts: GateFacts) {
  return holdsOn(facts).some(({ until }) => until === null);
}

function inState(crowds: readonly Crowd[], state: string) {
  const own = crowds.filter(({ facts }) => facts.membership.state === state);
  return {
    count: own.reduce((sum, { count }) => sum + count, 0),
    atLeast: own.some(({ atLeast }) => atLeast),
  };
}

function counted({ count, atLeast }: { count: number; atLeast: boolean }) {
  return say(
    "{hasAtLeast, select, yes {at least } other {}}{count, plural, one {# contact} other {# contacts}}",
    {
      hasAtLeast: atLeast ? "yes" : "no",
      count,
    },
  );
}

function standing(state: string, sentence: string) {
  return { state, sentence: sentence.trim() };
}
