import { NativeSelect, NumberInput } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { MomentField } from "../../parts/dates/MomentField.tsx";
import type { DraftStep, WaitMode } from "./draft.ts";
import type { Rehearsal } from "./Storyboard.tsx";
import { sayDate, sayWait } from "./step-words.ts";
import classes from "./Wait.module.css";

type Change = Partial<Pick<DraftStep, "waitTime" | "waitMode" | "exactAt">>;

type Props = {
  step: DraftStep;
  index: number;
  rehearsal: Rehearsal | undefined;
  isDated: boolean;
  /** Null for whoever may only look. */
  onChange: ((change: Change) => void) | null;
};

const UNITS = (n: number): { value: WaitMode; label: string }[] => [
  { value: "minute", label: n === 1 ? "minute" : "minutes" },
  { value: "hour", label: n === 1 ? "hour" : "hours" },
  { value: "day", label: n === 1 ? "schedule day" : "schedule days" },
];

/** How long is waited before a step, and which day that makes for somebody. */
export function Wait({ step, index, rehearsal, isDated, onChange }: Props) {
  const isFirst = index === 0;
  return (
    <div className={classes.wait} data-first={isFirst || undefined}>
      <IconClock size="0.875rem" stroke={1.75} aria-hidden className={classes.icon} />
      {!onChange ? (
        <span>{sayWait(step, isFirst)}</span>
      ) : isDated ? (
        <ExactDate step={step} index={index} onChange={onChange} />
      ) : (
        <Length step={step} index={index} onChange={onChange} />
      )}
      <When step={step} index={index} rehearsal={rehearsal} />
    </div>
  );
}

type FieldProps = { step: DraftStep; index: number; onChange: (change: Change) => void };

function Length({ step, index, onChange }: FieldProps) {
  return (
    <span className={classes.fields}>
      <NumberInput
        aria-label={`Wait before step ${index + 1}`}
        value={step.waitTime}
        min={0}
        max={100_000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        classNames={{ root: classes.number, input: classes.input }}
        onChange={(value) => onChange({ waitTime: Number(value) || 0 })}
      />
      <NativeSelect
        aria-label={`Unit of the wait before step ${index + 1}`}
        data={UNITS(step.waitTime)}
        value={step.waitMode}
        classNames={{ input: classes.input }}
        onChange={(event) => onChange({ waitMode: event.currentTarget.value as WaitMode })}
      />
      <span>{index === 0 ? "after they are added" : "later"}</span>
    </span>
  );
}

/** In the viewer's own zone, as such fields are. */
function ExactDate({ step, index, onChange }: FieldProps) {
  return (
    <MomentField
      aria-label={`Date and time of step ${index + 1}`}
      w="14rem"
      clearable
      value={step.exactAt ? new Date(step.exactAt) : null}
      onChange={(at) => onChange({ exactAt: at?.toISOString() ?? null })}
    />
  );
}

function When({ step, index, rehearsal }: Pick<Props, "step" | "index" | "rehearsal">) {
  if (!step.isOn) return <span className="soft">switched off, so it is passed over</span>;
  const due = rehearsal?.steps[index]?.due_at;
  if (!rehearsal || due === undefined) return null;
  if (due === null)
    return <span className={classes.never}>never: its date has passed, or the schedule has no hours</span>;
  const who = rehearsal.contact.name.split(" ")[0];
  return (
    <span className="soft">
      about <time dateTime={due}>{sayDate(due, rehearsal.time_zone)}</time> for {who}
    </span>
  );
}
