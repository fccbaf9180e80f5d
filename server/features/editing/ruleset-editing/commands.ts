import type { Act } from "../../../app.ts";
import { RULE_NAMES, type Rules, type StageTriggers } from "../../../domain/sequences/rules.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseWhileUsed } from "../../access/uses/commands.ts";
import { setStageTriggers } from "../../contacts/stage-triggers/commands.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as store from "../../sequences/rulesets/store.ts";

export type RulesetWish = {
  name?: string | undefined;
  isDefault?: boolean | undefined;
  rules: { [Name in keyof Rules]?: Rules[Name] | undefined };
  stageTriggers?: StageTriggers | undefined;
};

const SILENT = Object.fromEntries(RULE_NAMES.map((name) => [name, null])) as unknown as Rules;

export async function createRuleset(act: Act, wish: RulesetWish & { name: string }) {
  const { db, now, caller } = act;
  if (wish.isDefault) await store.clearDefaultRuleset(db, caller.teamId);
  const values = { name: wish.name, isDefault: wish.isDefault ?? false, ...withRules(SILENT, wish.rules) };
  const id = newId();
  await store.insertRuleset(db, caller.teamId, id, values, now);
  await setStageTriggers(act, "ruleset", id, wish.stageTriggers);
  const ruleset = await written(act, id);
  await tell(act, "ruleset.created", ruleset);
  return ruleset;
}

/** Holds for every sequence that uses it, from now on. */
export async function updateRuleset(act: Act, id: string, wish: RulesetWish) {
  const { db, now, caller } = act;
  if (wish.isDefault) await store.clearDefaultRuleset(db, caller.teamId);
  const known = await store.lockRuleset(db, caller.teamId, id);
  if (!known) throw new Refusal("record_not_found");
  if (known.isDefault && wish.isDefault === false) throw new Refusal("default_kept");
  const values = {
    ...withRules(known, wish.rules),
    name: wish.name ?? known.name,
    isDefault: wish.isDefault ?? known.isDefault,
  };
  await store.updateRuleset(db, caller.teamId, id, values, now);
  await setStageTriggers(act, "ruleset", id, wish.stageTriggers);
  const ruleset = await written(act, id);
  await tell(act, "ruleset.changed", ruleset);
  return ruleset;
}

async function written({ db, caller }: Act, id: string) {
  const ruleset = await store.findRuleset(db, caller.teamId, id);
  if (!ruleset) throw new Refusal("internal");
  return ruleset;
}

export async function deleteRuleset(act: Act, id: string) {
  const { db, caller } = act;
  const ruleset = await store.lockRuleset(db, caller.teamId, id);
  if (!ruleset) throw new Refusal("record_not_found");
  if (ruleset.isDefault || (await store.isRulesetUsed(db, caller.teamId, id)))
    throw new Refusal("ruleset_in_use");
  await refuseWhileUsed(act, "rulesets", ruleset);
  await store.deleteRuleset(db, caller.teamId, id);
  await tell(act, "ruleset.deleted", ruleset);
}

/** What a wish leaves out stays; null is said on purpose. */
export function withRules(known: Rules, wish: RulesetWish["rules"]): Rules {
  const said = RULE_NAMES.filter((name) => wish[name] !== undefined).map((name) => [name, wish[name]]);
  return { ...known, ...(Object.fromEntries(said) as Partial<Rules>) };
}

function tell(
  act: Act,
  type: "ruleset.created" | "ruleset.changed" | "ruleset.deleted",
  { id, name }: store.RulesetRow,
) {
  return record(byCaller(act), { type, subject: { type: "ruleset", id }, data: { name } });
}
