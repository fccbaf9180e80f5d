// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table element cannot hold

import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Width } from "./ColumnEdge.tsx";
import { type arrange, type ChangeLayout, DEFAULT_WIDTH, type Layout, type RecordColumn } from "./columns.ts";
import { GridHead } from "./GridHead.tsx";
import { GridRow } from "./GridRow.tsx";
import { GroupRow } from "./GroupHead.tsx";
import { keepPlace, placeKept } from "./kept-place.ts";
import type { Lines } from "./lines.ts";
import classes from "./RecordTable.module.css";
import type { RecordTableProps } from "./RecordTable.tsx";
import type { Walk } from "./recordKeys.ts";
import { useRowHeight } from "./row-height.ts";
import { useBringingBack } from "./useBringingBack.ts";
import { useCellEditing } from "./useCellEditing.ts";

export type ListProps<Row> = Omit<RecordTableProps<Row>, "layout"> & {
  arranged: ReturnType<typeof arrange<Row>>;
  layout: Layout;
  onLayout: ChangeLayout;
  walk: Walk<Row>;
  lines: Lines;
  onFold: (key: string) => void;
};

const WAITING_ROWS = 12;
const HEAD = 32;
const CHOICE = 60;
const NO_CHOICE = 32;
const CORNER = 40;
const BAR = 64; // what can be done with the chosen rows stands over the foot

export function RecordGrid<Row>(props: ListProps<Row>) {
  const { label, rows, rowKey, selection, arranged, layout, walk, lines } = props;
  const [dragged, setDragged] = useState<Width | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const virtual = useVirtualizer({
    count: rows.total === undefined ? WAITING_ROWS : lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 5,
    scrollPaddingEnd: selection?.isEmpty === false ? HEAD + BAR : HEAD,
    initialOffset: placeKept(props.table),
  });
  const items = virtual.getVirtualItems();
  const inView = items.map(({ index: line, start }) => ({ line, start, one: lines.at(line) }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what has changed
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  useAsking(
    rows.ask,
    inView.flatMap(({ one }) => (one.kind === "row" ? [one.index] : [])),
  );
  useTopOnNewQuestion(scroller, JSON.stringify(rows.source.key));
  // As the list knows it: asking the page, while rows are being drawn, lays it out once more at each turn of the wheel.
  useEffect(() => keepPlace(props.table, virtual.scrollOffset ?? 0));
  walk.bring.current = (index) => virtual.scrollToIndex(lines.lineOf(index), { align: "auto" });
  const editing = useCellEditing(props, scroller);
  walk.cells.current = props.stays ? (event) => editing.acts.current?.press(event) ?? false : null;
  const { open } = editing;
  useBringingBack(props, editing, inView);
  const isAway = open !== null && !inView.some(({ one }) => one.kind === "row" && one.index === open.index);
  // What is being typed is not lost because one scrolls past it.
  const drawn = isAway ? [...inView, awayAt(open.index, lines, height)] : inView;
  const widthOf = (column: RecordColumn<Row>) =>
    (dragged?.id === column.id ? dragged.width : undefined) ?? layout.widths[column.id];
  const choice = selection ? CHOICE : NO_CHOICE;
  const room = (virtual.scrollRect?.width ?? Number.POSITIVE_INFINITY) * MOST_PINNED - choice;
  const pinned = pinnedWithin(arranged, room, widthOf);

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-scrolls
      role="table"
      aria-label={label}
      aria-rowcount={rows.total === undefined ? -1 : lines.count + 1}
      aria-busy={rows.total === undefined || undefined}
      style={trackStyle(arranged.shown, { pinned, choice, widthOf })}
    >
      <GridHead {...props} pinned={pinned} onDrag={setDragged} />
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ line, start, one }) => {
          if (one.kind === "head")
            return <GroupRow key={one.key} {...props} head={one} line={line} start={start} />;
          const { index } = one;
          const row = open?.index === index ? open.row : rows.rows(index, index + 1)[0];
          return (
            <GridRow
              key={index}
              index={index}
              line={line}
              start={start}
              row={row}
              columns={arranged.shown}
              pinned={pinned}
              {...rowProps(props, row, index)}
              {...(props.stays && cellProps(editing, row === undefined ? undefined : rowKey(row), index))}
              rowKey={rowKey}
            />
          );
        })}
      </div>
    </div>
  );
}

