import classes from "./LetterTile.module.css";

/** A company without its logo, because no picture is fetched from anywhere. */
export function LetterTile({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <span className={classes.tile} aria-hidden="true" style={{ fontSize: `${(size * 0.5) / 16}rem` }}>
      {[...name.trim()][0]?.toUpperCase() ?? "?"}
    </span>
  );
}
