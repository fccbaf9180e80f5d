// biome-ignore-all lint/a11y/useSemanticElements: cards are placed one by one, as rows are

import { Skeleton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useRef } from "react";
import { t } from "../../language/t.ts";
import { ChooseBox } from "./ChooseBox.tsx";
import { ColumnsMenu } from "./ColumnsMenu.tsx";
import type { RecordColumn } from "./columns.ts";
import { NameCell } from "./GridRow.tsx";
import { ChooseGroup, GroupTitle } from "./GroupHead.tsx";
import { keepPlace, placeKept } from "./kept-place.ts";
import { type ListProps, useAsking } from "./RecordGrid.tsx";
import classes from "./RecordTable.module.css";
import { usePageScroller } from "./usePageScroller.ts";

const WAITING_CARDS = 5;
const USUAL_HEIGHT = 132;
const FACTS = 4;

/** The same rows where a table has no room. The whole page scrolls, so that its top makes way. */
export function RecordCards<Row>(props: ListProps<Row>) {
  const { label, rows, arranged, walk, table, lines } = props;
  const list = useRef<HTMLDivElement>(null);
  const { scroller, margin } = usePageScroller(list);
  const virtual = useVirtualizer({
    count: rows.total === undefined ? WAITING_CARDS : lines.count,
    getScrollElement: () => scroller,
    estimateSize: () => USUAL_HEIGHT,
    overscan: 6,
    gap: 8,
    scrollMargin: margin,
    indexAttribute: "data-line",
    initialOffset: placeKept(table),
  });
  const items = virtual.getVirtualItems();
  const inView = items.map(({ index: line, start }) => ({ line, start, one: lines.at(line) }));
  useAsking(
    rows.ask,
    inView.flatMap(({ one }) => (one.kind === "row" ? [one.index] : [])),
  );
  walk.bring.current = (index) => virtual.scrollToIndex(lines.lineOf(index), { align: "auto" });
  useEffect(() => keepPlace(table, virtual.scrollOffset ?? 0));
  return (
    <>
      <div className={classes.cardTools}>
        <ColumnsMenu columns={props.columns} layout={props.layout} onLayout={props.onLayout} />
      </div>
      <div
        ref={list}
        role="list"
        aria-label={label}
        aria-busy={rows.total === undefined || undefined}
        className={classes.cards}
        style={{ height: virtual.getTotalSize() }}
      >
        {inView.map(({ line, start, one }) => (
          <div
            key={one.kind === "head" ? one.key : one.index}
            ref={virtual.measureElement}
            data-line={line}
            {...(one.kind === "row" && { "data-index": one.index })}
            role="listitem"
            className={classes.place}
            style={{ transform: `translateY(${start - margin}px)` }}
          >
            {one.kind === "head" ? (
              <div className={classes.groupCard}>
                <GroupTitle {...props} head={one} />
                <ChooseGroup {...props} head={one} />
              </div>
            ) : (
              <Card
                {...props}
                row={rows.rows(one.index, one.index + 1)[0]}
                index={one.index}
                columns={arranged.shown}
              />
            )}
          </div>
        ))}
      </div>
    </>
  );
}

type CardProps<Row> = ListProps<Row> & {
  row: Row | undefined;
  index: number;
  columns: readonly RecordColumn<Row>[];
};

function Card<Row>(props: CardProps<Row>) {
  const { row, index, columns, selection, rowKey, rowName, rowState, walk } = props;
  const id = useId();
  const [first, ...rest] = columns;
  const facts = rest.filter(({ notOnCards }) => !notOnCards).slice(0, FACTS);
  if (row === undefined || !first) return <WaitingCard facts={facts.length} />;
  const isChosen = selection?.has(rowKey(row)) ?? false;
  return (
    <div
      className={classes.card}
      data-chosen={isChosen || undefined}
      data-here={walk.at === index || undefined}
      data-state={rowState?.(row)}
    >
      <div className={classes.cardTop}>
        <NameCell
          {...props}
          row={row}
          column={first}
          line={index}
          start={0}
          pinned={0}
          selection={selection}
          choose={walk.choose}
          isChosen={isChosen}
          isHere={walk.at === index}
          state={rowState?.(row)}
          standAt={walk.standAt}
          onFocus={() => walk.standAt(index)}
        />
        {selection && (
          <span className={classes.cardChoice}>
            <ChooseBox
              isChosen={isChosen}
              label={t("Select {row}", { row: rowName?.(row) ?? t("row {index}", { index: index + 1 }) })}
              onToggle={(upToHere) => walk.choose.current?.(index, row, upToHere)}
            />
          </span>
        )}
      </div>
      <dl className={classes.facts}>
        {facts.map(({ header, cell }) => (
          <div key={id + header}>
            <dt>{header}</dt>
            <dd>{cell(row)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function WaitingCard({ facts }: { facts: number }) {
  return (
    <div className={classes.card} aria-hidden="true" data-waits>
      <div className={classes.cardTop}>
        <Skeleton height={12} width="55%" my={14} />
      </div>
      <dl className={classes.facts}>
        {Array.from({ length: facts }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike
          <div key={index}>
            <Skeleton height={10} my={5} width={`${40 + ((index * 17) % 40)}%`} />
          </div>
        ))}
      </dl>
    </div>
  );
}