function awayAt(index: number, lines: Lines, height: number) {
  const line = lines.lineOf(index);
  return { line, start: line * height, one: { kind: "row" as const, index } };
}

type Editing<Row> = ReturnType<typeof useCellEditing<Row>>;

/** Null and undefined in all rows but one or two, so that the others are not drawn again. */
function cellProps<Row>(
  { acts, open, explained, held }: Editing<Row>,
  key: string | undefined,
  index: number,
) {
  return {
    acts,
    openCell: open?.index === index ? open.columnId : null,
    explainedCell: explained?.index === index ? explained.columnId : null,
    held: key === undefined ? undefined : held.get(key),
  };
}

function rowProps<Row>(props: ListProps<Row>, row: Row | undefined, index: number) {
  const { selection, rowKey, rowState, rowName, href, onOpen, walk } = props;
  return {
    selection,
    choose: walk.choose,
    isChosen: row !== undefined && (selection?.has(rowKey(row)) ?? false),
    isHere: walk.at === index,
    state: row === undefined ? undefined : rowState?.(row),
    rowName,
    href,
    onOpen,
    standAt: walk.standAt,
  };
}

/** So much of the width may stay at the left; pinned columns beyond it scroll like the rest. */
const MOST_PINNED = 0.6;

type WidthOf<Row> = (column: RecordColumn<Row>) => number | undefined;

function pinnedWithin<Row>(
  { shown, pinned }: ListProps<Row>["arranged"],
  room: number,
  widthOf: WidthOf<Row>,
) {
  let taken = 0;
  const count = shown.slice(0, pinned).findIndex((column, place) => {
    taken += widthOf(column) ?? column.width ?? DEFAULT_WIDTH;
    return place > 0 && taken > room;
  });
  return count === -1 ? pinned : count;
}

type Tracks<Row> = { pinned: number; choice: number; widthOf: WidthOf<Row> };

/** One place says how wide the columns are; rows read it, and none is drawn again while one is dragged. */
function trackStyle<Row>(
  shown: readonly RecordColumn<Row>[],
  { pinned, choice, widthOf }: Tracks<Row>,
): CSSProperties {
  const tracks = shown.map((column, place) => {
    const { width = DEFAULT_WIDTH } = column;
    const size = widthOf(column);
    // What stands behind a pinned column must know how wide that one is.
    const isFixed = size !== undefined || (pinned > 1 && place < pinned);
    return isFixed
      ? { least: size ?? width, track: `${size ?? width}px` }
      : { least: width, track: `minmax(${width}px, ${width}fr)` };
  });
  const left = shown.slice(0, pinned).map((_, place) => {
    const before = tracks.slice(0, place).reduce((sum, { least }) => sum + least, choice);
    return [`--left-${place}`, `${before}px`];
  });
  const least = tracks.reduce((sum, one) => sum + one.least, choice + CORNER);
  return {
    "--tracks": `${choice}px ${tracks.map(({ track }) => track).join(" ")} minmax(${CORNER}px, auto)`,
    "--least": `${least}px`,
    ...Object.fromEntries(left),
  } as CSSProperties;
}

/** Rows are asked for where one comes to rest, not all that one flies over. */
export function useAsking(ask: (places: readonly number[]) => void, places: readonly number[]) {
  const said = places.join(" ");
  useEffect(() => {
    const timer = window.setTimeout(() => ask(said === "" ? [] : said.split(" ").map(Number)), 60);
    return () => window.clearTimeout(timer);
  }, [ask, said]);
}

function useTopOnNewQuestion(scroller: React.RefObject<HTMLDivElement | null>, question: string) {
  const last = useRef(question);
  useEffect(() => {
    if (last.current !== question) scroller.current?.scrollTo({ top: 0 });
    last.current = question;
  }, [scroller, question]);
}
