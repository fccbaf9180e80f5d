import type { ReactNode } from "react";
import classes from "./State.module.css";

export type StateKind = "good" | "waiting" | "bad" | "off";

/** A state as a word with a shape, so that the color is never alone. A sentence goes on in the next line. */
export function State({
  kind,
  isSentence = false,
  children,
}: {
  kind: StateKind;
  isSentence?: boolean;
  children: ReactNode;
}) {
  return (
    <span className={classes.state} data-sentence={isSentence || undefined}>
      <svg viewBox="0 0 12 12" className={classes[kind]} aria-hidden="true" focusable="false">
        {SHAPES[kind]}
      </svg>
      <span className={classes.word}>{children}</span>
    </span>
  );
}

const SHAPES: Record<StateKind, ReactNode> = {
  good: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  waiting: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  bad: <path d="M6 1.5 11 10.5H1z" fill="currentColor" />,
  off: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <path d="M3.4 8.6 8.6 3.4" stroke="currentColor" strokeWidth="1.75" />
    </>
  ),
};
