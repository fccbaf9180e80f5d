// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table element cannot hold
// biome-ignore-all lint/a11y/useFocusableInteractive: what is pressed is inside

import type { PointerEvent } from "react";
import { ChooseAll } from "./ChooseAll.tsx";
import { ColumnEdge, type Width } from "./ColumnEdge.tsx";
import { ColumnsMenu } from "./ColumnsMenu.tsx";
import { moved, placesFor, type RecordColumn, widened } from "./columns.ts";
import { pinnedAt } from "./GridRow.tsx";
import type { ListProps } from "./RecordGrid.tsx";
import classes from "./RecordTable.module.css";
import { ariaSort, SortButton } from "./SortButton.tsx";
import { useReorder } from "./useReorder.ts";

type Props<Row> = ListProps<Row> & {
  /** How many columns stay at the left. */
  pinned: number;
  onDrag: (width: Width | null) => void;
};

export function GridHead<Row>(props: Props<Row>) {
  const { columns, arranged, layout, onLayout, pinned, onDrag } = props;
  const carrying = useReorder({
    axis: "x",
    ids: arranged.shown.map(({ id }) => id),
    placesFor: (id) => placesFor(columns, layout, id),
    onMove: (id, to) => onLayout((now) => moved(columns, now, id, to)),
  });
  const begin = (id: string, place: number) => {
    if (place === 0) return undefined;
    // A finger that moves here scrolls the table; in the menu of columns it carries.
    return (event: PointerEvent) => event.pointerType !== "touch" && carrying.begin(id)(event);
  };
  return (
    <div role="rowgroup" className={classes.head} data-head>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        <div role="cell" className={classes.choose}>
          <ChooseAll {...props} />
        </div>
        {arranged.shown.map((column, place) => (
          <div
            key={column.id}
            ref={carrying.place(column.id)}
            role="columnheader"
            className={classes.header}
            data-align={column.align}
            data-carried={carrying.carried === column.id || undefined}
            data-mark={carrying.mark(column.id)}
            {...pinnedAt(place, pinned)}
            aria-sort={ariaSort(column.sort, props.sort)}
            onPointerDown={begin(column.id, place)}
            onClickCapture={(event) => {
              if (event.detail > 0 && carrying.hasCarried()) event.stopPropagation();
            }}
          >
            <Title column={column} {...props} />
            <ColumnEdge
              id={column.id}
              onDrag={onDrag}
              onWidth={(width) => onLayout((now) => widened(columns, now, width))}
            />
          </div>
        ))}
        <div role="cell" className={classes.corner}>
          <ColumnsMenu columns={columns} layout={layout} onLayout={onLayout} drawnWidth={carrying.widthOf} />
        </div>
      </div>
    </div>
  );
}

function Title<Row>({ column, sort, onSort }: Props<Row> & { column: RecordColumn<Row> }) {
  const { header, sort: by, sortFirst } = column;
  if (!by || !onSort) return <span className={classes.title}>{header}</span>;
  return (
    <SortButton by={by} first={sortFirst} sort={sort} onSort={onSort}>
      {header}
    </SortButton>
  );
}
