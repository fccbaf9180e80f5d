// Lists that the rows of an import named and the team did not have. They are recorded with the import, and undone
// with it unless others use them.

import type { Act } from "../../../app.ts";
import { usesOf } from "../../access/uses/uses-store.ts";
import { subject } from "../../contacts/labels/membership.ts";
import { deleteLabel, type Listed, lockLabel, madeAt } from "../../contacts/labels/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { type ByproductRow, noteByproducts } from "../../prospecting/import-rows/byproducts-store.ts";
import type { ImportInProgress } from "./kinds.ts";

/** After the rows were written: of the lists they name, those that were made for them. */
export async function noteListsMade(
  { db, now, caller }: Act,
  work: ImportInProgress,
  modality: Listed,
  wishes: readonly { labelNames?: readonly string[] | undefined }[],
) {
  const names = [...new Set(wishes.flatMap(({ labelNames }) => labelNames ?? []))];
  if (names.length === 0) return;
  const made = await madeAt(db, caller.teamId, modality, names, now);
  const rows = made.map((recordId) => ({ kind: "label" as const, recordId, wasMade: true, differences: [] }));
  await noteByproducts(db, caller.teamId, work.id, rows, now);
}

/** A list stays if it has members, if other records name it, or if it was changed since. */
export async function undoLists(act: Act, rows: readonly Pick<ByproductRow, "recordId" | "touchedAt">[]) {
  const told: { recordId: string; code: string }[] = [];
  for (const { recordId, touchedAt } of rows)
    told.push({ recordId, code: await undoList(act, recordId, touchedAt) });
  return told;
}

async function undoList(act: Act, id: string, touchedAt: Temporal.Instant) {
  const { db, now, caller } = act;
  const label = await lockLabel(db, caller.teamId, id);
  if (!label) return "gone_already";
  if (label.count > 0) return "has_records";
  if (Temporal.Instant.compare(label.updatedAt, touchedAt) > 0) return "changed_since";
  if ((await usesOf(db, caller.teamId, "labels", id)).length > 0) return "still_in_use";
  await deleteLabel(db, caller.teamId, id, caller.userId, now);
  await record(byCaller(act), {
    type: "label.deleted",
    subject: subject(label),
    data: { name: label.name, reason: "undone" },
  });
  return "undone";
}
