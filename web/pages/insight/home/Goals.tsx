import { ActionIcon, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { sayMetric } from "../reports/words.ts";
import classes from "./Goals.module.css";
import { paceOf, sayPace, sayProgress, shareOf } from "./goal-words.ts";
import type { Goal } from "./queries.ts";

/** Number fields and forms are loaded when a goal is edited: Home is the first page that most users see. */
const GoalDialog = lazy(async () => ({ default: (await import("./GoalDialog.tsx")).GoalDialog }));

type Props = {
  userId: string;
  goals: readonly Goal[];
  /** Where each leads to the records that it counts. */
  leads?: boolean;
};

/** What the user wants to reach, one line each; without goals one link. */
export function Goals({ userId, goals, leads = false }: Props) {
  const [edited, edit] = useState<Goal | "new" | null>(null);
  const add = (
    <UnstyledButton className={classes.verb} onClick={() => edit("new")}>
      {goals.length === 0 ? t("Set a goal") : t("Add a goal")}
    </UnstyledButton>
  );
  return (
    <section className={classes.part} aria-label={t("Goals")}>
      {goals.length === 0 ? (
        <p>{add}</p>
      ) : (
        <>
          <div className={classes.top}>
            <h2 className={classes.title}>{t("Goals")}</h2>
            {add}
          </div>
          <ul className={classes.list}>
            {goals.map((goal) => (
              <GoalLine key={goal.id} goal={goal} leads={leads} onEdit={() => edit(goal)} />
            ))}
          </ul>
        </>
      )}
      {edited && (
        <Suspense fallback={null}>
          <GoalDialog
            userId={userId}
            goal={edited === "new" ? null : edited}
            goals={goals}
            onClose={() => edit(null)}
          />
        </Suspense>
      )}
    </section>
  );
}

type LineProps = { goal: Goal; leads: boolean; onEdit: () => void };

function GoalLine({ goal, leads, onEdit }: LineProps) {
  const { id, metric, figure, expected, target, set_by, user_id } = goal;
  const name = sayMetric(metric);
  const says = sayProgress(goal);
  return (
    <li className={classes.goal}>
      <span className={classes.words}>
        {leads ? (
          <Link to="/" search={{ kind: `goal:${id}` }} className={classes.name} data-walk>
            {name}
          </Link>
        ) : (
          <span className={classes.name}>{name}</span>
        )}
        <span className="soft small" data-figures>
          {says}
          {set_by.id !== user_id && <>, {t("set by {name}", { name: set_by.name })}</>}
        </span>
      </span>
      <span
        className={classes.bar}
        role="progressbar"
        aria-label={`${name}: ${says}`}
        aria-valuenow={shareOf(figure, target)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span
          className={classes.reached}
          style={{ display: "block", width: `${shareOf(figure, target)}%` }}
        />
        {figure < target && (
          <span className={classes.mark} style={{ left: `${shareOf(expected, target)}%` }} />
        )}
      </span>
      <span className={classes.pace} data-pace={paceOf(goal)}>
        {sayPace(goal)}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("Change the goal {name}", { name: `${name}, ${says}` })}
        onClick={onEdit}
      >
        <IconPencil size="1rem" stroke={1.75} />
      </ActionIcon>
    </li>
  );
}
