// Long work that this browser has started. Kept in its storage, so that the line about it outlives the page and a reload.

import { useLocalStorage } from "@mantine/hooks";

export type RunningJob = {
  /** The job's. */
  id: string;
  /** "Adding contacts to Nordic plants" */
  says: string;
  /** Where to read the result. */
  href?: string;
};

const KEY = "cadenza-work";
const STARTED = "cadenza-work-started";

export function useWork() {
  return useLocalStorage<RunningJob[]>({ key: KEY, defaultValue: [], getInitialValueInEffect: false });
}

/** Called by the page that has started the work; the frame follows it from there. */
export function startWork(work: RunningJob) {
  window.dispatchEvent(new CustomEvent<RunningJob>(STARTED, { detail: work }));
}

export function onWorkStarted(listen: (work: RunningJob) => void) {
  const hear = (event: Event) => listen((event as CustomEvent<RunningJob>).detail);
  window.addEventListener(STARTED, hear);
  return () => window.removeEventListener(STARTED, hear);
}
