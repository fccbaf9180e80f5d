// Carrying one of several things that stand in a row to another place, by mouse, pen or finger. Nothing moves until it is let go;
// a mark shows where it would stand.

import { type PointerEvent, useEffect, useRef, useState } from "react";

type Of = {
  /** Along which the things stand. */
  axis: "x" | "y";
  ids: readonly string[];
  /** Between which places this one can be put. */
  placesFor: (id: string) => readonly [number, number];
  onMove: (id: string, to: number) => void;
};

type Carried = { id: string; to: number };

const FAR_ENOUGH = 5;

export function useReorder({ axis, ids, placesFor, onMove }: Of) {
  const [carried, setCarried] = useState<Carried | null>(null);
  const elements = useRef(new Map<string, HTMLElement>());
  const stop = useRef<(() => void) | null>(null);
  const hasCarried = useRef(false);
  useEffect(() => () => stop.current?.(), []);

  const placeAt = (id: string, point: number) => {
    const [least, most] = placesFor(id);
    const before = ids.filter((one) => {
      const box = elements.current.get(one)?.getBoundingClientRect();
      if (one === id || !box) return false;
      return (axis === "x" ? box.left + box.width / 2 : box.top + box.height / 2) < point;
    });
    return Math.min(most, Math.max(least, before.length));
  };

  const begin = (id: string) => (event: PointerEvent) => {
    hasCarried.current = false;
    if (event.button !== 0) return;
    const start = axis === "x" ? event.clientX : event.clientY;
    let now: Carried | null = null;
    const move = (moving: globalThis.PointerEvent) => {
      const point = axis === "x" ? moving.clientX : moving.clientY;
      if (!now && Math.abs(point - start) < FAR_ENOUGH) return;
      now = { id, to: placeAt(id, point) };
      hasCarried.current = true;
      setCarried(now);
    };
    const end = (isLetGo: boolean) => {
      stop.current?.();
      setCarried(null);
      if (isLetGo && now && ids[now.to] !== id) onMove(id, now.to);
    };
    const letGo = () => end(true);
    const cancel = () => end(false);
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key !== "Escape" || !now) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      cancel();
    };
    stop.current?.();
    stop.current = listen({ pointermove: move, pointerup: letGo, pointercancel: cancel, keydown: key });
  };

  return {
    carried: carried?.id ?? null,
    place: (id: string) => (element: HTMLElement | null) => {
      if (element) elements.current.set(id, element);
      else elements.current.delete(id);
    },
    begin,
    /** As it is drawn. */
    widthOf: (id: string) => elements.current.get(id)?.getBoundingClientRect().width,
    /** Whether the press that ends now was a carry, and no click. */
    hasCarried: () => hasCarried.current,
    mark: (id: string) => markOf(ids, carried, id),
  };
}

function markOf(ids: readonly string[], carried: Carried | null, id: string) {
  if (!carried || ids[carried.to] === carried.id) return undefined;
  const others = ids.filter((one) => one !== carried.id);
  if (others[carried.to] === id) return "before";
  return carried.to === others.length && others.at(-1) === id ? "after" : undefined;
}

type Listeners = { [Type in keyof WindowEventMap]?: (event: WindowEventMap[Type]) => void };

function listen(listeners: Listeners) {
  const all = Object.entries(listeners) as [string, EventListener][];
  for (const [type, listener] of all) window.addEventListener(type, listener, true);
  return () => {
    for (const [type, listener] of all) window.removeEventListener(type, listener, true);
  };
}
