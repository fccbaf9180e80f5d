import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  memo,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { usePageKeys } from "../pageKeys.ts";
import { keepPlace, placeKept } from "../records/kept-place.ts";
import { useAsking } from "../records/RecordGrid.tsx";
import { useSelectAllKey } from "../records/selection-keys.ts";
import { Trouble } from "../Trouble.tsx";
import { useChoosingAll } from "./DeskBar.tsx";
import classes from "./DeskRow.module.css";
import { DeskSkeleton } from "./DeskStates.tsx";
import type { DeskRows } from "./useDeskRows.ts";

type Props<Row> = {
  label: string;
  list: DeskRows<Row>;
  /** One line of it. */
  row: (row: Row) => ReactNode;
  /** The heading of its group; shown over the first row of each group. */
  groupOf?: (row: Row) => string;
  openId: string | undefined;
  /** Under which name its place is kept. */
  storageKey: string;
  empty: ReactNode;
  /** Its rows can be selected. */
  mayChoose?: boolean;
};

/** The height of a row whose kind has not been drawn yet. */
const FIRST_GUESS = 55;
const heights = new Map<string, number>();
/** Asked for before they are in view: J, held down, is quicker than the server. */
const AHEAD = 24;

/** A desk's list of any length: only the rows in view are drawn, and asked for. X chooses, Escape lets go. */
export function DeskList<Row extends { id: string }>(props: Props<Row>) {
  const { list, empty } = props;
  const { windowed, total } = list;
  if (windowed.error && windowed.total === undefined)
    return <Trouble error={windowed.error} onRetry={windowed.refetch} />;
  if (total === undefined) return <DeskSkeleton />;
  if (total === 0 && !windowed.isStale) return empty;
  return (
    <>
      {windowed.error ? (
        <div className={classes.trouble}>
          <Trouble error={windowed.error} onRetry={windowed.refetch} />
        </div>
      ) : null}
      <Rows {...props} />
    </>
  );
}

function Rows<Row extends { id: string }>(props: Props<Row>) {
  const { label, list, row, groupOf, storageKey } = props;
  const { windowed, isHidden } = list;
  const box = useRef<HTMLUListElement>(null);
  const scroller = useScroller(box);
  const usual = heights.get(storageKey) ?? FIRST_GUESS;
  const virtual = useVirtualizer({
    count: windowed.total ?? 0,
    getScrollElement: () => scroller,
    estimateSize: () => heights.get(storageKey) ?? FIRST_GUESS,
    overscan: 8,
    initialOffset: placeKept(storageKey),
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
  // One more on top, so that it is known whether a heading changes there.
  const start = Math.max(0, from - 1);
  const inView = windowed.rows(start, to);
  const ahead = Math.min(virtual.options.count, to + AHEAD);
  useAsking(
    windowed.ask,
    Array.from({ length: Math.max(0, ahead - from) }, (_, place) => from + place),
  );
  useChoosingByKeys(props, box);
  useTopOnNewQuestion(scroller, JSON.stringify(windowed.source.key));
  useUsualHeight(box, storageKey, () => virtual.measure());
  // As the list knows it: to ask the page itself, while rows are being drawn, is to lay it out once more at each turn of the wheel.
  useEffect(() => keepPlace(storageKey, virtual.scrollOffset ?? 0));
  const headingOver = (index: number) => {
    const here = inView[index - start];
    if (!groupOf || !here) return null;
    const before = inView.slice(0, index - start).findLast((one) => one !== undefined && !isHidden(one));
    const title = groupOf(here);
    return before && groupOf(before) === title ? null : title;
  };
  return (
    <ul
      ref={box}
      aria-label={label}
      className={classes.list}
      data-choosing={!list.selection.isEmpty || undefined}
      style={{ height: virtual.getTotalSize(), "--usual": `${usual}px` } as CSSProperties}
    >
      {items.map(({ index, start: top }) => {
        const here = inView[index - start];
        return (
          <li
            key={index}
            ref={virtual.measureElement}
            data-index={index}
            data-id={here?.id}
            className={classes.place}
            style={{ transform: `translateY(${top}px)` }}
          >
            {here === undefined ? (
              <div className={classes.waiting} aria-hidden="true" />
            ) : (
              !isHidden(here) && <Line row={here} heading={headingOver(index)} draw={row as Draw} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

type Draw = (row: unknown) => ReactNode;

/** Drawn once per scroll: only its position changes. */
const Line = memo(function Line({
  row,
  heading,
  draw,
}: {
  row: unknown;
  heading: string | null;
  draw: Draw;
}) {
  return (
    <>
      <Heading>{heading}</Heading>
      {draw(row)}
    </>
  );
});

function Heading({ children }: { children: string | null }) {
  return children && <h2 className={classes.group}>{children}</h2>;
}

function useScroller(box: React.RefObject<HTMLElement | null>) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => setScroller(box.current?.closest<HTMLElement>("[data-desk-rows]") ?? null), [box]);
  return scroller;
}

/** Learned from the first row that is drawn: the others are taken to be as high, so nothing moves as they appear. */
function useUsualHeight(box: React.RefObject<HTMLElement | null>, storageKey: string, onLearnt: () => void) {
  const isLearnt = useRef(false);
  useLayoutEffect(() => {
    if (isLearnt.current) return;
    const row = box.current?.querySelector<HTMLElement>("[data-walk]");
    if (!row) return;
    isLearnt.current = true;
    const height = Math.round(row.getBoundingClientRect().height);
    if (height === (heights.get(storageKey) ?? FIRST_GUESS)) return;
    heights.set(storageKey, height);
    onLearnt();
  });
}

/** X on the row that has the focus, or else on the one that is open. */
function useChoosingByKeys<Row extends { id: string }>(
  { list, openId, mayChoose = true }: Props<Row>,
  box: React.RefObject<HTMLElement | null>,
) {
  const { selection, find } = list;
  const { chooseAll } = useChoosingAll(list);
  const choose = (upToHere: boolean) => () => {
    const focused = document.activeElement?.closest<HTMLElement>("[data-id]");
    const id = focused && box.current?.contains(focused) ? focused.dataset.id : openId;
    const row = id === undefined ? undefined : find(id);
    if (row) list.choose(row, upToHere);
  };
  usePageKeys({
    x: mayChoose && choose(false),
    X: mayChoose && choose(true),
    Escape: !selection.isEmpty && selection.clear,
  });
  useSelectAllKey(mayChoose ? () => void chooseAll() : null);
}

function useTopOnNewQuestion(scroller: HTMLElement | null, question: string) {
  const last = useRef(question);
  useEffect(() => {
    if (last.current !== question) scroller?.scrollTo({ top: 0 });
    last.current = question;
  }, [scroller, question]);
}
