// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table element cannot hold
// biome-ignore-all lint/a11y/useFocusableInteractive: what is pressed is inside

import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import { t } from "../../language/t.ts";
import { usual } from "./columns.ts";
import type { ListProps } from "./RecordGrid.tsx";
import classes from "./RecordTable.module.css";
import type { Sort } from "./RecordTable.tsx";

type Props<Row> = ListProps<Row>;

export function GridHead<Row>(props: Props<Row>) {
  const { columnsOf, sort, onSort } = props;
  const headers = columnsOf.table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div role="rowgroup" className={classes.head} data-head>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        <div role="cell" className={classes.choose}>
          <ChooseAll {...props} />
        </div>
        {columnsOf.shown.map((column) => {
          const header = headers.find(({ column: { id } }) => id === column.id);
          const isSorted = column.sort !== undefined && sort?.by === column.sort;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={classes.header}
              data-align={column.align}
              aria-sort={isSorted ? (sort?.isAscending ? "ascending" : "descending") : undefined}
            >
              {column.sort && onSort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => onSort(nextSort(column.sort as string, column.sortFirst, sort))}
                >
                  {column.header}
                  {isSorted &&
                    (sort?.isAscending ? <IconArrowUp size="0.75rem" /> : <IconArrowDown size="0.75rem" />)}
                </button>
              ) : (
                column.header
              )}
              {header && (
                <span
                  aria-hidden="true"
                  className={classes.handle}
                  onMouseDown={header.getResizeHandler()}
                  onTouchStart={header.getResizeHandler()}
                />
              )}
            </div>
          );
        })}
        <div role="cell" className={classes.corner}>
          <ColumnChoice {...props} />
        </div>
      </div>
    </div>
  );
}

function nextSort(
  by: string,
  first: Props<unknown>["columns"][number]["sortFirst"],
  now: Sort | null | undefined,
): Sort {
  return { by, isAscending: now?.by === by ? !now.isAscending : first !== "descending" };
}

const MOST_CHOSEN = 10_000;
const MOST_NAMED = 500;

/** All that match, never only those that are drawn. Where all are loaded they are chosen one by one, so each is known. */
function ChooseAll<Row>({ selection, rows, rowKey, mostChosen = MOST_CHOSEN }: Props<Row>) {
  if (!selection) return null;
  const total = rows.total ?? 0;
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

function ColumnChoice<Row>({ columns, columnsOf, onColumns }: Props<Row>) {
  const shown = columnsOf.shown.map(({ id }) => id);
  const choose = (next: readonly string[] | null) => (onColumns ?? columnsOf.choose)(next);
  const toggle = (id: string) =>
    choose(
      shown.includes(id)
        ? shown.filter((one) => one !== id)
        : columns.map((column) => column.id).filter((one) => shown.includes(one) || one === id),
    );
  return (
    <Menu position="bottom-end" closeOnItemClick={false} width={224}>
      <Menu.Target>
        <Tooltip label={t("Columns")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("Columns")}
            className={classes.columns}
          >
            <IconColumns3 size="1rem" stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown className={classes.columnList}>
        {columns.slice(1).map(({ id, header }) => (
          <Menu.CheckboxItem
            key={id}
            closeMenuOnClick={false}
            checked={shown.includes(id)}
            onChange={() => toggle(id)}
          >
            {header}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => choose(onColumns ? usual(columns) : null)}>{t("Reset columns")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
