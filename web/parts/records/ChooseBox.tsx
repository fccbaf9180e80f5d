import classes from "./RecordTable.module.css";

type Props = { isChosen: boolean; label: string; onToggle: () => void };

/** The browser's own: there is one in each row, and a richer one costs more than the rest of the row. */
export function ChooseBox({ isChosen, label, onToggle }: Props) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      checked={isChosen}
      onChange={onToggle}
      aria-label={label}
      tabIndex={-1}
    />
  );
}
