import { Button, CloseButton } from "@mantine/core";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { figure } from "../figures.ts";
import classes from "./SelectionBar.module.css";
import type { Selection } from "./useSelection.ts";

type Props<Row> = {
  selection: Selection<Row>;
  total: number | undefined;
  /** Beyond this many at once nothing is offered for all that match. */
  most?: number;
  noun: readonly [one: string, many: string];
  /** The verbs. */
  children: ReactNode;
};

/** What can be done with the chosen rows, over the foot of the list, so that nothing moves when it comes. */
export function SelectionBar<Row>({ selection, total = 0, most = 10_000, noun, children }: Props<Row>) {
  if (selection.isEmpty) return null;
  const count = selection.count(total);
  const mayAll = !selection.isAll && count < total;
  return createPortal(
    <section aria-label={`Chosen ${noun[1]}`} className={classes.bar} data-foot>
      <p className={classes.count} role="status">
        {selection.isAll && count > 1 ? "All " : ""}
        {figure(count)} {noun[count === 1 ? 0 : 1]}
        {selection.isAll ? " that match" : ""}
      </p>
      {mayAll &&
        (total <= most ? (
          <Button variant="subtle" onClick={selection.chooseAll}>
            Choose all {figure(total)} that match
          </Button>
        ) : (
          <p className="soft small">Narrow the list to {figure(most)} to choose all that match</p>
        ))}
      <div className={classes.verbs}>{children}</div>
      <CloseButton aria-label="Let go of the chosen" onClick={selection.clear} />
    </section>,
    document.querySelector("main") ?? document.body,
  );
}
