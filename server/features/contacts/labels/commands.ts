import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseWhileUsed } from "../../access/uses/commands.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import type { ItemOutcome } from "../../events/progress/store.ts";
import { putOn, subject, takeOff } from "./membership.ts";
import * as store from "./store.ts";

export async function createLabel(
  act: Act,
  wish: { name: string; modality: store.Listed; bookOfBusiness: boolean | null },
) {
  const { db, now, caller } = act;
  const id = newId();
  const isNew = await store.insertLabel(db, caller.teamId, { ...wish, id, userId: caller.userId }, now);
  if (!isNew) throw nameTaken(wish.name);
  return told(act, "label.created", await labelWith(act, id));
}

type LabelChange = { name: string; bookOfBusiness: boolean | null | undefined };

export async function changeLabel(act: Act, id: string, change: LabelChange) {
  const { db, now, caller } = act;
  const label = await store.lockLabel(db, caller.teamId, id);
  if (!label) throw notFound(id);
  const bookOfBusiness = change.bookOfBusiness === undefined ? label.bookOfBusiness : change.bookOfBusiness;
  const next = { name: change.name, bookOfBusiness };
  if (!(await store.updateLabel(db, caller.teamId, id, next, now))) throw nameTaken(change.name);
  return told(act, "label.updated", { ...label, ...next, updatedAt: now });
}

export async function deleteLabel(act: Act, id: string) {
  const { db, now, caller } = act;
  const label = await store.lockLabel(db, caller.teamId, id);
  if (!label) throw notFound(id);
  await refuseWhileUsed(act, "labels", label);
  await store.deleteLabel(db, caller.teamId, id, caller.userId, now);
  return told(act, "label.deleted", label);
}

type LabelAssignment = {
  modality: store.Listed;
  recordIds: readonly string[];
  labelNames: readonly string[];
};

/** Puts records on lists by name. Answers the lists, or null where there is nothing to do. */
export async function addToLabels(act: Act, { modality, recordIds, labelNames }: LabelAssignment) {
  const { db, now, caller } = act;
  const found = await store.existingRecords(db, caller.teamId, modality, recordIds);
  if (found.length === 0) return null; // no list is created when no record is found
  const ids = await store.ensureLabels(db, caller.teamId, modality, labelNames, caller.userId, now);
  if (ids.length === 0) return null;
  await putOn(act, modality, ids, found);
  return store.findLabels(db, caller.teamId, ids);
}

export async function removeFromLabels(act: Act, { modality, recordIds, labelNames }: LabelAssignment) {
  const { db, caller } = act;
  const found = await store.existingRecords(db, caller.teamId, modality, recordIds);
  const known = await store.findLabelsByName(db, caller.teamId, modality, labelNames);
  if (found.length === 0 || known.length === 0) return null;
  const ids = known.map((label) => label.id);
  await takeOff(act, modality, ids, found);
  return store.findLabels(db, caller.teamId, ids);
}

export type Way = "add" | "remove";

const JOB_TYPES = { add: "add_entities_to_labels", remove: "remove_entities_from_labels" } as const;

/** The same, put off: the engine does it batch by batch. Null where there is nothing to do. */
export async function changeMembersLater(act: Act, way: Way, wish: LabelAssignment) {
  const { modality, recordIds, labelNames } = wish;
  if (recordIds.length === 0 || labelNames.every((name) => name.trim() === "")) return null;
  return startProgress(act, {
    jobType: JOB_TYPES[way],
    entityIds: recordIds,
    params: { modality, label_names: labelNames },
    instructions: { modality, labelNames },
  });
}

/** What the engine calls for one batch of such work. */
export function workOnMembers(way: Way) {
  return async (
    act: Act,
    instructions: Record<string, unknown>,
    recordIds: readonly string[],
  ): Promise<ItemOutcome[]> => {
    const { modality, labelNames } = instructions as Pick<LabelAssignment, "modality" | "labelNames">;
    const found = new Set(await store.existingRecords(act.db, act.caller.teamId, modality, recordIds));
    const change = way === "add" ? addToLabels : removeFromLabels;
    await change(act, { modality, recordIds: [...found], labelNames });
    const done = way === "add" ? "added" : "removed";
    return recordIds.map((id) => ({ outcome: found.has(id) ? done : "not_found" }));
  };
}

async function labelWith({ db, caller }: Act, id: string) {
  const [label] = await store.findLabels(db, caller.teamId, [id]);
  if (!label) throw notFound(id);
  return label;
}

async function told(act: Act, type: EventType, label: store.LabelRow) {
  await record(byCaller(act), { type, subject: subject(label), data: { name: label.name } });
  return label;
}

function nameTaken(name: string) {
  return new Refusal("label_exists", { name }, { skip_alert_dialog: true });
}

function notFound(id: string) {
  return new Refusal("label_not_found", {}, { message: `Could not find label with id ${id}` });
}
