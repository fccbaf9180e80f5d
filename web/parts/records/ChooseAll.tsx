import { t } from "../../language/t.ts";
import type { ListProps } from "./RecordGrid.tsx";
import classes from "./RecordTable.module.css";

const MOST_CHOSEN = 10_000;
const MOST_NAMED = 500;

type Props<Row> = Pick<ListProps<Row>, "selection" | "rows" | "rowKey" | "mostChosen">;

/** All that match, never only those that are drawn. Where all are loaded they are chosen one by one, so each is known. */
export function ChooseAll<Row>({ selection, rows, rowKey, mostChosen = MOST_CHOSEN }: Props<Row>) {
  if (!selection) return null;
  const total = rows.matches ?? 0;
  const loaded = total <= MOST_NAMED ? rows.rows(0, total).filter((row) => row !== undefined) : [];
  const isWhole = selection.isAll || (total > 0 && selection.chosen.size === total);
  const mayChoose = total > 0 && total <= mostChosen;
  const choose = () => {
    if (isWhole || !mayChoose) selection.clear();
    else if (loaded.length === total)
      selection.set(
        loaded.map((row) => [rowKey(row), row] as const),
        true,
      );
    else selection.chooseAll();
  };
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label={
        mayChoose || total === 0
          ? t("Select all {total, number} that match", { total })
          : t("Filter the list to {most, number} or fewer to select all", { most: mostChosen })
      }
      disabled={!mayChoose && selection.isEmpty}
      checked={isWhole}
      ref={(box) => {
        if (box) box.indeterminate = !isWhole && !selection.isEmpty;
      }}
      onChange={choose}
    />
  );
}
