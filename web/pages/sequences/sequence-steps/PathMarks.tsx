import type { CSSProperties } from "react";
import { t } from "../../../language/t.ts";
import type { Step } from "../sequences/queries.ts";
import { AddStep } from "./AddStep.tsx";
import type { StepsDraft, StepType } from "./draft.ts";
import classes from "./PathMarks.module.css";
import type { Rehearsal } from "./Storyboard.tsx";
import type { Mark, PathWord, Place } from "./tree.ts";

type Props = {
  marks: readonly Mark[];
  draft: StepsDraft;
  saved: readonly Step[];
  rehearsal: Rehearsal | undefined;
  /** Null for a user who may only look. */
  onAdd: ((type: StepType, place: Place) => void) | null;
};

/** As deep as branches go. */
const DEEPEST = 5;

/** Between the cards: where each path of a branch begins, who takes it, and where a step can be added to it. */
export function PathMarks({ marks, draft, saved, rehearsal, onAdd }: Props) {
  return marks.map(({ kind, branch, path, depth }) => {
    const index = draft.indexOf(branch);
    const style = { "--depth": depth } as CSSProperties;
    const key = `${kind} ${branch.key} ${path}`;
    if (kind === "begins")
      return (
        <div key={key} className={classes.mark} style={style}>
          <span className={classes.path} data-path={path}>
            {path === "yes"
              ? t("Yes, step {step}", { step: index + 1 })
              : t("No, step {step}", { step: index + 1 })}
          </span>
          <Takers path={path} saved={saved.find(({ id }) => id === branch.id)} />
          <Sample path={path} index={index} rehearsal={rehearsal} />
        </div>
      );
    if (!onAdd) return null;
    const label =
      path === "yes"
        ? t("Add a step to the yes path of step {step}", { step: index + 1 })
        : t("Add a step to the no path of step {step}", { step: index + 1 });
    return (
      <div key={key} className={`${classes.mark} ${classes.end}`} style={style}>
        <AddStep
          isFirst={false}
          label={label}
          mayBranch={depth < DEEPEST}
          onAdd={(type) => onAdd(type, { parent: branch.key, path })}
        />
      </div>
    );
  });
}

/** How many contacts have taken it so far. */
function Takers({ path, saved }: { path: PathWord; saved: Step | undefined }) {
  const outcomes = (saved?.outcomes ?? []) as { path: PathWord; count: number }[];
  const count = outcomes.find((one) => one.path === path)?.count ?? 0;
  if (count === 0) return null;
  return (
    <span className="soft">
      {t("{count, plural, one {# contact} other {# contacts}} took this path", { count })}
    </span>
  );
}

function Sample({
  path,
  index,
  rehearsal,
}: {
  path: PathWord;
  index: number;
  rehearsal: Rehearsal | undefined;
}) {
  const takes = rehearsal?.steps[index]?.takes_path;
  if (!rehearsal || takes !== path) return null;
  const [who = ""] = rehearsal.contact.name.split(" ");
  return <span className="soft">{t("{who} would take this path", { who })}</span>;
}
