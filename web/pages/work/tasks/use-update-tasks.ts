// One value of many tasks is changed, said, and taken back as it was for each.

import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { type Task, useTaskChanges } from "./queries.ts";
import { sayTasks } from "./words.tsx";

type Changed = Pick<Task, "id" | "due_at" | "user_id">;
type Hands = { onChanged: (ids: readonly string[]) => void; onBack: (...ids: readonly string[]) => void };

export function useUpdateTasks(tasks: readonly Changed[], { onChanged, onBack }: Hands) {
  const { updateMany } = useTaskChanges();
  const takeBack = async (before: readonly Changed[], key: "due_at" | "user_id") => {
    for (const [value, some] of Map.groupBy(before, (task) => task[key]))
      await updateMany.mutateAsync({ ids: some.map(({ id }) => id), [key]: value });
  };
  const update = async (wish: { due_at: string } | { user_id: string }, says: (count: number) => string) => {
    const answers = await updateMany.mutateAsync({ ids: tasks.map(({ id }) => id), ...wish });
    const changed = answers.flatMap(({ task_ids }) => task_ids);
    const [refused] = answers.flatMap(({ left }) => left);
    if (refused)
      toast(
        t("{tasks} not changed. {says}", {
          tasks: sayTasks(tasks.length - changed.length),
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
    onChanged(changed);
  };
  return { update, isBusy: updateMany.isPending, error: updateMany.error };
}
