// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table element cannot hold

import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { t } from "../../language/t.ts";
import { figure } from "../figures.ts";
import { ChooseBox } from "./ChooseBox.tsx";
import type { GroupHead as Head } from "./lines.ts";
import classes from "./RecordTable.module.css";
import type { RecordTableProps } from "./RecordTable.tsx";
import { rowsBetween } from "./useWindowed.ts";

/** Larger groups are chosen by narrowing the list to them. */
const MOST_CHOSEN = 1_000;

type Props<Row> = Pick<RecordTableProps<Row>, "rows" | "rowKey" | "selection"> & {
  head: Head;
  onFold: (key: string) => void;
};

type RowProps<Row> = Props<Row> & { line: number; start: number };

/** Above the rows of a group in a table. */
export function GroupRow<Row>({ line, start, ...props }: RowProps<Row>) {
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={line + 2}
      className={classes.group}
      style={{ transform: `translateY(${start}px)` }}
    >
      <div role="cell" className={classes.choose}>
        <ChooseGroup {...props} />
      </div>
      <div role="cell" className={classes.groupCell}>
        <GroupTitle {...props} />
      </div>
    </div>
  );
}

/** The group's name and number, which folds and unfolds it. */
export function GroupTitle<Row>({ head, onFold }: Props<Row>) {
  const { key, group, isFolded, shown } = head;
  return (
    <>
      <button
        type="button"
        className={classes.groupTitle}
        aria-expanded={!isFolded}
        onClick={() => onFold(key)}
      >
        {isFolded ? <IconChevronRight size="0.875rem" /> : <IconChevronDown size="0.875rem" />}
        <span className={classes.title}>{group.name}</span>
        <span className="soft">{figure(group.count)}</span>
      </button>
      {shown < group.count && (
        <span className="soft small">
          {t("{shown, number} can be shown. Filter the list to see the others.", { shown })}
        </span>
      )}
    </>
  );
}

export function ChooseGroup<Row>({ head, rows, rowKey, selection }: Props<Row>) {
  const client = useQueryClient();
  const { group, start, shown } = head;
  if (!selection || shown < group.count || shown > MOST_CHOSEN) return null;
  // Looked through only where it can be true: heads are drawn at each turn of the wheel.
  const mayBeChosen = shown > 0 && selection.chosen.size >= shown;
  const areChosen = () =>
    rows.rows(start, start + shown).every((row) => row !== undefined && selection.has(rowKey(row)));
  const isChosen = selection.isAll || (mayBeChosen && areChosen());
  const choose = async () => {
    const all = await rowsBetween(client, rows.source, start, start + shown);
    selection.set(
      all.map((row) => [rowKey(row), row] as const),
      !isChosen,
    );
  };
  return (
    <ChooseBox
      isChosen={isChosen}
      label={t("Select all {count, number} of {name}", { count: group.count, name: group.name })}
      onToggle={() => void choose()}
    />
  );
}
