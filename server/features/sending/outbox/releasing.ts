// Releases the mails that passed the gate, in its transaction: they are counted against the limits, and from the commit on their last
// line may leave. What was in force then is kept with each, for audits: the hours it went out in, and which step of which list of
// steps it was. Lists are reordered later, and lose steps.

import { createHash } from "node:crypto";
import type { GateFacts } from "../../../domain/gate/gate-facts.ts";
import { stepsBeside } from "../../../domain/sequences/sequence-plan.ts";
import { placeFor, type TeamSchedule, windowAt } from "../../../domain/time/schedule.ts";
import type { By } from "../../events/events/store.ts";
import { type LetGo, writeReleased } from "../../gate/facts/gate-store.ts";
import type { StepRow } from "../../sequences/steps/store.ts";
import type { ClaimedOutgoingMail } from "./claiming.ts";
import type { GateRequest } from "./gate.ts";

export async function release({ db, teamId }: By, asked: readonly GateRequest[], at: Temporal.Instant) {
  const passing = asked.flatMap(({ ask, passage, facts }) =>
    passage.is === "pass" && facts ? [{ ...ask.claim, ...inForce(ask, facts, at) }] : [],
  );
  await writeReleased(db, teamId, passing, at);
}

/** They also show how long the wait was at least. */
function inForce(
  { slot, surrounded }: ClaimedOutgoingMail,
  facts: GateFacts,
  at: Temporal.Instant,
): Omit<LetGo, "id" | "attemptId"> {
  const { schedule } = facts.sequence;
  const { zone, ...hours } = placeFor(schedule, facts.person);
  const window = slot.dueAtManuallyChanged ? null : windowAt(hours.schedule, zone, at);
  const bounds = window ?? { startsAt: 0, endsAt: 1440 };
  return {
    scheduleTz: zone,
    windowStart: clock(bounds.startsAt),
    windowEnd: clock(bounds.endsAt),
    windowDows: window && schedule ? weekdaysOf(schedule) : [1, 2, 3, 4, 5, 6, 7],
    wasDueAt: slot.enrollmentId && !slot.dueAtManuallyChanged ? facts.membership.dueAt : null,
    ...placeInOrder(surrounded.around?.steps ?? [], slot.stepId),
  };
}

function weekdaysOf({ windows }: TeamSchedule) {
  return [...new Set(windows.map(({ weekday }) => weekday))].sort();
}

function clock(minutes: number) {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

type Place = { stepNo: number | null; stepOrder: string | null };

function placeInOrder(steps: readonly StepRow[], stepId: string | null): Place {
  const own = stepsBeside(steps, stepId);
  const stepNo = own.find(({ id }) => id === stepId)?.position ?? null;
  return { stepNo, stepOrder: stepNo === null ? null : orderOf(own.map(({ id }) => id).join()) };
}

const known = new Map<string, string>();
const MOST_KNOWN = 1_000;

/** A thousand mails of one list are let go one after the other. */
function orderOf(ids: string) {
  const order = known.get(ids) ?? createHash("md5").update(ids).digest("hex");
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(ids, order);
  return order;
}
