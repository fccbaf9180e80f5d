// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table element cannot hold

import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useEffect, useLayoutEffect, useRef } from "react";
import type { Columns } from "./columns.ts";
import { GridHead } from "./GridHead.tsx";
import { GridRow } from "./GridRow.tsx";
import { keepPlace, placeKept } from "./kept-place.ts";
import classes from "./RecordTable.module.css";
import type { RecordTableProps } from "./RecordTable.tsx";
import type { Walk } from "./recordKeys.ts";
import { useRowHeight } from "./row-height.ts";

export type ListProps<Row> = RecordTableProps<Row> & { columnsOf: Columns<Row>; walk: Walk };

const WAITING_ROWS = 12;
const HEAD = 32;
const BAR = 64; // what can be done with the chosen rows stands over the foot

export function RecordGrid<Row>(props: ListProps<Row>) {
  const { label, rows, rowKey, selection, columnsOf, walk } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const total = rows.total ?? WAITING_ROWS;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 5,
    scrollPaddingEnd: selection?.isEmpty === false ? HEAD + BAR : HEAD,
    initialOffset: placeKept(props.storageKey),
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
  const inView = rows.rows(from, to);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what has changed
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  useAsking(rows.ask, from, to);
  useTopOnNewQuestion(scroller, JSON.stringify(rows.source.key));
  // As the list knows it: asking the page, while rows are being drawn, lays it out once more at each turn of the wheel.
  useEffect(() => keepPlace(props.storageKey, virtual.scrollOffset ?? 0));
  walk.bring.current = (index) => virtual.scrollToIndex(index, { align: "auto" });

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-scrolls
      role="table"
      aria-label={label}
      aria-rowcount={rows.total === undefined ? -1 : rows.total + 1}
      aria-busy={rows.total === undefined || undefined}
      style={trackStyle(columnsOf, selection !== undefined)}
    >
      <GridHead {...props} />
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <GridRow
            key={index}
            index={index}
            start={start}
            row={inView[index - from]}
            columns={columnsOf.shown}
            {...rowProps(props, inView[index - from], index)}
            rowKey={rowKey}
          />
        ))}
      </div>
    </div>
  );
}

function rowProps<Row>(props: ListProps<Row>, row: Row | undefined, index: number) {
  const { selection, rowKey, rowState, rowName, href, onOpen, walk } = props;
  return {
    selection,
    isChosen: row !== undefined && (selection?.has(rowKey(row)) ?? false),
    isHere: walk.at === index,
    state: row === undefined ? undefined : rowState?.(row),
    rowName,
    href,
    onOpen,
    standAt: walk.standAt,
  };
}

/** One place says how wide the columns are; rows read it, and none is drawn again while one is dragged. */
function trackStyle<Row>({ shown, table }: Columns<Row>, hasChoice: boolean): CSSProperties {
  const sizes = table.state.columnSizing;
  const tracks = shown.map(({ id, width = 160 }) => {
    const size = sizes[id];
    return size
      ? { least: size, track: `${size}px` }
      : { least: width, track: `minmax(${width}px, ${width}fr)` };
  });
  const choice = hasChoice ? 60 : 32;
  const width = tracks.reduce((sum, { least }) => sum + least, choice + 40);
  return {
    "--tracks": `${choice}px ${tracks.map(({ track }) => track).join(" ")} 40px`,
    "--least": `${width}px`,
    "--choice": `${choice}px`,
  } as CSSProperties;
}

/** Rows are asked for where one comes to rest, not all that one flies over. */
export function useAsking(ask: (from: number, to: number) => void, from: number, to: number) {
  useEffect(() => {
    const timer = window.setTimeout(() => ask(from, to), 60);
    return () => window.clearTimeout(timer);
  }, [ask, from, to]);
}

function useTopOnNewQuestion(scroller: React.RefObject<HTMLDivElement | null>, question: string) {
  const last = useRef(question);
  useEffect(() => {
    if (last.current !== question) scroller.current?.scrollTo({ top: 0 });
    last.current = question;
  }, [scroller, question]);
}
