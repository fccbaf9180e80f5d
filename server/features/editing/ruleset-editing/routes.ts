import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { presentRuleset } from "../../sequences/rulesets/present.ts";
import { findRuleset, listRulesets } from "../../sequences/rulesets/store.ts";
import { createRuleset, deleteRuleset, updateRuleset } from "./commands.ts";
import { type RuleInput, rulesFrom, type StageMappingInput, stageTriggersFrom } from "./rule-input.ts";

export const routes = [
  route(contract.rulesets.list, async ({ db, caller }) => ({
    sequence_rulesets: (await listRulesets(db, caller.teamId)).map(presentRuleset),
  })),

  route(contract.rulesets.show, async ({ db, caller, input }) => {
    const ruleset = await findRuleset(db, caller.teamId, input.id);
    if (!ruleset) throw new Refusal("record_not_found");
    return { sequence_ruleset: presentRuleset(ruleset) };
  }),

  route(contract.rulesets.create, async ({ input, ...act }) => {
    const ruleset = await createRuleset(act, { ...wishFrom(input), name: input.name });
    return { sequence_ruleset: presentRuleset(ruleset) };
  }),

  route(contract.rulesets.update, async ({ input, ...act }) => {
    const ruleset = await updateRuleset(act, input.id, { ...wishFrom(input), name: input.name });
    return { sequence_ruleset: presentRuleset(ruleset) };
  }),

  route(contract.rulesets.remove, async ({ input, ...act }) => {
    await deleteRuleset(act, input.id);
    return { sequence_ruleset: { id: input.id, deleted: true as const } };
  }),
];

function wishFrom(input: RuleInput & StageMappingInput & { default?: boolean | undefined }) {
  return { isDefault: input.default, rules: rulesFrom(input), stageTriggers: stageTriggersFrom(input) };
}
