import { t } from "../../../language/t.ts";
import classes from "../../../parts/flow/Flow.module.css";
import { sayCondition } from "./condition.ts";
import { type DraftStep, isEmail, type StepsDraft } from "./draft.ts";
import { StepIcon } from "./StepIcon.tsx";
import { StepLink } from "./StepLink.tsx";
import { nameOf } from "./step-words.ts";

type Props = {
  step: DraftStep;
  index: number;
  draft: StepsDraft;
  /** Active or paused at this step now. */
  people: number;
};

/** A step on the map, which leads to the step in the editor. */
export function MapCard({ step, index, draft, people }: Props) {
  const { type, condition, mails, isOn } = step;
  const gist = condition ? sayCondition(condition, draft) : (mails[0]?.subject.trim() ?? "");
  return (
    <StepLink stepKey={step.key} className={classes.card}>
      <span className={classes.head}>
        <span className={classes.number}>{index + 1}</span>
        <StepIcon type={type} />
        <span className={classes.type}>{nameOf(type)}</span>
      </span>
      {gist && <span className={classes.gist}>{gist}</span>}
      <span className={classes.facts}>
        {!isOn && <span>{t("Turned off")}</span>}
        {isEmail(type) && mails.length > 1 && (
          <span>{t("A/B: {variants} variants", { variants: mails.length })}</span>
        )}
        {condition && condition.waitDays > 0 && (
          <span>
            {t("Waits at most {days, plural, one {# day} other {# days}}", { days: condition.waitDays })}
          </span>
        )}
        {people > 0 && (
          <span className={classes.people}>
            {t("{here, plural, one {# contact} other {# contacts}} here", { here: people })}
          </span>
        )}
      </span>
    </StepLink>
  );
}
