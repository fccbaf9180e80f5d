import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { morningIn, nextMonday } from "../../../parts/when.ts";
import classes from "./DueField.module.css";

type Props = { value: Date; onChange: (at: Date) => void };

const CHOICES = perLanguage(() => [
  { value: "now", label: t("Now") },
  { value: "tomorrow", label: t("Tomorrow") },
  { value: "monday", label: t("Next week") },
  { value: "date", label: t("Custom") },
]);

/** When a task is due: mostly one of three, seldom a date. */
export function DueField({ value, onChange }: Props) {
  const [choice, setChoice] = useState("now");
  const choose = (next: string) => {
    setChoice(next);
    const now = currentTime();
    if (next === "now") onChange(now);
    if (next === "tomorrow") onChange(morningIn(1, now));
    if (next === "monday") onChange(nextMonday(now));
  };
  return (
    <div className={classes.field}>
      <span className={classes.label} id="due-label">
        {t("Due")}
      </span>
      <Segmented fullWidth aria-labelledby="due-label" data={CHOICES} value={choice} onChange={choose} />
      {choice === "date" && (
        <MomentField
          aria-label={t("Due at")}
          value={value}
          from="today"
          onChange={(at) => at && onChange(at)}
        />
      )}
    </div>
  );
}
