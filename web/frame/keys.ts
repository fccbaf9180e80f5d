// The keys that work everywhere. Letters only count while nobody is typing and no dialog is open.

import { useEffect, useEffectEvent } from "react";
import { pressPageKey } from "../parts/pageKeys.ts";
import { hasModifier, isBusyElsewhere } from "../parts/typing.ts";
import type { Place } from "./place.ts";
import { ALL_PLACES } from "./places.ts";

type Wishes = {
  go: (place: Place) => void;
  showKeys: () => void;
  foldRail: () => void;
};

const LETTER_AFTER_G_MS = 1500;

export function useKeys(wishes: Wishes) {
  const onKey = useEffectEvent((event: KeyboardEvent, afterG: boolean) => {
    if (afterG) return goTo(event.key, wishes);
    return act(event.key, wishes);
  });

  useEffect(() => {
    let pressedGAt = Number.NEGATIVE_INFINITY;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || hasModifier(event) || isBusyElsewhere(event)) return;
      if (event.key === "Enter" && isPressable(event.target)) return; // it is that one's
      const afterG = event.timeStamp - pressedGAt < LETTER_AFTER_G_MS;
      pressedGAt = event.key === "g" && !afterG ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (onKey(event, afterG)) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function isPressable(target: EventTarget | null) {
  return target instanceof Element && target.closest("a, button, summary, [role=button]") !== null;
}

function goTo(letter: string, { go }: Wishes) {
  const place = ALL_PLACES.find((candidate) => candidate.letter === letter.toLowerCase());
  if (place) go(place);
  return place !== undefined;
}

/** True if the key meant something. */
function act(key: string, { showKeys, foldRail }: Wishes): boolean {
  if (pressPageKey(key)) return true;
  switch (key) {
    case "?":
      showKeys();
      return true;
    case "[":
      foldRail();
      return true;
    case "c":
      return press("[data-main-action] button");
    case "j":
      return walk(1);
    case "k":
      return walk(-1);
    default:
      return false;
  }
}

function press(selector: string) {
  const button = document.querySelector<HTMLElement>(selector);
  button?.click();
  return button !== null;
}

/** To the next or previous row; from nowhere, to the first. */
function walk(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-walk]")];
  if (rows.length === 0) return false;
  const open = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const at = focused < 0 ? open : focused;
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
  const row = rows[next];
  if (!row) return true;
  row.dataset.walked = ""; // so that a list in which walking opens can tell it from a pointer
  row.focus();
  delete row.dataset.walked;
  return true;
}

/** For the page that shows them all. */
export const KEYS: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ["mod", "K"], does: "Find a place or a verb" },
  { keys: ["J"], does: "Next row" },
  { keys: ["K"], does: "Previous row" },
  { keys: ["Enter"], does: "Open the row" },
  { keys: ["Space"], does: "Look at the row without leaving the list" },
  { keys: ["X"], does: "Choose the row, or let it go" },
  { keys: ["/"], does: "Search the list" },
  { keys: ["E"], does: "Done with what is open, or with what is chosen" },
  { keys: ["S"], does: "Skip the task; send the chosen mails" },
  { keys: ["Z"], does: "Put the task or the chosen mails off" },
  { keys: ["R"], does: "Reply" },
  { keys: ["N"], does: "New task" },
  { keys: ["C"], does: "Press the page's main button" },
  { keys: ["["], does: "Fold or unfold the rail" },
  { keys: ["Esc"], does: "Close what is open" },
  { keys: ["?"], does: "Show this" },
];
