import { Checkbox } from "@mantine/core";
import { IconGripVertical, IconPin, IconPinFilled } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { t } from "../../language/t.ts";
import classes from "./ColumnsMenu.module.css";
import type { useReorder } from "./useReorder.ts";

export type LineProps = {
  id: string;
  header: string;
  /** The record's name: it stays first, and shown. */
  isFirst: boolean;
  isShown: boolean;
  isPinned: boolean;
  /** And not on cards: it can be pinned and made wider. */
  isInTable: boolean;
  carrying: ReturnType<typeof useReorder>;
  onToggle: () => void;
  onPin: () => void;
  onMove: (by: 1 | -1) => void;
  /** By so many pixels; null: as wide as the others leave it. */
  onWiden: (by: number | null) => void;
};

const STEP = 10;

/** One column in the menu of columns: moved by its handle, shown or hidden, pinned. */
export function ColumnLine({ id, header, isFirst, isShown, isPinned, isInTable, ...does }: LineProps) {
  const { carrying, onToggle, onPin, onMove, onWiden } = does;
  const press = (event: KeyboardEvent) => {
    const step = event.shiftKey ? STEP * 5 : STEP;
    const moves: Record<string, () => void> = {
      ArrowUp: () => onMove(-1),
      ArrowDown: () => onMove(1),
      ...(isInTable && {
        ArrowLeft: () => onWiden(-step),
        ArrowRight: () => onWiden(step),
        Delete: () => onWiden(null),
      }),
    };
    const act = moves[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const name = { column: header };
  return (
    <li
      ref={isShown ? carrying.place(id) : undefined}
      className={classes.line}
      data-carried={carrying.carried === id || undefined}
      data-mark={isShown ? carrying.mark(id) : undefined}
    >
      {isShown && !isFirst ? (
        <button
          type="button"
          className={classes.grip}
          aria-label={t("Move {column}", name)}
          onPointerDown={carrying.begin(id)}
          onKeyDown={press}
        >
          <IconGripVertical size="1rem" stroke={1.75} aria-hidden />
        </button>
      ) : (
        <span className={classes.grip} aria-hidden />
      )}
      <Checkbox
        className={classes.choice}
        size="xs"
        label={header}
        checked={isShown}
        disabled={isFirst}
        onChange={onToggle}
      />
      {isInTable && isShown && (
        <button
          type="button"
          className={classes.pin}
          aria-label={t("Pin {column}", name)}
          aria-pressed={isPinned}
          disabled={isFirst}
          onClick={onPin}
        >
          {isPinned ? <IconPinFilled size="0.875rem" /> : <IconPin size="0.875rem" stroke={1.75} />}
        </button>
      )}
    </li>
  );
}
