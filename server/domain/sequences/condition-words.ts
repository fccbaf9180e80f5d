// What the condition of a branch says, and why a contact took its path, in words.

import type { BranchCondition, BranchRule } from "./branch-condition.ts";
import type { BranchPath } from "./step-paths.ts";

type PositionOf = (stepId: string) => number | null;

/** What has to be so for the yes path. */
export function conditionSays({ match, rules }: BranchCondition, positionOf: PositionOf): string {
  return listed(
    rules.map((rule) => ruleSays(rule, !rule.not, positionOf)),
    match === "all" ? "and" : "or",
  );
}

/** The rules that decided. `held`: of each rule, whether what it asks about was so. */
export function becauseOf(
  { match, rules }: BranchCondition,
  { path, held }: { path: BranchPath; held: readonly boolean[] },
  positionOf: PositionOf,
): string {
  const isAll = (path === "yes") === (match === "all");
  const decided = rules.flatMap((rule, index) => {
    const isSo = held[index] ?? false;
    const holds = isSo !== rule.not;
    return isAll || holds === (path === "yes") ? [ruleSays(rule, isSo, positionOf)] : [];
  });
  return listed(decided, "and");
}

function ruleSays(rule: BranchRule, isSo: boolean, positionOf: PositionOf): string {
  switch (rule.type) {
    case "contact":
      return `the contact ${isSo ? "matches" : "does not match"} the filters (${filtersSay(rule.filters)})`;
    case "email_opened":
      return isSo
        ? `${emailAt(rule.stepId, positionOf)} was opened`
        : `${noEmailAt(rule.stepId, positionOf)} opened`;
    case "email_clicked":
      return isSo
        ? `a link in ${emailAt(rule.stepId, positionOf)} was clicked`
        : `no link in ${emailAt(rule.stepId, positionOf)} was clicked`;
    case "replied": {
      const as = rule.classes ? ` (${rule.classes.map(spaced).join(" or ")})` : "";
      return isSo ? `the contact replied${as}` : `the contact did not reply${as}`;
    }
    case "task": {
      const came = rule.outcomes.map(spaced).join(" or ");
      return `the task of ${stepAt(rule.stepId, positionOf)} was ${isSo ? "" : "not "}${came}`;
    }
  }
}

function stepAt(stepId: string, positionOf: PositionOf) {
  const position = positionOf(stepId);
  return position === null ? "an earlier step" : `step ${position}`;
}

function emailAt(stepId: string | null, positionOf: PositionOf) {
  return stepId === null ? "an earlier email" : `the email of ${stepAt(stepId, positionOf)}`;
}

function noEmailAt(stepId: string | null, positionOf: PositionOf) {
  return stepId === null ? "no earlier email was" : `the email of ${stepAt(stepId, positionOf)} was not`;
}

/** Only which filters there are: their values are ids. */
function filtersSay(filters: Readonly<Record<string, unknown>>) {
  const names = Object.entries(filters).map(([key, value]) => {
    const name = spaced(key.replace(/^(?:q|contact|typed)_/, "").replace(/_(?:ids|id|range)$/, ""));
    return typeof value === "boolean" ? `${name}: ${value ? "yes" : "no"}` : name;
  });
  return names.join(", ");
}

function spaced(code: string) {
  return code.replaceAll("_", " ");
}

function listed(parts: readonly string[], and: "and" | "or") {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${and} ${parts.at(-1)}`;
}
