// The keys of a table whose rows are not all there: it walks by place, brings the row into view, and puts
// the focus on it once it is drawn.

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { hasModifier, isBusyElsewhere, isMenuOpen, passEscapeToMenu } from "../typing.ts";
import type { Lines } from "./lines.ts";
import type { RecordTableProps } from "./RecordTable.tsx";
import { type Choose, useChoosing } from "./useChoosing.ts";

export type Walk<Row> = {
  /** Where one stands; nowhere before the first step. */
  at: number | null;
  standAt: (index: number) => void;
  /** The list says how it brings a row into view. */
  bring: RefObject<((index: number) => void) | null>;
  /** The keys of single cells, where these can be edited. True if the key meant something there. */
  cells: RefObject<((event: KeyboardEvent) => boolean) | null>;
  /** By click and by key. */
  choose: RefObject<Choose<Row> | null>;
  /** The next row that is drawn: those of folded groups are passed by. */
  next: Lines["next"];
};

type List = { frame: RefObject<HTMLElement | null>; lines: Lines };

export function useRecordKeys<Row>(props: RecordTableProps<Row>, { frame, lines }: List): Walk<Row> {
  const [at, setAt] = useState<number | null>(null);
  const wantsFocus = useRef(false);
  const bring = useRef<((index: number) => void) | null>(null);
  const cells = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const { rows, onOpen, onPeek, selection, rowKey } = props;
  const total = rows.total ?? 0;
  const isDrawn = (index: number) => lines.at(lines.lineOf(index)).kind === "row";
  const choose = useChoosing({ source: rows.source, selection, rowKey, isDrawn });
  const latest = useRef<Choose<Row> | null>(null);
  latest.current = choose;

  useLayoutEffect(() => {
    if (!wantsFocus.current || at === null) return;
    const link = frame.current?.querySelector<HTMLElement>(`[data-index="${at}"] [data-walk]`);
    if (!link) return; // drawn a moment later, when this runs again
    wantsFocus.current = false;
    link.focus({ preventScroll: true });
  });

  // The bar of verbs comes over the foot of the list: the row it was called for stays to be seen.
  const isChoosing = selection?.isEmpty === false;
  useEffect(() => {
    if (isChoosing && at !== null) bring.current?.(at);
  }, [isChoosing, at]);

  const stepTo = (index: number) => {
    if (total === 0) return;
    const next = Math.min(total - 1, Math.max(0, index));
    wantsFocus.current = true;
    bring.current?.(next);
    setAt(next);
  };
  const withRow = (does: (row: Row, index: number) => void) => {
    const row = at === null ? undefined : rows.rows(at, at + 1)[0];
    if (row !== undefined && at !== null) does(row, at);
    return row !== undefined;
  };
  /** On to the next row, which is selected too. */
  const stepChoosing = (by: 1 | -1) =>
    selection !== undefined &&
    withRow((row, here) => {
      if (!selection.has(rowKey(row))) choose(here, row, false);
      const next = lines.next(here, by);
      stepTo(next);
      if (next !== here) choose(next, undefined, true);
    });
  /** True if the key meant something here. */
  const act = (event: KeyboardEvent): boolean => {
    const isOnButton = event.target instanceof Element && event.target.closest("button, a, input") !== null;
    const isInList = event.target instanceof Node && frame.current?.contains(event.target);
    if (isInList && cells.current?.(event)) return true;
    switch (event.key) {
      case "j":
        stepTo(at === null ? firstInView(frame.current) : lines.next(at, 1));
        return true;
      case "k":
        stepTo(at === null ? firstInView(frame.current) : lines.next(at, -1));
        return true;
      case "J":
      case "K":
        return stepChoosing(event.key === "J" ? 1 : -1);
      case "ArrowDown":
      case "ArrowUp": {
        if (!isInList || at === null) return false;
        const by = event.key === "ArrowDown" ? 1 : -1;
        if (event.shiftKey && selection) return stepChoosing(by);
        stepTo(lines.next(at, by));
        return true;
      }
      case "x":
      case "X":
        return selection !== undefined && withRow((row, here) => choose(here, row, event.shiftKey));
      case " ":
        if (!onPeek || (isOnButton && !isOnWalk(event))) return false;
        return withRow(onPeek);
      case "Enter":
        return !isOnButton && onOpen !== undefined && withRow(onOpen);
      case "Escape":
        // Of what is open, Escape closes one at a time.
        if (isMenuOpen()) {
          passEscapeToMenu();
          return false;
        }
        if (document.querySelector("[data-beside]")) return false; // what is looked at beside the list goes first
        if (!selection || selection.isEmpty) return false;
        selection.clear();
        return true;
      default:
        return false;
    }
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || hasModifier(event) || isBusyElsewhere(event)) return;
    if (act(event)) event.preventDefault();
  });
  useEffect(() => {
    // Before the frame's own J and K, which know only what is drawn.
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen, true);
    return () => window.removeEventListener("keydown", listen, true);
  }, []);
  return { at, standAt: setAt, bring, cells, choose: latest, next: lines.next };
}

function isOnWalk(event: KeyboardEvent) {
  return event.target instanceof Element && event.target.closest("[data-walk]") !== null;
}

/** The first row that is wholly to be seen, not one drawn in advance. */
function firstInView(frame: HTMLElement | null) {
  const list = frame?.querySelector("[data-scrolls]") ?? frame?.closest("main");
  const top = (list?.getBoundingClientRect().top ?? 0) + headHeight(list);
  const rows = [...(frame?.querySelectorAll<HTMLElement>("[data-index]") ?? [])];
  const first = rows
    .toSorted((one, other) => Number(one.dataset.index) - Number(other.dataset.index))
    .find((row) => row.getBoundingClientRect().top >= top - 1);
  return Number(first?.dataset.index ?? 0);
}

function headHeight(list: Element | null | undefined) {
  return list?.querySelector("[data-head]")?.getBoundingClientRect().height ?? 0;
}
