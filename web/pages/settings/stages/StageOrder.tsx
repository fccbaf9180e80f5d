import { DragDropContext, Draggable, Droppable, type DropResult } from "@hello-pangea/dnd";
import { IconGripVertical } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { nonce } from "../../../parts/nonce.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import classes from "./StageOrder.module.css";

type Stage = { id: string; name: string; said: string };
type Props = {
  of: string;
  stages: readonly Stage[];
  reorder: UseMutationResult<unknown, Error, string[]>;
  mayChange: boolean;
  onOpen: (id: string) => void;
};

/** Dragged by hand, or with the keyboard: space takes one up, the arrows move it, space lets go. */
export function StageOrder({ of, stages, reorder, mayChange, onOpen }: Props) {
  const drop = ({ source, destination }: DropResult) => {
    if (!destination || destination.index === source.index) return;
    const before = stages.map(({ id }) => id);
    const ids = [...before];
    const [moved] = ids.splice(source.index, 1);
    if (moved) ids.splice(destination.index, 0, moved);
    reorder.mutate(ids, {
      onSuccess: () => toast(t("Order saved."), { undo: () => reorder.mutateAsync(before) }),
    });
  };
  return (
    <div className="stack">
      <Trouble error={reorder.error} doing="writing" />
      <DragDropContext onDragEnd={drop} nonce={nonce}>
        <Droppable droppableId={of}>
          {({ innerRef, droppableProps, placeholder }) => (
            <ol ref={innerRef} {...droppableProps} className={classes.list}>
              {stages.map((stage, index) => (
                <Line key={stage.id} stage={stage} index={index} mayChange={mayChange} onOpen={onOpen} />
              ))}
              {placeholder}
            </ol>
          )}
        </Droppable>
      </DragDropContext>
    </div>
  );
}

function Line({
  stage,
  index,
  mayChange,
  onOpen,
}: Pick<Props, "mayChange" | "onOpen"> & { stage: Stage; index: number }) {
  return (
    <Draggable
      draggableId={stage.id}
      index={index}
      isDragDisabled={!mayChange}
      disableInteractiveElementBlocking
    >
      {({ innerRef, draggableProps, dragHandleProps }, { isDragging }) => (
        <li
          ref={innerRef}
          {...draggableProps}
          className={classes.line}
          data-dragging={isDragging || undefined}
        >
          {mayChange && (
            <button
              type="button"
              {...dragHandleProps}
              className={classes.grip}
              aria-label={t("Move {name}", { name: stage.name })}
            >
              <IconGripVertical size="1rem" stroke={1.75} aria-hidden />
            </button>
          )}
          {mayChange ? (
            <button type="button" data-walk className={classes.name} onClick={() => onOpen(stage.id)}>
              {stage.name}
            </button>
          ) : (
            <span className={classes.name}>{stage.name}</span>
          )}
          <span className={classes.said}>{stage.said}</span>
        </li>
      )}
    </Draggable>
  );
}
