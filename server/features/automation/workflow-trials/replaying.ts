// What was triggered, judged again moment by moment: who was taken before counts for who comes later, and so do the caps of a day.

import type { Act } from "../../../app.ts";
import type { PastLine, Replayed } from "../../../domain/automation/past-lines.ts";
import { type CapsUsed, startOfDay } from "../../../domain/automation/workflow.ts";
import {
  capsAgainst,
  type Facts,
  factsOf,
  type Judged,
  type JudgedBy,
  judgeThings,
  type Thing,
} from "../workflows/judging.ts";

/** A record that a trigger named, and when. */
export type PastThing = Thing & { at: Temporal.Instant; type: string | null };

export async function replay(
  { db, caller }: Pick<Act, "db" | "caller">,
  workflow: JudgedBy,
  things: readonly PastThing[],
): Promise<Replayed> {
  const ever = { workflow, things, takenSince: null };
  const facts = await factsOf(db, caller.teamId, ever);
  const judged = judgeInTime(workflow, facts, things);
  const lines = judged.map(lineOf);
  return {
    taken: lines.filter(({ code }) => code === null),
    leftOut: lines.filter(({ code }) => code !== null),
  };
}

/** A run is one day of its triggers. */
function judgeInTime(workflow: JudgedBy, facts: Facts, things: readonly PastThing[]) {
  const lastTaken = new Map(facts.lastTaken);
  const days = Map.groupBy(things, ({ at }) => startOfDay(at).epochMilliseconds);
  return [...days.values()].flatMap((ofDay) => {
    const used = { run: 0, day: 0, byOwner: new Map<string, number>() };
    const moments = Map.groupBy(ofDay, ({ at }) => at.epochNanoseconds);
    return [...moments.values()].flatMap((atOnce) =>
      judgeAtOnce(workflow, { ...facts, lastTaken }, atOnce, used),
    );
  });
}

function judgeAtOnce(
  workflow: JudgedBy,
  facts: Facts,
  atOnce: readonly PastThing[],
  used: CapsUsed & { byOwner: Map<string, number> },
) {
  const [{ at }] = atOnce as [PastThing];
  const judged = judgeThings(workflow, facts, atOnce, at);
  const open = judged.filter(({ code }) => code === null);
  const overCap = capsAgainst(workflow.definition.caps, open, used);
  for (const one of open) {
    if (overCap.has(one)) continue;
    const ownerId = one.standing?.ownerId ?? "";
    facts.lastTaken.set(one.thing.entityId, at);
    used.run++;
    used.day++;
    used.byOwner.set(ownerId, (used.byOwner.get(ownerId) ?? 0) + 1);
  }
  return judged.map((one) => ({ ...one, code: one.code ?? overCap.get(one) ?? null }));
}

function lineOf({ thing, filters, code }: Judged<PastThing>): PastLine {
  const { entityId, at, eventId, type } = thing;
  return { entityId, at, event: eventId && type ? { id: eventId, type } : null, code, filters };
}
