// What the condition of a branch says, and why a contact took its path, in words.

import { codeWords } from "../../kernel/code-words.ts";
import { listed, say } from "../../kernel/say.ts";
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
  return listed(decided);
}

function ruleSays(rule: BranchRule, isSo: boolean, positionOf: PositionOf): string {
  switch (rule.type) {
    case "contact":
      return say("the contact {isSo, select, yes {matches} other {does not match}} the filters ({filters})", {
        isSo: isSo ? "yes" : "no",
        filters: filtersSay(rule.filters),
      });
    case "email_opened":
      return isSo
        ? say("{stepId} was opened", { stepId: emailAt(rule.stepId, positionOf) })
        : rule.stepId === null
          ? say("no earlier email was opened")
          : say("the email of {step} was not opened", { step: stepAt(rule.stepId, positionOf) });
    case "email_clicked":
      return isSo
        ? say("a link in {stepId} was clicked", { stepId: emailAt(rule.stepId, positionOf) })
        : say("no link in {stepId} was clicked", { stepId: emailAt(rule.stepId, positionOf) });
    case "replied": {
      const as = rule.classes ? ` (${listed(rule.classes.map(codeWords), "or")})` : "";
      return isSo ? say("the contact replied{as}", { as }) : say("the contact did not reply{as}", { as });
    }
    case "task": {
      const came = listed(rule.outcomes.map(codeWords), "or");
      return say("the task of {stepId} was {isSo, select, yes {} other {not }}{came}", {
        stepId: stepAt(rule.stepId, positionOf),
        isSo: isSo ? "yes" : "no",
        came,
      });
    }
  }
}

function stepAt(stepId: string, positionOf: PositionOf) {
  const position = positionOf(stepId);
  return position === null ? say("an earlier step") : say("step {position}", { position });
}

function emailAt(stepId: string | null, positionOf: PositionOf) {
  return stepId === null
    ? say("an earlier email")
    : say("the email of {stepId}", { stepId: stepAt(stepId, positionOf) });
}

/** Only which filters there are: their values are ids. */
function filtersSay(filters: Readonly<Record<string, unknown>>) {
  const names = Object.entries(filters).map(([key, value]) => {
    const name = codeWords(key.replace(/^(?:q|contact|typed)_/, "").replace(/_(?:ids|id|range)$/, ""));
    return typeof value === "boolean" ? `${name}: ${codeWords(value ? "yes" : "no")}` : name;
  });
  return names.join(", ");
}
