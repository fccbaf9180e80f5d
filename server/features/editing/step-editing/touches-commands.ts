import type { Act } from "../../../app.ts";
import { isEmail } from "../../../domain/sequences/sequence-plan.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { getVisible, lockFor } from "../../sequences/sequences/finding.ts";
import { refuseUnsound } from "../../sequences/steps/soundness.ts";
import { findStep } from "../../sequences/steps/store.ts";
import { deleteOrphans, saveTemplates } from "../../sequences/templates/store.ts";
import * as store from "../../sequences/touches/store.ts";
import { noteChange } from "../sequence-versions/changed.ts";
import { sequenceAsEdited } from "../sequence-versions/edited.ts";
import { type EditMode, keptFor, type Renamed } from "../sequence-versions/keeping.ts";
import { composeTouch, gatherTemplates, type TouchWish } from "./touches-compose.ts";
import { NOTHING_SAID, type Pairing, settlePairs } from "./touches-pairs.ts";

/** A further variant of a step; with more than one approved, people are shared out among them by weight. */
export async function createTouch(act: Act, stepId: string, wish: TouchWish, mode: EditMode) {
  const { db, caller } = act;
  const step = await findStep(db, caller.teamId, stepId);
  if (!step) throw new Refusal("record_not_found");
  const sequence = await lockFor(act, step.sequenceId, "edit");
  const known = await findStep(db, caller.teamId, stepId); // as it is now that nobody else changes it
  if (!known) throw new Refusal("record_not_found");
  if (known.versionId) throw new Refusal("version_is_kept");
  const renamed = await keptFor(act, sequence, mode);
  const before = await sequenceAsEdited(act, sequence.id);
  const touch = await write(act, renamed(stepId), null, renamedWish(wish, renamed));
  await settlePairs(act, sequence, { before: [], said: saidOf(touch, wish) });
  await refuseUnsound(db, caller.teamId, sequence);
  await noteChange(act, sequence, "mail added", before);
  return touch;
}

export async function updateTouch(act: Act, id: string, wish: TouchWish, mode: EditMode = "live") {
  const { db, caller } = act;
  const { sequence, touch: known, renamed } = await lockTouch(act, id, mode, isVerdict(wish));
  const before = await sequenceAsEdited(act, sequence.id);
  const touch = await write(act, known.stepId, known, renamedWish(wish, renamed));
  await settlePairs(act, sequence, { before: [], said: saidOf(touch, wish) });
  await refuseUnsound(db, caller.teamId, sequence);
  await noteChange(act, sequence, wish.status ? `mail ${wish.status}` : "mail changed", before);
  return touch;
}

export async function deleteTouch(act: Act, id: string, mode: EditMode) {
  const { db, caller } = act;
  const { sequence, touch } = await lockTouch(act, id, mode);
  const step = await findStep(db, caller.teamId, touch.stepId);
  const before = await store.listTouches(db, caller.teamId, sequence.id);
  const siblings = before.filter(({ stepId }) => stepId === touch.stepId);
  if (step && isEmail(step.type) && siblings.length === 1) throw new Refusal("last_touch");
  const asFound = await sequenceAsEdited(act, sequence.id);
  await store.deleteTouches(db, caller.teamId, [touch.id]);
  await deleteOrphans(db, caller.teamId, [touch.templateId]);
  await settlePairs(act, sequence, { before, said: NOTHING_SAID });
  await refuseUnsound(db, caller.teamId, sequence);
  await noteChange(act, sequence, "mail removed", asFound);
}

/** A variant of a sequence that this person sees. */
export async function getTouch(act: Pick<Act, "db" | "caller">, id: string) {
  const touch = await store.findTouch(act.db, act.caller.teamId, id);
  if (!touch) throw new Refusal("record_not_found");
  await getVisible(act, touch.sequenceId);
  return touch;
}

/** Nothing but whether it may be sent. */
function isVerdict(wish: TouchWish) {
  return Object.entries(wish).every(([key, value]) => value === undefined || key === "status");
}

/** Of an earlier version nothing is changed, but its mails can be approved. */
async function lockTouch(act: Act, id: string, mode: EditMode, isJudged = false) {
  const { db, caller } = act;
  const found = await store.findTouch(db, caller.teamId, id);
  if (!found) throw new Refusal("record_not_found");
  const sequence = await lockFor(act, found.sequenceId, "edit");
  const known = await store.findTouch(db, caller.teamId, id); // as it is now that nobody else changes it
  if (known?.versionId && !isJudged) throw new Refusal("version_is_kept");
  const renamed = known && (await keptFor(act, sequence, known.versionId ? "live" : mode));
  const touch = renamed && (await store.findTouch(db, caller.teamId, renamed(id)));
  if (!renamed || !touch) throw new Refusal("record_not_found");
  return { sequence, touch, renamed };
}

function renamedWish({ goesWithTouchId, ...wish }: TouchWish, renamed: Renamed): TouchWish {
  return { ...wish, goesWithTouchId: goesWithTouchId && renamed(goesWithTouchId) };
}

function saidOf({ id, goesWithTouchId }: store.TouchValues, wish: TouchWish): Pairing {
  return wish.goesWithTouchId === undefined ? NOTHING_SAID : new Map([[id, goesWithTouchId]]);
}

async function write(act: Act, stepId: string, known: store.TouchValues | null, wish: TouchWish) {
  const { db, now, caller } = act;
  const templates = await gatherTemplates(act, [wish], known ? [known] : []);
  const { touch, template } = composeTouch(act, stepId, known, wish, templates);
  if (template) await saveTemplates(db, caller.teamId, [template], now);
  await store.saveTouches(db, caller.teamId, [touch], now);
  if (known && known.templateId !== touch.templateId)
    await deleteOrphans(db, caller.teamId, [known.templateId]);
  return touch;
}
