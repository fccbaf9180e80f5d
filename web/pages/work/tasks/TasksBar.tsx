import { Button } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { LaterMenu } from "../../../parts/dates/LaterMenu.tsx";
import { DeskBar, ForChosen } from "../../../parts/desk/DeskBar.tsx";
import type { DeskRows } from "../../../parts/desk/useDeskRows.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { AssignTasks } from "./AssignTasks.tsx";
import { FinishManyDialog } from "./FinishManyDialog.tsx";
import type { Task } from "./queries.ts";
import { useUpdateTasks } from "./use-update-tasks.ts";
import { sayTasks } from "./words.tsx";

type Props = {
  list: DeskRows<Task>;
  onLeave: (...ids: readonly string[]) => void;
  onBack: (...ids: readonly string[]) => void;
};

/** What can be done with the chosen tasks at once. */
export function TasksBar(props: Props) {
  return (
    <ForChosen list={props.list}>
      <Verbs {...props} />
    </ForChosen>
  );
}

function Verbs({ list, onLeave, onBack }: Props) {
  const { selection } = list;
  const [finishes, setFinishes] = useState<"complete" | "skip" | null>(null);
  const [isSnoozing, setIsSnoozing] = useState(false);
  const tasks = [...selection.chosen.values()];
  const leave = (changed: readonly string[]) => {
    selection.clear();
    onLeave(...changed);
  };
  const { update, isBusy, error } = useUpdateTasks(tasks, { onChanged: leave, onBack });
  const putOff = (at: Date) => {
    const when = dayAndTime(at.toISOString(), currentTime());
    void update({ due_at: at.toISOString() }, (count) =>
      t("{tasks} postponed until {when}.", { tasks: sayTasks(count), when }),
    ).catch(() => {}); // told below
  };
  usePageKeys({
    e: () => setFinishes("complete"),
    s: () => setFinishes("skip"),
    z: () => setIsSnoozing(true),
  });
  return (
    <>
      <DeskBar list={list} noun="task">
        <Button variant="default" onClick={() => setFinishes("complete")}>
          {t("Mark as done")}
        </Button>
        <Button variant="default" onClick={() => setFinishes("skip")}>
          {t("Skip")}
        </Button>
        <LaterMenu
          isOpen={isSnoozing}
          onOpen={setIsSnoozing}
          position="top-start"
          title={t("Postpone tasks")}
          verb={t("Postpone")}
          onChoose={putOff}
        >
          <Button variant="default" leftSection={<IconClock size="0.875rem" aria-hidden />} loading={isBusy}>
            {t("Postpone")}
          </Button>
        </LaterMenu>
        <AssignTasks tasks={tasks} onChanged={leave} onBack={onBack} />
        <Trouble error={error} doing="writing" />
      </DeskBar>
      {finishes && (
        <FinishManyDialog
          how={finishes}
          tasks={tasks}
          onDone={leave}
          onBack={onBack}
          onClose={() => setFinishes(null)}
        />
      )}
    </>
  );
}
