// How tall rows are: a choice of this browser's, set on the page's root where look.css reads it.

import { useSyncExternalStore } from "react";

export type RowDensity = "roomy" | "compact";

const KEY = "cadenza-rows";
const listeners = new Set<() => void>();
let chosen: RowDensity = read();

export function applyRows() {
  document.documentElement.dataset.rows = chosen;
}

export function setRows(rows: RowDensity) {
  chosen = rows;
  try {
    localStorage.setItem(KEY, rows);
  } catch {}
  applyRows();
  for (const listener of listeners) listener();
}

export function useRows() {
  return useSyncExternalStore(listen, () => chosen);
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function read(): RowDensity {
  try {
    return localStorage.getItem(KEY) === "compact" ? "compact" : "roomy";
  } catch {
    return "roomy";
  }
}
