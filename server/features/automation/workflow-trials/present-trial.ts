// A trial in the wire's words.

import { candidateSays } from "../../../domain/automation/workflow-words.ts";
import { say } from "../../../kernel/say.ts";
import type { Trial } from "./trying.ts";

export function presentTrial({ entityId, name, code, filters, steps }: Trial) {
  const unmet = filters.filter(({ holds }) => !holds).map(({ filter }) => filter);
  return {
    entity_id: entityId,
    name,
    taken: code === null,
    code,
    sentence: sentenceOf(code, unmet),
    filters,
    actions: steps,
  };
}

function sentenceOf(code: string | null, unmet: readonly string[]) {
  if (code === null) return say("The workflow would run for this record.");
  if (code === "filter_not_met")
    return say("These filters do not match: {unmet}.", { unmet: unmet.join(", ") });
  return `${candidateSays(code) ?? code}.`;
}
