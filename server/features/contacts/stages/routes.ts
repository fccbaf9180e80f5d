import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { changeStage, createStage, deleteStage, reorderStages } from "./commands.ts";
import { presentAccountStage, presentContactStage } from "./present.ts";
import { listStages } from "./store.ts";

const { contactStages, accountStages } = contract;

export const routes = [
  route(contactStages.list, async ({ db, caller }) => ({
    contact_stages: (await listStages(db, caller.teamId, "contact")).map(presentContactStage),
  })),
  route(contactStages.create, async ({ input, ...act }) => {
    const wish = { ...readNew(input), position: input.display_order ?? null };
    const isSpecial = input.ignore_trigger_override ?? false;
    return { contact_stage: presentContactStage(await createStage(act, "contact", { ...wish, isSpecial })) };
  }),
  route(contactStages.update, async ({ input, ...act }) => {
    const change = {
      ...readChange(input),
      isSpecial: input.ignore_trigger_override,
      position: input.display_order,
    };
    return { contact_stage: presentContactStage(await changeStage(act, "contact", input.id, change)) };
  }),
  route(contactStages.reorder, async ({ input, ...act }) => ({
    contact_stages: (await reorderStages(act, "contact", input.ids)).map(presentContactStage),
  })),
  route(contactStages.delete, async ({ input, ...act }) => {
    const stage = await deleteStage(act, "contact", input.id, input.reassign_to ?? null);
    return { contact_stage: presentContactStage(stage) };
  }),

  route(accountStages.list, async ({ db, caller }) => ({
    account_stages: (await listStages(db, caller.teamId, "account")).map(presentAccountStage),
  })),
  route(accountStages.create, async ({ input, ...act }) => {
    const wish = { ...readNew(input), position: fromOne(input.display_order) ?? null };
    const isSpecial = input.default_exclude_for_leadgen ?? false;
    return { account_stage: presentAccountStage(await createStage(act, "account", { ...wish, isSpecial })) };
  }),
  route(accountStages.update, async ({ input, ...act }) => {
    const isSpecial = input.default_exclude_for_leadgen;
    const change = { ...readChange(input), isSpecial, position: fromOne(input.display_order) };
    return { account_stage: presentAccountStage(await changeStage(act, "account", input.id, change)) };
  }),
  route(accountStages.reorder, async ({ input, ...act }) => ({
    account_stages: (await reorderStages(act, "account", input.ids)).map(presentAccountStage),
  })),
  route(accountStages.delete, async ({ input, ...act }) => {
    const stage = await deleteStage(act, "account", input.id, input.reassign_to ?? null);
    return { account_stage: presentAccountStage(stage) };
  }),
];

type Category = "in_progress" | "succeeded" | "failed";

function readNew(input: {
  name: string;
  category?: Category | null | undefined;
  is_meeting_set?: boolean | undefined;
}) {
  return { name: input.name, category: input.category ?? null, isMeetingSet: input.is_meeting_set ?? false };
}

function readChange(input: {
  name?: string | undefined;
  category?: Category | null | undefined;
  is_meeting_set?: boolean | undefined;
}) {
  return { name: input.name, category: input.category, isMeetingSet: input.is_meeting_set };
}

/** Account stages are counted from 1 on the wire. */
function fromOne(order: number | undefined) {
  return order === undefined ? undefined : order - 1;
}
