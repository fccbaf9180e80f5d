import type { BrakeRule } from "./queries.ts";

type Change = Pick<BrakeRule, "cause"> & Partial<BrakeRule>;

/** Only what differs: what another admin has saved meanwhile stays as it is. */
export function changedRules(rules: readonly BrakeRule[], before: readonly BrakeRule[]): Change[] {
  return rules.flatMap((rule) => {
    const known = before.find(({ cause }) => cause === rule.cause);
    const changed = Object.entries(rule).filter(([key, value]) => known?.[key as keyof BrakeRule] !== value);
    return changed.length > 0 ? [{ ...Object.fromEntries(changed), cause: rule.cause }] : [];
  });
}
