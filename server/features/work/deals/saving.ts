// Deals are written together, as many as there are: each is decided by itself, and each statement is about all of them.

import type { Act } from "../../../app.ts";
import { amountAfter, closingDay, isCurrency } from "../../../domain/work/deal.ts";
import { changesOfDeal } from "../../../domain/work/deal-changes.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { fillFields } from "../../contacts/custom-fields/commands.ts";
import { firstUnknown } from "../../contacts/references/store.ts";
import { byCaller, type Happening, recordAll } from "../../events/events/store.ts";
import * as stagesOf from "../deal-stages/store.ts";
import type { DealWish, SavedDeal } from "./deal-wish.ts";
import { readRoles } from "./roles.ts";
import * as store from "./store.ts";

/** A deal as it stands, or as a new one begins, and what is wished for it. */
export type DealToSave = {
  deal: store.DealColumns & Pick<store.DealRow, "roles">;
  wasClosed: boolean;
  wish: DealWish;
};

/** In their order. A deal may be among them once. */
export async function saveDeals(
  act: Act,
  given: readonly DealToSave[],
  type: "deal.created" | "deal.updated",
): Promise<SavedDeal[]> {
  if (given.length === 0) return [];
  const { db, now, caller } = act;
  const { teamId } = caller;
  const stages = await stagesOf.listStages(db, teamId);
  const toSave = given.map((one) => ({ ...one, wish: withStage(one.wish, stages) }));
  const wishes = toSave.map(({ wish }) => wish);
  await refuseAbsent(act, wishes, stages);
  if (wishes.some(({ name }) => name !== undefined && name.trim() === ""))
    throw new Refusal("deal_name_required");

  const firstOpen = stages.find((stage) => !stage.isClosed)?.id ?? null;
  const stageIds = toSave.map(({ wish, deal }) => wish.stageId ?? deal.stageId ?? firstOpen);
  const held = await stagesOf.holdStages(db, teamId, [...new Set(stageIds.filter((id) => id !== null))]);
  const written = toSave.map((one, at) => nextOf(one, stageIds[at] ?? null, held, now));
  await store.writeDeals(db, teamId, written);
  const roles = [];
  for (const { deal, wish } of toSave)
    if (wish.roles) roles.push({ dealId: deal.id, roles: await readRoles(act, wish.roles, deal.roles) });
  await store.replaceRoles(db, teamId, roles, now);
  const filled = toSave.map(({ deal, wish }) => ({ id: deal.id, fields: wish.customFields }));
  const fieldErrors = await fillFields(act, "opportunity", filled);
  await recordAll(
    byCaller(act),
    toSave.flatMap((one, at) => happeningsOf(type, one, written[at] as store.DealColumns, stages)),
  );
  return savedAs(act, toSave, fieldErrors);
}

async function savedAs(
  { db, caller }: Act,
  saved: readonly DealToSave[],
  fieldErrors: ReadonlyMap<string, Record<string, string>>,
) {
  const ids = saved.map(({ deal }) => deal.id);
  const rows = new Map((await store.findDeals(db, caller.teamId, ids)).map((deal) => [deal.id, deal]));
  return ids.map((id) => {
    const deal = rows.get(id);
    if (!deal) throw new Refusal("deal_does_not_exist");
    return { deal, fieldErrors: fieldErrors.get(id) ?? {} };
  });
}

