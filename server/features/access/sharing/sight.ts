// Whether the caller sees what a call or an event names.

import type { Act, Caller } from "../../../app.ts";
import type { SubjectType } from "../../../domain/insight/event-words.ts";
import { viewerIn } from "./hiding.ts";
import { seenOfType } from "./sight-store.ts";

export type RecordRef = { type: SubjectType; id: string };

/** Maps "type id" to `hidden`, or to `gone` for deleted things. Things the caller may see are not in the map. */
export async function sightOf(
  { db, caller }: Pick<Act, "db"> & { caller: Pick<Caller, "teamId" | "userId" | "role"> },
  named: readonly RecordRef[],
) {
  const unseen = new Map<string, "hidden" | "gone">();
  const viewerId = viewerIn(caller);
  if (viewerId === null) return unseen;
  for (const [type, ofType] of Map.groupBy(named, (one) => one.type)) {
    const ids = [...new Set(ofType.map(({ id }) => id))];
    const rows = await seenOfType(db, caller.teamId, viewerId, type, ids);
    if (rows === null) continue;
    const seen = new Map(rows.map(({ id, isSeen }) => [id, isSeen]));
    for (const id of ids) if (!seen.get(id)) unseen.set(`${type} ${id}`, seen.has(id) ? "hidden" : "gone");
  }
  return unseen;
}
