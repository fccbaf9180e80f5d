import { Select } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
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
      label={t("Start at")}
      description={value > 1 ? t("Earlier steps are skipped.") : undefined}
      data={steps.map((step) => ({ value: String(step.position), label: stepName(step) }))}
      value={String(value)}
      onChange={(position) => position && onChange(Number(position))}
    />
  );
}

const TYPES: Record<string, string> = perLanguage(() => ({
  auto_email: t("Email"),
  manual_email: t("Manual email"),
  call: t("Call"),
  sms: t("Text message"),
  whatsapp: t("WhatsApp message"),
  action_item: t("Task"),
  branch: t("If / else"),
}));

function stepName({ position, type }: Pick<Step, "position" | "type">) {
  return t("Step {position}: {type}", {
    position,
    type: TYPES[type] ?? (type.startsWith("linkedin") ? t("LinkedIn") : type),
  });
}
