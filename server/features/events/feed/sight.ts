// Events as far as the caller may see what they are about.

import type { Act } from "../../../app.ts";
import { type RecordRef, sightOf } from "../../access/sharing/sight.ts";
import { typeNamedBy } from "../../access/sharing/sight-store.ts";
import type { EventRow } from "../events/store.ts";

type Seen = Pick<EventRow, "subjectType" | "subjectId" | "userId" | "data">;
type Asking = Pick<Act, "db"> & { caller: Pick<Act["caller"], "teamId" | "userId" | "role"> };

/** Without those about something that is hidden, and without the ids of hidden things in the others. */
export async function withinSight<Told extends Seen>(asking: Asking, events: readonly Told[]) {
  const unseen = await sightOf(asking, events.flatMap(namedIn));
  if (unseen.size === 0) return [...events];
  const isUnseen = ({ type, id }: RecordRef) => unseen.has(`${type} ${id}`);
  const passes = (event: Seen) => {
    const sequences = sequencesOf(event);
    if (sequences.some(isUnseen)) return false;
    const subject = unseen.get(`${event.subjectType} ${event.subjectId}`);
    // What is gone was for those who see its sequence; without one, only for the caller who did it.
    return (
      subject === undefined ||
      (subject === "gone" && (sequences.length > 0 || event.userId === asking.caller.userId))
    );
  };
  return events.filter(passes).map((event) => ({ ...event, data: without(event.data, isUnseen) }));
}

function sequencesOf({ data }: Seen): RecordRef[] {
  return typeof data.sequence_id === "string" ? [{ type: "sequence", id: data.sequence_id }] : [];
}

function namedIn({ subjectType, subjectId, data }: Seen): RecordRef[] {
  const inData = Object.entries(data).flatMap(([key, value]) => namedBy(key, value));
  return [{ type: subjectType, id: subjectId }, ...inData];
}

function namedBy(key: string, value: unknown): RecordRef[] {
  const type = typeNamedBy(key);
  if (type === null) return [];
  const ids = Array.isArray(value) ? value : [value];
  return ids.flatMap((id) => (typeof id === "string" ? [{ type, id }] : []));
}

function without(data: EventRow["data"], isUnseen: (named: RecordRef) => boolean) {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      if (!namedBy(key, value).some(isUnseen)) return [[key, value]];
      return Array.isArray(value) ? [[key, value.filter((id) => !namedBy(key, [id]).some(isUnseen))]] : [];
    }),
  );
}
