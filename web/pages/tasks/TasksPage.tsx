import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Desk } from "../../parts/desk/Desk.tsx";
import { usePageKeys } from "../../parts/pageKeys.ts";
import { useMe } from "../../session.ts";
import { ContactStory } from "../story/ContactStory.tsx";
import { nextAfter } from "./groups.ts";
import { NewTaskDialog } from "./NewTaskDialog.tsx";
import { type Task, type TaskFilter, tasksQuery, useTask } from "./queries.ts";
import { TaskFilters } from "./TaskFilters.tsx";
import { TaskList } from "./TaskList.tsx";
import { TaskView } from "./TaskView.tsx";

/** The queue: one task in the middle, and the next as soon as it is done. */
export function TasksPage() {
  const [address, change] = useAddress();
  const filter = useFilter();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const found = useInfiniteQuery(tasksQuery(filter));
  const all = found.data?.pages.flatMap((page) => page.tasks);
  const tasks = all?.filter(({ id }) => !gone.has(id));
  const first = tasks?.[0]?.id;
  const openId = address.open ?? first;
  const current = useTask(openId);
  const open = (id: string | undefined) => change({ open: id });

  const leave = (task: Task) => {
    const next = nextAfter(
      (tasks ?? []).map(({ id }) => id),
      task.id,
    );
    setGone((before) => new Set(before).add(task.id));
    open(next);
  };
  const comeBack = (task: Task) => {
    setGone((before) => new Set([...before].filter((id) => id !== task.id)));
    open(task.id);
  };
  const begin = () => change({ do: "create" });
  usePageKeys({ n: begin, c: begin });

  const total = found.data?.pages[0]?.pagination.total_entries;
  return (
    <Desk
      title="Tasks"
      state={total === undefined ? undefined : sayTotal(total - countGone(all, gone), filter)}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={begin}>
          New task
        </Button>
      }
      filters={<TaskFilters />}
      list={
        <TaskList
          found={found}
          tasks={tasks}
          filter={filter}
          openId={openId}
          onOpen={open}
          onEnter={() => document.querySelector<HTMLElement>("[data-does]")?.click()}
        />
      }
      story={current.data?.contact_id ? <ContactStory id={current.data.contact_id} /> : undefined}
      isOpen={address.open !== undefined}
      openId={openId}
      onBack={() => open(undefined)}
    >
      {openId && (
        <TaskView
          key={openId}
          id={openId}
          onLeave={leave}
          onBack={comeBack}
          isQueueEmpty={tasks?.length === 0}
        />
      )}
      {address.do === "create" && (
        <NewTaskDialog onClose={() => change({ do: undefined })} contactId={address.contact} />
      )}
    </Desk>
  );
}

function useFilter(): TaskFilter {
  const [address] = useAddress();
  const { user } = useMe();
  const { owner = "me", kind = null, sequence = null, priority = null } = address;
  return {
    isDone: address.tab === "done",
    owner: owner === "me" ? user.id : owner === "all" ? null : owner,
    ...{ kind, sequence, priority },
    words: address.q ?? null,
  };
}

/** Those that have just been done and still stand in what was loaded. */
function countGone(all: readonly Task[] | undefined, gone: ReadonlySet<string>) {
  return (all ?? []).filter(({ id }) => gone.has(id)).length;
}

function sayTotal(total: number, { isDone }: TaskFilter) {
  if (isDone) return total === 1 ? "One task is done." : `${total.toLocaleString("en")} tasks are done.`;
  if (total === 0) return "Nothing to do.";
  return total === 1 ? "One task to do." : `${total.toLocaleString("en")} tasks to do.`;
}
