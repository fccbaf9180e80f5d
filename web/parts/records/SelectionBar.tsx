import { Button, CloseButton } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { createPortal } from "react-dom";
import { t } from "../../language/t.ts";
import { usePageKeys } from "../pageKeys.ts";
import { toast } from "../toast.tsx";
import classes from "./SelectionBar.module.css";
import { type RowNoun, selectedWords } from "./selected-words.ts";
import { focusVerbs, useSelectAllKey } from "./selection-keys.ts";
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
  const bar = useRef<HTMLElement>(null);
  const whole = () =>
    total <= most
      ? selection.chooseAll()
      : toast(t("Filter the list to {most, number} or fewer to select all", { most }));
  useSelectAllKey(total > 0 ? whole : null);
  usePageKeys({ ".": !selection.isEmpty && (() => focusVerbs(bar.current)) });
  if (selection.isEmpty) return null;
  const words = selectedWords(noun);
  const count = selection.count(total);
  const mayAll = !selection.isAll && count < total;
  return createPortal(
    <section ref={bar} aria-label={words.label()} className={classes.bar} data-foot>
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
      <div className={classes.verbs} data-verbs>
        {children}
      </div>
      <CloseButton aria-label={t("Clear selection")} onClick={selection.clear} />
    </section>,
    document.querySelector("main") ?? document.body,
  );
}
