import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { stepsOf, stepsOfAll, touchesOf } from "../../sequences/sequences/whole.ts";
import { presentStep } from "../../sequences/steps/present.ts";
import { presentTemplate } from "../../sequences/templates/present.ts";
import { presentTouch } from "../../sequences/touches/present.ts";
import { stepWishFrom } from "./step-input.ts";
import { createStep, deleteStep, getStep, updateStep } from "./steps-commands.ts";

export const routes = [
  // A mail sent along is ignored, as it is at Apollo: it is written by PUT /emailer_touches.
  route(contract.steps.create, async ({ input, ...act }) => {
    const { sequence, stepId } = await createStep(
      act,
      input.emailer_campaign_id,
      stepWishFrom(input),
      input.edit_mode,
    );
    const steps = (await stepsOf(act.db, act.caller.teamId, sequence.id)).map(presentStep);
    const touches = await touchesOf(act.db, act.caller.teamId, sequence.id);
    const first = touches.find(({ touch }) => touch.stepId === stepId);
    const step = steps.find(({ id }) => id === stepId);
    if (!step) throw new Refusal("record_not_found");
    return {
      emailer_step: step,
      emailer_touch: first ? presentTouch(first) : null,
      emailer_template: first ? presentTemplate(first.template) : null,
      emailer_steps: steps,
      team: { id: act.caller.teamId, sequences_finder_empty: false },
    };
  }),

  route(contract.steps.show, async ({ input, ...act }) => {
    const { sequenceId } = await getStep(act, input.id);
    return { emailer_step: await shown(act, sequenceId, input.id) };
  }),

  route(contract.steps.update, async ({ input, ...act }) => {
    const { sequence, stepId } = await updateStep(act, input.id, stepWishFrom(input), input.edit_mode);
    return { emailer_step: await shown(act, sequence.id, stepId) };
  }),

  route(contract.steps.remove, async ({ input, ...act }) => {
    await deleteStep(act, input.id, input.force, input.edit_mode);
    return { emailer_step: { id: input.id, deleted: true as const } };
  }),
];

async function shown({ db, caller }: Pick<Act, "db" | "caller">, sequenceId: string, id: string) {
  const found = (await stepsOfAll(db, caller.teamId, sequenceId)).find(({ step }) => step.id === id);
  if (!found) throw new Refusal("record_not_found");
  return presentStep(found);
}
