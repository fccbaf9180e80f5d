import type { ReactNode } from "react";
import { ChooseBox, type Toggle } from "../records/ChooseBox.tsx";
import classes from "./DeskRow.module.css";

type Props = {
  isOpen: boolean;
  /** It is done with: still listed, but quieter. */
  isOver?: boolean;
  icon?: ReactNode;
  title: ReactNode;
  /** Beside the title, small: when. */
  aside?: ReactNode;
  detail?: ReactNode;
  note?: ReactNode;
  onOpen: () => void;
  /** Enter on a row that is open does it. */
  onEnter?: (() => void) | undefined;
  /** Where many can be chosen. */
  choice?: { isChosen: boolean; label: string; onToggle: Toggle };
};

/** One line of a desk's list. J and K walk it, and what has the focus is open. */
export function DeskRow(props: Props) {
  const { isOpen, isOver, icon, title, aside, detail, note, onOpen, onEnter, choice } = props;
  return (
    <div className={classes.line} data-chosen={choice?.isChosen || undefined}>
      <button
        type="button"
        data-walk
        className={classes.row}
        data-over={isOver || undefined}
        data-may-choose={choice ? true : undefined}
        aria-current={isOpen || undefined}
        onClick={onOpen}
        onFocus={(event) => {
          // By J and K only: a pointer says by its click what it wants, and Tab merely passes.
          if (event.currentTarget.dataset.walked !== undefined) onOpen();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !isOpen || !onEnter) return;
          event.preventDefault();
          onEnter();
        }}
      >
        {icon && <span className={classes.icon}>{icon}</span>}
        <span className={classes.words}>
          <span className={classes.top}>
            <span className={classes.title}>{title}</span>
            {aside && <span className={classes.aside}>{aside}</span>}
          </span>
          {detail && <span className={classes.detail}>{detail}</span>}
          {note && <span className={classes.note}>{note}</span>}
        </span>
      </button>
      {choice && (
        <span className={classes.choice}>
          <ChooseBox {...choice} />
        </span>
      )}
    </div>
  );
}
