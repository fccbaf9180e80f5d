import { IconArrowDown } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import classes from "../../../parts/flow/Flow.module.css";
import type { FullSequence } from "../sequences/queries.ts";
import type { DraftStep, StepsDraft } from "./draft.ts";
import { waitingAt } from "./impact.ts";
import { MapCard } from "./MapCard.tsx";
import { sayWait } from "./step-words.ts";
import { PATHS, type PathWord, type Place, stepsAt, TRUNK } from "./tree.ts";

type Props = { whole: FullSequence; draft: StepsDraft };

/** The whole sequence from top to bottom: each branch parts it in two lanes, which join again behind it. */
export function SequenceMap({ whole, draft }: Props) {
  const waiting = waitingAt(whole.emailer_steps);
  return (
    <section className={classes.map} aria-label={t("Map of the sequence")}>
      <p className={classes.terminal}>{t("Contact is added")}</p>
      <Lane draft={draft} place={TRUNK} depth={0} waiting={waiting} />
      <p className={classes.terminal}>{t("Sequence finished")}</p>
    </section>
  );
}

type LaneProps = { draft: StepsDraft; place: Place; depth: number; waiting: ReadonlyMap<string, number> };

function Lane({ draft, place, depth, waiting }: LaneProps) {
  return (
    <ol className={classes.lane}>
      {stepsAt(draft, place).map((step) => {
        const index = draft.indexOf(step);
        return (
          <li key={step.key} className={classes.item} data-off={!step.isOn || undefined}>
            <p className={classes.wait}>
              <span>{sayWait(step, index === 0)}</span>
            </p>
            <MapCard step={step} index={index} draft={draft} people={waiting.get(step.id ?? "") ?? 0} />
            {step.type === "branch" && <Fork draft={draft} branch={step} depth={depth} waiting={waiting} />}
          </li>
        );
      })}
    </ol>
  );
}

type ForkProps = Omit<LaneProps, "place"> & { branch: DraftStep };

function Fork({ draft, branch, depth, waiting }: ForkProps) {
  const index = draft.indexOf(branch);
  const names: Record<PathWord, string> = {
    yes: t("Yes, step {step}", { step: index + 1 }),
    no: t("No, step {step}", { step: index + 1 }),
  };
  return (
    <ul className={classes.fork} data-depth={Math.min(depth, 2)}>
      {PATHS.map((path) => (
        <li key={path} className={classes.path} data-path={path}>
          <p className={classes.name}>
            <span aria-hidden>{path === "yes" ? t("Yes") : t("No")}</span>
            <span className={classes.hidden}>{names[path]}</span>
          </p>
          {stepsAt(draft, { parent: branch.key, path }).length > 0 ? (
            <Lane draft={draft} place={{ parent: branch.key, path }} depth={depth + 1} waiting={waiting} />
          ) : (
            <Jump draft={draft} branch={branch} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** A path without steps leads on behind the branch. */
function Jump({ draft, branch }: { draft: StepsDraft; branch: DraftStep }) {
  const next = nextBehind(draft, branch);
  return (
    <p className={classes.jump}>
      <span>
        {next === null
          ? t("Continues to the end")
          : t("Continues with step {step}", { step: draft.indexOf(next) + 1 })}
      </span>
      <IconArrowDown size="1rem" stroke={1.75} aria-hidden />
    </p>
  );
}

/** The step behind a branch, or behind the branch around it. */
function nextBehind(draft: StepsDraft, step: DraftStep): DraftStep | null {
  const beside = stepsAt(draft, step);
  const next = beside.slice(beside.indexOf(step) + 1).find(({ isOn }) => isOn);
  const around = draft.find(({ key }) => key === step.parent);
  return next ?? (around ? nextBehind(draft, around) : null);
}
