import { NumberInput, Select } from "@mantine/core";
import type { DraftStep } from "./draft.ts";
import classes from "./TaskFields.module.css";

type Props = { step: DraftStep; mayEdit: boolean; onChange: (change: Partial<DraftStep>) => void };

const PRIORITIES = [
  { value: "high", label: "High" },
  { value: "medium", label: "Medium" },
  { value: "low", label: "Low" },
];

const orNull = (value: string | number) => (value === "" ? null : Number(value));

/** What a step asks beside its text: as a task, when to give it up; as a mail, how many a day. */
export function TaskFields({ step, mayEdit, onChange }: Props) {
  const isTask = step.type !== "auto_email";
  return (
    <div className={classes.fields}>
      {isTask && (
        <Select
          label="Priority of the task"
          data={PRIORITIES}
          value={step.priority}
          placeholder="None"
          disabled={!mayEdit}
          onChange={(priority) => onChange({ priority: priority as DraftStep["priority"] })}
        />
      )}
      {isTask && (
        <NumberInput
          label="Skip it if left undone"
          description="In schedule days after it is due; empty waits as long as it takes."
          value={step.autoSkipDays ?? ""}
          min={1}
          max={365}
          allowDecimal={false}
          disabled={!mayEdit}
          onChange={(value) => onChange({ autoSkipDays: orNull(value) })}
        />
      )}
      <NumberInput
        label={isTask ? "At most a day" : "Mails a day at most"}
        description="From this step, for the whole sequence; empty is no limit."
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
