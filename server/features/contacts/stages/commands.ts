import type { Act } from "../../../app.ts";
import { idsInOrder, placedAt } from "../../../domain/basics/ordering.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseWhileUsed } from "../../access/uses/commands.ts";
import { byCaller, type EventType, record, recordAll } from "../../events/events/store.ts";
import * as store from "./store.ts";

export type StageInput = {
  name: string;
  category: store.StageCategory | null;
  isMeetingSet: boolean;
  isSpecial: boolean;
  /** Counted from 0; without it, last. */
  position: number | null;
};

export async function createStage(act: Act, kind: store.StageKind, wish: StageInput) {
  const { db, caller } = act;
  const ids = idsInOrder(await store.lockStages(db, caller.teamId, kind));
  const id = newId();
  const isNew = await store.insertStage(db, caller.teamId, kind, { ...wish, id, position: ids.length });
  if (!isNew) throw new Refusal("stage_exists", { name: wish.name });
  if (wish.position !== null)
    await store.orderStages(db, caller.teamId, kind, placedAt(ids, id, wish.position));
  return told(act, "stage.created", kind, await stageWith(act, kind, id));
}

type StageChange = {
  name?: string | undefined;
  category?: store.StageCategory | null | undefined;
  isMeetingSet?: boolean | undefined;
  isSpecial?: boolean | undefined;
  position?: number | undefined;
};

export async function changeStage(act: Act, kind: store.StageKind, id: string, change: StageChange) {
  const { db, caller } = act;
  const stages = await store.lockStages(db, caller.teamId, kind);
  const stage = stages.find((one) => one.id === id);
  if (!stage) throw new Refusal("record_not_found");
  const next = {
    ...stage,
    name: change.name ?? stage.name,
    category: change.category === undefined ? stage.category : change.category,
    isMeetingSet: change.isMeetingSet ?? stage.isMeetingSet,
    isSpecial: change.isSpecial ?? stage.isSpecial,
  };
  if (!(await store.updateStage(db, caller.teamId, kind, next)))
    throw new Refusal("stage_exists", { name: next.name });
  if (change.position !== undefined)
    await store.orderStages(db, caller.teamId, kind, placedAt(idsInOrder(stages), id, change.position));
  return told(act, "stage.updated", kind, await stageWith(act, kind, id));
}

/** The named stages come first, in the order given; the others follow in theirs. */
export async function reorderStages(act: Act, kind: store.StageKind, ids: readonly string[]) {
  const { db, caller } = act;
  const known = idsInOrder(await store.lockStages(db, caller.teamId, kind));
  if (ids.some((id) => !known.includes(id))) throw new Refusal("record_not_found");
  await store.orderStages(db, caller.teamId, kind, [...new Set([...ids, ...known])]);
  const stages = await store.listStages(db, caller.teamId, kind);
  await record(byCaller(act), ...stages.map((stage) => happening("stage.updated", kind, stage)));
  return stages;
}

/** The stage's contacts move to another one first, which the caller has to name. */
export async function deleteStage(act: Act, kind: store.StageKind, id: string, reassignTo: string | null) {
  const { db, now, caller } = act;
  const stages = await store.lockStages(db, caller.teamId, kind);
  const stage = stages.find((one) => one.id === id);
  if (!stage) throw new Refusal("record_not_found");
  if (stages.length === 1) throw new Refusal("stage_last");
  if (reassignTo !== null && (reassignTo === id || !stages.some((one) => one.id === reassignTo)))
    throw new Refusal("record_not_found");

  await store.lockStage(db, caller.teamId, kind, id);
  await refuseWhileUsed(act, `${kind}_stages`, stage);
  const count = await store.countInStage(db, caller.teamId, kind, id);
  if (count > 0 && reassignTo === null) throw new Refusal("stage_in_use", { name: stage.name, count });
  if (reassignTo !== null) {
    const moved = await store.moveToStage(db, caller.teamId, kind, id, reassignTo, now);
    await tellMoved(act, kind, moved, { from: id, to: reassignTo });
  }
  await store.deleteStage(db, caller.teamId, kind, id);
  await store.orderStages(
    db,
    caller.teamId,
    kind,
    idsInOrder(stages).filter((one) => one !== id),
  );
  await record(byCaller(act), happening("stage.deleted", kind, stage, { moved: count, to: reassignTo }));
  return stage;
}

async function stageWith({ db, caller }: Act, kind: store.StageKind, id: string) {
  const [stage] = await store.findStages(db, caller.teamId, kind, [id]);
  if (!stage) throw new Refusal("record_not_found");
  return stage;
}

/** As if each had been moved by itself. */
function tellMoved(
  act: Act,
  kind: store.StageKind,
  moved: readonly { id: string }[],
  stages: { from: string; to: string },
) {
  const data = { ...stages, because: "stage_deleted" };
  return recordAll(
    byCaller(act),
    moved.map(({ id }) => ({ type: `${kind}.stage_changed` as const, subject: { type: kind, id }, data })),
  );
}

async function told(act: Act, type: EventType, kind: store.StageKind, stage: store.StageRow) {
  await record(byCaller(act), happening(type, kind, stage));
  return stage;
}

function happening(type: EventType, kind: store.StageKind, stage: store.StageRow, more = {}) {
  const subject = { type: `${kind}_stage`, id: stage.id } as const;
  return { type, subject, data: { name: stage.name, ...more } };
}