function nextOf(
  { deal, wasClosed, wish }: DealToSave,
  stageId: string | null,
  held: ReadonlyMap<string, boolean>,
  now: Temporal.Instant,
): store.DealColumns {
  if (stageId !== null && !held.has(stageId)) throw new Refusal("unknown_id", { value: stageId });
  const isClosed = stageId !== null && held.get(stageId) === true;
  const hasMoved = stageId !== deal.stageId;
  const hasNextStep = wish.nextStep !== undefined && wish.nextStep !== deal.nextStep;
  return {
    ...deal,
    ...kept(wish),
    name: wish.name?.trim() ?? deal.name,
    amount: amountAfter(deal.amount, wish.amount),
    currency: wish.currency === undefined ? deal.currency : currencyOf(wish.currency),
    stageId,
    actuallyClosedOn: closingDay(
      { isClosed: wasClosed, closedOn: wish.closedOn ?? deal.actuallyClosedOn },
      isClosed,
      wish.closedOn ?? now.toZonedDateTimeISO("UTC").toPlainDate(),
    ),
    stageUpdatedAt: hasMoved ? now : deal.stageUpdatedAt,
    nextStepUpdatedAt: hasNextStep ? now : deal.nextStepUpdatedAt,
    updatedAt: now,
  };
}

function withStage(wish: DealWish, stages: readonly stagesOf.StageRow[]): DealWish {
  return { ...wish, stageId: wish.stageId ?? stageNamed(stages, wish.stageName) };
}

function stageNamed(stages: readonly stagesOf.StageRow[], said: string | undefined) {
  if (said === undefined) return undefined;
  const word = said.toLowerCase();
  const found = stages.find(({ id, name }) => id === word || name.toLowerCase() === word);
  if (!found) throw new Refusal("stage_not_found", { id: said });
  return found.id;
}

const KEPT_AS_SENT = [
  "ownerId",
  "accountId",
  "closesOn",
  "description",
  "nextStep",
  "nextStepOn",
  "closedLostReason",
  "closedWonReason",
  "probability",
  "salesforceId",
  "crmId",
] as const;

function kept(wish: DealWish) {
  return Object.fromEntries(
    KEPT_AS_SENT.filter((key) => wish[key] !== undefined).map((key) => [key, wish[key]]),
  ) as Partial<store.DealColumns>;
}

async function refuseAbsent(
  { db, caller }: Act,
  wishes: readonly DealWish[],
  stages: readonly stagesOf.StageRow[],
) {
  const unknown = await firstUnknown(db, caller.teamId, {
    users: wishes.map(({ ownerId }) => ownerId),
    accounts: wishes.map(({ accountId }) => accountId),
    contacts: wishes.flatMap(({ roles = [] }) => roles.map(({ contactId }) => contactId)),
  });
  const known = new Set(stages.map(({ id }) => id));
  const absent =
    unknown ?? wishes.find(({ stageId }) => stageId !== undefined && !known.has(stageId))?.stageId;
  if (absent) throw new Refusal("unknown_id", { value: absent });
}

function currencyOf(code: string) {
  const upper = code.trim().toUpperCase();
  if (!isCurrency(upper))
    throw new Refusal("parameter_invalid", { name: "currency_code", why: say("is not a currency") });
  return upper;
}

function happeningsOf(
  type: "deal.created" | "deal.updated",
  { deal, wish }: DealToSave,
  next: store.DealColumns,
  stages: readonly stagesOf.StageRow[],
): Happening[] {
  const subject = { type: "deal", id: deal.id } as const;
  const { name } = next;
  if (type === "deal.created") return [{ type, subject, data: { name } }];
  const { changed, ...values } = changesOfDeal(deal, next);
  const beside = [
    ...(wish.roles ? ["opportunity_contact_roles"] : []),
    ...(wish.customFields && Object.keys(wish.customFields).length > 0 ? ["typed_custom_fields"] : []),
  ];
  const told: Happening = { type, subject, data: { name, changed: [...changed, ...beside], ...values } };
  if (next.stageId === deal.stageId) return [told];
  const nameOf = (id: string | null) => stages.find((stage) => stage.id === id)?.name ?? null;
  return [
    told,
    {
      type: "deal.stage_changed",
      subject,
      data: {
        name,
        from_stage_id: deal.stageId,
        to_stage_id: next.stageId,
        from_stage: nameOf(deal.stageId),
        to_stage: nameOf(next.stageId),
      },
    },
  ];
}
