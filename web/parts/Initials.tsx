import classes from "./Initials.module.css";

/** A person without a picture, because no picture is fetched from anywhere. */
export function Initials({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <span className={classes.tile} aria-hidden="true" style={{ fontSize: `${(size * 0.42) / 16}rem` }}>
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string) {
  const words =
    name
      .split("@")[0]
      ?.split(/[\s._-]+/)
      .filter(Boolean) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? "");
  return letters.join("").toUpperCase() || "?";
}
