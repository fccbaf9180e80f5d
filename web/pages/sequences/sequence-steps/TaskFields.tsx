import { NumberInput, Select } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { DraftStep } from "./draft.ts";
import classes from "./TaskFields.module.css";

type Props = { step: DraftStep; mayEdit: boolean; onChange: (change: Partial<DraftStep>) => void };

const PRIORITIES = perLanguage(() => [
  { value: "high", label: t("High") },
  { value: "medium", label: t("Medium") },
  { value: "low", label: t("Low") },
]);

const orNull = (value: string | number) => (value === "" ? null : Number(value));

/** What a step asks beside its text: as a task, when to give it up; as a mail, how many a day. */
export function TaskFields({ step, mayEdit, onChange }: Props) {
  const isTask = step.type !== "auto_email";
  return (
    <div className={classes.fields}>
      {isTask && (
        <Select
          label={t("Task priority")}
          data={PRIORITIES}
          value={step.priority}
          placeholder={t("None")}
          disabled={!mayEdit}
          onChange={(priority) => onChange({ priority: priority as DraftStep["priority"] })}
        />
      )}
      {isTask && (
        <NumberInput
          label={t("Skip if not done after")}
          description={t("Schedule days after the due date. If empty, it is never skipped.")}
          value={step.autoSkipDays ?? ""}
          min={1}
          max={365}
          allowDecimal={false}
          disabled={!mayEdit}
          onChange={(value) => onChange({ autoSkipDays: orNull(value) })}
        />
      )}
      <NumberInput
        label={isTask ? t("Tasks per day") : t("Emails per day")}
        description={t("Limit of this step for all contacts. If empty, no limit.")}
        value={step.perDay ?? ""}
        min={0}
        max={1_000_000}
        allowDecimal={false}
        disabled={!mayEdit}
        onChange={(value) => onChange({ perDay: orNull(value) })}
      />
    </div>
  );
}
