import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { copyLinks } from "../../sequences/sequences/links-store.ts";
import * as store from "../../sequences/sequences/store.ts";
import { copiesOfSteps } from "../../sequences/steps/copies.ts";
import { listSteps, saveSteps } from "../../sequences/steps/store.ts";
import { saveTemplates, templatesOf } from "../../sequences/templates/store.ts";
import { listTouches, saveTouches } from "../../sequences/touches/store.ts";

/** A private copy: inactive, without a schedule, not shared; mails are copied, not used twice. */
export async function cloneSequence(act: Act, id: string, name: string | undefined) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const original = await getVisible(act, id);
  const copy: store.SequenceValues = {
    ...original,
    name: name ?? `${original.name} (Copy)`,
    isActive: false,
    archivedAt: null,
    ownerId: caller.userId,
    scheduleId: null,
    statusReason: null,
    visibility: "restricted",
    accessType: null,
  };
  const copyId = newId();
  await store.insertSequence(db, teamId, copyId, copy, now);
  await copyLinks(db, teamId, id, copyId);
  await copySteps(act, id, copyId);
  await record(byCaller(act), {
    type: "sequence.created",
    subject: { type: "sequence", id: copyId },
    data: { name: copy.name, cloned_from: id },
  });
  return copyId;
}

async function copySteps({ db, now, caller }: Act, fromId: string, toId: string) {
  const { teamId, userId } = caller;
  const steps = await listSteps(db, teamId, fromId);
  const touches = await listTouches(db, teamId, fromId);
  const used = new Set(touches.map(({ templateId }) => templateId));
  const templates = (await templatesOf(db, teamId, fromId)).filter(({ id }) => used.has(id));
  const renamed = new Map([...steps, ...touches, ...templates].map(({ id }) => [id, newId()]));
  const copyOf = (id: string) => renamed.get(id) ?? newId();

  await saveSteps(
    db,
    teamId,
    copiesOfSteps(steps, copyOf).map((step) => ({ ...step, sequenceId: toId })),
    now,
  );
  // A mail of the library stays in the library once; the copy has its own, without the name.
  const copies = templates.map((one) => ({
    ...one,
    id: copyOf(one.id),
    name: null,
    userId,
    isGlobal: false,
    folderId: null,
  }));
  await saveTemplates(db, teamId, copies, now);
  await saveTouches(
    db,
    teamId,
    touches.map((touch) => ({
      ...touch,
      id: copyOf(touch.id),
      stepId: copyOf(touch.stepId),
      templateId: copyOf(touch.templateId),
      goesWithTouchId: touch.goesWithTouchId && copyOf(touch.goesWithTouchId),
    })),
    now,
  );
}
