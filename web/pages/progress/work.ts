// Long work that this browser has started. Kept in its storage, so that the line about it outlives the page and a reload.

import { useLocalStorage } from "@mantine/hooks";

export type Work = {
  /** The job's. */
  id: string;
  /** "Adding contacts to Nordic plants" */
  says: string;
  /** Where to read what became of it. */
  href?: string;
};

const KEY = "cadenza-work";
const STARTED = "cadenza-work-started";

export function useWork() {
  return useLocalStorage<Work[]>({ key: KEY, defaultValue: [], getInitialValueInEffect: false });
}

/** Called by whoever has started it; the frame follows it from there. */
export function startWork(work: Work) {
  window.dispatchEvent(new CustomEvent<Work>(STARTED, { detail: work }));
}

export function onWorkStarted(listen: (work: Work) => void) {
  const hear = (event: Event) => listen((event as CustomEvent<Work>).detail);
  window.addEventListener(STARTED, hear);
  return () => window.removeEventListener(STARTED, hear);
}
