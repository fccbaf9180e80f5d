import { Button } from "@mantine/core";
import { useCallback } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentMinute } from "../../../parts/current-time.ts";
import { DeskList } from "../../../parts/desk/DeskList.tsx";
import { DeskRow } from "../../../parts/desk/DeskRow.tsx";
import { DeskEmpty } from "../../../parts/desk/DeskStates.tsx";
import type { DeskRows } from "../../../parts/desk/useDeskRows.ts";
import { useSteady } from "../../../parts/steady.ts";
import { briefly } from "../../../parts/when.ts";
import { ShowEverybodys } from "../../settings/people/ShowEverybodys.tsx";
import { groupOf } from "./groups.ts";
import type { Task, TaskFilter } from "./queries.ts";
import { KINDS, KindIcon } from "./words.tsx";

type Props = {
  list: DeskRows<Task>;
  filter: TaskFilter;
  openId: string | undefined;
  onOpen: (id: string) => void;
  onEnter: () => void;
};

export function TaskList({ list, filter, openId, onOpen, onEnter }: Props) {
  const now = currentMinute();
  const { selection } = list;
  const choose = useSteady(list.choose);
  const enter = useSteady(onEnter);
  const draw = useCallback(
    (task: Task) => (
      <DeskRow
        isOpen={task.id === openId}
        isOver={task.status !== "scheduled"}
        icon={<KindIcon kind={task.type} />}
        title={task.contact?.name ?? task.account?.name ?? task.title ?? KINDS[task.type].name}
        aside={briefly(task.completed_at ?? task.skipped_at ?? task.due_at, now)}
        detail={[task.contact && task.account?.name, whatFor(task)].filter(Boolean).join(" · ")}
        onOpen={() => onOpen(task.id)}
        onEnter={enter}
        {...(task.status === "scheduled" && {
          choice: {
            isChosen: selection.has(task.id),
            label: t("Select {task}", { task: task.title ?? KINDS[task.type].name }),
            onToggle: (upToHere: boolean) => choose(task, upToHere),
          },
        })}
      />
    ),
    [openId, selection, now, onOpen, enter, choose],
  );
  return (
    <DeskList
      label={t("Tasks")}
      list={list}
      openId={openId}
      storageKey="tasks"
      {...(filter.order !== "newest" && { groupOf: (task: Task) => groupOf(task, now, filter.order) })}
      empty={<NoTasks isDone={filter.isDone} />}
      row={draw}
    />
  );
}

/** A step's title says its kind and its contact once more. */
function whatFor({ created_from, type, title }: Task) {
  return created_from === "sequence" ? KINDS[type].name : title;
}

function NoTasks({ isDone }: { isDone: boolean }) {
  const [address, change] = useAddress();
  const isNarrowed =
    address.kind ||
    address.sequence ||
    address.priority ||
    address.q ||
    (address.owner && address.owner !== "all");
  if (isNarrowed)
    return (
      <DeskEmpty says={t("No tasks match these filters.")}>
        <Button
          variant="default"
          onClick={() =>
            change({
              kind: undefined,
              sequence: undefined,
              priority: undefined,
              q: undefined,
              owner: undefined,
            })
          }
        >
          {t("Show all my tasks")}
        </Button>
      </DeskEmpty>
    );
  return (
    <DeskEmpty
      says={
        isDone
          ? t("Completed and skipped tasks appear here.")
          : t("No tasks to do. Calls and other manual steps of sequences appear here when they are due.")
      }
    >
      <ShowEverybodys />
    </DeskEmpty>
  );
}
