import { contract } from "@cadenza/contract";
import type { BrakeCause, BrakeRulesChange } from "../../../domain/gate/brake-rules.ts";
import { route } from "../../../http/route.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { brakeRules, changeBrakeRules, liftBrake, simulate } from "./commands.ts";
import { presentBrake, presentRules, presentSimulated } from "./present.ts";
import { listBrakes } from "./store.ts";

export const routes = [
  route(contract.brakes.list, async ({ input, ...act }) => ({
    brakes: (await listBrakes(act.db, act.caller.teamId, viewerIn(act.caller), input.include_ended)).map(
      presentBrake,
    ),
    rules: presentRules(await brakeRules(act)),
  })),

  route(contract.brakes.update, async ({ input, ...act }) => ({
    rules: presentRules(await changeBrakeRules(act, changeFrom(input))),
  })),

  route(contract.brakes.simulate, async ({ input, ...act }) => {
    const { before, after, names } = await simulate(act, changeFrom(input), input.simulate_days);
    return {
      with_these_rules: after.map((one) => presentSimulated(one, names, act.now)),
      with_current_rules: before.map((one) => presentSimulated(one, names, act.now)),
    };
  }),

  route(contract.brakes.lift, async ({ input, ...act }) => ({
    brake: presentBrake(await liftBrake(act, input.id)),
  })),
];

type RuleInput = {
  cause: BrakeCause;
  enabled?: boolean | undefined;
  days?: number | undefined;
  min_emails?: number | undefined;
  first_steps_at_percent?: number | undefined;
  pause_at_percent?: number | null | undefined;
};

function changeFrom({ rules }: { rules: readonly RuleInput[] }): BrakeRulesChange {
  return Object.fromEntries(rules.map((sent) => [sent.cause, ruleFrom(sent)]));
}

function ruleFrom(sent: RuleInput) {
  return {
    ...(sent.enabled !== undefined && { isOn: sent.enabled }),
    ...(sent.days !== undefined && { days: sent.days }),
    ...(sent.min_emails !== undefined && { fewest: sent.min_emails }),
    ...(sent.first_steps_at_percent !== undefined && { first: sent.first_steps_at_percent }),
    ...(sent.pause_at_percent !== undefined && { pause: sent.pause_at_percent }),
  };
}
