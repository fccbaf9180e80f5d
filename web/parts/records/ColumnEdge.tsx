import { type PointerEvent, useRef } from "react";
import { boundedWidth, DEFAULT_WIDTH } from "./columns.ts";
import classes from "./RecordTable.module.css";

export type Width = { id: string; width: number | null };

type Props = {
  id: string;
  /** While it is dragged: shown, and not kept. */
  onDrag: (width: Width | null) => void;
  onWidth: (width: Width) => void;
};

/**
 * The right edge of a column, for a pointer: dragged, and a double click gives the width back. Keys do it in the menu of columns,
 * so that there is no stop at each column between the head and the rows.
 */
export function ColumnEdge({ id, onDrag, onWidth }: Props) {
  const edge = useRef<HTMLSpanElement>(null);
  const begin = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const from = event.clientX;
    const before = edge.current?.parentElement?.getBoundingClientRect().width ?? DEFAULT_WIDTH;
    let last: number | null = null;
    target.onpointermove = (moving) => {
      last = boundedWidth(before + moving.clientX - from);
      onDrag({ id, width: last });
    };
    target.onlostpointercapture = () => {
      target.onpointermove = null;
      target.onlostpointercapture = null;
      onDrag(null);
      if (last !== null) onWidth({ id, width: last });
    };
  };
  return (
    <span
      ref={edge}
      aria-hidden="true"
      data-edge={id}
      className={classes.handle}
      onPointerDown={begin}
      onDoubleClick={() => onWidth({ id, width: null })}
    />
  );
}
