// Whether this browser offers to install the app. It says so once, soon after the page has loaded, so it is listened to from
// the start and kept for the page of the settings that has the button.

import { useSyncExternalStore } from "react";

/** Chrome and Edge have it; it is in no standard, so TypeScript does not know it. */
type InstallPrompt = Event & { prompt(): Promise<{ outcome: "accepted" | "dismissed" }> };

let offered: InstallPrompt | null = null;
const listeners = new Set<() => void>();

export function listenForInstallPrompt() {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // the browser's own bar would cover the page
    change(event as InstallPrompt);
  });
  addEventListener("appinstalled", () => change(null));
}

/** Asks the browser's question, or null where it offers none now. It can be asked once. */
export function useInstallPrompt() {
  const prompt = useSyncExternalStore(listen, () => offered);
  if (!prompt) return null;
  return async () => {
    change(null);
    await prompt.prompt();
  };
}

/** In a window of its own, without the browser's bars. */
export function isInstalled() {
  return matchMedia("(display-mode:standalone)").matches;
}

function change(to: InstallPrompt | null) {
  offered = to;
  for (const listener of listeners) listener();
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
