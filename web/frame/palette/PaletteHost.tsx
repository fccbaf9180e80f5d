// Search over every page: Ctrl+K and the rail open it. Its code and that of the dialogs it opens are loaded apart, while the
// browser has nothing else to do.

import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";
import type { Hands } from "../verbs.tsx";
import type { RecordAct } from "./acts.ts";

const load = () => import("./Palette.tsx");
const Palette = lazy(async () => ({ default: (await load()).Palette }));
const ActDialog = lazy(async () => ({ default: (await import("./ActDialog.tsx")).ActDialog }));

type Props = { hands: Hands; isOpen: boolean; onOpen: () => void; onClose: () => void };

export function PaletteHost({ hands, isOpen, onOpen, onClose }: Props) {
  const [act, setAct] = useState<RecordAct | null>(null);
  useShortcut(isOpen, () => (isOpen ? onClose() : onOpen()));
  useEffect(loadWhenIdle, []);
  return (
    <Suspense fallback={null}>
      {isOpen && <Palette hands={hands} onAct={setAct} onClose={onClose} />}
      {act && <ActDialog act={act} onClose={() => setAct(null)} />}
    </Suspense>
  );
}

/** Also while the user types somewhere, but not while another dialog is open. */
function useShortcut(isOpen: boolean, toggle: () => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const isIt =
      (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK";
    if (!isIt) return;
    event.preventDefault();
    if (!isOpen && document.querySelector("[aria-modal=true]")) return;
    toggle();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function loadWhenIdle() {
  const wait = window.requestIdleCallback ?? ((then: () => void) => window.setTimeout(then, 2000));
  const handle = wait(() => void load());
  return () => (window.cancelIdleCallback ?? window.clearTimeout)(handle);
}
