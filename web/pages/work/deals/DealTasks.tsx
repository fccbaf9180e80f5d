import { useQuery } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import { TaskLines } from "../tasks/TaskLines.tsx";

/** What is to be done for a deal, and what was. */
export function DealTasks({ id }: { id: string }) {
  const tasks = useQuery({
    queryKey: ["tasks", "of deal", id],
    queryFn: async () =>
      (await api.tasks.search({ opportunity_id: id, per_page: 50, sort_by_field: "task_due_at" })).tasks,
  });
  return <TaskLines found={tasks} />;
}
