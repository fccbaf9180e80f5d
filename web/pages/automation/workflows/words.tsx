import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { State, type StateKind } from "../../../parts/State.tsx";
import type { Entity, Run, Workflow, WorkflowCandidate } from "./queries.ts";

export const TARGETS: Record<Entity, { one: string; many: string }> = perLanguage(() => ({
  contact: { one: t("contact"), many: t("Contacts") },
  person: { one: t("person"), many: t("Prospects") },
  account: { one: t("company"), many: t("Companies") },
}));

const REASONS: Record<string, string> = perLanguage(() => ({
  owner_left: t("Off: its owner has left"),
  key_ended: t("Off: its API key is no longer valid"),
}));

type Switched = Pick<Workflow, "active" | "archived" | "inactive_reason">;

export function stateOf({ active, archived, inactive_reason }: Switched): [StateKind, string] {
  if (archived) return ["off", t("Archived")];
  if (active) return ["good", t("On")];
  if (inactive_reason === null) return ["off", t("Off")];
  const reason = inactive_reason.replaceAll("_", " ");
  return ["bad", REASONS[inactive_reason] ?? t("Off: {inactive_reason}", { inactive_reason: reason })];
}

export function WorkflowState({ workflow }: { workflow: Switched }) {
  const [kind, word] = stateOf(workflow);
  return <State kind={kind}>{word}</State>;
}

const RUNS: Record<Run["status"], [StateKind, string]> = perLanguage(() => ({
  finding: ["waiting", t("Finding matches")],
  running: ["waiting", t("In progress")],
  done: ["good", t("Done")],
  failed: ["bad", t("Failed")],
  cancelled: ["off", t("Stopped")],
}));

export function RunState({ status }: Pick<Run, "status">) {
  const [kind, word] = RUNS[status];
  return <State kind={kind}>{word}</State>;
}

const VERDICTS: Record<WorkflowCandidate["verdict"], [StateKind, string]> = perLanguage(() => ({
  waiting: ["waiting", t("Waiting")],
  done: ["good", t("Done")],
  skipped: ["off", t("Skipped")],
  failed: ["bad", t("Failed")],
}));

export function VerdictWord({ verdict }: Pick<WorkflowCandidate, "verdict">) {
  const [kind, word] = VERDICTS[verdict];
  return <State kind={kind}>{word}</State>;
}

export const VERDICT_CHOICES = perLanguage(() => [
  { value: "", label: t("All") },
  ...Object.entries(VERDICTS).map(([value, [, label]]) => ({ value, label })),
]);

export const CAUSES: Record<Run["cause"], string> = perLanguage(() => ({
  schedule: t("Schedule"),
  event: t("Event"),
  webhook: t("Webhook"),
  manual: t("Manual"),
  rerun: t("Rerun"),
}));

export function people(n: number, entity: Entity) {
  if (entity === "account") return t("{n, plural, one {# company} other {# companies}}", { n });
  if (entity === "person") return t("{n, plural, one {# person} other {# people}}", { n });
  return t("{n, plural, one {# contact} other {# contacts}}", { n });
}
