import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Desk } from "../../../parts/desk/Desk.tsx";
import { useDeskRows } from "../../../parts/desk/useDeskRows.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { useSteady } from "../../../parts/steady.ts";
import { useMe } from "../../../session.ts";
import { ContactStory } from "../../insight/story/ContactStory.tsx";
import { doOpenTask } from "./hands.ts";
import { NewTaskDialog } from "./NewTaskDialog.tsx";
import { type Task, type TaskFilter, tasksSource, useTask } from "./queries.ts";
import { orderIn, TaskFilters } from "./TaskFilters.tsx";
import { TaskList } from "./TaskList.tsx";
import { TasksBar } from "./TasksBar.tsx";
import { TaskView } from "./TaskView.tsx";

/** The queue: one task in the middle, and the next as soon as it is done. */
export function TasksPage() {
  const [address, change] = useAddress();
  const filter = useFilter();
  const list = useDeskRows(useMemo(() => tasksSource(filter), [filter]));
  const openId = address.open ?? list.first?.id;
  const current = useTask(openId);
  const open = useSteady((id: string | undefined) => change({ open: id }));

  // While the list is scrolled, its pages arrive: the task beside it is not drawn again for them.
  const leave = useSteady(({ id }: Task) => {
    const next = list.nextAfter([id]);
    list.leave(id);
    open(next);
  });
  const comeBack = useSteady(({ id }: Task) => {
    list.comeBack(id);
    open(id);
  });
  const leaveMany = (...ids: readonly string[]) => {
    const next = openId && ids.includes(openId) ? list.nextAfter(ids) : openId;
    list.leave(...ids);
    open(next);
  };
  const comeBackMany = (...ids: readonly string[]) => list.comeBack(...ids);
  const begin = () => change({ do: "create" });
  usePageKeys({ n: begin, c: begin });

  return (
    <Desk
      title={t("Tasks")}
      state={list.matches === undefined ? undefined : sayTotal(list.matches, filter)}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={begin}>
          {t("New task")}
        </Button>
      }
      filters={<TaskFilters />}
      list={<TaskList list={list} filter={filter} openId={openId} onOpen={open} onEnter={doOpenTask} />}
      story={current.data?.contact_id ? <ContactStory id={current.data.contact_id} /> : undefined}
      isOpen={address.open !== undefined}
      openId={openId}
      onBack={() => open(undefined)}
    >
      {!openId && list.matches === 0 && <Empty says={t("No tasks in this list.")} />}
      {openId && (
        <TaskView
          key={openId}
          id={openId}
          onLeave={leave}
          onBack={comeBack}
          isQueueEmpty={list.matches === 0}
        />
      )}
      <TasksBar list={list} onLeave={leaveMany} onBack={comeBackMany} />
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
  const words = address.q ?? null;
  const order = orderIn(address);
  const isDone = address.tab === "done";
  return useMemo(
    () => ({
      isDone,
      owner: owner === "me" ? user.id : owner === "all" ? null : owner,
      kind,
      sequence,
      priority,
      words,
      order,
    }),
    [isDone, owner, user.id, kind, sequence, priority, words, order],
  );
}

function sayTotal(total: number, { isDone }: TaskFilter) {
  if (isDone) return t("{total, plural, one {# task} other {# tasks}} done.", { total });
  if (total === 0) return t("No tasks to do.");
  return t("{total, plural, one {# task} other {# tasks}} to do.", { total });
}
