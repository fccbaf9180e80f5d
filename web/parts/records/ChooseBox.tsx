import classes from "./RecordTable.module.css";

/** `upToHere`: clicked with Shift. */
export type Toggle = (upToHere: boolean) => void;

type Props = { isChosen: boolean; label: string; onToggle: Toggle };

/** The browser's own: there is one in each row, and a richer one costs more than the rest of the row. */
export function ChooseBox({ isChosen, label, onToggle }: Props) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      checked={isChosen}
      onChange={({ nativeEvent }) => onToggle(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
      aria-label={label}
      tabIndex={-1}
    />
  );
}
