import { Button } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { LaterMenu } from "../../../parts/dates/LaterMenu.tsx";
import { DeskBar, ForChosen } from "../../../parts/desk/DeskBar.tsx";
import type { DeskRows } from "../../../parts/desk/useDeskRows.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { FinishManyDialog } from "./FinishManyDialog.tsx";
import { type Task, useTaskChanges } from "./queries.ts";
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
  const { updateMany } = useTaskChanges();
  const { data: people = [] } = usePeople();
  const [finishes, setFinishes] = useState<"complete" | "skip" | null>(null);
  const [isSnoozing, setIsSnoozing] = useState(false);
  const tasks = [...selection.chosen.values()];
  const ids = tasks.map(({ id }) => id);
  const leave = (changed: readonly string[]) => {
    selection.clear();
    onLeave(...changed);
  };
  const update = async (wish: { due_at: string } | { user_id: string }, says: (count: number) => string) => {
    const answers = await updateMany.mutateAsync({ ids, ...wish });
    const changed = answers.flatMap(({ task_ids }) => task_ids);
    const [refused] = answers.flatMap(({ left }) => left);
    if (refused)
      toast(
        t("{tasks} not changed. {says}", {
          tasks: sayTasks(ids.length - changed.length),
          says: refused.says,
        }),
      );
    if (changed.length === 0) return;
    const before = tasks.filter(({ id }) => changed.includes(id));
    toast(says(changed.length), {
      undo: async () => {
        await takeBack(before, "due_at" in wish ? "due_at" : "user_id");
        onBack(...changed);
      },
    });
    leave(changed);
  };
  const takeBack = async (before: readonly Task[], key: "due_at" | "user_id") => {
    for (const [value, some] of Map.groupBy(before, (task) => task[key]))
      await updateMany.mutateAsync({ ids: some.map(({ id }) => id), [key]: value });
  };
  const putOff = (at: Date) => {
    const when = dayAndTime(at.toISOString(), currentTime());
    void update({ due_at: at.toISOString() }, (count) =>
      t("{tasks} postponed until {when}.", { tasks: sayTasks(count), when }),
    ).catch(() => {}); // told below
  };
  const assign = (userId: string, name: string) =>
    void update({ user_id: userId }, (count) =>
      t("{tasks} assigned to {name}.", { tasks: sayTasks(count), name }),
    ).catch(() => {}); // told below
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
          <Button
            variant="default"
            leftSection={<IconClock size="0.875rem" aria-hidden />}
            loading={updateMany.isPending}
          >
            {t("Postpone")}
          </Button>
        </LaterMenu>
        <ChoiceMenu
          label={t("Assign …")}
          choices={people
            .filter(({ state }) => state === "active")
            .map(({ id, name }) => ({ value: id, label: name }))}
          isBusy={updateMany.isPending}
          onChoose={assign}
        />
        <Trouble error={updateMany.error} doing="writing" />
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
