import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import type { Task } from "./queries.ts";
import { useUpdateTasks } from "./use-update-tasks.ts";
import { sayTasks } from "./words.tsx";

type Props = {
  tasks: readonly Pick<Task, "id" | "due_at" | "user_id">[];
  /** The key beside the words. */
  hint?: ReactNode;
  position?: "top-start" | "bottom-start";
  onChanged: (ids: readonly string[]) => void;
  onBack: (...ids: readonly string[]) => void;
};

/** Gives tasks to a teammate; `A` opens the list of them. */
export function AssignTasks({ tasks, hint, position = "top-start", onChanged, onBack }: Props) {
  const { data: people = [] } = usePeople();
  const { update, isBusy, error } = useUpdateTasks(tasks, { onChanged, onBack });
  const assign = (userId: string, name: string) =>
    void update({ user_id: userId }, (count) =>
      t("{tasks} assigned to {name}.", { tasks: sayTasks(count), name }),
    ).catch(() => {}); // told below
  const doers = new Set(tasks.map(({ user_id }) => user_id));
  const choices = people
    .filter(({ id, state }) => state === "active" && !(doers.size === 1 && doers.has(id)))
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <ChoiceMenu
        label={t("Assign …")}
        hint={hint}
        position={position}
        pageKey="a"
        choices={choices}
        isBusy={isBusy}
        onChoose={assign}
      />
      <Trouble error={error} doing="writing" />
    </>
  );
}
