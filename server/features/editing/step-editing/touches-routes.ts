import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { touchesOfAll } from "../../sequences/sequences/whole.ts";
import { presentTouchWithTemplate } from "../../sequences/touches/present.ts";
import { getStep } from "./steps-commands.ts";
import { touchWishFrom } from "./touch-input.ts";
import { createTouch, deleteTouch, getTouch, updateTouch } from "./touches-commands.ts";

export const routes = [
  route(contract.touches.list, async ({ input, ...act }) => {
    const { emailer_step_id: stepId, emailer_campaign_id: sequenceId } = input;
    if (!stepId && !sequenceId) throw new Refusal("parameter_missing", { name: "emailer_campaign_id" });
    const step = stepId ? await getStep(act, stepId) : null;
    const sequence = await getVisible(act, step?.sequenceId ?? sequenceId ?? "");
    const touches = await touchesOfAll(act.db, act.caller.teamId, sequence.id);
    return {
      emailer_touches: touches
        .filter(({ touch }) => (step ? touch.stepId === step.id : touch.versionId === null))
        .map(presentTouchWithTemplate),
    };
  }),

  route(contract.touches.show, async ({ input, ...act }) => ({
    emailer_touch: await shown(act, input.id),
  })),

  route(contract.touches.create, async ({ input, ...act }) => {
    const touch = await createTouch(act, input.emailer_step_id, touchWishFrom(input), input.edit_mode);
    return { emailer_touch: await shown(act, touch.id) };
  }),

  route(contract.touches.update, async ({ input, ...act }) => {
    const wish = { ...touchWishFrom(input), id: undefined };
    const touch = await updateTouch(act, input.id, wish, input.edit_mode);
    return { emailer_touch: await shown(act, touch.id) };
  }),

  route(contract.touches.remove, async ({ input, ...act }) => {
    await deleteTouch(act, input.id, input.edit_mode);
    return { emailer_touch: { id: input.id, deleted: true as const } };
  }),

  route(contract.touches.approve, async ({ input, ...act }) => {
    await updateTouch(act, input.id, { status: "approved" });
    return { emailer_touch: await shown(act, input.id) };
  }),

  route(contract.touches.abort, async ({ input, ...act }) => {
    await updateTouch(act, input.id, { status: "to_be_reviewed" });
    return { emailer_touch: await shown(act, input.id) };
  }),
];

async function shown(act: Pick<Act, "db" | "caller">, id: string) {
  const { sequenceId } = await getTouch(act, id);
  const found = (await touchesOfAll(act.db, act.caller.teamId, sequenceId)).find(
    ({ touch }) => touch.id === id,
  );
  if (!found) throw new Refusal("record_not_found");
  return presentTouchWithTemplate(found);
}
