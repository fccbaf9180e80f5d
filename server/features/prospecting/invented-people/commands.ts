import type { Act } from "../../../app.ts";
import { departmentsOf, seniorityOf } from "../../../domain/contacts/people.ts";
import { type InventedSpan, SPAN, spansOf } from "../../../domain/prospecting/invented-spans.ts";
import { lockWorld } from "../../contacts/organizations/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import * as store from "./store.ts";

type Wanted = { people: number; organizations: number };

export function plantInvented(act: Act, wanted: Wanted) {
  const spans = spansOf(wanted);
  return startProgress(act, {
    jobType: "invent_people",
    entityIds: spans.map((_, n) => n.toString(16).padStart(24, "0")),
    params: wanted,
    instructions: { ...wanted, spans },
    batchSize: 1,
  });
}

/** Called by the engine, span by span. People made before stay, so a span may be repeated. */
export async function workOnInvented(
  { db, now, caller }: Act,
  instructions: Record<string, unknown>,
  keys: readonly string[],
) {
  const { spans, organizations } = instructions as { spans: InventedSpan[]; organizations: number };
  await lockWorld(db, caller.teamId);
  for (const key of keys) {
    const span = spans[Number.parseInt(key, 16)] as InventedSpan;
    if (span.what === "organizations") await store.inventOrganizations(db, caller.teamId, span, now);
    else await store.inventPeople(db, caller.teamId, span, organizations, titles(), now);
  }
  return keys.map(() => ({ outcome: "invented" }));
}

function titles(): store.Title[] {
  return store.TITLES.map((title) => ({
    title,
    seniority: seniorityOf(title),
    departments: departmentsOf(title),
  }));
}

/**
 * A few are removed at once, many in the background: a caller who saves a person waits for one batch only. Answers how
 * many are removed, and the job, where there is one.
 */
export async function removeInvented(act: Act) {
  const { db, caller } = act;
  await lockWorld(db, caller.teamId);
  const removed = await store.countInvented(db, caller.teamId);
  const isMuch = (await store.removeInvented(db, caller.teamId, SPAN)) === 0;
  await record(byCaller(act), {
    type: "people.uninvented",
    subject: { type: "team", id: caller.teamId },
    data: removed,
  });
  return { removed, job: isMuch ? await removeTheRest(act) : null };
}

async function removeTheRest(act: Act) {
  const left = await store.countInventedRows(act.db, act.caller.teamId);
  if (left === 0) return null;
  const batches = Math.ceil(left / SPAN);
  return startProgress(act, {
    jobType: "remove_invented_people",
    entityIds: Array.from({ length: batches }, (_, n) => n.toString(16).padStart(24, "0")),
    params: {},
    batchSize: 1,
  });
}

/** Called by the engine, batch by batch. */
export async function removeInventedBatch(
  { db, caller }: Act,
  _instructions: Record<string, unknown>,
  keys: readonly string[],
) {
  await lockWorld(db, caller.teamId);
  await store.removeInvented(db, caller.teamId, SPAN * keys.length);
  return keys.map(() => ({ outcome: "removed" }));
}
