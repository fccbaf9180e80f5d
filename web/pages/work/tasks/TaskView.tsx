import { Skeleton } from "@mantine/core";
import { memo } from "react";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { useLate } from "../../../parts/late.ts";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { exactly } from "../../../parts/when.ts";
import { useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import type { Hands } from "./hands.ts";
import { type Task, type TaskShown, useTask } from "./queries.ts";
import { Script } from "./Script.tsx";
import { TaskVerbs } from "./TaskVerbs.tsx";
import classes from "./TaskView.module.css";
import { asksOf, TaskWork } from "./TaskWork.tsx";
import { KIND_CHOICES, KINDS, PRIORITIES, sayDue } from "./words.tsx";

type Props = {
  id: string;
  isQueueEmpty: boolean;
  /** It is done, skipped or put off: the next one. */
  onLeave: (task: Task) => void;
  /** That was taken back. */
  onBack: (task: Task) => void;
};

/** One task: what is to be done, with what it takes beside it. */
export const TaskView = memo(function TaskView({ id, isQueueEmpty, onLeave, onBack }: Props) {
  const task = useTask(id);
  const isLate = useLate(task.isPending);
  if (task.error && isQueueEmpty) return <Empty says={t("All tasks done.")} />;
  if (task.error) return <Trouble error={task.error} onRetry={() => void task.refetch()} />;
  if (!task.data) return <div aria-busy="true">{isLate && <Skeleton height={18} width="50%" />}</div>;
  const hands = { onLeave: () => onLeave(task.data), onBack: () => onBack(task.data) };
  return (
    <article className={classes.task} aria-labelledby="task-title">
      <Head task={task.data} />
      {task.data.note && <p className={classes.note}>{task.data.note_text}</p>}
      <AllAtOnce key={task.data.id} asks={asksOf(task.data)}>
        <Work task={task.data} {...hands} />
      </AllAtOnce>
    </article>
  );
});

/** Its assignee and its creator do a task, and admins; others read it. */
function Work({ task, ...hands }: { task: TaskShown } & Hands) {
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const mayDo = user.role === "admin" || user.id === task.user_id || user.id === task.creator_id;
  if (mayDo)
    return (
      <>
        <TaskWork task={task} {...hands} />
        <TaskVerbs task={task} {...hands} />
      </>
    );
  const doer = people.find(({ id }) => id === task.user_id)?.name ?? t("a former user");
  return (
    <>
      {task.call_script && <Script title={t("Script")} text={task.call_script} />}
      <p className="soft">
        {t("This task is for {doer}. Only its assignee, its creator and admins can do or change it.", {
          doer,
        })}
      </p>
    </>
  );
}

function Head({ task }: { task: TaskShown }) {
  const { data: people = [] } = usePeople();
  const me = useMe().user.id;
  const doer = task.user_id === me ? null : people.find(({ id }) => id === task.user_id)?.name;
  const priority = PRIORITIES.find(({ value }) => value === task.priority)?.label;
  const words = [
    KIND_CHOICES.find(({ value }) => value === task.type)?.label,
    priority && task.priority !== "medium" && t("{priority} priority", { priority }),
    doer && t("for {doer}", { doer }),
    task.opportunity && t("about {name}", { name: task.opportunity.name }),
  ].filter(Boolean);
  return (
    <header className={classes.head}>
      <h2 id="task-title" className={classes.title}>
        {task.title ?? KINDS[task.type].name}
      </h2>
      <p className="soft">
        {words.join(" · ")} · <DueWords task={task} />
      </p>
      {task.campaign_name && (
        <p className="soft small">
          <a href={`/sequences/${task.emailer_campaign_id}`}>{task.campaign_name}</a>
          {task.campaign_position !== null &&
            t(", step {campaign_position}", { campaign_position: task.campaign_position })}
        </p>
      )}
      {task.pending_send && (
        <State kind="waiting">{t("Sending the email. The task will be done when it is sent.")}</State>
      )}
    </header>
  );
}

function DueWords({ task }: { task: Task }) {
  const now = currentTime();
  const isLate = task.status === "scheduled" && Date.parse(task.due_at) < now.getTime() - 86_400_000;
  return (
    <time dateTime={task.due_at} title={exactly(task.due_at)} data-late={isLate || undefined}>
      {sayDue(task, now)}
    </time>
  );
}
