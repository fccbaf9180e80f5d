import { useSyncExternalStore } from "react";

/** The height of a row in pixels, as look.css has it: by the person's choice of rows, the text's size, and touch. */
export function useRowHeight() {
  return useSyncExternalStore(listen, read);
}

function read() {
  const root = getComputedStyle(document.documentElement);
  const row = root.getPropertyValue("--row").trim();
  return Math.round(Number.parseFloat(row) * Number.parseFloat(root.fontSize)) || 36;
}

function listen(listener: () => void) {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-rows"] });
  const touch = window.matchMedia("(pointer: coarse)");
  touch.addEventListener("change", listener);
  return () => {
    observer.disconnect();
    touch.removeEventListener("change", listener);
  };
}
