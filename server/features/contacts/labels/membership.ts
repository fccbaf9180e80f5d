// Adds records to lists and removes them while they are written. The events are the same as for changes by hand, so
// that a trigger on a list works either way.

import type { Act } from "../../../app.ts";
import { byCaller, type Happening, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

/** Puts each record on the lists it names, making those that are missing. Records that name the same go together. */
export async function putOnLists(
  act: Act,
  modality: store.Listed,
  records: readonly { id: string; labelNames: readonly string[] }[],
) {
  const { db, now, caller } = act;
  const together = Map.groupBy(records, ({ labelNames }) => JSON.stringify(labelNames));
  for (const [names, group] of together) {
    const labelIds = await store.ensureLabels(
      db,
      caller.teamId,
      modality,
      JSON.parse(names),
      caller.userId,
      now,
    );
    const ids = group.map(({ id }) => id);
    await putOn(act, modality, labelIds, ids);
  }
}

/** Leaves a record on exactly the lists it names. */
export async function keepOnLists(
  act: Act,
  modality: store.Listed,
  id: string,
  labelNames: readonly string[],
) {
  const { db, now, caller } = act;
  const labelIds = await store.ensureLabels(db, caller.teamId, modality, labelNames, caller.userId, now);
  await keepOn(act, modality, labelIds, [id]);
}

/** Records that are on the list already stay, without an event. */
export async function putOn(
  act: Act,
  modality: store.Listed,
  labelIds: readonly string[],
  recordIds: readonly string[],
) {
  if (labelIds.length === 0) return;
  const { db, now, caller } = act;
  const joined = await store.attachLabels(db, caller.teamId, modality, labelIds, recordIds, now);
  await tell(act, "label.records_added", joined);
}

/** No event for records that are not on the list. */
export async function takeOff(
  act: Act,
  modality: store.Listed,
  labelIds: readonly string[],
  recordIds: readonly string[],
) {
  if (labelIds.length === 0) return;
  const left = await store.detachLabels(act.db, act.caller.teamId, modality, labelIds, recordIds);
  await tell(act, "label.records_removed", left);
}

/** On these lists and on no other. */
export async function keepOn(
  act: Act,
  modality: store.Listed,
  labelIds: readonly string[],
  recordIds: readonly string[],
) {
  const { db, now, caller } = act;
  const { joined, left } = await store.replaceLabels(db, caller.teamId, modality, labelIds, recordIds, now);
  await tell(act, "label.records_removed", left);
  await tell(act, "label.records_added", joined);
}

/** Who has come onto these lists by another way. */
export function tellJoined(act: Act, labelIds: readonly string[], recordId: string) {
  return tell(
    act,
    "label.records_added",
    labelIds.map((labelId) => ({ labelId, recordId })),
  );
}

async function tell(act: Act, type: MembersEvent, memberships: readonly store.LabelMembership[]) {
  if (memberships.length === 0) return;
  const byLabel = Map.groupBy(memberships, ({ labelId }) => labelId);
  const labels = await store.findLabels(act.db, act.caller.teamId, [...byLabel.keys()]);
  await tellMembers(act, type, labels, ({ id }) =>
    (byLabel.get(id) ?? []).map(({ recordId }) => recordId).sort(),
  );
}

type MembersEvent = "label.records_added" | "label.records_removed";

const TOLD_AT_ONCE = 1_000;

/** One event names the members; very many are split into several events. */
async function tellMembers(
  act: Act,
  type: MembersEvent,
  labels: readonly store.LabelRow[],
  membersOf: (label: store.LabelRow) => readonly string[],
) {
  const happenings = labels.flatMap((label) => {
    const ids = membersOf(label);
    return Array.from({ length: Math.ceil(ids.length / TOLD_AT_ONCE) }, (_, n): Happening => {
      const record_ids = ids.slice(n * TOLD_AT_ONCE, (n + 1) * TOLD_AT_ONCE);
      const { name, modality } = label;
      return {
        type,
        subject: subject(label),
        data: { label_id: label.id, name, modality, count: record_ids.length, record_ids },
      };
    });
  });
  if (happenings.length > 0) await record(byCaller(act), ...happenings);
}

export function subject(label: store.LabelRow) {
  return { type: "label", id: label.id } as const;
}
