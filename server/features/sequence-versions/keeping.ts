// An edit that is not for the people who are in the sequence: its steps and mails as they are stay theirs, to the end, and what is
// edited are copies, for whoever joins from now on. Nobody is moved for it: people, their mails and tasks keep the steps they have.

import type { Act } from "../../app.ts";
import { newId } from "../../ids.ts";
import { byCaller, record } from "../events/store.ts";
import { listSteps, type StepRow, saveSteps } from "../steps/store.ts";
import { saveTemplates, type TemplateRow, templatesOf } from "../templates/store.ts";
import { listTouches, saveTouches, type TouchRow } from "../touches/store.ts";
import * as store from "./store.ts";

/** Whom an edit is for besides whoever joins: everybody in the sequence, or nobody in it. */
export type EditMode = "live" | "frozen";

/** Whoever wrote an edit named steps and mails by ids; these are the ones it is about. */
export type Renamed = (id: string) => string;

const AS_THEY_ARE: Renamed = (id) => id;

/** The sequence is locked. Where nobody is in it there is nothing to be kept. */
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
  await store.putAside(db, teamId, version, now);
  await saveSteps(db, teamId, copiesOf(steps, copyOf), now);
  await keepTexts(act, touches, templates);
  await saveTouches(db, teamId, touchesFor(touches, copyOf), now);
  await record(byCaller(act), {
    type: "sequence.changed",
    subject: { type: "sequence", id: sequenceId },
    data: { name, what: "earlier version kept", earlier_version_id: version.id },
  });
  return copyOf;
}

function copiesOf(steps: readonly StepRow[], copyOf: Renamed): StepRow[] {
  return steps.map((step) => ({ ...step, id: copyOf(step.id) }));
}

function touchesFor(touches: readonly TouchRow[], copyOf: Renamed) {
  return touches.map((touch) => ({
    ...touch,
    ...{ id: copyOf(touch.id), stepId: copyOf(touch.stepId) },
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
