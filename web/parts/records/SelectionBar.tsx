import { Button, CloseButton } from "@mantine/core";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { t } from "../../language/t.ts";
import classes from "./SelectionBar.module.css";
import { type RowNoun, selectedWords } from "./selected-words.ts";
import type { Selection } from "./useSelection.ts";

type Props<Row> = {
  selection: Selection<Row>;
  total: number | undefined;
  /** Beyond this many at once nothing is offered for all that match. */
  most?: number;
  noun: RowNoun;
  /** The verbs. */
  children: ReactNode;
};

/** What can be done with the chosen rows, over the foot of the list, so that nothing moves when it comes. */
export function SelectionBar<Row>({ selection, total = 0, most = 10_000, noun, children }: Props<Row>) {
  if (selection.isEmpty) return null;
  const words = selectedWords(noun);
  const count = selection.count(total);
  const mayAll = !selection.isAll && count < total;
  return createPortal(
    <section aria-label={words.label()} className={classes.bar} data-foot>
      <p className={classes.count} role="status">
        {selection.isAll ? words.all(count) : words.chosen(count)}
      </p>
      {mayAll &&
        (total <= most ? (
          <Button variant="subtle" onClick={selection.chooseAll}>
            {t("Select all {total, number} that match", { total })}
          </Button>
        ) : (
          <p className="soft small">
            {t("Filter the list to {most, number} or fewer to select all", { most })}
          </p>
        ))}
      <div className={classes.verbs}>{children}</div>
      <CloseButton aria-label={t("Clear selection")} onClick={selection.clear} />
    </section>,
    document.querySelector("main") ?? document.body,
  );
}
