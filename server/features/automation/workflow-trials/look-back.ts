// Whom a workflow would have taken in the last 30 days: what happened is judged again, in its order, by what judges a running
// workflow. Filters are judged on records as they are now, since their past is not kept. So many events are read, and no more.

import type { Act } from "../../../app.ts";
import { datesReached, momentOf, nextTime, oncePerDate } from "../../../domain/automation/date-trigger.ts";
import { LOOK_BACK_DAYS, type LookBack } from "../../../domain/automation/past-lines.ts";
import { type DateTrigger, startOfDay, withinCaps } from "../../../domain/automation/workflow.ts";
import { withinSight } from "../../events/feed/sight.ts";
import { type PastEvent, readPast } from "../../events/following/past-store.ts";
import { findDated } from "../workflows/dated-store.ts";
import type { JudgedBy, Thing } from "../workflows/judging.ts";
import { findForRun } from "../workflows/outlook.ts";
import { countUsed } from "../workflows/taken-store.ts";
import { seenByOwner, thingOfDate, thingsOf } from "../workflows/told-of.ts";
import { type PastThing, replay } from "./replaying.ts";

const MOST_EVENTS_SEEN = 100_000;
const MOST_EVENTS_READ = 2_000;
const MOST_THINGS = 5_000;

type Named = { things: PastThing[]; numTriggers: number; completeFrom: Temporal.Instant | null };

export async function lookBack(act: Act, workflow: JudgedBy): Promise<LookBack> {
  const { trigger } = workflow.definition;
  if (trigger.is === "schedule") return today(act, workflow);
  if (trigger.is === "webhook") return { ...NOTHING, kind: "unknown" };
  const since = act.now.subtract({ hours: 24 * LOOK_BACK_DAYS });
  const { things, numTriggers, completeFrom } =
    trigger.is === "event"
      ? await namedByEvents(act, workflow, { trigger, since })
      : await namedByDates(act, workflow, { trigger, since });
  const judged =
    trigger.is === "date_field" ? { ...workflow, definition: oncePerDate(workflow.definition) } : workflow;
  const replayed = await replay(act, judged, things);
  return { kind: "past", since, completeFrom, numTriggers, replayed };
}

const NOTHING = { since: null, completeFrom: null, numTriggers: 0, replayed: { taken: [], leftOut: [] } };

/** What the owner of the workflow sees sets it off; the caller is told no more than they see themselves. */
async function namedByEvents(
  { db, caller }: Act,
  workflow: JudgedBy,
  {
    trigger,
    since,
  }: { trigger: { event: string; data: Readonly<Record<string, unknown>> }; since: Temporal.Instant },
): Promise<Named> {
  const { teamId } = caller;
  const wish = { trigger, since, mostSeen: MOST_EVENTS_SEEN, mostRead: MOST_EVENTS_READ };
  const { events, from } = await readPast(db, teamId, wish);
  const ofOwner = await seenByOwner(db, teamId, workflow, events);
  const seen = workflow.userId === caller.userId ? ofOwner : await withinSight({ db, caller }, ofOwner);
  const all = inTime(await thingsOf(db, teamId, workflow.entity, seen), seen);
  const things = all.slice(-MOST_THINGS);
  const completeFrom = all.length > things.length ? (things[0]?.at ?? from) : from;
  return { things, numTriggers: seen.length, completeFrom };
}

function inTime(things: readonly Thing[], events: readonly PastEvent[]) {
  const told = new Map(events.map((event) => [event.eventId, event]));
  return things.flatMap((thing): PastThing[] => {
    const event = told.get(thing.eventId ?? "");
    return event ? [{ ...thing, at: event.occurredAt, type: event.type }] : [];
  });
}

async function namedByDates(
  { db, caller, now }: Act,
  { id, entity }: JudgedBy,
  { trigger, since }: { trigger: DateTrigger; since: Temporal.Instant },
): Promise<Named> {
  const days = datesReached(trigger, nextTime(trigger, since) ?? since, now);
  if (!days) return { things: [], numTriggers: 0, completeFrom: null };
  const wish = { workflowId: id, entity, trigger, most: MOST_THINGS + 1 };
  const dated = await findDated(db, caller.teamId, { ...wish, ...days, newestFirst: true });
  const things = dated
    .slice(0, MOST_THINGS)
    .map((one): PastThing => ({ ...thingOfDate(trigger, one), at: momentOf(trigger, one.date), type: null }))
    .reverse();
  const completeFrom = dated.length > MOST_THINGS ? (things[0]?.at ?? null) : null;
  return { things, numTriggers: things.length, completeFrom };
}

/** By a schedule: whom a run would take now. */
async function today(act: Act, workflow: JudgedBy): Promise<LookBack> {
  const { db, caller, now } = act;
  const { found } = await findForRun(act, workflow, null);
  const wish = { workflowId: workflow.id ?? "", runId: "", since: startOfDay(now) };
  const used = await countUsed(db, caller.teamId, wish);
  const over = withinCaps(workflow.definition.caps, found, used);
  const lines = found.map(({ id: entityId }, place) => {
    return { entityId, at: null, event: null, code: over[place] ?? null, filters: [] };
  });
  const taken = lines.filter(({ code }) => code === null);
  const leftOut = lines.filter(({ code }) => code !== null);
  return { ...NOTHING, kind: "today", numTriggers: found.length, replayed: { taken, leftOut } };
}
