import { NativeSelect, NumberInput } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
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
  /** Null for a user who may only look. */
  onChange: ((change: Change) => void) | null;
};

const UNITS = (n: number): { value: WaitMode; label: string }[] => [
  { value: "minute", label: t("{n, plural, one {minute} other {minutes}}", { n }) },
  { value: "hour", label: t("{n, plural, one {hour} other {hours}}", { n }) },
  { value: "day", label: t("{n, plural, one {schedule day} other {schedule days}}", { n }) },
];

/** The wait before a step, and the day it gives for the sample contact. */
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
        aria-label={t("Wait before step {index}", { index: index + 1 })}
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
        aria-label={t("Unit of the wait before step {index}", { index: index + 1 })}
        data={UNITS(step.waitTime)}
        value={step.waitMode}
        classNames={{ input: classes.input }}
        onChange={(event) => onChange({ waitMode: event.currentTarget.value as WaitMode })}
      />
      <span>{index === 0 ? t("after being added") : t("later")}</span>
    </span>
  );
}

/** In the viewer's own zone, as such fields are. */
function ExactDate({ step, index, onChange }: FieldProps) {
  return (
    <MomentField
      aria-label={t("Date and time of step {index}", { index: index + 1 })}
      w="14rem"
      clearable
      value={step.exactAt ? new Date(step.exactAt) : null}
      onChange={(at) => onChange({ exactAt: at?.toISOString() ?? null })}
    />
  );
}

function When({ step, index, rehearsal }: Pick<Props, "step" | "index" | "rehearsal">) {
  if (!step.isOn) return <span className="soft">{t("turned off, so it is skipped")}</span>;
  const due = rehearsal?.steps[index]?.due_at;
  if (!rehearsal || due === undefined) return null;
  if (due === null)
    return (
      <span className={classes.never}>
        {t("never: its date has passed, or the schedule has no sending hours")}
      </span>
    );
  const who = rehearsal.contact.name.split(" ")[0];
  return (
    <span className="soft">
      <Trans
        text="about <time>{due}</time> for {who}"
        values={{ due: sayDate(due, rehearsal.time_zone), who }}
        tags={{ time: <time dateTime={due} /> }}
      />
    </span>
  );
}
