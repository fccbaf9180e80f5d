// Whom a workflow takes of those whom its trigger names, and why not the others. The running workflow asks this, and so does
// the look back at what it would have done.

import { type Definition, type Entity, LONGEST_CHAIN, takenSince } from "./workflow.ts";

/** Whether each filter holds for a record. */
export type FilterVerdict = readonly [filter: string, holds: boolean];

type Triggered = {
  entityId: string;
  /** The workflows that led here, without this one. */
  chain: readonly string[];
  /** Null: it does not exist, or not any more. */
  record: { contactId: string | null } | null;
  filters: readonly FilterVerdict[];
};

type Rule = { entity: Entity; definition: Pick<Definition, "reentry" | "netNew"> };

/** In their order, all at one moment: null for who is taken. `lastTaken`: when the workflow has had each of them last. */
export function reasonsAgainst(
  { entity, definition }: Rule,
  at: Temporal.Instant,
  triggered: readonly Triggered[],
  lastTaken: ReadonlyMap<string, Temporal.Instant>,
): (string | null)[] {
  const since = takenSince(definition, at);
  const now = new Set<string>();
  return triggered.map(({ entityId, chain, record, filters }) => {
    if (!record) return "not_found";
    if (chain.length >= LONGEST_CHAIN) return "loop_stopped";
    if (!filters.every(([, holds]) => holds)) return "filter_not_met";
    if (since !== undefined && (now.has(entityId) || isAfter(lastTaken.get(entityId), since)))
      return "already_taken";
    if (definition.netNew && entity === "person" && record.contactId) return "is_contact";
    now.add(entityId);
    return null;
  });
}

/** Null: ever. */
function isAfter(last: Temporal.Instant | undefined, since: Temporal.Instant | null) {
  return last !== undefined && (since === null || Temporal.Instant.compare(last, since) > 0);
}
