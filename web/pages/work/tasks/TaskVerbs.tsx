import { Button } from "@mantine/core";
import { IconCheck, IconClock, IconPencil, IconPlayerSkipForward, IconRotate2 } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { LaterMenu } from "../../../parts/dates/LaterMenu.tsx";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { AssignTasks } from "./AssignTasks.tsx";
import { doOpenTask, type Hands } from "./hands.ts";
import { type TaskShown, useTaskChanges } from "./queries.ts";
import { SkipDialog } from "./SkipDialog.tsx";
import classes from "./TaskView.module.css";

const EditTaskDialog = lazy(async () => ({
  default: (await import("./EditTaskDialog.tsx")).EditTaskDialog,
}));

/** Done, skipped, put off; each takes the next task, and each can be taken back. */
export function TaskVerbs({ task, onLeave, onBack }: { task: TaskShown } & Hands) {
  const { complete, skip, reopen, update } = useTaskChanges();
  const [asksSkip, setAsksSkip] = useState(false);
  const [isSnoozing, setIsSnoozing] = useState(false);
  const [isEditing, setIsEditing] = useState(false);
  const isOpen = task.status === "scheduled" && !task.pending_send;
  const undo = async () => {
    await reopen.mutateAsync(task.id);
    onBack();
  };
  const finish = () =>
    complete.mutate(task.id, {
      onSuccess: () => {
        toast(t("Task done."), { undo });
        onLeave();
      },
    });
  const skipWith = (reason: string) =>
    skip.mutate(
      {
        id: task.id,
        ...(reason && { note: [task.note, t("Skipped: {reason}", { reason })].filter(Boolean).join("\n") }),
      },
      {
        onSuccess: () => {
          setAsksSkip(false);
          toast(t("Task skipped."), { undo });
          onLeave();
        },
      },
    );
  const putOff = (at: Date) =>
    update.mutate(
      { id: task.id, due_at: at.toISOString(), isShown: ({ due_at }) => due_at === task.due_at },
      {
        onSuccess: () => {
          toast(
            t("Task postponed until {dayAndTime}.", {
              dayAndTime: dayAndTime(at.toISOString(), currentTime()),
            }),
            {
              undo: async () => {
                await update.mutateAsync({ id: task.id, due_at: task.due_at, isShown: () => true });
                onBack();
              },
            },
          );
          onLeave();
        },
      },
    );
  usePageKeys(
    isOpen
      ? {
          Enter: doOpenTask,
          e: finish,
          s: () => setAsksSkip(true),
          z: () => setIsSnoozing(true),
          t: () => setIsEditing(true),
        }
      : {},
  );
  const error = complete.error ?? skip.error ?? reopen.error ?? update.error;
  if (!isOpen)
    return task.status === "scheduled" ? null : (
      <div className={classes.verbs}>
        <Button
          variant="default"
          leftSection={<IconRotate2 size="0.875rem" />}
          loading={reopen.isPending}
          onClick={() => void undo().catch(() => {})}
        >
          {t("Reopen task")}
        </Button>
        <Trouble error={error} doing="writing" />
      </div>
    );
  const isForm = task.type === "call" || task.type === "outreach_manual_email";
  return (
    <>
      <div className={classes.verbs}>
        <Button
          variant={isForm ? "default" : "filled"}
          leftSection={<IconCheck size="0.875rem" />}
          loading={complete.isPending}
          onClick={finish}
          {...(!isForm && { "data-does": true })}
        >
          {isForm ? t("Mark as done") : t("Done")} <Hint>{isForm ? "E" : t("Enter")}</Hint>
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlayerSkipForward size="0.875rem" />}
          onClick={() => setAsksSkip(true)}
        >
          {t("Skip")} <Hint>{t("S")}</Hint>
        </Button>
        <LaterMenu
          isOpen={isSnoozing}
          onOpen={setIsSnoozing}
          title={t("Postpone task")}
          verb={t("Postpone")}
          onChoose={putOff}
        >
          <Button variant="default" leftSection={<IconClock size="0.875rem" />} loading={update.isPending}>
            {t("Postpone")} <Hint>{t("Z")}</Hint>
          </Button>
        </LaterMenu>
        <AssignTasks
          tasks={[task]}
          position="bottom-start"
          hint={
            <>
              {" "}
              <Hint>{t("A")}</Hint>
            </>
          }
          onChanged={onLeave}
          onBack={onBack}
        />
        <Button
          variant="default"
          leftSection={<IconPencil size="0.875rem" />}
          onClick={() => setIsEditing(true)}
        >
          {t("Edit")} <Hint>{t("T")}</Hint>
        </Button>
      </div>
      {!asksSkip && <Trouble error={error} doing="writing" />}
      {isEditing && (
        <Suspense>
          <EditTaskDialog task={task} onClose={() => setIsEditing(false)} />
        </Suspense>
      )}
      {asksSkip && (
        <SkipDialog
          task={task}
          isBusy={skip.isPending}
          error={skip.error}
          onSkip={skipWith}
          onClose={() => setAsksSkip(false)}
        />
      )}
    </>
  );
}

function Hint({ children }: { children: string }) {
  return (
    <span className={classes.key} aria-hidden="true">
      {children}
    </span>
  );
}
