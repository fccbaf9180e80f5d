// Lists that the rows of an import named and nobody had: noted with it, and taken back with it where nobody uses them.

import type { Act } from "../../app.ts";
import { byCaller, record } from "../events/store.ts";
import { subject } from "../labels/membership.ts";
import { deleteLabel, type Listed, lockLabel, madeAt } from "../labels/store.ts";
import { usesOf } from "../uses/uses-store.ts";
import { type ByproductRow, noteByproducts } from "./byproducts-store.ts";
import type { Work } from "./kinds.ts";

/** After the rows were written: of the lists they name, those that were made for them. */
export async function noteListsMade(
  { db, now, caller }: Act,
  work: Work,
  modality: Listed,
  wishes: readonly { labelNames?: readonly string[] | undefined }[],
) {
  const names = [...new Set(wishes.flatMap(({ labelNames }) => labelNames ?? []))];
  if (names.length === 0) return;
  const made = await madeAt(db, caller.teamId, modality, names, now);
  const rows = made.map((recordId) => ({ kind: "label" as const, recordId, wasMade: true, differences: [] }));
  await noteByproducts(db, caller.teamId, work.id, rows, now);
}

/** A list that somebody is on, that others name, or that was changed since stays. */
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
