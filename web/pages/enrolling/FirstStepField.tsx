import { Select } from "@mantine/core";
import type { Step } from "../sequences/queries.ts";

type Props = {
  steps: readonly Pick<Step, "position" | "type">[];
  value: number;
  onChange: (position: number) => void;
};

/** Where in a sequence they begin; nothing where there is no choice. */
export function FirstStepField({ steps, value, onChange }: Props) {
  if (steps.length < 2) return null;
  return (
    <Select
      label="Begin at"
      description={value > 1 ? "The steps before it are left out for them." : undefined}
      data={steps.map((step) => ({ value: String(step.position), label: stepName(step) }))}
      value={String(value)}
      onChange={(position) => position && onChange(Number(position))}
    />
  );
}

const TYPES: Record<string, string> = {
  auto_email: "E-mail",
  manual_email: "E-mail by hand",
  call: "Call",
  action_item: "Task",
};

function stepName({ position, type }: Pick<Step, "position" | "type">) {
  return `Step ${position}: ${TYPES[type] ?? (type.startsWith("linkedin") ? "LinkedIn" : type)}`;
}
