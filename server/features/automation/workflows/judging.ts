// What is known of those whom a trigger names, and the judgement of each: for the running workflow and for the look back.

import type { Db } from "../../../db/connect.ts";
import { type FilterVerdict, reasonsAgainst } from "../../../domain/automation/judgement.ts";
import { type Caps, type CapsUsed, withinCaps } from "../../../domain/automation/workflow.ts";
import { type MatchedRecord, matchedRecordsOf, verdictsOf } from "./finding.ts";
import type { WorkflowRow } from "./store.ts";
import { takenAmong } from "./taken-store.ts";

/** A record that a trigger names. */
export type Thing = {
  entityId: string;
  triggerKey: string;
  eventId: string | null;
  payloadId: string | null;
  payloadHash: string | null;
  /** What led here, without this workflow. */
  chain: readonly string[];
};

export type Judged<T extends Thing = Thing> = {
  thing: T;
  standing: MatchedRecord | undefined;
  filters: readonly FilterVerdict[];
  code: string | null;
};

/** A workflow as far as its judgement goes; without an id it is not saved, and has had no record. */
export type JudgedBy = Pick<WorkflowRow, "entity" | "userId" | "definition"> & { id: string | null };

export type Facts = {
  standings: ReadonlyMap<string, MatchedRecord>;
  verdicts: ReadonlyMap<string, readonly FilterVerdict[]>;
  lastTaken: Map<string, Temporal.Instant>;
};

type Asked = {
  workflow: JudgedBy;
  things: readonly Thing[];
  /** Since when it matters that a record was taken: null: ever; undefined: never. */
  takenSince: Temporal.Instant | null | undefined;
};

export async function factsOf(
  db: Db,
  teamId: string,
  { workflow, things, takenSince: since }: Asked,
): Promise<Facts> {
  const { id, entity, definition } = workflow;
  const ids = [...new Set(things.map(({ entityId }) => entityId))];
  const [standings, verdicts, lastTaken] = await Promise.all([
    matchedRecordsOf(db, teamId, entity, ids),
    verdictsOf(db, teamId, workflow, definition.filters, ids),
    since === undefined || id === null
      ? new Map<string, Temporal.Instant>()
      : takenAmong(db, teamId, { workflowId: id, entityIds: ids, since }),
  ]);
  return { standings, verdicts, lastTaken };
}

/** All at one moment, in their order. */
export function judgeThings<T extends Thing>(
  workflow: JudgedBy,
  { standings, verdicts, lastTaken }: Facts,
  things: readonly T[],
  at: Temporal.Instant,
): Judged<T>[] {
  const known = things.map((thing) => ({
    thing,
    standing: standings.get(thing.entityId),
    filters: verdicts.get(thing.entityId) ?? [],
  }));
  const reasons = reasonsAgainst(
    workflow,
    at,
    known.map(({ thing: { entityId, chain }, standing, filters }) => {
      return { entityId, chain, record: standing ?? null, filters };
    }),
    lastTaken,
  );
  return known.map((one, place) => ({ ...one, code: reasons[place] ?? null }));
}

/** Those whom a cap leaves out, by which. */
export function capsAgainst<J extends Judged>(
  caps: Caps,
  open: readonly J[],
  used: CapsUsed,
): Map<J, string> {
  const overCap = withinCaps(
    caps,
    open.map(({ thing, standing }) => ({ id: thing.entityId, ownerId: standing?.ownerId ?? null })),
    used,
  );
  return new Map(open.flatMap((one, place) => (overCap[place] ? [[one, overCap[place]]] : [])));
}
