import { IconCircleCheckFilled, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import classes from "./Checklist.module.css";
import type { SetupStep } from "./started.ts";

export function Checklist({ steps }: { steps: readonly SetupStep[] }) {
  if (steps.length === 0) return null;
  return (
    <section className={classes.list} aria-labelledby="started">
      <h2 id="started" className={classes.title}>
        {t("Getting started")}
        <span className={classes.count}> {countDone(steps)}</span>
      </h2>
      <ol>
        {steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
    </section>
  );
}

function countDone(steps: readonly SetupStep[]) {
  return t("{steps} of {steps2} done", {
    steps: steps.filter(({ isDone }) => isDone).length,
    steps2: steps.length,
  });
}

function StepLine({ step }: { step: SetupStep }) {
  const { name, done, open, isDone, to, search, verb } = step;
  const Sign = isDone ? IconCircleCheckFilled : IconCircleDashed;
  return (
    <li className={classes.step} data-done={isDone || undefined}>
      <Sign size="1.125rem" stroke={1.75} aria-hidden className={classes.sign} />
      <span className={classes.words}>
        <span className={classes.name}>
          {name}
          <span className={classes.said}> {isDone ? t("(done)") : t("(to do)")}</span>
        </span>
        <span className="soft small">{isDone ? done : open}</span>
      </span>
      {to && (
        <Link
          to={to}
          search={isDone ? {} : (search ?? {})}
          className={classes.verb}
          aria-label={`${name}: ${isDone ? t("view") : verb}`}
        >
          {isDone ? t("View") : verb}
        </Link>
      )}
    </li>
  );
}
