// The keys that work everywhere. Letters only count while the user is not typing and no dialog is open.

import { useEffect, useEffectEvent } from "react";
import { perLanguage } from "../language/per-language.ts";
import { t } from "../language/t.ts";
import { pressPageKey } from "../parts/pageKeys.ts";
import { hasModifier, isBusyElsewhere } from "../parts/typing.ts";
import { useIsAdmin } from "../session.ts";
import type { NavigationEntry } from "./place.ts";

type Wishes = {
  go: (place: NavigationEntry) => void;
  showKeys: () => void;
  foldRail: () => void;
};

const LETTER_AFTER_G_MS = 1500;

export function useKeys(wishes: Wishes) {
  const isAdmin = useIsAdmin();
  const onKey = useEffectEvent((event: KeyboardEvent, afterG: boolean) => {
    if (!afterG) return act(event.key, wishes);
    void goTo(event.key, isAdmin, wishes);
    return true;
  });

  useEffect(() => {
    let pressedGAt = Number.NEGATIVE_INFINITY;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || hasModifier(event) || isBusyElsewhere(event)) return;
      if (event.key === "Enter" && isPressable(event.target)) return; // it is that one's
      const afterG = event.timeStamp - pressedGAt < LETTER_AFTER_G_MS;
      const isG = event.key === "g" && !afterG;
      if (isG) void import("./all-places.ts"); // there by the time of the letter
      pressedGAt = isG ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (onKey(event, afterG)) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function isPressable(target: EventTarget | null) {
  return target instanceof Element && target.closest("a, button, summary, [role=button]") !== null;
}

async function goTo(letter: string, isAdmin: boolean, { go }: Wishes) {
  const { ALL_PLACES } = await import("./all-places.ts");
  const place = ALL_PLACES.find(
    (candidate) => candidate.letter === letter.toLowerCase() && (isAdmin || !candidate.adminOnly),
  );
  if (place) go(place);
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
      // The filled one, which has no variant. texts: not translated, selectors
      return press("[data-main-action] button:not([data-variant])") || press("[data-main-action] button");
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
export const KEYS: readonly { keys: readonly string[]; does: string }[] = perLanguage(() => [
  { keys: ["mod", "K"], does: t("Search records, pages and actions") },
  { keys: ["J"], does: t("Next row") },
  { keys: ["K"], does: t("Previous row") },
  { keys: [t("Enter")], does: t("Open the row") },
  { keys: ["→", "←"], does: t("Go to the next or previous cell of the row") },
  { keys: [t("Enter"), "F2"], does: t("Change the value of the cell") },
  { keys: [t("Space")], does: t("Preview the row") },
  { keys: ["X"], does: t("Select or deselect the row") },
  { keys: [t("Shift"), "J"], does: t("Select the row and the next one") },
  { keys: [t("Shift"), "X"], does: t("Select all rows from the last one to this one") },
  { keys: ["mod", "A"], does: t("Select all rows of the list") },
  { keys: ["."], does: t("Go to the actions for the selected rows") },
  { keys: ["/"], does: t("Search the list") },
  { keys: ["E"], does: t("Mark the open or selected items as done") },
  { keys: ["S"], does: t("Skip the task, or send the selected emails") },
  { keys: ["Z"], does: t("Postpone the task, snooze the email") },
  { keys: ["T"], does: t("Edit the task") },
  { keys: ["A"], does: t("Assign the task or email to a teammate") },
  { keys: ["R"], does: t("Reply") },
  { keys: ["F"], does: t("Forward the email") },
  { keys: ["B"], does: t("Reply with your meeting link") },
  { keys: ["M"], does: t("Write a note beside the email") },
  { keys: ["U"], does: t("Mark the email as an unsubscribe request") },
  { keys: ["N"], does: t("New task") },
  { keys: ["C"], does: t("Run the main action of the page") },
  { keys: ["["], does: t("Collapse or expand the sidebar") },
  { keys: [t("Esc")], does: t("Close the dialog or panel") },
  { keys: ["?"], does: t("Show keyboard shortcuts") },
]);
