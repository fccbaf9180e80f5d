import { count } from "../../parts/figures.ts";
import { State, type StateKind } from "../../parts/State.tsx";
import type { Candidate, Entity, Run, Workflow } from "./queries.ts";

export const TARGETS: Record<Entity, { one: string; many: string }> = {
  contact: { one: "contact", many: "Contacts" },
  person: { one: "person", many: "Prospects" },
  account: { one: "company", many: "Companies" },
};

const REASONS: Record<string, string> = {
  owner_left: "Off: its owner has left",
  key_ended: "Off: its API key has ended",
};

export function WorkflowState({
  workflow: { active, archived, inactive_reason },
}: {
  workflow: Pick<Workflow, "active" | "archived" | "inactive_reason">;
}) {
  if (archived) return <State kind="off">Archived</State>;
  if (active) return <State kind="good">On</State>;
  if (inactive_reason === null) return <State kind="off">Off</State>;
  return (
    <State kind="bad">{REASONS[inactive_reason] ?? `Off: ${inactive_reason.replaceAll("_", " ")}`}</State>
  );
}

const RUNS: Record<Run["status"], [StateKind, string]> = {
  finding: ["waiting", "Looking for whom to take"],
  running: ["waiting", "Under way"],
  done: ["good", "Done"],
  failed: ["bad", "Failed"],
  cancelled: ["off", "Stopped"],
};

export function RunState({ status }: Pick<Run, "status">) {
  const [kind, word] = RUNS[status];
  return <State kind={kind}>{word}</State>;
}

const VERDICTS: Record<Candidate["verdict"], [StateKind, string]> = {
  waiting: ["waiting", "On the way"],
  done: ["good", "Done"],
  skipped: ["off", "Left out"],
  failed: ["bad", "Failed"],
};

export function VerdictWord({ verdict }: Pick<Candidate, "verdict">) {
  const [kind, word] = VERDICTS[verdict];
  return <State kind={kind}>{word}</State>;
}

export const VERDICT_CHOICES = [
  { value: "", label: "All" },
  ...Object.entries(VERDICTS).map(([value, [, label]]) => ({ value, label })),
];

export const CAUSES: Record<Run["cause"], string> = {
  schedule: "By its schedule",
  event: "By events",
  webhook: "By its address",
  manual: "By hand",
  rerun: "Once more",
};

export function people(n: number, entity: Entity) {
  const { one } = TARGETS[entity];
  const many = entity === "account" ? "companies" : entity === "person" ? "people" : "contacts";
  return count(n, one, many);
}
