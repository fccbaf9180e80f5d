// Whether a letter pressed just now is meant as a key, or belongs to the field that the user types in.

// texts: not translated, these are selectors
const TAKES_LETTERS = "input, textarea, select, [contenteditable], [role=listbox], [role=menu]";
// texts: not translated, these are selectors
const TAKES_NO_LETTERS = "input[type=checkbox], input[type=radio]";

const LONGEST_WAIT_MS = 5_000;
let isAwaitedUntil = 0;

/** An editor was asked for and is being loaded: what is typed until it has the focus is meant for it, and is no key of the page. */
export function awaitEditor() {
  isAwaitedUntil = performance.now() + LONGEST_WAIT_MS;
  const hasFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element && target.closest(TAKES_LETTERS))) return;
    isAwaitedUntil = 0;
    document.removeEventListener("focusin", hasFocus);
  };
  document.addEventListener("focusin", hasFocus);
}

export function isBusyElsewhere(event: KeyboardEvent) {
  const target = event.target instanceof Element ? event.target : null;
  const isTyping = target?.closest(TAKES_LETTERS) && !target.matches(TAKES_NO_LETTERS);
  if (isTyping || performance.now() < isAwaitedUntil) return true;
  return document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}

/** A menu or a choice is open over the page: Escape is meant for it. A closed one may still be in the page, out of sight. */
export function isMenuOpen() {
  return openMenu() !== undefined;
}

function openMenu() {
  const over = document.querySelectorAll("[role=menu], [role=listbox]");
  return [...over].find((element) => element.checkVisibility());
}

/** Escape closes a menu from within. One that was opened with the mouse leaves the focus on its button. */
export function passEscapeToMenu() {
  const menu = openMenu();
  if (!menu || menu.contains(document.activeElement)) return;
  menu.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
}

export function hasModifier(event: KeyboardEvent) {
  return event.ctrlKey || event.metaKey || event.altKey;
}
