import type { CSSProperties } from "react";
import { t } from "../../../language/t.ts";
import classes from "./Calendar.module.css";
import { sayCondition } from "./condition.ts";
import type { DraftStep, StepsDraft } from "./draft.ts";
import marks from "./PathMarks.module.css";
import { StepIcon } from "./StepIcon.tsx";
import { StepLink } from "./StepLink.tsx";
import type { Rehearsal } from "./Storyboard.tsx";
import { sayShift } from "./shift-words.ts";
import { nameOf, sayDate, sayWait } from "./step-words.ts";
import { around } from "./tree.ts";

type Props = { draft: StepsDraft; rehearsal: Rehearsal };

/** The same dates as a list: by step, with what shifted each of them. */
export function CalendarList({ draft, rehearsal }: Props) {
  return (
    <ol className={classes.list} aria-label={t("Dates of the steps")}>
      {draft.map((step, index) => (
        <li
          key={step.key}
          className={classes.line}
          data-off={!step.isOn || undefined}
          style={{ "--depth": around(draft, step).length } as CSSProperties}
        >
          <StepIcon type={step.type} />
          <div className={classes.told}>
            <p className={classes.title}>
              <StepLink stepKey={step.key}>
                {index + 1}. {nameOf(step.type)}
              </StepLink>
              <PathMark step={step} draft={draft} />
            </p>
            <When step={step} index={index} rehearsal={rehearsal} />
            {step.condition && <Branch step={step} index={index} draft={draft} rehearsal={rehearsal} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function PathMark({ step, draft }: { step: DraftStep; draft: StepsDraft }) {
  if (step.path === null) return null;
  const at = draft.findIndex(({ key }) => key === step.parent) + 1;
  return (
    <span className={marks.path} data-path={step.path}>
      {step.path === "yes" ? t("Yes, step {step}", { step: at }) : t("No, step {step}", { step: at })}
    </span>
  );
}

type WhenProps = { step: DraftStep; index: number; rehearsal: Rehearsal };

function When({ step, index, rehearsal }: WhenProps) {
  const date = rehearsal.steps[index];
  const zone = rehearsal.time_zone;
  if (!step.isOn) return <p className="soft">{t("Turned off, so it is left out")}</p>;
  if (!date?.due_at)
    return (
      <p className="soft">
        {t("Not reached: its branch is off, its date has passed, or there are no sending hours")}
      </p>
    );
  const {
    due_at: due,
    earliest_at: earliest,
    latest_at: latest,
    unshifted_at: unshifted,
    shifts = [],
  } = date;
  return (
    <>
      <p>
        <time dateTime={due}>{sayDate(due, zone)}</time>{" "}
        <span className="soft small">{sayWait(step, index === 0)}</span>
      </p>
      {earliest && latest && earliest !== latest && (
        <p className="soft small">
          {t("Between {earliest} and {latest}, depending on the branches", {
            earliest: sayDate(earliest, zone),
            latest: sayDate(latest, zone),
          })}
        </p>
      )}
      {unshifted && shifts.length > 0 && (
        <p className={classes.shifted}>
          {t("Shifted from {unshifted}:", { unshifted: sayDate(unshifted, zone) })}{" "}
          {shifts.map((shift) => sayShift(shift, rehearsal)).join(" · ")}
        </p>
      )}
    </>
  );
}

const DAY_MS = 86_400_000;

function Branch({ step, index, draft, rehearsal }: WhenProps & { draft: StepsDraft }) {
  const { condition } = step;
  const date = rehearsal.steps[index];
  if (!condition) return null;
  const [who = ""] = rehearsal.contact.name.split(" ");
  const until = date?.due_at && new Date(Date.parse(date.due_at) + condition.waitDays * DAY_MS).toISOString();
  return (
    <p className="soft small">
      {sayCondition(condition, draft)}.{" "}
      {condition.waitDays > 0 && until
        ? t("Waits at most {days, plural, one {# day} other {# days}} for a match, until {until}.", {
            days: condition.waitDays,
            until: sayDate(until, rehearsal.time_zone),
          })
        : t("Decided at once.")}{" "}
      {date?.takes_path === "yes" && t("{who} would take the yes path.", { who })}
      {date?.takes_path === "no" && t("{who} would take the no path.", { who })}
    </p>
  );
}
