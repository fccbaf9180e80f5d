import { Button } from "@mantine/core";
import type { useInfiniteQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { DeskGroup, DeskRow } from "../../parts/desk/DeskRow.tsx";
import { DeskEmpty, DeskSkeleton } from "../../parts/desk/DeskStates.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { briefly } from "../../parts/when.ts";
import { groupTasks } from "./groups.ts";
import type { Task, TaskFilter } from "./queries.ts";
import { KINDS, KindIcon } from "./words.tsx";

type Props = {
  found: Pick<
    ReturnType<typeof useInfiniteQuery>,
    "error" | "refetch" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage"
  >;
  tasks: readonly Task[] | undefined;
  filter: TaskFilter;
  openId: string | undefined;
  onOpen: (id: string) => void;
  onEnter: () => void;
};

export function TaskList({ found, tasks, filter, openId, onOpen, onEnter }: Props) {
  const now = new Date();
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!tasks) return <DeskSkeleton />;
  if (tasks.length === 0) return <NoTasks isDone={filter.isDone} />;
  return (
    <>
      {groupTasks(tasks, now).map((group) => (
        <DeskGroup key={group.title} title={group.title}>
          {group.tasks.map((task) => (
            <DeskRow
              key={task.id}
              isOpen={task.id === openId}
              isOver={task.status !== "scheduled"}
              icon={<KindIcon kind={task.type} />}
              title={task.contact?.name ?? task.account?.name ?? task.title ?? KINDS[task.type].name}
              aside={briefly(task.completed_at ?? task.skipped_at ?? task.due_at, now)}
              detail={[task.contact && task.account?.name, whatFor(task)].filter(Boolean).join(" · ")}
              onOpen={() => onOpen(task.id)}
              onEnter={onEnter}
            />
          ))}
        </DeskGroup>
      ))}
      {found.hasNextPage && (
        <div style={{ padding: 12 }}>
          <Button
            variant="default"
            fullWidth
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

/** A step's title says its kind and its contact once more. */
function whatFor({ created_from, type, title }: Task) {
  return created_from === "sequence" ? KINDS[type].name : title;
}

function NoTasks({ isDone }: { isDone: boolean }) {
  const [address, change] = useAddress();
  const isNarrowed =
    address.kind || address.sequence || address.priority || (address.owner && address.owner !== "all");
  if (isNarrowed)
    return (
      <DeskEmpty says="No task is like that.">
        <Button
          variant="default"
          onClick={() =>
            change({ kind: undefined, sequence: undefined, priority: undefined, owner: undefined })
          }
        >
          Show all of mine
        </Button>
      </DeskEmpty>
    );
  return (
    <DeskEmpty
      says={
        isDone
          ? "What you have done or skipped stands here."
          : "Nothing to do. Steps of sequences that people do, like calls, come here when they are due."
      }
    />
  );
}
