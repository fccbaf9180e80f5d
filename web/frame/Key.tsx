import classes from "./KeyHelp.module.css";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function Key({ name }: { name: string }) {
  return <kbd className={classes.key}>{name === "mod" ? (isMac ? "⌘" : "Ctrl") : name}</kbd>;
}
