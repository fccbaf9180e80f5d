// An edit that is not for contacts who are already enrolled: they keep the sequence's steps and mails to the end. The
// edit goes into copies, for contacts who join from now on. No contact, mail or task moves to another step.

import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { copiesOfSteps } from "../../sequences/steps/copies.ts";
import { listSteps, saveSteps } from "../../sequences/steps/store.ts";
import { saveTemplates, type TemplateRow, templatesOf } from "../../sequences/templates/store.ts";
import { listTouches, saveTouches, type TouchRow } from "../../sequences/touches/store.ts";
import * as store from "./store.ts";

/** Whether an edit is for all enrolled contacts, or only for those who join from now on. */
export type EditMode = "live" | "frozen";

/** Maps the ids of steps and mails that the caller named to those that the edit is about. */
export type Renamed = (id: string) => string;

const AS_THEY_ARE: Renamed = (id) => id;

/** The sequence is locked. Without contacts there is no version to keep. */
export async function keptFor(
  act: Act,
  { id: sequenceId, name }: { id: string; name: string },
  mode: EditMode,
): Promise<Renamed> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  if (mode === "live" || !(await store.isAnybodyInIt(db, teamId, sequenceId))) return AS_THEY_ARE;
  const [steps, touches, templates] = await Promise.all([
    listSteps(db, teamId, sequenceId),
    listTouches(db, teamId, sequenceId),
    templatesOf(db, teamId, sequenceId),
  ]);
  const renamed = new Map([...steps, ...touches].map(({ id }) => [id, newId()]));
  const copyOf: Renamed = (id) => renamed.get(id) ?? id;
  const version = { id: newId(), sequenceId, keptBy: caller.userId };
  await store.keepEarlierVersion(db, teamId, version, now);
  await saveSteps(db, teamId, copiesOfSteps(steps, copyOf), now);
  await keepTexts(act, touches, templates);
  await saveTouches(db, teamId, touchesFor(touches, copyOf), now);
  await record(byCaller(act), {
    type: "sequence.changed",
    subject: { type: "sequence", id: sequenceId },
    data: { name, what: "earlier version kept", earlier_version_id: version.id },
  });
  return copyOf;
}

function touchesFor(touches: readonly TouchRow[], copyOf: Renamed) {
  return touches.map((touch) => ({
    ...touch,
    id: copyOf(touch.id),
    stepId: copyOf(touch.stepId),
    goesWithTouchId: touch.goesWithTouchId && copyOf(touch.goesWithTouchId),
  }));
}

/** The texts that callers know by id stay those of the sequence as it is edited; what is kept has its own, which have no names. */
async function keepTexts(
  { db, now, caller }: Act,
  touches: readonly TouchRow[],
  known: readonly TemplateRow[],
) {
  const used = new Set(touches.map(({ templateId }) => templateId));
  const kept = known.filter(({ id }) => used.has(id)).map((template) => ({ of: template, id: newId() }));
  const copies = kept.map(({ of, id }) => ({ ...of, id, name: null, isGlobal: false, folderId: null }));
  await saveTemplates(db, caller.teamId, copies, now);
  await store.readFromCopies(
    db,
    caller.teamId,
    touches.map(({ id }) => id),
    kept.map(({ of, id }) => ({ of: of.id, id })),
  );
}
