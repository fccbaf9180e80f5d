import type { Act } from "../../../app.ts";
import { idsInOrder, placedAt } from "../../../domain/basics/ordering.ts";
import { closingDay, type StageType, stageOfType, typeOfStage } from "../../../domain/work/deal.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseWhileUsed } from "../../access/uses/commands.ts";
import { byCaller, type EventType, record, recordAll } from "../../events/events/store.ts";
import * as store from "./store.ts";

export type DealStageInput = {
  name?: string | undefined;
  type?: StageType | undefined;
  probability?: number | undefined;
  forecast?: string | undefined;
  description?: string | null | undefined;
  isMeetingSet?: boolean | undefined;
  /** Counted from 0; a new one without it comes last. */
  position?: number | undefined;
};

export async function createStage(act: Act, wish: DealStageInput & { name: string }) {
  const { db, caller } = act;
  const ids = idsInOrder(await store.lockStages(db, caller.teamId));
  const id = newId();
  const blank = { ...stageOfType("Open"), id, name: wish.name, position: ids.length };
  const stage = changed({ ...blank, description: null, isMeetingSet: false }, wish);
  if (!(await store.insertStage(db, caller.teamId, stage)))
    throw new Refusal("stage_exists", { name: wish.name });
  if (wish.position !== undefined)
    await store.orderStages(db, caller.teamId, placedAt(ids, id, wish.position));
  return told(act, "stage.created", id);
}

export async function changeStage(act: Act, id: string, wish: DealStageInput) {
  const { db, now, caller } = act;
  const stages = await store.lockStages(db, caller.teamId);
  const stage = named(stages, id);
  const next = changed(stage, wish);
  if (next.isClosed) refuseNoneOpen(stages, id);
  if (!(await store.updateStage(db, caller.teamId, next)))
    throw new Refusal("stage_exists", { name: next.name });
  if (typeOfStage(next) !== typeOfStage(stage)) {
    const isClosedStill = stage.isClosed && next.isClosed;
    const day = next.isClosed ? today(act) : null;
    const closedOn = isClosedStill ? undefined : day;
    const deals = await store.closeDealsWithStage(db, caller.teamId, id, closedOn, now);
    await tellDeals(act, deals, { from: id, to: next, because: meaning(stage, next) });
  }
  if (wish.position !== undefined)
    await store.orderStages(db, caller.teamId, placedAt(idsInOrder(stages), id, wish.position));
  return told(act, "stage.updated", id);
}

/** The named stages come first, in the order given; the others follow in theirs. */
export async function reorderStages(act: Act, ids: readonly string[]) {
  const { db, caller } = act;
  const known = idsInOrder(await store.lockStages(db, caller.teamId));
  if (ids.some((id) => !known.includes(id))) throw new Refusal("record_not_found");
  await store.orderStages(db, caller.teamId, [...new Set([...ids, ...known])]);
  const stages = await store.listStages(db, caller.teamId);
  await record(byCaller(act), ...stages.map((stage) => happening("stage.updated", stage)));
  return stages;
}

/** Deals in the stage go to another one first, which has to be named. */
export async function deleteStage(act: Act, id: string, reassignTo: string | null) {
  const { db, now, caller } = act;
  const stages = await store.lockStages(db, caller.teamId);
  const stage = named(stages, id);
  refuseNoneOpen(stages, id);
  if (reassignTo === id) throw new Refusal("record_not_found");
  const to = reassignTo === null ? null : named(stages, reassignTo);

  await store.lockStage(db, caller.teamId, id);
  await refuseWhileUsed(act, "deal_stages", stage);
  const count = await store.countDealsInStage(db, caller.teamId, id);
  if (count > 0 && to === null) throw new Refusal("stage_in_use", { name: stage.name, count });
  if (to) {
    const isClosedStill = stage.isClosed && to.isClosed;
    const day = closingDay({ isClosed: false, closedOn: null }, to.isClosed, today(act));
    const move = { from: id, to: to.id, closedOn: isClosedStill ? undefined : day };
    const deals = await store.moveDealsToStage(db, caller.teamId, move, now);
    await tellDeals(act, deals, { from: id, to, because: "stage_deleted" });
  }
  await store.deleteStage(db, caller.teamId, id);
  const left = stages.filter((one) => one.id !== id);
  await store.orderStages(db, caller.teamId, idsInOrder(left));
  await record(byCaller(act), happening("stage.deleted", stage, { moved: count, to: reassignTo }));
  return stage;
}

/** Another type brings what it means, unless that is said too. */
function changed<Stage extends store.NewStage>(stage: Stage, wish: DealStageInput): Stage {
  const isOther = wish.type !== undefined && wish.type !== typeOfStage(stage);
  const { probability, forecast, isWon, isClosed } = isOther && wish.type ? stageOfType(wish.type) : stage;
  return {
    ...stage,
    isWon,
    isClosed,
    name: wish.name ?? stage.name,
    probability: wish.probability ?? probability,
    forecast: wish.forecast ?? forecast,
    description: wish.description === undefined ? stage.description : wish.description,
    isMeetingSet: wish.isMeetingSet ?? stage.isMeetingSet,
  };
}

/** A new deal has to stand somewhere. */
function refuseNoneOpen(stages: readonly store.StageRow[], without: string) {
  if (!stages.some(({ id, isClosed }) => id !== without && !isClosed))
    throw new Refusal("deal_stage_last_open");
}

function named(stages: readonly store.StageRow[], id: string) {
  const stage = stages.find((one) => one.id === id);
  if (!stage) throw new Refusal("record_not_found");
  return stage;
}

function today({ now }: Act) {
  return now.toZonedDateTimeISO("UTC").toPlainDate();
}

async function told(act: Act, type: EventType, id: string) {
  const stage = named(await store.listStages(act.db, act.caller.teamId), id);
  await record(byCaller(act), happening(type, stage));
  return stage;
}

/** What it means for a deal that its stage is another now. */
function meaning(was: store.NewStage, next: store.NewStage): Shift["because"] {
  if (!next.isClosed) return "stage_opened";
  if (!was.isClosed) return "stage_closed";
  return next.isWon ? "stage_won" : "stage_lost";
}

type Shift = {
  from: string;
  to: store.NewStage;
  because: "stage_deleted" | "stage_closed" | "stage_opened" | "stage_won" | "stage_lost";
};

/** As if each had been moved by itself; of a stage that was closed or opened they stay, and mean something else. */
function tellDeals(act: Act, deals: readonly store.TouchedDeal[], { from, to, because }: Shift) {
  const moved = { from_stage_id: from, to_stage_id: to.id, is_closed: to.isClosed, because };
  return recordAll(
    byCaller(act),
    deals.map(({ id, name }) => ({
      type: "deal.stage_changed" as const,
      subject: { type: "deal" as const, id },
      data: { name, ...moved },
    })),
  );
}

function happening(type: EventType, stage: store.StageRow, more = {}) {
  return {
    type,
    subject: { type: "deal_stage", id: stage.id } as const,
    data: { name: stage.name, ...more },
  };
}
