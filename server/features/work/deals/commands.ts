import type { Act } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { FIRST_STAGES } from "../../../domain/work/deal.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, recordAll } from "../../events/events/store.ts";
import { insertStages } from "../deal-stages/store.ts";
import type { DealWish, SavedDeal } from "./deal-wish.ts";
import { type DealToSave, saveDeals } from "./saving.ts";
import * as store from "./store.ts";

export async function createDeal(act: Act, wish: DealWish): Promise<SavedDeal> {
  const [saved] = await createDeals(act, [wish]);
  return saved as SavedDeal;
}

/** In the order of the wishes. */
export function createDeals(
  act: Act,
  wishes: readonly DealWish[],
  source?: "csv_import",
): Promise<SavedDeal[]> {
  return saveDeals(
    act,
    wishes.map((wish) => ({
      deal: blankDeal(act, source),
      wasClosed: false,
      wish: { ...wish, name: wish.name ?? "" },
    })),
    "deal.created",
  );
}

function blankDeal({ now, caller }: Act, source: "csv_import" | undefined): DealToSave["deal"] {
  return {
    id: newId(),
    name: "",
    ownerId: caller.userId,
    creatorId: caller.userId,
    accountId: null,
    stageId: null,
    amount: null,
    currency: "USD",
    closesOn: null,
    actuallyClosedOn: null,
    description: null,
    nextStep: null,
    nextStepOn: null,
    nextStepUpdatedAt: null,
    closedLostReason: null,
    closedWonReason: null,
    probability: null,
    forecast: null,
    source: source ?? (caller.credential.kind === "session" ? "ui_form" : "api"),
    salesforceId: null,
    crmId: null,
    stageUpdatedAt: null,
    lastActivityAt: null,
    createdAt: now,
    updatedAt: now,
    roles: [],
  };
}

export async function changeDeal(act: Act, id: string, wish: DealWish): Promise<SavedDeal> {
  const [saved] = await changeDeals(act, [{ id, wish }]);
  return saved as SavedDeal;
}

/** In the order of the changes, each of another deal. */
export async function changeDeals(
  act: Act,
  changes: readonly { id: string; wish: DealWish }[],
): Promise<SavedDeal[]> {
  if (changes.length === 0) return [];
  const ids = changes.map(({ id }) => id);
  const locked = await store.lockDeals(act.db, act.caller.teamId, ids);
  const known = new Map(locked.map((deal) => [deal.id, deal]));
  const toSave = changes.map(({ id, wish }) => {
    const deal = known.get(id);
    if (!deal) throw new Refusal("deal_does_not_exist");
    return { deal, wasClosed: deal.isClosed, wish: withoutWhatStood(deal, wish) };
  });
  return saveDeals(act, toSave, "deal.updated");
}

/** A deal shows its stage's probability. A client that sends that value back with the rest has not chosen it. */
function withoutWhatStood(deal: store.DealRow, wish: DealWish): DealWish {
  const isTheStages = deal.probability === null && wish.probability === (deal.stageProbability ?? 0);
  return isTheStages ? { ...wish, probability: undefined } : wish;
}

export async function getDeal({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const [deal] = await store.findDeals(db, caller.teamId, [id]);
  if (!deal) throw new Refusal("deal_not_found", {}, { status: 404 });
  return deal;
}

export async function deleteDeal(act: Act, id: string) {
  const [deal] = await deleteDeals(act, [id]);
  if (!deal) throw new Refusal("deal_not_found", {}, { status: 404 });
  return deal;
}

/** Answers those that were there. */
export async function deleteDeals(act: Act, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { db, now, caller } = act;
  const deals = await store.lockDeals(db, caller.teamId, ids);
  if (deals.length === 0) return [];
  await store.deleteDeals(
    db,
    caller.teamId,
    deals.map(({ id }) => id),
    caller.userId,
    now,
  );
  await recordAll(
    byCaller(act),
    deals.map(({ id, name }) => ({ type: "deal.deleted", subject: { type: "deal", id }, data: { name } })),
  );
  return deals;
}

/** What a new team sells by. */
export function seedDealStages(db: Db, teamId: string) {
  return insertStages(db, teamId, FIRST_STAGES);
}
