import type { Act } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { checkFieldValues } from "../../domain/custom-fields.ts";
import { amountAfter, closingDay, FIRST_STAGES } from "../../domain/deal.ts";
import { newId } from "../../ids.ts";
import { Refusal } from "../../refusal.ts";
import { listFields, writeFieldValues } from "../custom-fields/store.ts";
import * as stagesOf from "../deal-stages/store.ts";
import { byCaller, type Happening, record } from "../events/store.ts";
import { firstUnknown } from "../references/store.ts";
import { type RoleWish, readRoles } from "./roles.ts";
import * as store from "./store.ts";

export type DealWish = {
  name?: string | undefined;
  ownerId?: string | null | undefined;
  accountId?: string | null | undefined;
  stageId?: string | undefined;
  /** A stage by its name, or its id. */
  stageName?: string | undefined;
  amount?: string | null | undefined;
  currency?: string | undefined;
  closesOn?: Temporal.PlainDate | null | undefined;
  description?: string | null | undefined;
  nextStep?: string | null | undefined;
  nextStepOn?: Temporal.PlainDate | null | undefined;
  closedLostReason?: string | null | undefined;
  closedWonReason?: string | null | undefined;
  probability?: number | null | undefined;
  customFields?: Record<string, unknown> | undefined;
  roles?: readonly RoleWish[] | undefined;
};

/** With the custom fields that were not taken, and why. */
export type SavedDeal = { deal: store.DealRow; fieldErrors: Record<string, string> };

export async function createDeal(act: Act, wish: DealWish): Promise<SavedDeal> {
  const { now, caller } = act;
  const blank: store.Deal = {
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
    source: caller.credential.kind === "session" ? "ui_form" : "api",
    salesforceId: null,
    crmId: null,
    stageUpdatedAt: null,
    lastActivityAt: null,
    createdAt: now,
    updatedAt: now,
  };
  return save(act, { ...blank, roles: [] }, false, { ...wish, name: wish.name ?? "" }, "deal.created");
}

export async function changeDeal(act: Act, id: string, wish: DealWish): Promise<SavedDeal> {
  const { db, caller } = act;
  const deal = await store.lockDeal(db, caller.teamId, id);
  if (!deal) throw new Refusal("deal_does_not_exist");
  return save(act, deal, deal.isClosed, withoutWhatStood(deal, wish), "deal.updated");
}

/** A deal is shown with its stage's probability. Whoever sends that back with the rest has not chosen it. */
function withoutWhatStood(deal: store.DealRow, wish: DealWish): DealWish {
  const isTheStages = deal.probability === null && wish.probability === (deal.stageProbability ?? 0);
  return isTheStages ? { ...wish, probability: undefined } : wish;
}

async function save(
  act: Act,
  deal: store.Deal & Pick<store.DealRow, "roles">,
  wasClosed: boolean,
  given: DealWish,
  type: "deal.created" | "deal.updated",
): Promise<SavedDeal> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const stages = await stagesOf.listStages(db, teamId);
  const wish = { ...given, stageId: given.stageId ?? stageNamed(stages, given.stageName) };
  await refuseAbsent(act, wish, stages);
  if (wish.name !== undefined && wish.name.trim() === "") throw new Refusal("deal_name_required");

  const stageId = wish.stageId ?? deal.stageId ?? stages.find((stage) => !stage.isClosed)?.id ?? null;
  const held = stageId === null ? null : await stagesOf.holdStage(db, teamId, stageId);
  if (stageId !== null && !held) throw new Refusal("unknown_id", { value: stageId });
  const isClosed = held?.isClosed ?? false;
  const hasMoved = stageId !== deal.stageId;
  const hasNextStep = wish.nextStep !== undefined && wish.nextStep !== deal.nextStep;
  const next: store.Deal = {
    ...deal,
    ...kept(wish),
    name: wish.name?.trim() ?? deal.name,
    amount: amountAfter(deal.amount, wish.amount),
    currency: wish.currency === undefined ? deal.currency : currencyOf(wish.currency),
    stageId,
    actuallyClosedOn: closingDay(
      { isClosed: wasClosed, closedOn: deal.actuallyClosedOn },
      isClosed,
      now.toZonedDateTimeISO("UTC").toPlainDate(),
    ),
    stageUpdatedAt: hasMoved ? now : deal.stageUpdatedAt,
    nextStepUpdatedAt: hasNextStep ? now : deal.nextStepUpdatedAt,
    updatedAt: now,
  };
  await store.writeDeal(db, teamId, next);
  if (wish.roles)
    await store.replaceRoles(db, teamId, deal.id, await readRoles(act, wish.roles, deal.roles), now);
  const fieldErrors = await writeFields(act, deal.id, wish.customFields);
  await tell(act, type, deal, next, hasMoved);
  const saved = await store.findDeal(db, teamId, deal.id);
  if (!saved) throw new Refusal("deal_does_not_exist");
  return { deal: saved, fieldErrors };
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
] as const;

function kept(wish: DealWish) {
  return Object.fromEntries(
    KEPT_AS_SENT.filter((key) => wish[key] !== undefined).map((key) => [key, wish[key]]),
  ) as Partial<store.Deal>;
}

async function writeFields({ db, caller }: Act, dealId: string, given: Record<string, unknown> | undefined) {
  if (given === undefined) return {};
  const definitions = await listFields(db, caller.teamId, "opportunity");
  const { values, errors } = checkFieldValues(definitions, given);
  await writeFieldValues(db, caller.teamId, "opportunity", [{ id: dealId, values }]);
  return errors;
}

async function refuseAbsent({ db, caller }: Act, wish: DealWish, stages: readonly stagesOf.StageRow[]) {
  const unknown = await firstUnknown(db, caller.teamId, {
    users: [wish.ownerId],
    accounts: [wish.accountId],
    contacts: wish.roles?.map((role) => role.contactId) ?? [],
  });
  const isStage = wish.stageId === undefined || stages.some(({ id }) => id === wish.stageId);
  const absent = unknown ?? (isStage ? null : wish.stageId);
  if (absent) throw new Refusal("unknown_id", { value: absent });
}

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

function currencyOf(code: string) {
  const upper = code.trim().toUpperCase();
  if (!CURRENCIES.has(upper))
    throw new Refusal("parameter_invalid", { name: "currency_code", why: "is not a currency" });
  return upper;
}

async function tell(
  act: Act,
  type: "deal.created" | "deal.updated",
  deal: store.Deal,
  next: store.Deal,
  hasMoved: boolean,
) {
  const subject = { type: "deal", id: deal.id } as const;
  const happenings: Happening[] = [{ type, subject, data: { name: next.name } }];
  if (type === "deal.updated" && hasMoved) {
    const data = { name: next.name, from_stage_id: deal.stageId, to_stage_id: next.stageId };
    happenings.push({ type: "deal.stage_changed", subject, data });
  }
  await record(byCaller(act), ...happenings);
}

export async function deleteDeal(act: Act, id: string) {
  const { db, now, caller } = act;
  const deal = await store.lockDeal(db, caller.teamId, id);
  if (!deal) throw new Refusal("deal_not_found", {}, { status: 404 });
  await store.deleteDeal(db, caller.teamId, id, caller.userId, now);
  await record(byCaller(act), {
    type: "deal.deleted",
    subject: { type: "deal", id },
    data: { name: deal.name },
  });
  return deal;
}

/** What a new team sells by. */
export function seedDealStages(db: Db, teamId: string) {
  return stagesOf.insertStages(db, teamId, FIRST_STAGES);
}
